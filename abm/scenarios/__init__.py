"""Reading, checking and resolving scenario files: from YAML to parameters and levers."""
