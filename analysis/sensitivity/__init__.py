"""Which assumptions matter: Morris and Sobol indices."""
