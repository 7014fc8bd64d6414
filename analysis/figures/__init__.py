"""Figures of a run, and how all figures look."""
