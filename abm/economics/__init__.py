"""Small rules of the economy that several phases share."""
