"""What all analyses read from results: panels, paired differences, labels and texts."""
