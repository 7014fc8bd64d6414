"""Effects of levers, their ranking and figures."""
