"""The sentence at the head of the page, the text for the note, and the page itself, for comparisons made up here."""

import math
from pathlib import Path

import pytest

from versions.changes import EQUAL, Change, Changes
from versions.compare import LABELS, Comparison, Row, Size
from versions.page import page, summary
from versions.parting import BITS, DISCRETE, LEVELS, ROUNDING, Onset, Parting
from versions.plan import NEUTRAL, Run
from versions.trees import Tree
from versions.verdict import change_text, null_text, part_text, sentence, text_for_the_note

pytestmark = pytest.mark.unit

OLD, NEW = Tree(Path("old"), "abc", "a day, what was"), Tree(Path("new"), "def+", "another <day>, what is")


def row(name, changes=None, parting=None, strength="", **more):
    kind = "lever" if strength else "scenario"
    parting = Parting() if parting is None else parting
    return Row(Run(kind, name, strength), changes or Changes(), {1: parting}, **more)


def parting(passing=False, **quarters):
    """``parting(bits=2, discrete=5)``: levels that begin to differ in these quarters."""
    onsets = {level: Onset(10 * at, at, f"phase_{level}", (f"firms.{level}",)) for level, at in quarters.items()}
    return Parting(passing=onsets) if passing else Parting(lasting=onsets)


def changed(part, chance=0.5, outcome="gdp", headline=True, quarter=9):
    errors = math.nan if math.isnan(chance) else 3.21
    change = Change(outcome, headline, 2.0, 2.0 * (1 + part), part, errors, chance)
    return Changes([change], {outcome: abs(part)}, beyond=dict.fromkeys((1, 9), quarter) if abs(part) > EQUAL else {})


def compared(*rows, seeds=4):
    return Comparison(OLD, NEW, Size(seeds=seeds), sorted(rows, key=lambda one: one.size, reverse=True))


def test_identical():
    comparison = compared(row("one"), row("two"))
    assert (
        sentence(comparison) == "Identical bit for bit: every number that is written, and the state after every phase."
    )
    assert text_for_the_note(comparison).startswith("Results change: no. Identical bit for bit")
    untraced = row("three")
    untraced.partings = {}
    assert sentence(compared(untraced)) == "Identical bit for bit: every number that is written."


def test_differences_that_pass_within_the_quarter():
    comparison = compared(row("one", parting=parting(passing=True, bits=3)), row("two"))
    assert sentence(comparison) == (
        "Every number that is written is identical bit for bit, but the state differs within a quarter and no longer "
        "at its end. 1 of 2 runs differs. The first to part is scenario one, quarter 3, phase_bits: firms.bits."
    )
    assert text_for_the_note(comparison).startswith("Results change: no.")
    lasting = compared(row("one", parting=parting(bits=3)))
    assert "but the state differs. 1 of 1 runs differs. " in sentence(lasting)


def test_equal_but_for_rounding_throughout():
    comparison = compared(row("one", changed(1e-15, math.nan), parting(bits=3)), row("two"))
    assert (
        sentence(comparison) == "Every number that is written agrees to 1e-12; 1 of 2 runs differs, by at most 1e-15."
    )
    assert text_for_the_note(comparison).startswith(
        "Results change: no, but for rounding. Every number that is written agrees"
    )


def test_equal_but_for_rounding_until_a_decision_differs():
    late = row("late", changed(0.002), parting(bits=1, more=9, discrete=9))
    early = row("early", changed(0.001), parting(bits=1, more=7, discrete=7))
    comparison = compared(late, early, row("same"), seeds=32)
    assert sentence(comparison) == (
        "Every number that is written agrees to 1e-12 until quarter 7, when the first discrete decision differs "
        "(scenario early: quarter 7, "
        "phase_discrete: firms.discrete). 2 of 3 runs differ. None of 2 can be distinguished from the old version "
        "on 32 paired seeds."
    )
    assert text_for_the_note(comparison).startswith("Results change: no, but for rounding.")


def test_other_seeds_may_decide_first():
    rounding, decided = parting(bits=1), parting(bits=1, more=4, discrete=4)
    changes = changed(0.002)
    one = row("one", changes, rounding)
    changes.beyond = {3: 4}
    one.partings[3] = decided
    assert one.parting is decided
    assert sentence(compared(one)).startswith("Every number that is written agrees to 1e-12 until quarter 4")
    changes.beyond = {3: 3}  # before the decision
    assert text_for_the_note(compared(one)).startswith("Results change: yes.")
    changes.beyond = {3: 4}
    one.partings[3] = parting(bits=1)  # what differs by more than rounding is explained by nothing
    assert text_for_the_note(compared(one)).startswith("Results change: yes.")


def test_a_decision_that_ends_in_a_difference_is_a_change():
    comparison = compared(row("one", changed(0.1, 1e-6), parting(bits=1, discrete=5)), seeds=32)
    assert sentence(comparison).endswith("1 of 1 can be distinguished from the old version on 32 paired seeds.")
    assert text_for_the_note(comparison).startswith("Results change: yes.")


@pytest.mark.parametrize("seeds", [1, 4])
def test_few_seeds_do_not_say_what_follows_a_decision(seeds):
    changes = changed(0.1, math.nan if seeds == 1 else 0.5)
    comparison = compared(row("one", changes, parting(bits=1, discrete=5)), seeds=seeds)
    assert ("With one seed nothing can be said" in sentence(comparison)) == (seeds == 1)
    assert text_for_the_note(comparison).startswith("Results change: not known yet, run it with SEEDS=32.")


def test_a_decision_that_is_the_first_to_differ_is_no_rounding():
    comparison = compared(row("one", changed(0.1), parting(bits=5, discrete=5)), seeds=32)
    assert text_for_the_note(comparison).startswith("Results change: yes.")


def test_more_than_rounding_before_a_decision_is_a_change():
    comparison = compared(
        row("little", changed(0.01), parting(bits=4, more=4, discrete=6)),
        row("much", changed(-0.25, 1e-5), parting(bits=2, more=2, discrete=3)),
        row("none"),
    )
    assert sentence(comparison) == (
        "2 of 3 runs differ. The largest change of a headline outcome is in scenario much: gdp by -25 % (+3.2 standard "
        "errors). 1 of 2 can be distinguished from the old version on 4 paired seeds. "
        "The first to part is scenario much, quarter 2, phase_bits: firms.bits."
    )
    text = text_for_the_note(comparison)
    assert text.startswith(
        "Results change: yes. 2 of 3 runs differ. 1 of 2 can be distinguished from the old version on 4"
    )
    assert text.splitlines()[-2:] == [
        "* scenario much: gdp by -25 % (+3.2 standard errors)", "* scenario little: gdp by +1 % (+3.2 standard errors)"
    ]  # fmt: skip
    assert all(len(line) <= 120 for line in text.splitlines())


def test_the_clearest_change_is_named_beside_the_greatest():
    changes = changed(0.1, 0.2)
    changes.outcomes.append(Change("debt", False, 1.0, 1.01, 0.01, 40.0, 1e-6))
    one = row("one", changes, parting(bits=1, more=1))
    assert change_text(one) == "gdp by +10 % (+3.2 standard errors); most clearly debt by +1 % (+40.0 standard errors)"
    assert "yes, most clearly by debt (+40.0)" in page(compared(one))
    changes.outcomes[1] = Change("debt", False, 1.0, 1.01, 0.01, 2.0, 0.1)
    assert change_text(one) == "gdp by +10 % (+3.2 standard errors)"


def test_what_is_recorded_may_differ_alone():
    comparison = compared(row("one", changed(0.5, 1e-9, "cost_ratio", headline=False)))
    assert sentence(comparison).endswith(
        "The state is identical after every phase: only what is recorded of it differs."
    )
    assert text_for_the_note(comparison).startswith("Results change: yes.")


def test_a_run_that_fails_in_one_version_comes_first():
    failing = row("one", strength=NEUTRAL, failed={LABELS[1]: "xinzhi: no such key"})
    failing.changes = None
    comparison = compared(row("two", changed(0.5)), failing)
    assert comparison.rows[0] is failing
    assert sentence(comparison) == (
        "1 of 2 runs fails in one version; lever one, neutral fails in the new version: xinzhi: no such key"
    )
    assert "* lever one, neutral: fails in the new version: xinzhi: no such key" in text_for_the_note(comparison)
    assert comparison.broken_nulls == [failing]
    both = row("three", failed=dict.fromkeys(LABELS, "xinzhi: bad"))
    both.changes = None
    assert both.same_results and both.identical and "fails in both versions: xinzhi: bad" in page(compared(both))


def test_null_policies():
    good = row("tax", strength=NEUTRAL, null=dict.fromkeys(LABELS, True))
    bad = row("aid", strength=NEUTRAL, null={LABELS[0]: True, LABELS[1]: False})
    assert null_text(compared(good)).endswith("in the new version: all 1.")
    assert null_text(compared(good, bad)) == (
        "Null policies that do not give the baseline in the new version: 1 of 2: aid."
    )
    assert null_text(compared(row("one"))) == "No lever was run."
    html = page(compared(good, bad))
    assert "(not the baseline of the new version)" in html


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (0.25, "+25 %"),
        (-0.0123, "-1.23 %"),
        (1e-15, "+1.0e-13 %"),
        (0.0, "+0 %"),
        (-15, "-1,500 %"),
        (math.inf, "a value in one version only"),
    ],
)
def test_parts_in_per_cent(part, text):
    assert part_text(part, signed=True) == text


def test_the_page_and_the_summary_show_every_run_that_differs():
    comparison = compared(
        row("much", changed(-0.25, 1e-5), parting(**dict.fromkeys(LEVELS, 2))),
        row("within", parting=parting(passing=True, **{BITS: 1, ROUNDING: 1})),
        row("none"),
    )
    comparison.notes = ["a <note>"]
    html, text = page(comparison), summary(comparison)
    for part in ("quarter 2, phase_bits: firms.bits", f"firms.{DISCRETE}", "-25 %", "gone by the end of the quarter"):
        assert part in html
    assert "a &lt;note&gt;" in html and "another &lt;day&gt;" in html
    assert "http" not in html and "<script" not in html
    assert "identical bit for bit" in html
    assert "| scenario much | gdp by -25 % (+3.2 standard errors) | yes | quarter 2, phase_bits: firms.bits |" in text
    assert "scenario none" not in text and "Identical runs: 1 of 3." in text
    assert text_for_the_note(comparison) in text


def test_a_run_that_fails_alike_in_both_versions_changes_nothing_that_is_written():
    both = row("three", parting=parting(bits=2), failed=dict.fromkeys(LABELS, "xinzhi: bad"))
    both.changes = None
    assert not both.identical and text_for_the_note(compared(both)).startswith("Results change: no.")
    both.failed[LABELS[1]] = "xinzhi: worse"
    assert text_for_the_note(compared(both)).startswith("Results change: yes.")
