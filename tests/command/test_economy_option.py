"""--economy of commands that run a scenario is --set economy; faults name what was typed and what can be done."""

import json
from functools import partial

import pytest

pytestmark = pytest.mark.command
SMALL = ("--workers", 2_000, "--seeds", 1)


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: carbon_price\neconomy: usa\n", encoding="utf-8")
    return "mine.yaml"


def refused(done, words):
    assert done.returncode == 2 and done.stdout == ""
    line = " ".join(done.stderr.split())
    assert words in line, line
    return line


def test_the_option_is_the_setting(command_in, tmp_path):
    xinzhi = partial(command_in, tmp_path)
    folders = []
    for words in (("--economy", "usa"), ("--set", "economy=usa")):
        done = xinzhi("run", "carbon_price", *SMALL, "--quarters", 4, *words)
        assert done.returncode == 0 and "200 CNY there are 15.45 USD" in done.stderr
        folders.append({path.name: path.read_bytes() for path in (tmp_path / "results/carbon_price").glob("*.csv")})
    assert folders[0] == folders[1] and [path.name for path in (tmp_path / "results").iterdir()] == ["carbon_price"]
    checked = xinzhi("check", "carbon_price", "--economy", "usa", "--workers", 2_000)
    assert "carbon_price.price is 15.45 USD per tonne; usual 0 to 70" in checked.stdout
    high = xinzhi("check", "baseline", "--economy", "usa", "--set", "levers.carbon_price=500", "--workers", 2_000)
    assert "500 USD per tonne; usual 0 to 70; this is outside the usual range" in high.stdout
    swept = xinzhi("sweep", "policies_under_uncertainty", "--economy", "usa", "--dry-run")
    assert swept.returncode == 0 and "480 runs" in swept.stdout


def test_faults_name_what_was_typed(command_in, tmp_path, mine):
    xinzhi = partial(command_in, tmp_path)
    both = refused(xinzhi("run", "baseline", "--economy", "usa", "--set", "economy=usa"), "both given")
    assert "remove one" in both
    alone = xinzhi("compare", "usa_carbon_price", "--set", "levers.carbon_price=500")
    line = refused(alone, "--set levers.carbon_price=...: makes A (baseline) and B (usa_carbon_price)")
    assert line.endswith("set it for one of them: --set B:levers.carbon_price=...")
    for command in ("compare", "explain"):
        line = refused(xinzhi(command, "baseline", mine), "write xinzhi compare mine.yaml, which finds its twin")
        assert "does nothing" not in line and "15.45" not in line
    refused(xinzhi("plant-year", "--economy", "usa"), "leave it out")
    refused(xinzhi("app", "--economy", "usa"), "chosen on the page")


def test_the_twin_is_found_in_the_same_economy(command_in, tmp_path, mine):
    xinzhi = partial(command_in, tmp_path)
    done = xinzhi("explain", mine, *SMALL, "--year", 2027, "--family", "labour", "--out", "why")
    assert done.returncode == 0, done.stderr
    assert "mine is compared with baseline" in done.stderr
    assert json.loads((tmp_path / "why/explain.json").read_text("utf-8"))
