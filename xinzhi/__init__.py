"""Xinzhi: a policy laboratory for the AI economy. ``import xinzhi`` gives the public names of the folder abm.

In a checkout the folder analysis lies beside this one, and ``xinzhi.analysis`` is found there; an installation has it
inside this package. So nothing called ``analysis`` is installed, which a user's own file of that name would hide.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import abm

__all__ = list(abm.__all__)
__version__ = abm.__version__

if not Path(__file__).with_name("analysis").is_dir():
    __path__.append(str(Path(abm.__file__).parents[1]))


def __getattr__(name: str) -> Any:
    return getattr(abm, name)


def __dir__() -> list[str]:
    return dir(abm)
