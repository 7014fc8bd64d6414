"""Why two scenarios differ, in numbers, words and figures."""
