"""The sentences of the brief: the answer, who gains and loses, the cost, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from abm import FIRST_SEEN, said
from xinzhi.analysis.brief.words import Words
from xinzhi.analysis.comparison.costs import cost_of
from xinzhi.analysis.comparison.ranges import range_text, ranges_for
from xinzhi.analysis.comparison.sentences import headline_change
from xinzhi.analysis.reading.changes import GROUP_MEASURES, Change
from xinzhi.analysis.reading.display import display_of, group_title
from xinzhi.analysis.reading.paired import MOST_PAIRS
from xinzhi.analysis.reading.phrases import effect_text
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["ANSWERED", "answer", "certainty", "cost", "label_of", "tenths", "title"]

ANSWERED = FIRST_SEEN
FIRST = ANSWERED[:8]  # in the sentence; the table has all
INCOME = GROUP_MEASURES[0]
RULE = "budget_rule"
WITH_AI, WITHOUT_AI = "With AI", "Without AI"  # labels of the two shipped economies


def label_of(comparison: Comparison, at: int, words: Words) -> str:
    """What a scenario is called within a sentence."""
    label = comparison.labels[at]
    if label == WITHOUT_AI:
        return words.say("the economy without AI")
    if label == WITH_AI:
        return words.say("the economy with AI")
    return words.inside(label)


def title(comparison: Comparison, words: Words) -> str:
    """The two clearest effects of a single scenario by the last year; the names of several."""
    reference = label_of(comparison, comparison.base, words)
    names = words.names([words.name(comparison.labels[at]) for at in comparison.pairs])
    if len(comparison.pairs) == 1:
        at = next(iter(comparison.pairs))
        found = [(name, headline_change(comparison, at, name)) for name in FIRST]
        clear = [(name, one) for name, one in found if one is not None and one.difference.sure]
        clear.sort(key=lambda one: -abs(one[1].difference.statistic))
        effects = [
            _effect(words.inside(display_of(comparison.panels[at], name).title), change, words, between=False)
            for name, change in clear[:2]
        ]
        if effects:
            return words.say("{scenario} in {year}: {effects}", scenario=names, year=comparison.end,
                             effects=words.names(effects))  # fmt: skip
    return words.say("{scenarios} compared with {reference}, to {year}", scenarios=names, reference=reference,
                     year=comparison.end)  # fmt: skip


def answer(comparison: Comparison, at: int, words: Words) -> list[str]:
    """Three sentences: what changes, what it costs and who pays, who gains and who loses."""
    return [sentence for sentence in (_effects(comparison, at, words), cost(comparison, at, words),
                                      tenths(comparison, at, words)) if sentence]  # fmt: skip


def _effects(comparison: Comparison, at: int, words: Words) -> str:
    clear, unclear = [], []
    for name in FIRST:
        change = headline_change(comparison, at, name)
        if change is None:
            continue
        title = words.inside(display_of(comparison.panels[at], name).title)
        if change.difference.clear or change.difference.pairs == 1:
            clear.append(_effect(title, change, words))
        elif not change.difference.same:
            unclear.append(title)
    if unclear:
        clear.append(words.say("no clear difference in {outcomes}", outcomes=words.names(unclear)))
    if not clear:
        return words.say("Nothing changes.")
    return words.say(
        "In {year}, {scenario} compared with {reference}: {effects}.",
        year=comparison.end, scenario=label_of(comparison, at, words),
        reference=label_of(comparison, comparison.base, words), effects=words.phrases(clear),
    )  # fmt: skip


def _effect(outcome: str, change: Change, words: Words, between: bool = True) -> str:
    size, interval = words.counted(change)
    behind = said(" [{interval}]", interval=interval) if interval and between else ""
    return words.name(effect_text(outcome, change, size, behind))


def cost(comparison: Comparison, at: int, words: Words) -> str:
    """What the policies cost the budget or bring it, and who pays; empty without policies."""
    found = cost_of(comparison, at)
    levers = set(comparison.results[at].scenario.levers)
    if found is None:
        nothing = words.say("The policies neither cost the budget nor bring revenue.")
        return nothing if levers - {RULE} else ""
    factor, unit = words.unit("billion CNY a year")
    amount = factor * abs(found.billion)
    values = {
        "amount": f"{format_number(amount, 0 if amount >= 10 else 1)}{' ' if words.language == 'en' else ''}{unit}",
        "share": format_number(abs(found.per_cent_of_gdp), 2), "first": found.first, "last": found.last,
        "payer": _payer(comparison, at, found.billion > 0, words),
    }  # fmt: skip
    if found.billion > 0:
        return words.say(
            "The policies cost the budget {amount} ({share} per cent of GDP), mean of {first} to {last}; {payer}.",
            **values,
        )
    return words.say(
        "The policies bring the budget {amount} ({share} per cent of GDP), mean of {first} to {last}; {payer}.",
        **values,
    )


def _payer(comparison: Comparison, at: int, costs: bool, words: Words) -> str:
    rule = comparison.results[at].scenario.levers.get(RULE)
    parts = rule if isinstance(rule, dict) else {}
    if "surcharge" in parts and costs:
        return words.say("the income tax rises to pay for them")
    if "surcharge" in parts:
        return words.say("the income tax falls by as much")
    if "spending_cut" in parts and costs:
        return words.say("public consumption falls to pay for them")
    return words.say("public debt rises by as much") if costs else words.say("public debt falls by as much")


def tenths(comparison: Comparison, at: int, words: Words) -> str:
    """How many tenths of incomes gain and lose, and which gains or loses most; empty where it is not known."""
    changes = comparison.groups(at, INCOME)
    if not changes or min(one.difference.pairs for one in changes.values()) == 1:
        return ""
    up = [group for group, one in changes.items() if one.difference.sure and one.difference.mean > 0]
    down = [group for group, one in changes.items() if one.difference.sure and one.difference.mean < 0]
    if not up and not down:
        return words.say("No tenth of incomes clearly gains or loses.")
    most = max([*up, *down], key=lambda group: abs(changes[group].difference.mean))
    values = {"tenth": words.inside(group_title(most)), "size": words.counted(changes[most], signed=True).size}
    if not down:
        return words.say("{gain} of ten tenths of incomes clearly gain, none clearly loses; the change is largest for "
                         "the {tenth} ({size}).", gain=len(up), **values)  # fmt: skip
    if not up:
        return words.say("{lose} of ten tenths of incomes clearly lose, none clearly gains; the change is largest for "
                         "the {tenth} ({size}).", lose=len(down), **values)  # fmt: skip
    return words.say("{gain} of ten tenths of incomes clearly gain, {lose} lose; the change is largest for the {tenth} "
                     "({size}).", gain=len(up), lose=len(down), **values)  # fmt: skip


def certainty(comparison: Comparison, at: int, words: Words) -> list[str]:
    """How sure the answer is and what would change it."""
    return list(_certainty(comparison, at, words))


def _certainty(comparison: Comparison, at: int, words: Words) -> Iterator[str]:
    pairs = len(comparison.seeds)
    yield words.say(
        "{pairs} pairs of runs with the same random draws; brackets are 90 % confidence intervals of the mean.",
        pairs=pairs,
    )
    for name in ANSWERED:
        change = headline_change(comparison, at, name)
        if change is None or change.difference.same or change.difference.clear or pairs < 3:
            continue
        title, needed = words.inside(display_of(comparison.panels[at], name).title), change.difference.pairs_needed
        if needed is None:
            yield words.say("Too small to settle with {most} pairs: {outcome}.", most=MOST_PAIRS, outcome=title)
        else:
            yield words.say("{more} more pairs would settle {outcome}.", more=needed - pairs, outcome=title)
    yield from _assumptions(comparison, at, words)
    yield words.name(CAUTION)


def _assumptions(comparison: Comparison, at: int, words: Words) -> Iterator[str]:
    if not ranges_for(comparison):
        yield words.say(
            "Six assumptions that no data settle are at their central values; `xinzhi compare --closures` computes "
            "the range over them."
        )
        return
    for name in ANSWERED:
        change = headline_change(comparison, at, name)
        text = range_text(comparison, name, comparison.end, change) if change is not None else ""
        if change is not None and text:
            yield words.say(
                "{outcome}: {range} {unit} over assumptions that no data settle.",
                outcome=words.name(display_of(comparison.panels[at], name).title), range=text,
                unit=words.unit(change.unit)[1],
            )  # fmt: skip
