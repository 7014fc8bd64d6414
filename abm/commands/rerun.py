"""xinzhi rerun: a run again from its provenance.json, and whether the numbers are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import Overwrite, finish, folder_for, refuse_what_does_not_fit


def rerun(
    provenance: Annotated[
        Path, typer.Argument(metavar="PROVENANCE", help="provenance.json of a run, or the folder it lies in.")
    ],
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/SCENARIO_rerun.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Repeat a run from the scenario stored in its provenance.json.

    The scenario is taken from the file as it was resolved, not from the library. Where the old tables lie beside the
    file, the command says whether every number is the same to the last bit.
    """
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.ensembles.seed_numbers import checked_seeds
    from abm.experiments.running.progress import terminal_progress
    from abm.results.provenance import read_provenance, scenario_to_repeat
    from abm.results.results import Results
    from abm.scenarios.scenario import checked_quarters

    path = provenance / "provenance.json" if provenance.is_dir() else provenance
    recorded = read_provenance(path)
    scenario = scenario_to_repeat(recorded["scenario"], str(path))
    seeds = recorded["seeds"]
    question = {"command": "rerun", "of": scenario.digest(), "workers": recorded["workers"]}
    question |= {"seeds": seeds, "quarters": recorded["quarters"]}
    refuse_what_does_not_fit(recorded["workers"], len(checked_seeds(seeds)), checked_quarters(recorded["quarters"]))
    folder = folder_for(out, f"{scenario.name}_rerun", question, overwrite)
    results = run_ensemble(
        scenario,
        recorded["workers"],
        seeds,
        recorded["quarters"],
        progress=terminal_progress(scenario.name),
        fresh=True,
    )
    results.write(folder)
    typer.echo(f"{len(results.seeds)} of {len(seeds)} seeds, written to {folder}")
    finish(results, written=f"{len(results.seeds)} of {len(seeds)} seeds are written to {folder}")
    if (path.parent / "series.csv").is_file():
        before = Results.read(path.parent)
        same = before.series["value"].to_numpy().tobytes() == results.series["value"].to_numpy().tobytes()
        words = "the same to the last bit" if same else "not the same: another version of the program or its libraries"
        typer.echo(f"The numbers of series.csv are {words}.")
