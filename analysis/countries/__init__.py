"""What the same policy does in two economies, and how much of the gap one block of an economy explains."""
