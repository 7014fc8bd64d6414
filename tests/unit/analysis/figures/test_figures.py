"""The figures: which are drawn, that they show something, and that they stay off matplotlib's global state."""

from __future__ import annotations

import numpy as np
import pytest

from abm import UserError
from xinzhi.analysis import write_figures
from xinzhi.analysis.figures import style
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.groups import sectors_figure
from xinzhi.analysis.figures.occupations import occupations_figure
from xinzhi.analysis.figures.run_figures import FIGURE_NAMES, GRIDS, grid_figure, outcome_figure, remove_figures
from xinzhi.analysis.figures.structure import structure_figure
from xinzhi.analysis.figures.style import SCENARIO_COLOURS, spread_out

pytestmark = pytest.mark.unit


def texts_of(figure):
    """Every text of a figure."""
    import matplotlib.text

    texts = [text.get_text().replace("\u00a0", " ") for text in figure.findobj(matplotlib.text.Text)]
    return [text for text in texts if text]


def title_of(figure):
    """The title, which is wrapped to the width, as one line."""
    lines = [text for text in figure.texts if text.get_weight() == "bold" and not text.get_text().startswith("\u25cf")]
    return " ".join(line.get_text() for line in lines).replace("\u00a0", " ")


def picture(path):
    from matplotlib.image import imread

    return imread(path)[..., :3]


@pytest.fixture(scope="module")
def pair(invent):
    return [invent(seeds=3, quarters=47), invent("no_ai", seeds=3, quarters=47)]


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
    # The areas of structure look alike in two scenarios.
    assert [path.name for path in paths] == [f"{name}.png" for name in FIGURE_NAMES if name != "structure"]
    for path in paths:
        pixels = picture(path)
        assert pixels.shape[1] >= 1400, path.name
        assert 0.01 < (pixels < 0.95).any(axis=2).mean() < 0.5  # neither blank nor black


def test_a_single_run_of_one_year_gives_all_that_need_no_second_year(invent, tmp_path, coarse):
    names = [path.stem for path in write_figures([invent(seeds=1, quarters=3)], tmp_path)]
    assert names == [name for name in FIGURE_NAMES if name != "sectors"], "the change of a share needs two years"


def test_a_run_without_a_whole_year_gives_no_figure(invent, tmp_path, coarse):
    assert write_figures([invent(seeds=1, quarters=2)], tmp_path) == []


def test_a_figure_without_data_is_left_out_and_its_old_file_goes(results_of, tmp_path):
    (tmp_path / "sectors.png").write_bytes(b"old")
    results = results_of({"real_gdp": np.full((1, 8), 33.0)})
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
        write_figures([results_of({"real_gdp": np.ones((1, 8))})], tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_one_clear_line(results_of, tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(UserError, match="cannot write the figures"):
        write_figures([results_of({"real_gdp": np.ones((1, 2))})], tmp_path / "taken")


def test_headline_names_its_variables_scenarios_runs_and_caution(pair):
    drawing = Drawing(pair)
    figure = grid_figure(drawing, GRIDS["headline"])
    texts = texts_of(figure)
    for wanted in ("Real GDP", "Unemployment", "Inequality of disposable income", "Labour share", "CO\u2082 emissions"):
        assert wanted in texts
    assert not any("CO2" in text for text in texts)
    assert any(text.startswith("China's economy, 2024 to 2035: production, jobs") for text in texts)
    footer = " ".join(texts)
    assert "3 runs of 10,000 simulated adults each" in footer
    assert "China's AI adoption path is a scenario that builds on surveys of European firms, not a forecast." in footer
    assert any(text.startswith("With AI 5") for text in texts)  # the name and last value at the end of a line
    assert any(text.startswith("Difference in 2035: +") for text in texts)


def test_the_title_says_what_is_clear(results_of, quarterly):
    noise = np.array([[0.0], [0.01], [-0.01]])
    base = {"real_gdp": quarterly(25 + noise), "unemployment_rate": quarterly(0.05 + 0 * noise)}
    seeds = (1, 2, 3)
    more = {"real_gdp": 1.16 * base["real_gdp"], "unemployment_rate": quarterly(0.0549 + noise / 1000)}
    runs = [results_of({name: np.tile(values, 2) for name, values in arrays.items()}, scenario, seeds)
            for scenario, arrays in (("baseline", more), ("no_ai", base))]  # fmt: skip
    figure = grid_figure(Drawing(runs), GRIDS["headline"])
    assert title_of(
        figure
    ) == "With AI: real GDP 16.0 % higher, unemployment 0.49 percentage points higher by 2025".replace(
        "percentage points", "points"
    )
    unclear = {"real_gdp": base["real_gdp"] + 100 * noise, "unemployment_rate": base["unemployment_rate"]}
    runs[0] = results_of({name: np.tile(values, 2) for name, values in unclear.items()}, "baseline", seeds)
    assert (
        title_of(grid_figure(Drawing(runs), GRIDS["headline"]))
        == "No clear difference in real GDP or unemployment by 2025"
    )


def test_one_scenario_says_what_happens_and_several_each_difference(results_of, quarterly):
    def run(name, *years):
        return results_of({"real_gdp": quarterly([years, years])}, name, (1, 2))

    alone = grid_figure(Drawing([run("baseline", 34.25, 50.0)]), GRIDS["growth"])
    assert title_of(alone) == "Real GDP rises from 137 to 200 trillion CNY a year by 2025"
    several = Drawing([run("baseline", 100, 100), run("tax", 100, 98), run("subsidy", 100, 103)])
    assert title_of(grid_figure(several, GRIDS["growth"])) == (
        "Real GDP by 2025, against baseline: tax -2.0 %, subsidy +3.0 %"
    )
    same = Drawing([run("baseline", 100, 100), run("tax", 100, 100)])
    assert title_of(grid_figure(same, GRIDS["growth"])) == "No difference in real GDP by 2025"


def test_no_code_stands_in_the_footer(invent):
    results = invent(seeds=1, quarters=7)
    results.provenance["scenario"] = {"overrides": {"levers.carbon_price": 200}}
    assert "levers" not in " ".join(Drawing([results]).footer())


def test_lines_are_the_means_and_bands_the_outer_tenths(results_of, quarterly):
    values = quarterly(np.array([[1.0, 1.0], [2.0, 4.0], [9.0, 10.0]]) / 100)
    figure = grid_figure(Drawing([results_of({"unemployment_rate": values}, seeds=(1, 2, 3))]), GRIDS["labour"])
    axes = figure.axes[0]
    assert axes.lines[0].get_ydata() == pytest.approx([4.0, 5.0])
    assert axes.lines[0].get_xdata().tolist() == [2024, 2025]
    band = axes.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() == pytest.approx(1.2)
    assert band[:, 1].max() == pytest.approx(8.8)


def test_an_axis_that_does_not_start_at_zero_says_so(pair):
    cut = {}
    for axes in grid_figure(Drawing(pair), GRIDS["headline"]).axes:
        texts = [text.get_text() for text in axes.texts]
        told = "axis does not start at 0" in texts
        assert told == (axes.get_ylim()[0] > 0.0), texts
        cut |= dict.fromkeys(texts, told)
    assert cut["Labour share"] and not cut["Real GDP"]


def test_one_seed_has_no_band(results_of):
    figure = grid_figure(Drawing([results_of({"unemployment_rate": np.full((1, 8), 0.05)})]), GRIDS["labour"])
    assert len(figure.axes[0].collections) == 0


def test_a_scenario_without_any_ai_is_not_drawn_along_zero(pair):
    texts = texts_of(grid_figure(Drawing(pair), GRIDS["adoption"]))
    assert not any(text.startswith("Without AI ") for text in texts)


def test_an_empty_size_class_has_no_line(invent):
    figure = grid_figure(Drawing([invent(seeds=1, quarters=11, large=False)]), GRIDS["adoption"])
    texts = texts_of(figure)
    assert not any(text.startswith("Large") for text in texts)
    assert any(text.startswith("Medium") for text in texts)


def test_the_economy_without_ai_keeps_its_colour(invent):
    no_ai, baseline, tax = invent("no_ai", 1, 3), invent("baseline", 1, 3), invent("tax", 1, 3)
    assert Drawing([no_ai]).colours == [SCENARIO_COLOURS[1]]
    assert Drawing([no_ai, baseline]).colours == [SCENARIO_COLOURS[1], SCENARIO_COLOURS[0]]
    assert len(set(Drawing([baseline, tax, invent("subsidy", 1, 3)]).colours)) == 3
    assert len(Drawing([baseline] * 9).colours) == 9


def test_runs_that_cannot_be_paired_have_no_differences(invent):
    drawing = Drawing([invent(seeds=1, quarters=7), invent("no_ai", 1, 7, workers=40_000)])
    assert drawing.pair is None
    assert drawing.message(["real_gdp"]) == drawing.note("real_gdp") == ""
    assert title_of(grid_figure(drawing, GRIDS["growth"])) == (
        "Growth, with and without artificial intelligence, 2024 to 2025"
    )


def test_sectors_are_ranked_by_the_change_of_their_share(results_of, quarterly):
    shares = {"AGR": [30, 10], "PUB": [50, 60], "MEQ": [20, 30]}
    few = {"sectors": {"value_added": {code: quarterly([years]) for code, years in shares.items()}}}
    figure = sectors_figure(Drawing([results_of({"real_gdp": np.ones((1, 8))}, groups=few)]))
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()][0] == "Agriculture"
    ends = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o" and line.get_fillstyle() == "full"]
    assert sum(ends) == pytest.approx(100)
    assert "10.0 (-20.0)" in texts_of(figure)
    assert title_of(figure) == (
        "Share of value added: the largest rise is in machinery (+10.0 points), the largest fall in agriculture (-20.0)"
    )
    alone = {"sectors": {"value_added": {"AGR": np.ones((1, 4))}}}
    assert sectors_figure(Drawing([results_of({"real_gdp": np.ones((1, 4))}, groups=alone)])) is None


def test_structure_is_drawn_for_one_scenario_only(results_of, quarterly, pair):
    jobs = {"AGR": [25, 10], "MEQ": [25, 20], "PUB": [50, 70]}
    groups = {"sectors": {"employment": {code: quarterly([years]) for code, years in jobs.items()}}}
    figure = structure_figure(Drawing([results_of({"real_gdp": np.ones((1, 8))}, groups=groups)]))
    assert title_of(figure) == "Services employ 70 % in 2025 after 50 % in 2024; agriculture falls from 25 to 10 %"
    assert structure_figure(Drawing(pair)) is None


def occupations(results_of, quarterly, rates, scenario="baseline", seeds=(1, 2)):
    of_group = {name: quarterly(values) for name, values in rates.items()}
    groups = {"occupations": {"unemployment_rate": of_group}}
    return results_of({"real_gdp": np.ones((len(seeds), 4))}, scenario, seeds, groups)


def test_occupations_are_ranked_with_the_worst_on_top(results_of, quarterly):
    rates = {"office": [[0.09], [0.09]], "legal": [[0.02], [0.02]], "sales": [[0.05], [0.05]]}
    figure = occupations_figure(Drawing([occupations(results_of, quarterly, rates)]))
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["Lawyers and legal staff", "Sales staff", "Office clerks"]
    dots = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert dots == pytest.approx([2.0, 5.0, 9.0])
    assert title_of(figure) == "Office clerks are unemployed most often: 9.0 per cent"
    assert occupations_figure(Drawing([results_of({"real_gdp": np.ones((1, 4))})])) is None


def test_two_scenarios_show_for_which_occupations_there_is_a_difference(results_of, quarterly):
    base = {"office": [[0.09], [0.09]], "legal": [[0.02], [0.02]], "sales": [[0.05], [0.05]]}
    more = {"office": [[0.08], [0.08]], "legal": [[0.04], [0.04]], "sales": [[0.04], [0.06]]}
    figure = occupations_figure(Drawing([
        occupations(results_of, quarterly, more), occupations(results_of, quarterly, base, "no_ai"),
    ]))  # fmt: skip
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["Office clerks", "Sales staff", "Lawyers and legal staff"], "by the difference"
    assert title_of(figure) == (
        "Unemployment is higher for 1 and lower for 1 of 3 occupations, most for lawyers and legal staff (+2.0 points)"
    )
    dots = {line.get_ydata()[0]: line.get_alpha() for line in figure.axes[0].lines if line.get_marker() == "o"}
    assert dots[1] < dots[0] == dots[2] == 1.0, "sales staff, faint"
    names = [text.get_text() for text in figure.texts if text.get_text().startswith("\u25cf")]
    assert names == ["\u25cf With AI", "\u25cf Without AI"], "the names stand above the rows"


def test_the_figure_of_one_outcome_is_found_by_a_short_name(invent):
    figure = outcome_figure(invent(seeds=2, quarters=11), "gdp")
    assert "Real GDP" in texts_of(figure) and title_of(figure).startswith("Real GDP rises from ")
    with pytest.raises(UserError, match="no outcome 'gpd'; nearest valid: gdp"):
        outcome_figure(invent(seeds=2, quarters=11), "gpd")
    with pytest.raises(UserError, match="no whole year of 'gdp'"):
        outcome_figure(invent(seeds=2, quarters=2), "gdp")


def test_a_figure_shows_itself_in_a_notebook(pair):
    figure = grid_figure(Drawing(pair), GRIDS["growth"])
    html = figure._repr_html_()
    assert html.startswith("<div") and 'role="img"' in html and "<desc" in html and "http" not in html
    assert html == figure._repr_html_()
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_odd_names_of_scenarios_draw_without_complaint(invent, tmp_path, coarse):
    results = [invent("price_$x^{2_of_the_longest_name_anyone_could_think_of", 2, 11), invent("新质", 2, 11)]
    assert len(write_figures(results, tmp_path)) == len(FIGURE_NAMES) - 1


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
