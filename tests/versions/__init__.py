"""Two versions of the model compared run by run: ``make compare-versions OLD=<commit>``, a tool for developers.

``driver`` and ``looks`` work inside one version, in a process of its own; everything else reads what they leave and
imports nothing of the model, so that it works whatever has changed in it.
"""
