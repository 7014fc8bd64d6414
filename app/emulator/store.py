"""Where the emulator of this version of the model is kept: in the user's cache, under a name that no other has.

A change of any table, phase or kernel makes another name, so that an estimate never comes from another model.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm.errors import UserError
from abm.experiments.ensembles.seed_store import seed_key
from abm.files import cache_root, whole_file
from abm.scenarios.scenario import load_scenario

if TYPE_CHECKING:
    from xinzhi.app.emulator.trial import Emulator

__all__ = ["kept_emulator", "keep_emulator"]


def _path() -> Path | None:
    root = cache_root()
    baseline = load_scenario("baseline")
    return root / "emulators" / f"{seed_key(baseline, 0, 0, baseline.quarters)[:32]}.json" if root else None


def keep_emulator(emulator: Emulator) -> Path:
    """Write it for the page. Raises UserError where no folder can be written."""
    path = _path()
    if path is None:
        raise UserError("no folder for the emulator can be written; set XINZHI_CACHE_DIR to one")
    path.parent.mkdir(exist_ok=True)
    with whole_file(path) as part:
        part.write_text(json.dumps(emulator.as_json(), separators=(",", ":")), encoding="utf-8")
    return path


def kept_emulator() -> dict[str, Any] | None:
    """What ``Emulator.as_json`` gave in this version of the model; None where it was not fitted."""
    path = _path()
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path else None
    except (OSError, ValueError):
        return None
