"""Winners and losers: sorted, coloured by what is better, and silent about groups that are too small to read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_hex

from abm import GROUP_LABELS
from xinzhi import analysis
from xinzhi.analysis.comparison.sentences import caution_sentences, group_sentence
from xinzhi.analysis.comparison.winners import group_tables, measures_of, winners_figure, winners_message
from xinzhi.analysis.figures.style import GAIN, LOSS, UNCLEAR
from xinzhi.analysis.reading.changes import GROUP_MEASURES
from xinzhi.analysis.reading.group_sizes import small_groups
from xinzhi.analysis.reading.panel import Panel

pytestmark = pytest.mark.unit

SEEDS = (1, 2, 3)
ADULTS = 1_000.0  # millions: with 10,000 workers, one stands for 0.1 million
PAY = next(one for one in GROUP_MEASURES if one.title == "Mean real wage by occupation")
OUTPUT = next(one for one in GROUP_MEASURES if one.title == "Real output by sector")
ADOPTION = next(one for one in GROUP_MEASURES if one.title == "Firms that use AI, by sector")


def texts_of(figure):
    return " ".join(text.get_text() for text in figure.texts).replace("\u00a0", " ")


@pytest.fixture
def run(results_of, quarterly):
    """``run(name, pay={occupation: (change in per cent, noise)}, jobs={occupation: millions})``."""
    wobble = np.array([[0.0], [1.0], [-1.0]])

    def make(name, pay, jobs, tenths=None):
        names = list(jobs)
        pays = {one: quarterly(20 * (1 + (pay.get(one, (0, 0))[0] + pay.get(one, (0, 0))[1] * wobble) / 100))
                for one in names}  # fmt: skip
        groups = {
            "occupations": {
                "wage_mean": pays,
                "employment": {one: quarterly(jobs[one] + 0 * wobble) for one in names},
            },
            "regions": {"wage_mean": {"region_1": quarterly(20 * (1 + pay["office"][0] / 100) + 0 * wobble)}},
        }
        if tenths is not None:
            values = {
                f"decile_{at + 1}": quarterly(10 * (1 + gain / 100) + 0 * wobble) for at, gain in enumerate(tenths)
            }
            groups["deciles"] = {"income_mean": values}
        arrays = {"adult_population": quarterly(ADULTS + 0 * wobble), "real_gdp": quarterly(30 + 0 * wobble)}
        return results_of(arrays, name, SEEDS, groups)

    return make


JOBS = {"office": 50.0, "sales": 40.0, "farming": 30.0, "legal": 5.0}  # of legal staff, 50 are simulated
BASE = {"office": (0.0, 0.0)}
CHANGED = {"office": (-3.0, 0.1), "sales": (4.0, 0.1), "farming": (0.1, 3.0), "legal": (60.0, 1.0)}


@pytest.fixture
def pair(run):
    return analysis.compare(run("baseline", BASE, JOBS), run("tax", CHANGED, JOBS))


def test_a_group_of_few_simulated_workers_is_too_small(pair):
    assert pair.small(PAY) == {"legal"}
    assert small_groups(pair.panels, PAY, 0) == {"legal"}
    winners = pair.winners().query("table == 'occupations' and variable == 'wage_mean'").set_index("group")
    assert winners["small"].to_dict() == {"office": False, "sales": False, "farming": False, "legal": True}


def test_it_is_marked_in_table_and_figure_and_never_named(pair):
    figure = winners_figure(pair, [PAY])
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["Lawyers and legal staff *", "Office clerks", "Farm workers", "Sales staff"], "sorted, small last"
    assert "* Too small to read: fewer than 100 simulated workers" in texts_of(figure)
    for words in (winners_message(pair, PAY), group_sentence(pair, 1, PAY), *pair.answer(), *pair.summary()):
        assert "awyers" not in words
    assert "1 more is too small to read" in group_sentence(pair, 1, PAY)
    _, high = figure.axes[0].get_xlim()
    assert high < 10, "what can be read sets the scale"


def test_the_message_counts_gains_and_losses_and_names_the_largest(pair, run):
    assert winners_message(pair, PAY) == (
        "One of three readable occupations gains pay, sales staff most (+4.0 %); one loses, office clerks most (-3.0 %)"
    )
    flat = [0.0] * 10
    all_gain = analysis.compare(run("baseline", BASE, JOBS, flat), run("tax", BASE, JOBS, range(1, 11)))
    (tenths,) = measures_of(all_gain, "deciles")
    assert winners_message(all_gain, tenths) == "All ten tenths gain income, the richest tenth most (+10.0 %)"


def test_gain_and_loss_have_two_colours_and_unclear_is_hollow(pair):
    dots = {
        int(line.get_ydata()[0]): (to_hex(line.get_color()).upper(), line.get_fillstyle())
        for line in winners_figure(pair, [PAY]).axes[0].lines
        if line.get_marker() == "o"
    }
    assert dots[3] == (GAIN.upper(), "full") and dots[1] == (LOSS.upper(), "full")
    assert dots[2] == (UNCLEAR.upper(), "none")


def test_each_panel_is_sorted_by_itself_and_ordered_groups_are_not(run):
    more = dict(zip(JOBS, (60.0, 41.0, 45.0, 5.0), strict=True))
    both = analysis.compare(run("baseline", BASE, JOBS, [0] * 10), run("tax", CHANGED, more, [3, 1, 2] + [0] * 7))
    figure = winners_figure(both, measures_of(both, "occupations"))
    first, second = ([label.get_text() for label in axes.get_yticklabels()][::-1] for axes in figure.axes)
    assert first[:3] == ["Sales staff", "Farm workers", "Office clerks"]
    assert second[:3] == ["Farm workers", "Office clerks", "Sales staff"]
    tenths = winners_figure(both, measures_of(both, "deciles"))
    assert [label.get_text() for label in tenths.axes[0].get_yticklabels()][-3:] == [
        "Third tenth", "Second tenth", "Poorest tenth",
    ]  # fmt: skip


def test_the_names_of_four_scenarios_stay_within_the_picture(run):
    names = ("baseline", "subsidy_with_retraining_of_all", "adoption_subsidy_for_everyone", "carbon_price_and_dividend")
    many = analysis.compare(*(run(name, CHANGED if at else BASE, JOBS) for at, name in enumerate(names)))
    figure = winners_figure(many, [PAY])
    figure.canvas.draw()
    edge = figure.get_window_extent().x1
    keys = [text for text in figure.texts if text.get_text().startswith("\u25cf")]
    assert [text.get_text()[2:] for text in keys] == list(many.labels[1:])
    assert all(text.get_window_extent().x1 <= edge for text in figure.texts)
    spans = [text.get_window_extent() for text in keys]
    assert all(one.x1 <= other.x0 for one, other in pairwise(spans))
    assert winners_message(many, PAY).startswith("Occupations with more pay, of 3: ")


def test_regions_are_alike_by_draw_and_no_winners(pair, run):
    winners = pair.winners().query("table == 'regions'")
    assert set(winners["finding"]) <= {"higher", "lower", "no clear difference", "the same"} and len(winners)
    assert "regions" not in group_tables(pair)
    for measure in [one for one in GROUP_MEASURES if one.table == "regions"]:
        assert group_sentence(pair, 1, measure) == "" and measure.better == 0
    readable = len(winners) and len(pair.winners().query("table != 'regions'"))
    assert f"{readable} differences of groups are read for" in caution_sentences(pair)[2]


def test_firms_are_counted_by_the_least_step_of_their_share(results_of):
    rng = np.random.default_rng(1)

    def adopting(firms):
        return rng.integers(0, firms + 1, (3, 40)) / firms

    groups = {"sectors": {"ai_adoption_share": {"AGR": adopting(222), "PET": adopting(3), "RES": adopting(29),
                                                "TRN": adopting(30), "UTL": np.ones((3, 40))}}}  # fmt: skip
    panel = Panel(results_of({"x": np.ones((3, 40))}, "baseline", SEEDS, groups))
    assert small_groups([panel], ADOPTION, 9) == {"PET", "RES"}
    shares = {"micro_1_9": 1 - (5 + rng.integers(0, 3, (3, 40))) / 357}
    shares["large_250_plus"] = 1 - shares["micro_1_9"]
    sizes = {"firm_sizes": {"firms": shares, "ai_adoption_share": dict.fromkeys(shares, np.ones((3, 40)))}}
    panel = Panel(results_of({"x": np.ones((3, 40))}, "baseline", SEEDS, sizes))
    for measure in [one for one in GROUP_MEASURES if one.table == "firm_sizes"]:
        assert small_groups([panel], measure, 9) == {"large_250_plus"}


def test_a_run_that_does_not_say_its_size_marks_nothing(invent):
    results = invent(seeds=2, quarters=7)
    results.provenance.pop("workers")
    assert small_groups([Panel(results)], OUTPUT, 0) == frozenset()


def test_every_group_has_a_dot_in_every_scenario(invent):
    three = analysis.compare(*(invent(name, seeds=2, quarters=15) for name in ("baseline", "no_ai", "tax")))
    assert group_tables(three) == ["occupations", "sectors", "firm_sizes"]
    measures = measures_of(three, "occupations")
    figure = winners_figure(three, measures)
    assert len(figure.axes[0].get_yticklabels()) == len(GROUP_LABELS["occupations"])
    last = three.winners().query("table == 'occupations'")
    unclear = (last["finding"] == "no clear difference").sum()
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert len(dots) == len(last) == 44
    assert 0 < sum(dot.get_fillstyle() == "none" for dot in dots) == unclear
