"""The pages of the site, and the tables of contents that its side bar shows.

They stand here and not in the Markdown, which so stays plain on a code host.
"""

from __future__ import annotations

__all__ = ["CONTENTS", "LEFT_OUT", "PAGES", "placed"]

PAGES = [
    "README.md",
    "docs/**.md",
    "notebooks/0*.ipynb",
    "notebooks/zh/0*.ipynb",
    "notebooks/README.md",
    "MODEL.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "changelog.d/README.md",
    "abm/data/**/SOURCES.md",
]
LEFT_OUT = [".*", "build", "dist", "results", "tests", "app", "analysis", "scenarios", "constraints", "*.egg-info"]

USA = ("facts", "evidence", "responses", "nowcast", "duel", "backtest")  # pages of the United States

# The page that holds a table of contents -> its captions and the pages below each.
CONTENTS: dict[str, list[tuple[str, list[str]]]] = {
    "README": [
        ("Begin", ["docs/quickstart", "docs/quickstart.zh", "docs/gallery", "docs/glossary"]),
        (
            "Guides",
            [
                "docs/guides/planners",
                "docs/guides/planners.zh",
                "docs/guides/researchers",
                "docs/guides/teachers",
                "docs/guides/contributors",
            ],
        ),
        (
            "Use",
            ["docs/page", "docs/scenarios", "docs/economies", "docs/reading_results", "docs/commands", "docs/python"],
        ),
        (
            "The model",
            [
                "MODEL",
                "docs/model/odd",
                "docs/model/equations/README",
                "docs/model/artificial_intelligence",
                "docs/model/money",
                "docs/model/energy",
                "docs/model/experiments",
                "docs/papers",
                "docs/model/limits",
            ],
        ),
        (
            "Validation",
            [
                "docs/model/validation",
                "docs/generated/facts",
                "docs/generated/evidence",
                "docs/generated/responses",
                "docs/generated/nowcast",
                "docs/generated/backtest",
                "docs/generated/two_economies",
                "docs/generated/own_parameters",
                *(f"docs/generated/{page}_usa" for page in USA),
            ],
        ),
        ("Lessons", ["notebooks/README", "docs/teaching/README"]),
        ("Reference", ["docs/reference/README", "docs/reference/python", "docs/decisions/README", "docs/sources"]),
        ("Project", ["CONTRIBUTING", "CHANGELOG", "docs/README"]),
    ],
    "docs/sources": [("", ["abm/data/economies/*/SOURCES", "abm/data/posteriors/SOURCES"])],
    "docs/teaching/README": [
        ("", ["docs/teaching/lesson_0*", "docs/teaching/role_play", "docs/teaching/role_play.zh"])
    ],
    "CHANGELOG": [("", ["changelog.d/README"])],
    "notebooks/README": [("", ["notebooks/0*", "notebooks/zh/0*"])],
    "docs/model/equations/README": [
        (
            "",
            [
                f"docs/model/equations/{name}"
                for name in (
                    "world_and_trends",
                    "people",
                    "plans_of_firms",
                    "labour_market",
                    "wages_and_prices",
                    "production_and_demand",
                    "markets_and_energy",
                    "settlement",
                    "competition_and_technology",
                    "expectations",
                )
            ],
        )
    ],
    "docs/reference/README": [
        (
            "",
            [
                f"docs/reference/{name}"
                for name in (
                    "levers",
                    "outcomes",
                    "parameters",
                    "closures",
                    "presets",
                    "mechanisms",
                    "applications",
                    "targets",
                    "schedule",
                    "state",
                    "plans",
                    "instruments",
                    "flows",
                )
            ],
        )
    ],
}


def placed() -> set[str]:
    """The pages that stand in some table of contents."""
    return {entry for tables in CONTENTS.values() for _, entries in tables for entry in entries}
