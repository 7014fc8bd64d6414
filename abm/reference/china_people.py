"""Staffing, wages, ages and births of China in 24 sectors, from the tables of 20 sectors and figures in ``inputs``."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from abm.arrays import Floats

__all__ = ["OWN", "POSTS", "WEIGHTS", "ages", "births", "mother_rows", "occupations", "staffing"]

MOTHERS = Path(__file__).parents[1] / "data" / "economies" / "china_20"
# Occupations that only one of the sectors split off has, and American jobs of the four parts of the old row.
OWN = {
    "FOD": ("food",),
    "LGX": (),
    "EDU": ("education",),
    "HEA": ("health_practitioners", "health_support"),
    "GOV": ("protective", "legal"),
    "OTH": ("personal_care", "repair"),
}
WEIGHTS = {"EDU": 0.25, "HEA": 0.42, "GOV": 0.19, "OTH": 0.14}
POSTS = {
    "managers": ("management",),
    "professional": (
        "business_financial", "computer", "engineering", "science", "community", "legal", "education", "arts",
        "health_practitioners",
    ),
    "clerical": ("office", "protective"),
    "services": ("health_support", "food", "cleaning", "personal_care", "sales", "repair", "transport"),
    "production": ("farming", "construction", "production"),
}  # fmt: skip
MECHANICS = ("repair", "transport")  # production posts in mining, manufacturing, utilities and construction
INDUSTRY = ("MIN", "FOD", "LGX", "PET", "CHM", "NMM", "MET", "MEQ", "TRE", "ELE", "UTL", "CON")
WPP_2025_BIRTHS, NBS_2025_BIRTHS = 8709.352, 7920.0  # thousand
OLDEST = 95
FARMING = "farming"

Row = dict[str, str]
Table = list[Row]


def mother_rows(name: str) -> Table:
    """Rows of a table of the economy in 20 sectors."""
    return list(csv.DictReader((MOTHERS / name).read_text(encoding="utf-8").splitlines()))


def _numbers(row: Row, skip: str) -> dict[str, float]:
    return {name: float(value) for name, value in row.items() if name != skip}


def _split(old: dict[str, float], weights: dict[str, float]) -> dict[str, dict[str, float]]:
    """Rows of the parts: own occupations in full, the others in proportion to the jobs that these leave."""
    own = {occupation for part in weights for occupation in OWN[part]}
    room = {part: weight - sum(old[name] for name in OWN[part]) for part, weight in weights.items()}
    left = sum(room.values())
    return {
        part: {
            name: (share * (name in OWN[part]) if name in own else share * room[part] / left) / weight
            for name, share in old.items()
        }
        for part, weight in weights.items()
    }


def _business(old: dict[str, float], posts: Table) -> dict[str, float]:
    """The row of business services with the five posts that Chinese wages point to."""
    persons = np.array([float(row["persons_million"]) for row in posts])
    ratio: dict[str, float] = {}
    for post, members in POSTS.items():
        china = float(persons @ [float(row[f"cn_{post}"]) for row in posts]) / persons.sum()
        ratio |= dict.fromkeys(members, china / float(posts[0][f"us_{post}"]))
    row = {name: share * ratio[name] for name, share in old.items()}
    total = sum(row.values())
    return {name: share / total for name, share in row.items()}


def staffing(codes: list[str], jobs: Floats, mothers: dict[str, str], posts: Table) -> Table:
    """Share of each occupation in the jobs of a sector."""
    old = {row["sector"]: _numbers(row, "sector") for row in mother_rows("staffing.csv")}
    people = dict(zip(codes, jobs, strict=True))
    light = people["FOD"] + people["LGX"]
    rows = {code: old[mothers[code]] for code in codes}
    rows |= _split(old["PUB"], WEIGHTS)
    rows |= _split(old["LGT"], {part: float(people[part] / light) for part in ("FOD", "LGX")})
    rows["BUS"] = _business(old["BUS"], posts)
    return [{"sector": code} | {name: f"{share:.6f}" for name, share in _exact(rows[code]).items()} for code in codes]


def _exact(row: dict[str, float]) -> dict[str, float]:
    """Shares of six digits that add up to one: the largest takes what rounding leaves."""
    rounded = {name: round(share, 6) for name, share in row.items()}
    largest = max(rounded, key=lambda name: rounded[name])
    rounded[largest] += 1 - sum(rounded.values())
    return rounded


def _jobs_by_post(codes: list[str], jobs: Floats, posts: Table) -> dict[tuple[str, str], float]:
    """{(occupation, post): jobs} outside agriculture, which the survey of wages leaves out, and so farm workers."""
    count = {(name, post): 0.0 for members in POSTS.values() for name in members for post in POSTS}
    for code, people, row in zip(codes, jobs, posts, strict=True):
        for post, members in POSTS.items():
            for name in members:
                place = "production" if name in MECHANICS and code in INDUSTRY else post
                count[name, place] += people * float(row[name]) * (code != "AGR" and name != FARMING)
    return count


def _factors(count: dict[tuple[str, str], float], paid: dict[str, float], wages: Table) -> dict[str, float]:
    """What the wage of each post in China, over the mean, is to that of the American wages of its occupations."""
    published = {row["post"].split("_")[0]: float(row["wage_cny"]) for row in wages}
    mean = sum(number * paid[name] for (name, _), number in count.items()) / sum(count.values())
    factor = {}
    for post in POSTS:
        held = {name: count[name, post] for name in paid}
        level = sum(number * paid[name] for name, number in held.items()) / sum(held.values()) / mean
        factor[post] = published[post] / published["all"] / level
    return factor


def occupations(codes: list[str], jobs: Floats, posts: Table, wages: Table) -> Table:
    """The occupations with wages of China: American within a post, Chinese between the five posts."""
    rows = mother_rows("occupations.csv")
    paid = {row["name"]: float(row["us_relative_wage"]) for row in rows}
    count = _jobs_by_post(codes, jobs, posts)
    factor = _factors(count, paid, wages)
    moved = {FARMING: 1.0}
    for name in paid.keys() - moved.keys():
        held = {post: count[name, post] for post in POSTS}
        moved[name] = sum(held[post] * factor[post] for post in POSTS) / sum(held.values())
    shares = {row["name"]: float(row["us_employment_share_2024"]) for row in rows}
    scale = sum(shares[name] * paid[name] * moved[name] for name in paid) / sum(shares.values())
    return [_paid(row, paid[row["name"]], moved[row["name"]] / scale) for row in rows]


def _paid(row: Row, wage: float, factor: float) -> Row:
    """A row with the factor and the wage it leads to behind the American wage."""
    result: Row = {}
    for name, value in row.items():
        result[name] = value
        if name == "us_relative_wage":
            result |= {"wage_factor": f"{factor:.4f}", "relative_wage": f"{wage * factor:.4g}"}
    return result


def ages(population: Table) -> Table:
    """Adults at the beginning of 2024 and their risk of death within a year, between the years that are published."""
    rows: list[tuple[int, float, float]] = []
    for row in population:
        people = (0.3 * float(row["thousand_2020"]) + 0.7 * float(row["thousand_2025"])) / 1000
        rate = float(row["mortality_2020_25"]) ** 0.8 * float(row["mortality_2025_30"]) ** 0.2
        rows.append((int(row["age"]), people, rate))
    young = [row for row in rows if row[0] < OLDEST]
    old = [row for row in rows if row[0] >= OLDEST]
    people = sum(row[1] for row in old)
    young.append((OLDEST, people, sum(row[1] * row[2] for row in old) / people))
    return [
        {"age": str(age), "adults_million": f"{people:.3f}", "death_rate": f"{1 - np.exp(-rate):.3g}"}
        for age, people, rate in young
    ]


def births(rows: Table) -> Table:
    """Births of those who turn 20 from 2024 on: United Nations, then published, then projected from the last count."""
    move = NBS_2025_BIRTHS / WPP_2025_BIRTHS
    result = []
    for row in rows:
        nbs, projected = row["nbs_thousand"], row["status"] == "projection"
        value = float(nbs) if nbs != "-" else float(row["wpp_thousand"]) * (move if projected else 1)
        result.append({"year": row["year"], "births_million": f"{value / 1000:.2f}", "status": row["status"]})
    return result
