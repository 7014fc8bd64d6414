"""The responses in words: a table for each shock, how it compares with the literature, and the path without shocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.text import format_number, wrapped
from xinzhi.analysis.responses.bands import NO_BAND
from xinzhi.analysis.responses.numbers import calm_range, calm_table, response_of, verdict_table
from xinzhi.analysis.responses.outcomes import OUTCOMES, RATIOS, shown_outcomes

if TYPE_CHECKING:
    import pandas as pd

    from abm import Responses

__all__ = ["QUARTERS_SHOWN", "counted_verdicts", "responses_text"]

HOW_TO_READ = (
    "Multipliers are over what is spent in the end: public demand leans on the cycle and takes a part of a shock "
    "back. In brackets: whether the range was read at its source, is from memory, or is that of a review of this "
    'model. "Above" and "below" compare numbers: a fall that is too small lies above its range.'
)
QUARTERS_SHOWN = (0, 1, 2, 4, 6, 8, 12, 20, 40)


def responses_text(responses: Responses) -> str:
    """All of it as it is printed."""
    from abm import speaking_of, spoken

    with speaking_of(responses.scenario.tables):
        return spoken(_text(responses))


def _text(responses: Responses) -> str:
    verdicts = verdict_table(responses)
    parts = [_head(responses)]
    for shock in responses.shocks:
        parts += [_table(responses, shock), *_compared(verdicts[verdicts["shock"] == shock])]
    parts += _calm(responses)
    return "\n".join([*parts, "", wrapped(HOW_TO_READ, indent=0), counted_verdicts(verdicts)])


def _head(responses: Responses) -> str:
    pairs = len(responses.seeds)
    many = f"{pairs} pairs of runs" if pairs > 1 else "One pair of runs"
    interval = "below each number half of its 90 % confidence interval" if pairs > 1 else "no interval with one pair"
    from abm import country_of

    country = country_of(responses.scenario.tables)
    return wrapped(
        f"Responses of the economy of {country}, scenario "
        f"{responses.scenario.name}, to shocks in "
        f"{responses.year}Q1. {many} with the same random draws, {responses.workers:,} simulated adults; the "
        f"response is the run with the shock less the run "
        f"without it, by quarters after the shock; {interval}.",
        indent=0,
    )


def _table(responses: Responses, shock: str) -> str:
    from abm import aligned

    declared = responses.shocks[shock]
    chosen = [quarter for quarter in QUARTERS_SHOWN if quarter <= responses.after]
    rows: list[list[str]] = [["quarters after the shock", "", *map(str, chosen)]]
    for outcome in shown_outcomes(shock):
        about, found = OUTCOMES[outcome], response_of(responses, shock, outcome)
        rows.append([f"  {about.title}", about.unit, *(format_number(found.mean[at], 2, True) for at in chosen)])
        if np.isfinite(found.low[chosen[0]]) and len(responses.seeds) > 1:
            half = (found.high - found.low) / 2
            rows.append(["", "", *(f"±{half[at]:.2f}" for at in chosen)])
    entry = wrapped(f"How it is imposed: {declared.entry}.", indent=2)
    return f"\n{declared.label.upper()}\n{entry}\n" + aligned(rows, right=range(2, 2 + len(chosen)))


def _compared(verdicts: pd.DataFrame) -> Iterator[str]:
    from abm import aligned

    rows = []
    for one in verdicts[verdicts["verdict"] != NO_BAND].itertuples():
        band = f"{format_number(one.band_low, 2)} to {format_number(one.band_high, 2)}"
        verdict = f"{one.verdict}{', interval reaches it' if one.verdict != 'inside' and one.interval_reaches else ''}"
        rows.append(
            [
                f"  {one.title}{f', {one.quarters}' if one.quarters else ''}",
                _between(one),
                f"band {band}",
                verdict,
                f"({one.status})",
            ]
        )
    ratios = verdicts[verdicts["outcome"].isin(list(RATIOS)) & (verdicts["verdict"] == NO_BAND)]
    rows += [[f"  {one.title}", _between(one), "", NO_BAND, ""] for one in ratios.itertuples()]
    if rows:
        yield "Compared with the literature:"
        yield aligned(rows)
    banded = {*verdicts[verdicts["verdict"] != NO_BAND]["title"], *ratios["title"]}
    if left := [title for title in verdicts["title"].unique() if title not in banded]:
        yield wrapped(f"{NO_BAND.capitalize()}: {', '.join(left)}.", indent=2)


def _between(one: object) -> str:
    mean, low, high = (getattr(one, name) for name in ("response", "low", "high"))
    interval = f" [{format_number(low, 2, True)}, {format_number(high, 2, True)}]" if np.isfinite(low) else ""
    return f"{format_number(mean, 2, True)}{interval}"


def _calm(responses: Responses) -> Sequence[str]:
    """The path of unemployment without any disturbance."""
    from abm import aligned

    table, span = calm_table(responses), calm_range(responses)
    if table is None or span is None:
        return ()
    rows = [
        ["  quarter", *map(str, table["quarter"])],
        ["  Unemployment, per cent", *(format_number(one, 1) for one in table["unemployment_per_cent"])],
    ]
    if len(responses.seeds) > 1:
        rows.append(["", *(f"±{one:.1f}" for one in (table["high"] - table["low"]) / 2)])
    heading = "\nNO SHOCK AT ALL: no random macroeconomic shocks, no AI, and public demand does not lean on the cycle"
    lowest, highest = (format_number(one, 1) for one in span)
    spread = f"  Yearly means lie between {lowest} and {highest} %."
    return (heading, aligned(rows, right=range(1, len(rows[0]))), spread)


def counted_verdicts(verdicts: pd.DataFrame) -> str:
    """``Of 16 responses with a band in the literature 11 lie inside, 3 below and 2 above.``"""
    found = verdicts[verdicts["verdict"] != NO_BAND]["verdict"]
    if found.empty:
        return "None of these responses has a band in the literature."
    counts = {name: int((found == name).sum()) for name in ("inside", "below", "above")}
    responses = "response" if len(found) == 1 else "responses"
    return (
        f"Of {len(found)} {responses} with a band in the literature {counts['inside']} lie inside, "
        f"{counts['below']} below and {counts['above']} above."
    )
