"""Responses of the economy to single shocks, on paired seeds."""
