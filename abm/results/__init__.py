"""What a run leaves: outcomes, the recorder, Results, their provenance and exports."""
