"""What `xinzhi rerun` says of a provenance that it cannot repeat."""

import json

import pytest

import abm

pytestmark = pytest.mark.command

SMALL = ("--workers", "2000", "--quarters", "3")


@pytest.fixture
def xinzhi(command_in, tmp_path):
    """A command in this process."""
    return lambda *words: command_in(tmp_path, *words)


def refused(done, words):
    assert done.returncode == 2 and words in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def altered(run, path, value):
    """The provenance of a run with one thing changed, or removed where the value is a pair of brackets."""
    recorded = json.loads(json.dumps(run))
    place = recorded
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return recorded


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("workers",), ..., "does not describe a run, since it has no workers; give the provenance.json"),
        (("scenario", "resolved"), ..., "since it has no resolved scenario"),
        (("scenario", "resolved"), [], "since it has no resolved scenario"),
        (("scenario", "name"), ..., "the scenario in provenance.json is damaged: it has no 'name'"),
        (("scenario", "resolved", "levers"), None, "is damaged: a part of it is of another kind"),
        (
            ("scenario", "resolved", "levers"),
            {"carbon_price": {"2027": -5}},
            "its scenario: levers.carbon_price.2027 sh",
        ),
        (("scenario", "resolved", "closures"), {"a": 1}, "its scenario: unknown closure"),
        (("scenario", "resolved", "mechanisms"), {"a": 1}, "its scenario: "),
        (("scenario", "resolved", "quarters"), "x", "its scenario: quarters should be"),
        (("workers",), "many", "workers='many': give a whole number"),
        (("seeds",), None, "seeds=None: give a number of seeds"),
    ],
)
def test_a_provenance_that_was_changed_is_refused_in_a_sentence(xinzhi, tmp_path, path, value, said):
    run = abm.run("baseline", 2000, 1, 2).provenance
    (tmp_path / "provenance.json").write_text(json.dumps(altered(run, path, value)))
    refused(xinzhi("rerun", "provenance.json"), said)


@pytest.mark.parametrize(("text", "said"), [(None, "cannot be read"), ("no", "is no JSON"), ("[1]", "has no scenario")])
def test_what_is_no_provenance_is_refused_in_a_sentence(xinzhi, tmp_path, text, said):
    if text is not None:
        (tmp_path / "p.json").write_text(text)
    done = xinzhi("rerun", "p.json")
    refused(done, said)
    assert "p.json: " in done.stderr and "`xinzhi run` writes" in done.stderr


def test_a_file_nested_without_end_is_refused_in_a_sentence(xinzhi, tmp_path):
    (tmp_path / "p.json").write_text("[" * 100_000)
    refused(xinzhi("rerun", "p.json"), "is no JSON")
