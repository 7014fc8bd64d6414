"""How languages count: the statistics of a country may hold other powers of ten than the English texts."""

from __future__ import annotations

from abm.languages import translated

__all__ = ["counted_in"]

# {language: {unit: (by what a number in it is multiplied, the unit that is written then)}}
COUNTED = {
    "zh": {
        "million people": (100.0, "万人"),
        "million people a year": (100.0, "万人/年"),
        "million tonnes a year": (0.01, "亿吨/年"),
        "terawatt hours a year": (10.0, "亿千瓦时/年"),
        "tonnes per million CNY": (0.01, "吨/万元"),
    }
}


def counted_in(language: str, unit: str) -> tuple[float, str]:
    """By what a number is multiplied, and the unit that is then written behind it."""
    return COUNTED.get(language, {}).get(unit) or (1.0, translated(unit, language))
