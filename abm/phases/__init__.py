"""The blocks of the quarter, one file each. A phase reads the economy and writes its columns; none imports another."""
