"""Processes, clusters and progress, which all experiments share."""
