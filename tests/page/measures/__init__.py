"""What the page costs, part by part; ``page.measure`` prints all of it."""
