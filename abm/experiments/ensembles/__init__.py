"""Many seeds of a scenario, and variants of scenarios."""
