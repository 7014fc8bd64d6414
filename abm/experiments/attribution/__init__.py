"""Why two scenarios differ: the runs behind an attribution."""
