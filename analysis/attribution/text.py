"""What an attribution says, in sentences made from its numbers: the difference, its parts, and what is not clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.wording import manner
from xinzhi.analysis.reading.paired import read_together
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, listed, within_sentence, wrapped

if TYPE_CHECKING:
    from xinzhi.analysis.attribution.attribution import Account, Attribution, Contribution
    from xinzhi.analysis.reading.paired import Difference

__all__ = ["account_sentence", "amount", "attribution_text", "closing_sentences", "interval", "summary_sentences"]

NEGLIGIBLE = 0.02  # of the largest part of any seed: what is smaller in every seed is not shown in numbers


def summary_sentences(attribution: Attribution) -> list[str]:
    """A paragraph for each account, then what to bear in mind."""
    sentences = [account_sentence(attribution, one) for one in attribution.accounts.values()]
    return [*sentences, *closing_sentences(attribution)]


def attribution_text(attribution: Attribution) -> str:
    """The sentences as paragraphs for a terminal."""
    from abm import speaking_of

    first, second = attribution.labels
    lead = f"{second} less {within_sentence(first)}, {attribution.year}, {_seeds(attribution)}."
    lead += " In brackets: 90 % confidence interval of the mean." if len(attribution.seeds) > 1 else ""
    with speaking_of(attribution.economy):
        return "\n\n".join(wrapped(sentence, 2) for sentence in (lead, *summary_sentences(attribution)))


def account_sentence(attribution: Attribution, account: Account) -> str:
    """``Real GDP in 2050, trillion CNY: 340.1 without AI, 355.2 with AI, difference +15.1 [+14.2 to +16.0]. ...``"""
    shown = account.shown
    first, second = (manner(label) for label in attribution.labels)
    levels = [format_number(float(values.mean()), shown.decimals) for values in (account.before, account.after)]
    start = f"{shown.title} in {attribution.year}, {shown.unit}: {levels[0]} {first}, {levels[1]} {second}"
    total = account.difference
    if total.same and all(part.difference.same for part in account.parts):
        return f"{start}; the same in every seed."
    text = f"{start}, difference {amount(total, shown.decimals)}."
    sure, likely, unclear, small = _sorted_out(account)
    for start, chosen in (("Of this", sure), ("Likely", likely)):
        if chosen:
            parts = [f"{within_sentence(part.title)} {amount(part.difference, shown.decimals)}" for part in chosen]
            text += f" {start}: {'; '.join(parts)}."
    if unclear:
        parts = [f"{within_sentence(part.title)} {interval(part.difference, shown.decimals)}" for part in unclear]
        text += f" Not clear: {'; '.join(parts)}."
    if small:
        text += f" Negligible: {listed([within_sentence(part.title) for part in small])}."
    return text


def _sorted_out(account: Account) -> tuple[list[Contribution], ...]:
    """The parts that are clear, likely, perhaps due to chance, all by size, and those negligible in every seed.

    Likely: clear alone, but not among all parts of the account.
    """
    ranked = sorted(account.parts, key=lambda part: -abs(part.difference.mean))
    largest = max(float(np.abs(part.values).max()) for part in ranked)
    there = [part for part in ranked if not part.difference.same or part.difference.mean != 0.0]
    small = [part for part in there if float(np.abs(part.values).max()) <= NEGLIGIBLE * largest]
    rest = [part for part in there if part not in small]
    together = read_together({part.key: part.difference for part in rest})
    sure = [part for part in rest if together[part.key].sure or part.difference.pairs == 1]
    likely = [part for part in rest if together[part.key].likely]
    return sure, likely, [part for part in rest if part not in sure and part not in likely], small


def closing_sentences(attribution: Attribution) -> list[str]:
    """How the parts are made, once for each kind of account, and what none of this is."""
    methods = dict.fromkeys(account.method for account in attribution.accounts.values())
    certainty = "The parts of each account add up exactly to its difference; each part is still uncertain."
    if len(attribution.seeds) > 1:
        count = sum(len(account.parts) for account in attribution.accounts.values())
        certainty += f" Of {count} intervals one in ten misses by chance; likely: clear alone, but not among so many."
    else:
        certainty += " One pair of seeds cannot distinguish effects from chance; run more seeds."
    return [*methods, f"{certainty} {CAUTION}"]


def amount(difference: Difference, decimals: int) -> str:
    """``+15.1 [+14.2 to +16.0]``, without the brackets for a single pair."""
    text = format_number(difference.mean, _places(difference, decimals), signed=True)
    return text if difference.pairs == 1 else f"{text} [{interval(difference, decimals)}]"


def interval(difference: Difference, decimals: int) -> str:
    """``+14.2 to +16.0``; one decimal more where a clear difference would seem to touch zero."""
    places = _places(difference, decimals)
    return " to ".join(format_number(end, places, signed=True) for end in (difference.low, difference.high))


def _places(difference: Difference, decimals: int) -> int:
    ends = (difference.low, difference.high)
    return decimals + (difference.clear and any(round(end, decimals) == 0.0 for end in ends))


def _seeds(attribution: Attribution) -> str:
    count = len(attribution.seeds)
    pairs = f"mean over {count} pairs of runs" if count > 1 else "one pair of runs"
    return f"{pairs} with the same random draws"
