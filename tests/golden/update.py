"""Records the summaries that test_golden.py compares with: ``python tests/golden/update.py [SCENARIO ...]``.

Run it after a change that is meant to change results, look at the difference, and commit it with its reason.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
QUARTERS, SHOWN = 12, (0, 4, 8, 12)
WORKERS, SEED = 2_000, 1
COMMAND = "python tests/golden/update.py"


def summarise(scenario):
    """All outcomes of a small run at a few quarters, {outcome: {quarter: value or None}}."""
    from abm import Model

    model = Model(WORKERS, rng=SEED, policy=scenario)
    for _ in range(QUARTERS):
        model.step()
    outcomes = {}
    for name, values in zip(model.recorder.names, model.recorder.values[list(SHOWN)].T.tolist()):
        outcomes[name] = {str(quarter): None if value != value else value for quarter, value in zip(SHOWN, values)}
    return {"scenario": scenario, "workers": WORKERS, "seed": SEED, "outcomes": outcomes}


def file_of(scenario):
    return FOLDER / f"{scenario}.json"


def main(scenarios):
    from abm import list_scenarios

    known = list_scenarios()
    for name in scenarios or known:
        if name not in known:
            sys.exit(f"no shipped scenario '{name}'; known: {', '.join(known)}")
        file_of(name).write_text(json.dumps(summarise(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"wrote {file_of(name).name}")
    if not scenarios:
        for path in FOLDER.glob("*.json"):
            if path.stem not in known:
                path.unlink()
                print(f"removed {path.name}, whose scenario is gone")


if __name__ == "__main__":
    main(sys.argv[1:])
