"""The name of a class means one thing in the whole program."""

import re
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[3]


def repeated(texts):
    found = Counter(name for text in texts for name in re.findall(r"^class (\w+)", text, flags=re.MULTILINE))
    return {name for name, number in found.items() if number > 1}


def test_no_class_has_the_name_of_another():
    paths = [path for room in ("abm", "analysis", "app", "xinzhi") for path in (ROOT / room).rglob("*.py")]
    found = repeated(path.read_text(encoding="utf-8") for path in paths)
    assert not found, f"rename: {sorted(found)}"


def test_the_rule_finds_what_breaks_it():
    assert repeated(["class Part:\n", "class Part(Base):\n", "class Other:\n"]) == {"Part"}
