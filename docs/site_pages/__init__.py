"""The site of the documentation: what stands where, and what is done to pages as they are read."""
