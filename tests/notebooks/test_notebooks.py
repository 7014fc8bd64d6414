"""Each notebook is what its script says and runs from top to bottom, with pictures and without complaints."""

from __future__ import annotations

import ast
import re
import time

import pytest

pytest.importorskip("nbclient", reason="pip install 'xinzhi[notebook]'")
pytest.importorskip("jupytext", reason="pip install 'xinzhi[notebook]'")
nbformat = pytest.importorskip("nbformat")

from notebooks.client import Client  # noqa: E402
from notebooks.pairing import notebook_of, scripts, text_of  # noqa: E402

pytestmark = pytest.mark.notebooks

SECONDS = 300  # a machine may be busy; how long each took is printed
# nbclient may miss the reply to a cell with a slider until its time is up, and goes on then as if nothing had been.
SLIDER_SECONDS = 45
LESSONS = 8
PICTURES = ("image/png", "image/svg+xml")
EVERY_LESSON_HAS = (
    "# What you will learn", "## Predict", "## Explain", "## Exercises", "## What this leaves out", "## To discuss",
)  # fmt: skip


def seconds_for(cell):
    return SLIDER_SECONDS if "widgets.interact" in cell.source else SECONDS


def named(script):
    return f"{script.parent.name}/{script.stem}"


def lessons():
    return [script for script in scripts() if script.parent.name == "notebooks"]


def test_there_are_eight_lessons_and_the_solutions_of_each():
    names = [script.stem for script in lessons()]
    solutions = [script.stem for script in scripts() if script.parent.name == "solutions"]
    assert len(names) == LESSONS and names == solutions


@pytest.mark.parametrize("script", scripts(), ids=named)
def test_the_notebook_is_its_script_without_outputs(script):
    there = script.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert there == text_of(script), f"{script.name}: run `make notebooks`"


@pytest.mark.parametrize("script", lessons(), ids=named)
def test_a_lesson_has_its_parts(script):
    text = "\n".join(cell.source for cell in notebook_of(script).cells if cell.cell_type == "markdown")
    for part in EVERY_LESSON_HAS:
        assert part in text, f"{script.name} has no part '{part}'"
    assert len(re.findall(r"^### Exercise \d", text, flags=re.M)) == 3
    discussed = text.split("## To discuss")[1]
    assert len(re.findall(r"^\d\. ", discussed, flags=re.M)) == 2


def in_chinese():
    return [script for script in scripts() if script.parent.name == "zh"]


def calls_of(script):
    """By cell: its kind, its tags, and the names that its code uses; words and their language are left out."""
    of_language = {
        "translated", "in_language", "use_letters", "sentence", "named", "join", "value", "neutral", "error", "factory",
        "sales", "xz", "lower", "map", "str", "args",
    }  # fmt: skip
    for cell in notebook_of(script).cells:
        names = set()
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(re.sub(r"^(\s*)%", r"\1# %", cell.source, flags=re.M))):
                names |= {getattr(node, "id", None), getattr(node, "attr", None)}
        yield cell.cell_type, cell.metadata.get("tags", []), names - of_language - {None}


@pytest.mark.parametrize("script", in_chinese(), ids=named)
def test_a_lesson_in_chinese_does_what_the_english_one_does(script):
    english = script.parents[1] / script.name
    for at, (ours, theirs) in enumerate(zip(calls_of(script), calls_of(english), strict=True), start=1):
        assert ours == theirs, f"cell {at} of {named(script)}"


@pytest.mark.parametrize("script", in_chinese(), ids=named)
def test_a_lesson_in_chinese_is_in_chinese(script):
    for cell in notebook_of(script).cells:
        if cell.cell_type == "markdown":
            assert re.search(r"[\u4e00-\u9fff]", cell.source), cell.source


@pytest.mark.parametrize("script", lessons(), ids=named)
def test_sliders_wait_until_they_are_let_go(script):
    code = "\n".join(cell.source for cell in notebook_of(script).cells if cell.cell_type == "code")
    sliders = re.findall(r"(?:IntSlider|FloatSlider|SelectionSlider)\((.*?)\)", code, flags=re.S)
    assert all("continuous_update=False" in slider for slider in sliders)


@pytest.mark.parametrize("script", scripts(), ids=named)
def test_a_notebook_runs_from_top_to_bottom(script, tmp_path, monkeypatch):
    monkeypatch.setenv("FAST", "1")
    root = next(parent for parent in script.parents if (parent / "pyproject.toml").is_file())
    monkeypatch.setenv("PYTHONPATH", str(root))
    notebook = notebook_of(script)
    begun = time.monotonic()
    folder = {"metadata": {"path": str(tmp_path)}}
    Client(notebook, timeout_func=seconds_for, resources=folder).execute()
    print(f"{named(script)}: {time.monotonic() - begun:.1f} s")
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        complaints = [out.text for out in cell.outputs if out.output_type == "stream" and out.name == "stderr"]
        assert not complaints, f"{cell.source}\n{complaints}"
        if "figure" in cell.metadata.get("tags", []):
            shown = {kind for out in cell.outputs for kind in out.get("data", {})}
            html = "".join(out.get("data", {}).get("text/html", "") for out in cell.outputs)
            assert shown & set(PICTURES) or "<svg" in html, f"no picture: {cell.source}"
