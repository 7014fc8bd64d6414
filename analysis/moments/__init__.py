"""Moments of a run and the facts they are held against."""
