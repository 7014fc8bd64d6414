"""Runs small economies of the tree it stands in: 0 where they run, 2 where the model refuses, 3 where they cannot run.

``python smoke.py CACHE STALE ...`` is started by trial.py in a copy of the tree. Compiled kernels that a changed source
does not concern are first taken over from the folder CACHE; STALE are names of those that it does concern.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

QUARTERS = 6
WORKERS = 2_000  # the smallest economy
RUNS = ("baseline", "all_strategies")


def take_over(cache: Path, stale: set[str]) -> None:
    """Link what was compiled for the unchanged sources into the folder of these, the stale left out."""
    from abm.compiling.kernels import cache_folder

    folder = cache_folder()
    if folder is None or not cache.is_dir() or Path(folder) == cache:
        return
    for path in sorted(cache.rglob("*")):
        target = Path(folder) / path.relative_to(cache)
        if path.is_dir() or target.exists() or path.name.rpartition("-")[0] in stale:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)


def main(cache: str, *stale: str) -> int:
    """The exit code."""
    take_over(Path(cache), set(stale))
    from abm import Model
    from abm.compiling.kernels import cache_folder
    from abm.errors import AccountingError, UserError

    print(f"cache: {cache_folder()}")
    try:
        for policy in RUNS:
            model = Model(WORKERS, rng=1, policy=policy)
            for _ in range(QUARTERS):
                model.step()
    except (AccountingError, UserError) as error:
        print(f"refused: {error}")
        return 2
    return 0


if __name__ == "__main__":
    try:
        code = main(*sys.argv[1:])
    except Exception as error:
        print(f"cannot run: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
        code = 3
    sys.exit(code)
