"""An estimate of what a policy mix changes, drawn while the page waits for real runs.

A regression over paired runs of random policy mixes: ``design`` draws them, ``runs`` simulates them, ``regression``
fits and predicts, ``trial`` measures the error on mixes that the fit has not seen, ``store`` keeps it for one version
of the model.
"""

from __future__ import annotations
