"""The figures: which are drawn, that they show something, and that they stay off matplotlib's global state."""

from __future__ import annotations

import numpy as np
import pytest

from abm import UserError
from xinzhi.analysis import write_figures
from xinzhi.analysis.figures import style
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.groups import differences_figure, sectors_figure
from xinzhi.analysis.figures.occupations import occupations_figure
from xinzhi.analysis.figures.run_figures import FIGURE_NAMES, GRIDS, grid_figure, remove_figures
from xinzhi.analysis.figures.style import SCENARIO_COLOURS, spread_out

pytestmark = pytest.mark.unit


def texts_of(figure):
    """Every text of a figure."""
    import matplotlib.text

    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


def picture(path):
    from matplotlib.image import imread

    return imread(path)[..., :3]


@pytest.fixture(scope="module")
def pair(invent):
    return [invent(seeds=3, quarters=44), invent("no_ai", seeds=3, quarters=44)]


@pytest.fixture(scope="module")
def drawn(pair, tmp_path_factory):
    """The figures of the pair, drawn once: their paths, and matplotlib's settings before and after."""
    import matplotlib

    before = dict(matplotlib.rcParams)
    paths = write_figures(pair, tmp_path_factory.mktemp("figures") / "new" / "folder")
    return paths, before, dict(matplotlib.rcParams)


@pytest.fixture
def coarse(monkeypatch):
    """Figures of few dots, where what they look like does not matter."""
    monkeypatch.setattr(style, "DOTS_PER_INCH", 30)


def test_a_pair_gives_every_figure_as_a_readable_picture(drawn):
    paths, *_ = drawn
    assert [path.name for path in paths] == [f"{name}.png" for name in FIGURE_NAMES]
    for path in paths:
        pixels = picture(path)
        assert pixels.shape[1] >= 1400
        assert 0.01 < (pixels < 0.95).any(axis=2).mean() < 0.5  # neither blank nor black


def test_a_single_run_of_a_few_quarters_gives_all_but_the_differences(invent, tmp_path, coarse):
    names = [path.stem for path in write_figures([invent(seeds=1, quarters=3)], tmp_path)]
    assert names == [name for name in FIGURE_NAMES if name != "differences"]


def test_a_figure_without_data_is_left_out_and_its_old_file_goes(results_of, tmp_path):
    (tmp_path / "sectors.png").write_bytes(b"old")
    results = results_of({"real_gdp": np.full((1, 3), 33.0)})
    assert [path.stem for path in write_figures([results], tmp_path)] == ["headline", "growth"]
    assert not (tmp_path / "sectors.png").exists()
    (tmp_path / "mine.png").write_bytes(b"of the user")
    remove_figures(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.png"]


def test_an_interrupted_drawing_leaves_no_half_of_a_figure(results_of, tmp_path, monkeypatch):
    def interrupted(figure, file, **options):
        file.write(b"half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_figures([results_of({"real_gdp": np.ones((1, 2))})], tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_one_clear_line(results_of, tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(UserError, match="cannot write the figures"):
        write_figures([results_of({"real_gdp": np.ones((1, 2))})], tmp_path / "taken")


def test_headline_names_its_variables_scenarios_seeds_and_caution(pair):
    drawing = Drawing(pair)
    texts = texts_of(grid_figure(drawing, GRIDS["headline"]))
    for wanted in ("Real GDP", "Unemployment", "Inequality of disposable income", "Labour share", "CO2 emissions"):
        assert wanted in texts
    assert "China's economy, with and without artificial intelligence, 2024 to 2035" in texts
    footer = " ".join(texts)
    assert "With AI (baseline), 3 seeds (1 to 3), 10,000 workers" in footer
    assert "China's AI adoption path is a scenario between the EU and US curves, not a forecast." in footer
    assert any(text.startswith("With AI 5") for text in texts)  # the name and last value at the end of a line
    assert any(text.startswith("Difference in 2035: +") for text in texts)


def test_settings_changed_for_a_run_stand_in_the_footer(invent):
    results = invent(seeds=1, quarters=4)
    results.provenance["scenario"] = {"overrides": {"levers.carbon_price": 200}}
    assert "levers.carbon_price=200" in Drawing([results]).footer()[0]


def test_lines_are_the_medians_and_bands_the_outer_tenths(results_of):
    values = np.array([[1.0, 1.0], [2.0, 4.0], [9.0, 9.0]]) / 100
    figure = grid_figure(Drawing([results_of({"unemployment_rate": values}, seeds=(1, 2, 3))]), GRIDS["labour"])
    axes = figure.axes[0]
    assert axes.lines[0].get_ydata() == pytest.approx([2.0, 4.0])
    band = axes.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() == pytest.approx(1.2)
    assert band[:, 1].max() == pytest.approx(8.0)


def test_one_seed_has_no_band(results_of):
    figure = grid_figure(Drawing([results_of({"unemployment_rate": np.full((1, 3), 0.05)})]), GRIDS["labour"])
    assert len(figure.axes[0].collections) == 0


def test_a_scenario_without_any_ai_is_not_drawn_along_zero(pair):
    texts = texts_of(grid_figure(Drawing(pair), GRIDS["adoption"]))
    assert not any(text.startswith("Without AI ") for text in texts)


def test_an_empty_size_class_has_no_line(invent):
    figure = grid_figure(Drawing([invent(seeds=1, quarters=8, large=False)]), GRIDS["adoption"])
    texts = texts_of(figure)
    assert not any(text.startswith("Large") for text in texts)
    assert any(text.startswith("Medium") for text in texts)


def test_the_economy_without_ai_keeps_its_colour(invent):
    no_ai, baseline, tax = invent("no_ai", 1, 2), invent("baseline", 1, 2), invent("tax", 1, 2)
    assert Drawing([no_ai]).colours == [SCENARIO_COLOURS[1]]
    assert Drawing([no_ai, baseline]).colours == [SCENARIO_COLOURS[1], SCENARIO_COLOURS[0]]
    assert len(set(Drawing([baseline, tax, invent("subsidy", 1, 2)]).colours)) == 3
    assert len(Drawing([baseline] * 9).colours) == 9


def test_differences_are_the_mean_gaps_in_per_cent_and_points(results_of):
    base = {"real_gdp": np.full((2, 3), 50.0), "unemployment_rate": np.full((2, 3), 0.05)}
    more = {"real_gdp": np.array([[50.0, 55, 55], [50, 55, 65]]), "unemployment_rate": base["unemployment_rate"] + 0.01}
    drawing = Drawing([results_of(more, "baseline", (1, 2)), results_of(base, "no_ai", (1, 2))])
    figure = differences_figure(drawing)
    assert figure.axes[0].lines[0].get_ydata() == pytest.approx([0.0, 10.0, 20.0])
    assert figure.axes[1].lines[0].get_ydata() == pytest.approx([1.0, 1.0, 1.0])
    texts = texts_of(figure)
    assert "+20.0" in texts
    assert "difference, percentage points" in texts


def test_runs_that_cannot_be_paired_have_no_differences(invent):
    drawing = Drawing([invent(seeds=1, quarters=4), invent("no_ai", 1, 4, workers=40_000)])
    assert drawing.pair is None
    assert differences_figure(drawing) is None
    assert drawing.note("real_gdp", None) == ""


def test_sector_shares_add_up_and_sectors_without_rows_are_left_out(pair, results_of):
    figure = sectors_figure(Drawing(pair))
    assert len(figure.axes) == 20
    ends = [axes.lines[0].get_ydata()[-1] for axes in figure.axes]
    assert sum(ends) == pytest.approx(100, abs=0.5)  # medians of shares
    few = {"sectors": {"value_added": {"AGR": np.ones((1, 2)), "PUB": 3 * np.ones((1, 2))}}}
    figure = sectors_figure(Drawing([results_of({"real_gdp": np.ones((1, 2))}, groups=few)]))
    assert len(figure.axes) == 2
    assert figure.axes[1].lines[0].get_ydata() == pytest.approx([75, 75])


def test_occupations_are_ranked_with_the_worst_on_top(results_of):
    rates = {"office": np.full((1, 5), 0.09), "legal": np.full((1, 5), 0.02), "sales": np.full((1, 5), 0.05)}
    groups = {"occupations": {"unemployment_rate": rates}}
    figure = occupations_figure(Drawing([results_of({"real_gdp": np.ones((1, 5))}, groups=groups)]))
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["Lawyers and legal staff", "Sales staff", "Office clerks"]
    dots = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert dots == pytest.approx([2.0, 5.0, 9.0])
    assert occupations_figure(Drawing([results_of({"real_gdp": np.ones((1, 5))})])) is None


def test_odd_names_of_scenarios_draw_without_complaint(invent, tmp_path, coarse):
    results = [invent("price_$x^{2_of_the_longest_name_anyone_could_think_of", 2, 8), invent("新质", 2, 8)]
    assert len(write_figures(results, tmp_path)) == len(FIGURE_NAMES)


def test_global_settings_of_matplotlib_are_left_alone(drawn):
    _, before, after = drawn
    assert after == before


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([0.1, 0.9], [0.1, 0.9]),
        ([0.5, 0.5], [0.45, 0.55]),
        ([0.5, 0.52, 0.54], [0.42, 0.52, 0.62]),
        ([], []),
    ],
)
def test_labels_move_apart_around_what_they_want(wanted, expected):
    assert spread_out(wanted, 0.1) == pytest.approx(expected)


def test_spread_labels_never_overlap_and_keep_their_order():
    wanted = np.sort(np.random.default_rng(2).random(12))
    places = np.array(spread_out(wanted, 0.05))
    assert (np.diff(places) >= 0.05 - 1e-12).all()
