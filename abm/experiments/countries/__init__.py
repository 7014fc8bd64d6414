"""The same scenario in several economies, and what of one economy explains the effect in another."""
