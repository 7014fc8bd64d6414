"""What a comparison changes for groups of people and firms, under names that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm import translated
from xinzhi.analysis.reading.changes import GROUP_MEASURES
from xinzhi.analysis.reading.display import group_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xinzhi.analysis.comparison.comparison import Comparison
    from xinzhi.analysis.reading.changes import Change

__all__ = ["changes_by_group", "group_names"]


def changes_by_group(both: Comparison, table: str, variable: str, year: int | None = None) -> dict[str, Change]:
    """{readable name: change} of a variable for the groups of a table, such as "occupations" and "employment".

    Of more than two scenarios it is the first that is compared; ``year`` is the last of the headline by default.
    Raises UserError for a table or variable that is not compared.
    """
    from abm import UserError

    found = [one for one in GROUP_MEASURES if (one.table, one.variable) == (table, variable)]
    if not found:
        known = ", ".join(f"{one.table} {one.variable}" for one in GROUP_MEASURES)
        raise UserError(f"no comparison of {table} by {variable}; there are: {known}")
    changes = both.groups(next(iter(both.pairs)), found[0], year)
    return {translated(group_title(group), both.language): change for group, change in changes.items()}


def group_names(table: str, language: str = "en") -> Sequence[str]:
    """The readable names of a table's groups, in the order of the model's codes."""
    from abm import GROUP_LABELS

    return tuple(translated(group_title(group), language) for group in GROUP_LABELS[table])
