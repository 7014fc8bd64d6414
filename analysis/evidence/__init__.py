"""Published figures on AI beside what the model gives: hit or miss, imposed or not, misses first."""
