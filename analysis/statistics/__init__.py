"""Inequality, filters, decompositions, Shapley values and naive forecasts."""
