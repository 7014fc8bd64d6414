"""Responses to single shocks: their size with its interval, beside what the literature found, in words and figures."""
