"""Every text that the page can show, by the headings of the tables in abm.languages, and what the tables lack of them.

Texts come from three places: what the catalogue sends, the literals of ``t("...")`` in the files of the page, and those
of ``said("...")`` and its like in Python and in templates. ``python -m xinzhi.app.texts`` prints those without a
translation as the table would hold them, and those of the table that are shown nowhere.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import abm
from abm.data import find_economy, offered_economies
from abm.languages import ENGLISH, GROUPS, LANGUAGES, sections
from abm.results.currency import DECLARED
from xinzhi.analysis.reading.changes import difference_unit
from xinzhi.app.catalogue import PARTS
from xinzhi.app.economies import EconomyWords

__all__ = ["STATIC", "missing", "texts", "unused"]

STATIC = Path(__file__).with_name("static")
LITERAL = re.compile(r'\bt\(\s*("(?:[^"\\\n]|\\.)*")')
OF_TEMPLATE = re.compile(r'\bsay\(("[^"\n]*")')
# Functions whose first argument is a text.
LOOKED_UP = {"said", "filled", "translated", "words.say", "refusal", "template"}
ALIKE = ("per cent", "percentage points", "points", "yuan")  # units of changes that no outcome has as its own


@cache
def texts() -> dict[str, list[str]]:
    """{heading: English texts}; a text that stands under several headings is listed under the first."""
    listed: dict[str, list[str]] = {"page": list(_of_page())}
    for heading, part in PARTS.items():
        for economy in offered_economies():
            part(_Listing(listed.setdefault(heading, []), economy))
    listed["words"] = list(_units())
    listed["sentences"] = list(_of_python())
    known: set[str] = {""}
    for heading, many in listed.items():
        listed[heading] = [text for text in dict.fromkeys(many) if text not in known]
        known.update(many)
    return listed


def _in_another_currency(text: str) -> bool:
    """Whether the table of a language makes the text by itself, from the one in the currency of declarations."""
    codes = {find_economy(economy).currency["code"] for economy in offered_economies()}
    return any(code in text for code in codes - {DECLARED})


class _Listing(EconomyWords):
    """Words that remember what was asked for."""

    def __init__(self, heard: list[str], economy: str):
        super().__init__(ENGLISH, economy)
        self.heard = heard

    def __call__(self, text: str) -> str:
        if not _in_another_currency(text):
            self.heard.append(getattr(text, "template", text))
        return text

    def source(self, text: str) -> str:
        return self(text)


def missing(language: str) -> dict[str, list[str]]:
    """{heading: English texts without a translation}."""
    table = {text for section in sections(language).values() for text in section}
    lacking = {heading: [text for text in many if text not in table] for heading, many in texts().items()}
    return {heading: many for heading, many in lacking.items() if many}


def unused(language: str) -> list[str]:
    """Texts of the table that nothing shows any more; groups of economies that are not the default one are kept."""
    known = {text for many in texts().values() for text in many}
    found = {heading: section for heading, section in sections(language).items() if heading != GROUPS}
    return [text for section in found.values() for text in section if text not in known]


def _of_page() -> Iterator[str]:
    for path in sorted(STATIC.glob("js/**/*.js")):
        for literal in LITERAL.findall(path.read_text(encoding="utf-8")):
            yield json.loads(literal)


def _of_python() -> Iterator[str]:
    """Sentences of runs, comparisons and the server."""
    analysis = Path(__file__).parents[1] / "analysis"
    for path in sorted(analysis.rglob("*.j2")):
        for literal in OF_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            yield json.loads(literal)
    packages = (Path(__file__).parent, Path(abm.__file__).parent, analysis)
    for path in sorted(path for package in packages for path in package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in source for name in LOOKED_UP):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in LOOKED_UP:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def _name(function: ast.expr) -> str:
    """``said``, however it is imported; ``words.say`` as it is written."""
    if isinstance(function, ast.Attribute) and function.attr != "say":
        return function.attr
    return ast.unparse(function)


def _units() -> Iterator[str]:
    """Units in which changes are counted."""
    yield from ALIKE
    opening = abm.load_scenario("baseline").opening_year
    for one in abm.OUTCOMES:
        yield difference_unit(abm.of_a_year(one.display, one.unit, opening))


def main() -> None:
    """Print what is left to do in each language."""
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        print(f"# {language}.yaml lacks")
        for heading, many in missing(language).items():
            print(f"{heading}:")
            for text in many:
                print(f'  {json.dumps(text, ensure_ascii=False)}: ""')
        for text in unused(language):
            print(f"# shown nowhere: {json.dumps(text, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
