"""Which bugs are planted: drawn by a seed, spread evenly over the parts of the economy and over the operators.

``python -m mutation.draw --seed 3 --number 72`` prints them.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from mutation.groups import GROUPS, files_of, group_of
from mutation.mutants import Mutant, mutants_of
from mutation.operators import OPERATORS

__all__ = ["NUMBER", "ROOT", "SEED", "all_mutants", "drawn", "line_of", "quotas"]

ROOT = Path(__file__).resolve().parents[2]
NUMBER, SEED = 72, 1


def all_mutants(root: Path = ROOT) -> dict[str, list[Mutant]]:
    """{group: every mutant of its functions}; ValueError where a group has none."""
    found: dict[str, list[Mutant]] = {group.name: [] for group in GROUPS}
    for path in files_of(root):
        for mutant in mutants_of(path, (root / path).read_text(encoding="utf-8")):
            group = group_of(path, mutant.function)
            if group is not None:
                found[group].append(mutant)
    empty = [name for name, mutants in found.items() if not mutants]
    if empty:
        raise ValueError(
            f"tests/mutation/groups.py: no function of abm matches the patterns of {', '.join(empty)}; "
            "name there the files and functions that now do this work"
        )
    return found


def drawn(mutants: dict[str, list[Mutant]], seed: int = SEED) -> dict[str, list[Mutant]]:
    """{group: its mutants in the order of the draw}, at most one of each statement's first line.

    In turn the operators that the group has been given least, then a function, then a place: a long function is drawn
    no more often than a short one. Who takes the first n of every group has n bugs spread as evenly as can be.
    """
    return {group: _in_order(found, random.Random(f"{seed} {group}")) for group, found in mutants.items()}


def _in_order(mutants: list[Mutant], luck: random.Random) -> list[Mutant]:
    left = {operator: _by_function(mutants, operator) for operator in OPERATORS}
    given: Counter[str] = Counter()
    preference = luck.sample(list(OPERATORS), len(OPERATORS))
    taken: set[tuple[str, int]] = set()
    order: list[Mutant] = []
    while any(left.values()):
        operator = min((one for one in preference if left[one]), key=lambda one: given[one])
        function = luck.choice(sorted(left[operator]))
        places = left[operator][function]
        mutant = places.pop(luck.randrange(len(places)))
        if not places:
            del left[operator][function]
        if (mutant.path, mutant.line) in taken:
            continue
        taken.add((mutant.path, mutant.line))
        given[operator] += 1
        order.append(mutant)
    return order


def _by_function(mutants: list[Mutant], operator: str) -> dict[tuple[str, str], list[Mutant]]:
    found: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in mutants:
        if mutant.operator == operator:
            found.setdefault((mutant.path, mutant.function), []).append(mutant)
    return found


def quotas(number: int, groups: Sequence[str]) -> dict[str, int]:
    """How many bugs each group gets of ``number``."""
    return dict(Counter(islice(cycle(groups), number)))


def line_of(mutant: Mutant, width: int = 100) -> str:
    """A mutant in one line: identity, place, before and after."""
    short = [text if len(text) <= width else f"{text[: width - 3]}..." for text in (mutant.before, mutant.after)]
    return f"{mutant.identity:48} {mutant.path}:{mutant.line}  {short[0]}  ->  {short[1]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--number", type=int, default=NUMBER)
    asked = parser.parse_args(arguments)
    found = all_mutants()
    order, share = drawn(found, asked.seed), quotas(asked.number, list(found))
    for group, mutants in order.items():
        print(f"{group}: {len(mutants)} places, {len(found[group])} mutants, {share.get(group, 0)} drawn")
        for mutant in mutants[: share.get(group, 0)]:
            print(f"  {line_of(mutant)}")


if __name__ == "__main__":
    main()
