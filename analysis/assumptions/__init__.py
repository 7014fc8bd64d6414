"""What presets and closures do."""
