"""What the notebooks need beside the model: answers to exercises that are checked against the run."""
