"""What becomes of findings: kept by the state of sources and tests, counted, and told; which kernels grow stale."""

import dataclasses

import pytest
from mutation.mutants import Edit, Mutant
from mutation.report import score, text_of, verdict_of
from mutation.run import Finished, Plan
from mutation.trial import CAUGHT, GOLDEN_ONLY, NOT_VIABLE, SURVIVED, Finding, first_failure, stale_kernels

pytestmark = pytest.mark.unit


def mutant(identity, path="abm/phases/wages_and_prices.py", function="f"):
    return Mutant(identity, path, function, "sign", 3, "a - b", "a + b", Edit(0, 1, ""))


def finding(identity, verdict, group="prices", by="tests/unit/phases/test_prices.py::test_it"):
    return Finding(
        identity, group, "sign", "abm/phases/wages_and_prices.py", 3, "f", "a - b", "a + b", verdict, by, 1.0
    )


def test_findings_are_kept_for_the_same_sources_and_tests_only(tmp_path):
    kept = Finished(tmp_path, "one")
    kept.keep(finding("x", CAUGHT))
    kept.keep_base({"quick": 1.5}, ["tests/a.py::b"])
    again = Finished(tmp_path, "one")
    assert again.findings == {"x": finding("x", CAUGHT)}
    assert (again.usual, again.failing) == ({"quick": 1.5}, ["tests/a.py::b"])
    other = Finished(tmp_path, "two")
    assert not other.findings and not other.usual


def test_what_cannot_run_is_replaced_by_the_next_of_its_group(tmp_path):
    order = {"prices": [mutant(name) for name in "abcd"], "energy": [mutant("e")]}
    plan = Plan(order, {"prices": 2, "energy": 3}, Finished(tmp_path, "one"))
    taken = [plan.take() for _ in range(4)]
    assert [one and one[1].identity for one in taken] == ["a", "b", "e", None]  # a group may have too few
    plan.report(finding("a", NOT_VIABLE))
    assert plan.take()[1].identity == "c"
    plan.report(finding("b", CAUGHT))
    assert plan.take() is None


def test_what_is_finished_is_not_tried_again(tmp_path):
    finished = Finished(tmp_path, "one")
    finished.keep(finding("a", CAUGHT))
    finished.keep(finding("b", NOT_VIABLE))
    plan = Plan({"prices": [mutant(name) for name in "abcd"]}, {"prices": 2}, finished)
    assert plan.take()[1].identity == "c"
    assert [one.identity for one in plan.findings] == ["a", "b"]


def test_the_score_counts_what_can_run_and_golden_files_do_not_catch():
    findings = [
        *(finding(str(number), CAUGHT) for number in range(7)), finding("g", GOLDEN_ONLY), finding("s", SURVIVED),
        finding("n", NOT_VIABLE),
    ]  # fmt: skip
    assert score(findings) == pytest.approx(7 / 9)
    assert verdict_of(findings, known=False) == ["78% of the bugs are caught, which is less than 80%"]
    assert not verdict_of(findings[:8], known=False)
    assert [sentence.split()[2] for sentence in verdict_of(findings, known=True)] == ["g", "s"]
    assert score([]) == 1.0


def test_the_report_lists_every_bug_that_was_missed():
    found = [finding("a", CAUGHT), finding("b", GOLDEN_ONLY, "energy", "tests/golden/x.py::y"), finding("c", SURVIVED)]
    text = text_of(found, "Heading")
    assert text.startswith("Heading\n")
    assert "1 of 3 caught by tests of behaviour (33%), 1 by golden files only, 1 by none" in text
    assert "Caught by: unit/phases 1." in text
    assert text.index("b (energy)") < text.index("c (prices)") and "before  a - b" in text
    table = text.splitlines()[2:6]
    assert [line.split()[-1] for line in table] == ["all", "0/1", "1/2", "1/3"]


def test_the_test_that_failed_first_is_named():
    output = "...F\nFAILED tests/theory/test_x.py::test_y[a-b] - assert 1 == 2\n1 failed, 3 passed in 1.0s\n"
    assert first_failure(output) == "tests/theory/test_x.py::test_y[a-b]"
    assert first_failure("ERROR tests/theory/test_x.py\n1 error\n") == "tests/theory/test_x.py"
    assert first_failure("Segmentation fault\n") == "Segmentation fault"


def test_kernels_that_hold_a_changed_helper_are_compiled_anew(tmp_path):
    folder = tmp_path / "abm" / "kernels"
    folder.mkdir(parents=True)
    (folder / "small.py").write_text(
        "def helper(a):\n    return a\n\n\ndef other(a):\n    return a\n", encoding="utf-8"
    )
    (folder / "large.py").write_text(
        "from abm.kernels.small import helper as h, other\n\n\ndef uses(a):\n    return h(a)\n\n\n"
        "def uses_again(a):\n    return uses(a)\n\n\ndef apart(a):\n    return other(a)\n",
        encoding="utf-8",
    )
    one = mutant("x", "abm/kernels/small.py", "helper")
    assert stale_kernels(tmp_path, one) == {"small.helper", "large.uses", "large.uses_again"}
    whole = dataclasses.replace(one, function="")
    assert stale_kernels(tmp_path, whole) >= {"small.helper", "small.other", "large.apart", "large.uses"}
    assert stale_kernels(tmp_path, mutant("x")) == set()
