"""The blocks of the quarter, one file each. A phase reads the economy and writes its own columns; none imports another."""
