"""How loops are compiled: decorators, the cache, the first use, and the tables that kernels are given."""
