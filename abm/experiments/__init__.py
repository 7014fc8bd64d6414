"""Everything that runs many models: ensembles over seeds, and the experiments built from them."""
