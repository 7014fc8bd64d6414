"""What a fit reached."""
