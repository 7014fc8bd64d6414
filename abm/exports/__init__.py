"""Results in the forms that other tools read: IAMC tables, Frictionless data packages, labelled arrays."""
