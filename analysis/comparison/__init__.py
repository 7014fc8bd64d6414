"""Two or more scenarios compared: tables, sentences, figures and the report."""
