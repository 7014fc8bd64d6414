"""The tables of China in 24 sectors, worked out from the published figures in ``inputs``.

``python -m abm.reference.china_tables`` writes them again; a test holds what is shipped equal to what this yields.
The accounts and coefficients are those of the input-output table of 2018, fitted to the value added that was published
for 2023; staffing and wages are in ``china_people``. ``SOURCES.md`` in the folder explains each step.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from abm.arrays import Floats, Matrix
from abm.reference.china_input_drift import input_drift
from abm.reference.china_people import ages, births, occupations, staffing

__all__ = ["FOLDER", "Table", "balanced", "coefficients", "figures", "read", "sectors", "tables", "write"]

FOLDER = Path(__file__).parents[1] / "data" / "economies" / "china"
INCOMES = ("compensation", "net_production_tax", "depreciation", "operating_surplus")
USES = ("household_consumption_rural", "household_consumption_urban", "government_consumption", "fixed_investment")
ATTRIBUTES = (
    "name", "label", "name_zh", "roles", "activities", "branch", "owner", "electricity_group", "tradable", "storable"
)  # fmt: skip
JUDGEMENTS = ("black_box_weight", "process_co2_share", "rd_intensity", "mean_firm_size", "relative_adoption")
EMPLOYED_2024, FARMING_2024 = 734_390, 162_980  # thousand persons at the end of the year, NBS
OPENING_CO2, CEADS_2018, GLOBAL_2018 = 11_974.0, 9_621.12, 10_332.99  # Mt, see SOURCES.md
HOUSEHOLD_CO2 = 436.724
STEPS = 10_000
DAMPED = 0.2  # part of what a ratio of value added lacks that one step moves it

Row = dict[str, str]
Table = list[Row]


def read(name: str) -> Table:
    """Rows of one table of the folder, for example ``inputs/co2_2018.csv``."""
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


def figures(rows: Table, column: str) -> Floats:
    """A column as numbers."""
    return np.array([float(row[column]) for row in rows])


def coefficients(rows: Table, codes: list[str], column: str) -> Matrix:
    """The square of a long table, (supplying, using)."""
    cells = {(row["supplying"], row["using"]): float(row[column]) for row in rows}
    return np.array([[cells[supplying, using] for using in codes] for supplying in codes])


class Balanced:
    """The flows of 2023: inputs, final uses by purpose, and what of each cell is made at home."""

    def __init__(self) -> None:
        """The flows of 2018 at the outputs that value added of 2023 has with the ratios of 2018, not yet balanced."""
        accounts, published = read("inputs/accounts_2018.csv"), read("inputs/value_added_2023.csv")
        codes, shares = [row["code"] for row in accounts], read("inputs/input_coefficients_2018.csv")
        domestic, imported = (coefficients(shares, codes, column) for column in ("domestic", "imported"))
        self.old, self.value_added = figures(accounts, "gross_output"), figures(published, "value_added")
        self.old_coefficients = domestic + imported
        self.ratio_2018, self.moved = 1 - self.old_coefficients.sum(axis=0), np.zeros(len(codes))
        self.home = np.divide(domestic, domestic + imported, out=np.ones_like(domestic), where=domestic + imported > 0)
        self.uses = np.column_stack([*(figures(accounts, use) for use in USES), figures(accounts, "exports")])
        self.old_uses = self.uses.copy()
        consumed, invested = self.uses[:, :3].sum(axis=1), self.uses[:, 3]
        at_home = figures(accounts, "final_consumption_domestic"), figures(accounts, "fixed_investment_domestic")
        self.home_uses = np.ones_like(self.uses)
        for columns, bought, made in ((slice(0, 3), consumed, at_home[0]), (slice(3, 4), invested, at_home[1])):
            share = np.divide(made, bought, out=np.ones_like(bought), where=bought > 0)
            self.home_uses[:, columns] = share[:, None]
        self.old_stocks_imported = figures(accounts, "final_imports") - consumed - invested + sum(at_home)
        self.old_stocks = self.old - domestic @ self.old - figures(accounts, "exports") - sum(at_home)
        self._produce()
        self.flows = self.old_coefficients * self.output

    def _produce(self) -> None:
        """Output at the ratios of value added as moved so far, and what is stored and spent at it."""
        self.inputs_share = 1 - self.ratio_2018 * np.exp(self.moved)
        self.output = self.value_added / (1 - self.inputs_share)
        growth = self.output / self.old
        self.stocks, self.stocks_imported = self.old_stocks * growth, self.old_stocks_imported * growth
        self.totals = self._totals()

    def _totals(self) -> Floats:
        """What households, the state and fixed investment spend in all: the shares of GDP by expenditure of 2023."""
        spent = {row["use"]: float(row["share_of_gdp"]) for row in read("inputs/expenditure_2023.csv")}
        households = self.old_uses[:, :2].sum(axis=0)
        gdp, stocks = float(self.value_added.sum()), float((self.stocks + self.stocks_imported).sum())
        return np.array(
            [
                *(gdp * spent["household_consumption"] * households / households.sum()),
                gdp * spent["government_consumption"],
                gdp * spent["capital_formation"] - stocks,
            ]
        )

    def step(self) -> float:
        """Scale the rows to output and the columns to what is known of their sums; exports take what is left."""
        sold = (self.home * self.flows).sum(axis=1) + (self.home_uses * self.uses).sum(axis=1)
        factor = (self.output - self.stocks) / sold
        self.flows *= factor[:, None]
        self.uses *= factor[:, None]
        self.flows *= self.output * self.inputs_share / self.flows.sum(axis=0)
        self.uses[:, :4] *= self.totals / self.uses[:, :4].sum(axis=0)
        return max(float(np.abs(factor - 1).max()), self._share_the_gap())

    def _share_the_gap(self) -> float:
        """Move each ratio of value added as far as the use of its product, both in logs; returns what it lacked.

        A sector whose value added fell sells less for each yuan of its customers, or earns less on what it sells. As
        far as both moved between the tables of 2018 and 2020, both are as likely: half of the gap each.
        """
        grown = self.uses.sum(axis=0) / self.old_uses.sum(axis=0)
        usual = self.old_coefficients @ self.output + self.old_uses @ grown
        lacking = np.log((self.flows.sum(axis=1) + self.uses.sum(axis=1)) / usual) - self.moved
        self.moved += DAMPED * lacking
        self._produce()
        return float(np.abs(lacking).max())


def balanced() -> Balanced:
    """The flows that fit the value added of 2023: biproportional, every cell keeps its share of imports."""
    table = Balanced()
    for _ in range(STEPS):
        if table.step() < 1e-12:
            return table
    raise ValueError("the table of 2023 does not balance")


def employment() -> Floats:
    """Thousand persons of 2024: agriculture official, the middle of two censuses, units where accounts follow units."""
    rows = read("inputs/employment.csv")
    column = {"official 2024": "middle_2023", "middle": "middle_2023", "units": "units_2023"}
    people = np.array([float(row[column[row["taken"]]]) for row in rows])
    outside = np.array([row["taken"] != "official 2024" for row in rows])
    people *= np.where(outside, (EMPLOYED_2024 - FARMING_2024) / people[outside].sum(), 1)
    people[~outside] = FARMING_2024
    return people


def emissions() -> Floats:
    """Mt of 2024 in the concept of CEADs: three branches by their own activity, what is left by one factor."""
    rows = read("inputs/co2_2018.csv")
    moves = {row["code"]: float(row["value_2024"]) / float(row["value_2018"]) for row in read("inputs/activity.csv")}
    old = figures(rows, "co2_mt")
    known = np.array([moves.get(row["code"], 0.0) for row in rows])
    total = OPENING_CO2 / GLOBAL_2018 * CEADS_2018
    rest = old[known == 0].sum() + HOUSEHOLD_CO2
    other = (total - (old * known).sum()) / rest
    return np.where(known > 0, known, other) * old


def sectors() -> Table:
    """Rows of ``sectors.csv``: billion yuan of 2023, thousand persons and Mt of 2024."""
    table, published, attributes = balanced(), read("inputs/value_added_2023.csv"), read("inputs/attributes.csv")
    consumed = table.uses[:, :2].sum(axis=1)
    home = table.home_uses * table.uses
    bought = table.uses[:, :4].sum(axis=1)
    imported = bought - home[:, :4].sum(axis=1) + table.stocks_imported
    money = {
        "gross_output": table.output,
        **{name: figures(published, name) for name in ("value_added", *INCOMES)},
        "household_consumption": consumed,
        **{use: table.uses[:, place] for place, use in enumerate(USES)},
        "inventory_change": table.stocks + table.stocks_imported,
        "exports": table.uses[:, 4],
        "final_consumption_domestic": home[:, :3].sum(axis=1),
        "fixed_investment_domestic": home[:, 3],
        "final_imports": imported,
    }
    columns = {name: [f"{value:.8g}" for value in values] for name, values in money.items()}
    columns |= {
        "employment_thousand": [f"{value:.0f}" for value in employment()],
        "co2_mt": [f"{value:.6g}" for value in emissions()],
        "energy_pj": [row["energy_pj"] for row in read("inputs/co2_2018.csv")],
    }
    return [
        {"code": row["code"]}
        | {name: row[name] for name in ATTRIBUTES}
        | {name: values[place] for name, values in columns.items()}
        | {name: row[name] for name in JUDGEMENTS}
        for place, row in enumerate(attributes)
    ]


def input_coefficients() -> Table:
    """Rows of ``input_coefficients.csv``: yuan of input per yuan of output of 2023."""
    table, codes = balanced(), [row["code"] for row in read("inputs/attributes.csv")]
    total = table.flows / table.output
    domestic = table.home * total
    return [
        {
            "supplying": supplying,
            "using": using,
            "domestic": f"{domestic[i, j]:.8f}",
            "imported": f"{total[i, j] - domestic[i, j]:.8f}",
        }
        for i, supplying in enumerate(codes)
        for j, using in enumerate(codes)
    ]


def tables() -> dict[str, Table]:
    """{file: rows} of everything that is worked out here."""
    rows = sectors()
    codes, jobs = [row["code"] for row in rows], figures(rows, "employment_thousand")
    mothers = {row["code"]: row["mother"] for row in read("inputs/attributes.csv")}
    posts = staffing(codes, jobs, mothers, read("inputs/business_posts.csv"))
    return {
        "sectors.csv": rows,
        "input_coefficients.csv": input_coefficients(),
        "input_drift.csv": input_drift(codes, list(mothers.values()), read("inputs/input_history.csv")),
        "staffing.csv": posts,
        "occupations.csv": occupations(codes, jobs, posts, read("inputs/wages_by_post_2025.csv")),
        "ages.csv": ages(read("inputs/population.csv")),
        "births.csv": births(read("inputs/births.csv")),
    }


def write() -> None:
    """Write the tables into the folder."""
    for name, rows in tables().items():
        with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write()
