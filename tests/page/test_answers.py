"""The page's numbers, asked over HTTP: those of ``abm.compare`` to the last digit, and what a stream says and when."""

import csv
import math
import time

import pytest
from page.serving import page as served

import abm

pytestmark = pytest.mark.page

SIZE = {"workers": 2_000, "seeds": 4, "until": 2033}
SCENARIOS = {
    "carbon_price": {"base": "carbon_price"},
    "mixed": {
        "settings": {"levers.retraining": {"2027": 0.01}, "levers.carbon_price": 400, "closures.pass_through": "half"}
    },
    "research_grants": {"settings": {"levers.research_grants": 0.01}, "title": "Grants"},
}  # fmt: skip
NAMES = (
    "real_gdp",
    "unemployment_rate",
    "gini_disposable_income",
    "co2_emissions",
    "trainees",
    "policy_cost",
    "farm_leavers",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with served(tmp_path_factory.mktemp("seeds")) as one:
        yield one


def question(mix, name="answers", **more):
    return {"page": name, "scenarios": [{"base": "baseline"}, mix], **SIZE, **more}


def last_update(found):
    return [content for name, content in found if name == "update"][-1]


def same(sent, computed):
    """Equal, where None stands for what is no number."""
    return sent == computed or (sent is None and not math.isfinite(computed))


@pytest.mark.parametrize("on_debt", [False, True])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_numbers_are_those_of_compare_to_the_last_digit(page, scenario, on_debt):
    mix = SCENARIOS[scenario]
    found = page.all_of("/api/stream", question(mix, on_debt=on_debt, group_year=2030, outcomes="all"))
    update = last_update(found)
    subject = abm.load_scenario(mix.get("base", "baseline"), mix.get("settings", {}))
    comparison = abm.compare("baseline", subject, **SIZE, on_debt=on_debt, progress=False)
    assert update["pairs"] == 4
    years = found[0][1]["years"]
    assert years == list(range(2024, 2034))
    for name in NAMES:
        sent = update["changes"][1].get(name)
        for at, year in enumerate(years):
            change = comparison.change(1, name, year)
            if change is None or sent is None:
                assert sent is None or sent["mean"][at] is None
                continue
            difference = change.difference
            assert same(sent["mean"][at], difference.mean), (name, year)
            assert same(sent["low"][at], difference.low) and same(sent["high"][at], difference.high), (name, year)
            assert (sent["unit"], sent["decimals"]) == (change.unit, change.decimals)
        for side in (0, 1):
            levels = comparison.level(side, name, 2030)
            assert same(update["sides"][side]["level"][name][years.index(2030)], float(levels.mean()))
        verdict = update["verdicts"][1][name]["2030"]
        change = comparison.change(1, name, 2030).difference
        assert (verdict["mean"], verdict["low"], verdict["high"]) == (change.mean, change.low, change.high)
        assert verdict["word"] == ("same" if change.same else "unclear" if not change.clear else
                                   "higher" if change.mean > 0 else "lower")  # fmt: skip
    from xinzhi.analysis.reading.changes import GROUP_MEASURES

    for measure in GROUP_MEASURES:
        rows = update["groups"][1][f"{measure.table}.{measure.variable}"]
        groups = comparison.groups(1, measure, 2030)
        assert [row["group"] for row in rows] == list(groups)
        assert [row["mean"] for row in rows] == [one.difference.mean for one in groups.values()]
        assert {row["group"] for row in rows if row["small"]} == set(comparison.small(measure, 2030)) & set(groups)


def test_the_bands_of_single_histories_are_those_of_the_levels_table(page):
    update = last_update(page.all_of("/api/stream", question(SCENARIOS["carbon_price"])))
    table = abm.compare("baseline", "carbon_price", **SIZE, progress=False).levels()
    rows = table[(table["variable"].str.startswith("real_gdp")) & (table["year"] == 2030)]
    column = 2030 - 2024
    for side, (_, row) in enumerate(rows.iterrows()):
        sent = update["sides"][side]
        assert sent["low"]["real_gdp"][column] == pytest.approx(row["p10"], rel=1e-12)
        assert sent["high"]["real_gdp"][column] == pytest.approx(row["p90"], rel=1e-12)


def test_an_update_holds_the_panels_or_what_is_asked_for(page):
    from xinzhi.app.asking import HEADLINE

    whole = last_update(page.all_of("/api/stream", question(SCENARIOS["carbon_price"], outcomes="all")))
    asked = {"panels": ({}, HEADLINE), "two": ({"outcomes": ["trainees", "policy_cost"]}, ("trainees", "policy_cost"))}
    for more, names in asked.values():
        update = last_update(page.all_of("/api/stream", question(SCENARIOS["carbon_price"], **more)))
        assert tuple(update["changes"][1]) == tuple(update["verdicts"][1]) == tuple(names)
        assert update["changes"][1] == {name: whole["changes"][1][name] for name in names}
        for side in (0, 1):
            assert update["sides"][side]["high"] == {name: whole["sides"][side]["high"][name] for name in names}


def test_answers_grow_pair_by_pair_and_what_is_kept_comes_at_once(page):
    asked = question({"settings": {"levers.carbon_price": 333}}, seeds=8)
    found = page.all_of("/api/stream", asked)
    assert found[0][0] == "start" and found[-1][0] == "done"
    pairs = [content["pairs"] for name, content in found if name == "update"]
    assert pairs[0] >= 1 and pairs == sorted(set(pairs)) and pairs[-1] == 8
    first = next(content for name, content in found if name == "update")
    if first["pairs"] == 1:
        change = first["changes"][1]["real_gdp"]
        assert change["low"] is None and change["mean"] == change["p10"] == change["p90"]
        assert first["verdicts"][1]["real_gdp"]["2030"]["word"] == "one_pair"
    again = page.all_of("/api/stream", asked)
    assert [name for name, _ in again] == ["start", "update", "done"]
    assert again[0][1]["kept"] == 8 and again[2][1]["from_store"] == 16
    assert {**again[1][1], "seconds": 0} == {**last_update(found), "seconds": 0}


def test_seeds_of_the_page_are_those_that_compare_would_find(tmp_path, monkeypatch):
    from abm.experiments.ensembles.seed_store import open_store
    from xinzhi.app.asking import Limits, Question
    from xinzhi.app.runs import prepared

    monkeypatch.setenv("XINZHI_SEEDS", str(tmp_path))
    size = {"workers": 2_000, "seeds": 1, "until": 2024}
    for on_debt in (False, True):
        abm.compare("baseline", "carbon_price", **size, on_debt=on_debt, progress=False)
        asked = Question.read({**question({"base": "carbon_price"}, on_debt=on_debt), **size}, Limits())
        for side in prepared(asked, lambda name: None).sides:
            assert open_store().read(side.key(2_000, 1)) is not None


def test_four_scenarios_with_the_reference_in_the_middle(page):
    mixes = [{"base": "carbon_price"}, {"base": "baseline"}, {"base": "no_ai"}, SCENARIOS["research_grants"]]
    asked = {"page": "four", "scenarios": mixes, "reference": 1, **SIZE}
    found = page.all_of("/api/stream", asked)
    update = last_update(found)
    assert [one is None for one in update["changes"]] == [False, True, False, False]
    assert len({one["title"] for one in found[0][1]["scenarios"]}) == 4
    means = update["changes"][2]["real_gdp"]["mean"]
    against = abm.compare("baseline", "no_ai", **SIZE, progress=False)
    assert means[-1] == pytest.approx(-against.change(0, "real_gdp", 2033).difference.mean, rel=0.1)


def test_closing_a_stream_stops_its_runs(page):
    asked = question({"settings": {"levers.carbon_price": 77}}, name="closed", workers=20_000, seeds=64, until=2100)
    with page.streamed("/api/stream", asked) as found:
        assert next(found)[0] == "start"
        page.until(lambda health: health["busy"] == 2)
    began = time.monotonic()
    page.until(lambda health: not health["busy"] and not health["queued"], seconds=20)
    assert time.monotonic() - began < 5  # of a quarter's milliseconds, on a machine that does other things too
    assert page.all_of("/api/stream", question(SCENARIOS["carbon_price"]))[-1][1]["pairs"] == 4


def test_why_by_lever_adds_up_and_agrees_with_the_stream(page):
    mix = {"settings": {"levers.carbon_price": 300, "levers.research_grants": 0.01}}
    asked = {"page": "why", "mix": mix, "by": "levers", "year": 2030, **SIZE}
    found = page.all_of("/api/why", asked)
    assert found[0][0] == "start" and found[0][1]["runs"] == 16 and found[-1][0] == "done"
    update = last_update(found)
    stream = last_update(page.all_of("/api/stream", question(mix, outcomes="all")))
    for name, account in update["outcomes"].items():
        total = account["total"]["mean"]
        assert sum(part["mean"] for part in account["parts"]) == pytest.approx(total, abs=1e-9)
        assert total == pytest.approx(stream["changes"][1][name]["mean"][2030 - 2024], abs=1e-9), name
        assert account["unit"] == stream["changes"][1][name]["unit"]
    assert [part["key"] for part in update["outcomes"]["real_gdp"]["parts"]] == ["carbon_price", "research_grants"]


def test_why_with_many_levers_has_a_joint_part_and_with_other_assumptions_a_part_for_them(page):
    levers = (
        "carbon_price",
        "research_grants",
        "retraining",
        "ai_literacy",
        "basic_income",
        "public_compute",
        "ai_tax",
    )
    from abm.levers import load_levers

    settings = {f"levers.{name}": load_levers()[name].parameters[0].usual[1] for name in levers}
    size = {"workers": 2_000, "seeds": 1, "until": 2026, "year": 2026}
    asked = {"page": "why", "mix": {"settings": settings}, "by": "levers", **size}
    parts = last_update(page.all_of("/api/why", asked))["outcomes"]["real_gdp"]["parts"]
    assert [part["key"] for part in parts] == [*levers, "joint"]
    against = {**asked, "mix": {"settings": {"levers.ai_tax": 0.2}}, "reference": {"base": "no_ai"}}
    parts = last_update(page.all_of("/api/why", against))["outcomes"]["real_gdp"]["parts"]
    assert [part["key"] for part in parts] == ["ai_tax", "assumptions"]


def test_why_by_mechanism_is_what_explain_says(page):
    from xinzhi.analysis.attribution.attribution import attribute

    size = {"workers": 2_000, "seeds": 1, "year": 2026}
    asked = {"page": "why", "mix": {"base": "baseline"}, "reference": {"base": "no_ai"}, "by": "mechanisms", **size}
    found = page.all_of("/api/why", asked)
    assert any(name == "progress" for name, _ in found)
    account = last_update(found)["outcomes"]["real_gdp"]
    known = attribute(abm.explain("no_ai", "baseline", **size)).accounts["real_gdp"]
    base = float(known.before.mean())
    assert [part["mean"] for part in account["parts"]] == [100 / base * part.difference.mean for part in known.parts]


def test_why_of_nothing_is_refused(page):
    answer = page.post("/api/why", {"page": "why", "mix": {}, "by": "levers", "year": 2030, **SIZE})
    assert answer.status_code == 422 and "same economy" in answer.json()["message"]


@pytest.mark.parametrize(
    "form, start", [("html", b"<!DOCTYPE html>"), ("csv", b"scenario,"), ("xlsx", b"PK"), ("yaml", b"extends")]
)
def test_a_report_is_a_file_of_the_pages_own_runs(page, form, start):
    answer = page.post("/api/report", {**question(SCENARIOS["research_grants"]), "format": form})
    assert answer.status_code == 200, answer.text
    assert answer.content.lower().startswith(start.lower())
    assert f".{form}" in answer.headers["content-disposition"]
    if form == "csv":
        subject = abm.load_scenario("baseline", {"levers.research_grants": 0.01, "title": "Grants"})
        table = abm.compare("baseline", subject, **SIZE, progress=False).differences()
        sent = list(csv.DictReader(answer.text.splitlines()))
        (column,) = [name for name in table.columns if name.startswith(("mean", "difference"))][:1]
        assert [float(row[column]) for row in sent] == table[column].tolist()


@pytest.mark.slow
@pytest.mark.parametrize(("form", "language", "words"), [
    ("brief", "en", "pairs of runs with the same random draws"),
    ("brief", "zh", "置信区间"),
    ("html", "zh", "模型未包含的内容"),
])  # fmt: skip
def test_a_report_is_in_the_language_of_the_page(page, form, language, words):
    asked = {**question(SCENARIOS["research_grants"]), "format": form, "language": language, "year": 2028}
    answer = page.post("/api/report", asked)
    assert ("2028年" if language == "zh" else "In 2028, ") in answer.text  # the year that the page looks at
    assert answer.status_code == 200 and words in answer.text and answer.text.rstrip().endswith("</html>")
    assert answer.headers["content-disposition"].rstrip('"').endswith(".html")


def test_a_report_as_pdf(page):
    pytest.importorskip("weasyprint")
    answer = page.post("/api/report", {**question(SCENARIOS["research_grants"]), "format": "pdf"})
    assert answer.content.startswith(b"%PDF") or "Pango" in answer.text


def test_a_report_needs_two_scenarios_and_a_known_format(page):
    assert page.post("/api/report", {**question({}), "scenarios": [{}]}).status_code == 422
    assert page.post("/api/report", {**question({}), "format": "docx"}).status_code == 422
