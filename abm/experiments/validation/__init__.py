"""Back-test, closure grid and the plant-year."""
