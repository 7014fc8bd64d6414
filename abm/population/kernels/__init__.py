"""Compiled loops of the opening."""

import abm.compiling.views
