"""Policies under uncertainty: regret, needs, fronts and boxes."""
