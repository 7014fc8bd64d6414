"""Names for arrays in annotations, by what their elements are; shapes are said in docstrings."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["BoolArray", "FloatArray", "IntArray"]

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.integer[Any]]  # rows, links, codes and counts, of any width
BoolArray: TypeAlias = NDArray[np.bool_]
