"""What the model says about itself: descriptions, generated tables, the list of compiled signatures."""
