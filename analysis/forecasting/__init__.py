"""Forecasts by simple rules and by systems of equations, and the scores that compare forecasts."""
