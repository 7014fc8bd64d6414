"""Units and texts in the currency of an economy.

Outcomes and sentences are declared for China, in yuan. For another economy the code and the words of its currency stand
in their place, and its name in that of China's economy. An economy in yuan gets its texts as they are.
"""

from __future__ import annotations

import re

from abm.data import Manifest, find_economy
from abm.errors import UserError
from abm.languages import ENGLISH

__all__ = ["country_of", "in_currency", "in_words_of"]

DECLARED = "CNY"  # the code in which outcomes declare their units
YUAN = {"en": re.compile(r"\byuan\b"), "zh": re.compile(r"人民币元?(?!兑)|(?<![多单])元(?![素件])")}
ONE_YUAN = re.compile(r"\b(per|one|[aA]) yuan\b")
CHINA = {"en": "China", "zh": "中国"}
CHINAS = {
    "en": (("China's economy", "the economy of {country}"), ("China&#39;s economy", "the economy of {country}")),
    "zh": (("中国经济", "{country}经济"),),
}
AT_HEAD = {"en": re.compile(r"\bChina, (?=\d{4})"), "zh": re.compile(r"中国，(?=\d{4})")}
# Sentences on what China's use of AI rests on.
ADOPTION = {
    "en": re.compile(r"China(?:'|&#39;)s (?:AI )?adoption\b[^.]*\."), "zh": re.compile(r"中国的人工智能采用[^。]*。")
}  # fmt: skip
COMMA = {"en": ", ", "zh": "，"}


def in_currency(unit: str, economy: str) -> str:
    """A unit in the currency of a shipped economy or of a folder of tables: ``trn CNY`` is ``trn USD``."""
    other = _elsewhere(economy)
    return unit if other is None else unit.replace(DECLARED, other.currency["code"])


def country_of(economy: str, language: str = ENGLISH) -> str:
    """The name of the country within a sentence."""
    other = _elsewhere(economy)
    return CHINA[language] if other is None else other.country[language]


def in_words_of(text: str, economy: str, language: str = ENGLISH) -> str:
    """A text of a report or figure in the words of an economy: its currency and the name of the country."""
    other = _elsewhere(economy)
    if other is None:
        return text
    text = text.replace(DECLARED, other.currency["code"])
    text = ONE_YUAN.sub(rf"\1 {other.currency[ENGLISH].removesuffix('s')}", text)
    text = YUAN[language].sub(other.currency[language], text)
    if other.adoption:
        text = ADOPTION[language].sub(other.adoption[language], text)
    country = other.country[language]
    for before, after in CHINAS[language]:
        text = text.replace(before, after.format(country=country))
    return AT_HEAD[language].sub(country[:1].upper() + country[1:] + COMMA[language], text)


def _elsewhere(economy: str) -> Manifest | None:
    """The manifest of an economy with another currency than texts are written in; none for tables that are gone."""
    try:
        manifest = find_economy(economy)
    except UserError:
        return None
    return manifest if manifest.currency["code"] != DECLARED else None
