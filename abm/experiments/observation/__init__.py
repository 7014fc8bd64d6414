"""What facts about firms and persons need that no outcome records: a look at them during a run."""
