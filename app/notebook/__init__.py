"""The panels of the planner's page in a notebook, for a comparison that Python has made."""

from xinzhi.app.notebook.panels import panels

__all__ = ["panels"]
