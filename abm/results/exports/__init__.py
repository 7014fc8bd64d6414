"""Results in the formats of others: IAMC, data packages, labelled arrays."""
