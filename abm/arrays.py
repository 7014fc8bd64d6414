"""Names for arrays in annotations, by what their elements are; shapes are said in docstrings.

The first three are for any number of dimensions. The others also annotate the columns of tables that kernels are given;
``abm.compiling.tables`` knows the width and the number of dimensions that each of them stands for.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BoolArray", "Codes", "Cube", "Flags", "FloatArray", "Floats", "IntArray", "IntegerCube", "IntegerMatrix",
    "Integers", "LinkCube", "Links", "Matrix", "ShortMatrix", "Shorts", "Singles", "Words",
]  # fmt: skip

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.integer[Any]]  # rows, links, codes and counts, of any width
BoolArray: TypeAlias = NDArray[np.bool_]

# One dimension
Floats: TypeAlias = FloatArray
Singles: TypeAlias = NDArray[np.float32]
Codes: TypeAlias = NDArray[np.uint8]
Shorts: TypeAlias = NDArray[np.uint16]
Words: TypeAlias = NDArray[np.uint32]
Links: TypeAlias = NDArray[np.int32]
Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = BoolArray

# Two and three dimensions
Matrix: TypeAlias = FloatArray
Cube: TypeAlias = FloatArray
ShortMatrix: TypeAlias = Shorts
IntegerMatrix: TypeAlias = Integers
IntegerCube: TypeAlias = Integers
LinkCube: TypeAlias = Links
