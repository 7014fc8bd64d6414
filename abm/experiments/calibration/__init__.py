"""Fits of parameters to moments and to records of diffusion."""
