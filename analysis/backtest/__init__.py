"""Errors of the back-test beside naive forecasts."""
