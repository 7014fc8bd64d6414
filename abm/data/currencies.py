"""Codes of currencies and the words that go with them, so that a copied manifest is not left half changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from abm.errors import UserError, shown

if TYPE_CHECKING:
    from abm.data.figures import Figures

__all__ = ["check_rate", "contradiction"]

# Of each code (ISO 4217) the parts of words one of which its English and its Chinese name has. A code that is not
# listed may have any name but these.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "CNY": {"en": ("yuan", "renminbi", "rmb"), "zh": ("元", "人民币")},
    "USD": {"en": ("dollar",), "zh": ("美元",)},
    "EUR": {"en": ("euro",), "zh": ("欧元",)},
    "GBP": {"en": ("pound", "sterling"), "zh": ("英镑", "镑")},
    "JPY": {"en": ("yen",), "zh": ("日元", "日圆")},
    "INR": {"en": ("rupee",), "zh": ("卢比",)},
}  # fmt: skip
OTHERS_IN_CHINESE = tuple(word for code, words in WORDS.items() if code != "CNY" for word in words["zh"])
LENGTH = 3


def contradiction(currency: Mapping[str, str]) -> str:
    """What is wrong with ``code``, ``en`` and ``zh`` of a currency as a sentence; empty for nothing."""
    code, english, chinese = currency["code"], currency["en"].lower(), currency["zh"]
    if not (len(code) == LENGTH and code.isascii() and code.isalpha() and code.isupper()):
        return f"code {shown(code)} should be three capital letters, such as EUR"
    if code in WORDS:
        fits = any(word in english for word in WORDS[code]["en"]) and any(word in chinese for word in WORDS[code]["zh"])
        if fits and not (code == "CNY" and any(word in chinese for word in OTHERS_IN_CHINESE)):
            return ""
        return (
            f"the code {code} is that of {WORDS[code]['en'][0]} ({WORDS[code]['zh'][0]}), not of {shown(english)} "
            f"({shown(chinese)}); change the code or the words"
        )
    if any(word in english for word in ("yuan", "renminbi")):
        return f"the words are those of CNY, not of {code}; change the code or the words"
    return ""


def check_rate(code: str, macro: Figures) -> None:
    """A dollar is one dollar. Raises UserError."""
    if code == "USD" and macro.get("currency_per_usd", 1.0) != 1.0:
        rate = macro["currency_per_usd"]
        raise UserError(
            f"{macro.place('currency_per_usd')}: currency_per_usd should be 1 where the currency is USD, not {rate:g}; "
            "change the rate or the currency in manifest.yaml"
        )
