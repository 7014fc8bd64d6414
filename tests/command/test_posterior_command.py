"""xinzhi fit --posterior, and the draws that it leaves, as a user runs them."""

import json

import pandas as pd
import pytest

pytestmark = pytest.mark.command
pytest.importorskip("SALib")

PRIORS = "parameter,low,high,source\nshocks.export_deviation,0.01,0.08,own\nshocks.investment_deviation,0.01,0.1,own\n"


def test_a_posterior_is_estimated_and_drawn_from(command_in, tmp_path):
    (tmp_path / "priors.csv").write_text(PRIORS)
    fitted = command_in(
        tmp_path,
        "fit",
        "priors.csv",
        "--posterior",
        "--trials",
        24,
        "--workers",
        2000,
        "--out",
        "out",
        "--remark",
        "try",
    )
    assert fitted.returncode == 0, fitted.stderr
    assert "Traceback" not in fitted.stderr and "Recovery, 12 runs" in fitted.stdout
    draws = pd.read_csv(tmp_path / "out/posterior.csv")
    about = json.loads((tmp_path / "out/posterior.json").read_text())
    assert list(draws) == ["shocks.export_deviation", "shocks.investment_deviation"] and len(draws) == about["draws"]
    assert draws["shocks.export_deviation"].between(0.01, 0.08).all() and about["status"] == "try"
    assert {"parameters.csv", "moments.csv", "recovery.csv", "posterior.png"} <= {
        one.name for one in (tmp_path / "out").iterdir()
    }
    small = ("--workers", 2000, "--quarters", 4, "--seeds", 2, "--out", "drawn")
    done = command_in(tmp_path, "run", "baseline", *small, "--posterior", "out/posterior.csv")
    assert done.returncode == 0, done.stderr
    assert "each seed takes one of" in done.stderr and "posterior: try" in done.stderr
    recorded = json.loads((tmp_path / "drawn/provenance.json").read_text())
    assert recorded["posterior"]["drawn"]["2"] == draws.iloc[1].to_dict()
    other = command_in(tmp_path, "run", "baseline", *small)
    assert other.returncode == 2 and "the answer to another question" in other.stderr
    lost = command_in(tmp_path, "run", "baseline", *small, "--posterior", "nothing.csv")
    assert lost.returncode == 2 and "neither a table of draws nor a shipped name" in lost.stderr
    assert len(lost.stderr.strip().splitlines()) == 1
