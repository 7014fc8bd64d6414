"""Fits of parameters to moments."""
