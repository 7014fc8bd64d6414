"""What the model gives for figures on AI that were published, on paired seeds with AI and without it."""
