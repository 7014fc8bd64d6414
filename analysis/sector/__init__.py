"""What a sector of an economy is, in words and one figure."""
