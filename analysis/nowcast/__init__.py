"""The published figures since the opening beside the model and simple rules."""
