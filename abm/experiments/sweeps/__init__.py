"""Designs over uncertainties and policies, and the folders that keep their runs."""
