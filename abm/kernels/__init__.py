"""Numba loops over plain arrays. Nothing in this folder imports anything of the project outside it."""

import abm.compiling.views
