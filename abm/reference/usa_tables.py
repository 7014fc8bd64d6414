"""The tables of the United States in 24 sectors, worked out from the published figures in ``inputs``.

``python -m abm.reference.usa_tables`` writes them again; a test holds what is shipped equal to what this yields. The
accounts and flows of the opening of 2024 are those of the input-output tables of 2023, those of VINTAGES are of their
own year. The published table has public schools and public hospitals in general government and counts as private
consumption what Medicare and Medicaid pay: both are put where they are in the tables of China. ``SOURCES.md`` in the
folder explains each step.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from abm.arrays import Floats, Matrix

__all__ = [
    "FOLDER", "VINTAGES", "Table", "figures", "input_coefficients", "read", "sectors", "tables", "vintage_sectors",
    "write",
]  # fmt: skip

FOLDER = Path(__file__).parents[1] / "data" / "economies" / "usa"
STATE = "GOV"
LATEST = 2023  # year of the accounts and flows of the opening of 2024
VINTAGES = (2017, 2019)  # earlier openings, for the back-test
FUELS = ("PET", "MIN", "UTL")  # what is bought of them splits the emissions of two sectors that are counted together
NAMES = (
    "name", "label", "name_zh", "roles", "activities", "branch", "owner", "electricity_group", "tradable", "storable"
)  # fmt: skip
JUDGEMENTS = ("black_box_weight", "process_co2_share", "rd_intensity", "mean_firm_size", "relative_adoption")
SURVIVAL_TO_TWENTY = 0.99  # as abm.population.generations has it

Row = dict[str, str]
Table = list[Row]


def read(name: str) -> Table:
    """Rows of one table of the folder, for example ``inputs/accounts_2023.csv``."""
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


def figures(rows: Table, column: str) -> Floats:
    """A column as numbers."""
    return np.array([float(row[column]) for row in rows])


class Accounts:
    """Accounts and flows of a year, billion dollars, the public part of schools and hospitals beside the private."""

    def __init__(self, year: int = LATEST) -> None:
        rows = read(f"inputs/accounts_{year}.csv")
        self.codes = [row["code"] for row in rows]
        self.money = {name: figures(rows, name) for name in rows[0] if name != "code"}
        flows = read(f"inputs/flows_{year}.csv")
        self.domestic, self.imported = (self._square(flows, name) for name in ("domestic", "imported"))
        for part in read(_of_year("public_part", year)):
            self._move(part)
        for paid in read(_of_year("paid_by_the_state", year)):
            row, billion = self.codes.index(paid["code"]), float(paid["billion"])
            self.money["household_consumption"][row] -= billion
            self.money["government_consumption"][row] += billion

    def _square(self, flows: Table, column: str) -> Matrix:
        cells = {(row["supplying"], row["using"]): float(row[column]) for row in flows}
        return np.array([[cells[supplying, using] for using in self.codes] for supplying in self.codes])

    def _move(self, part: Row) -> None:
        """Output, incomes, inputs and buyers of a public service from general government to the sector of its kind."""
        here, state = self.codes.index(part["code"]), self.codes.index(STATE)
        pay, surplus, inputs, sold = (
            float(part[name]) for name in ("compensation", "surplus", "inputs", "sold_to_households")
        )
        output = pay + surplus + inputs
        share = inputs / (self.domestic[:, state].sum() + self.imported[:, state].sum())
        for flows in (self.domestic, self.imported):
            moved = share * flows[:, state]
            flows[:, state] -= moved
            flows[:, here] += moved
        for name, billion in {
            "gross_output": output, "value_added": pay + surplus, "compensation": pay,
            "gross_operating_surplus": surplus, "household_consumption": sold,
            "government_consumption": output - sold, "final_consumption_domestic": output,
        }.items():  # fmt: skip
            self.money[name][state] -= billion
            self.money[name][here] += billion


def _of_year(name: str, year: int) -> str:
    """The file of a table of inputs, which has the year in its name but for the latest."""
    return f"inputs/{name}.csv" if year == LATEST else f"inputs/{name}_{year}.csv"


def _by_mother(weights: Floats, mothers: list[str]) -> Floats:
    """The share of each sector in those that one sector of the table of 20 holds."""
    together = np.array([weights[[one == mother for one in mothers]].sum() for mother in mothers])
    return weights / together


def employment(codes: list[str], mothers: list[str]) -> Floats:
    """Thousand persons: the counts of 20 sectors, split by payrolls; then public schools and hospitals are moved."""
    counted = {row["code"]: float(row["employment_thousand"]) for row in read("inputs/sectors_20.csv")}
    payrolls = {row["code"]: float(row["million"]) for row in read("inputs/employment_split.csv")}
    for part in read("inputs/public_part.csv"):
        payrolls[STATE] -= float(part["employment_million"])
        payrolls[part["code"]] += float(part["employment_million"])
    shares = _by_mother(np.array([payrolls.get(code, 1.0) for code in codes]), mothers)
    return shares * np.array([counted[mother] for mother in mothers])


def sectors() -> Table:
    """Rows of ``sectors.csv``: billion dollars of 2023, thousand persons of 2024, Mt of 2023."""
    accounts, attributes = Accounts(), read("inputs/attributes.csv")
    codes, mothers = accounts.codes, [row["mother"] for row in attributes]
    twenty = {row["code"]: row for row in read("inputs/sectors_20.csv")}

    def of_mother(column: str) -> Floats:
        return np.array([float(twenty[mother][column]) for mother in mothers])

    money = accounts.money
    depreciation = _by_mother(money["gross_operating_surplus"], mothers) * of_mother("depreciation")
    frugal = _frugal(mothers)
    fuel = [codes.index(code) for code in FUELS]
    burnt = _by_mother((accounts.domestic + accounts.imported)[fuel].sum(axis=0), mothers)
    columns = {
        **_money_columns(money, depreciation, frugal),
        "employment_thousand": employment(codes, mothers),
        "co2_mt": burnt * of_mother("co2_mt"),
        "energy_pj": burnt * of_mother("energy_pj"),
    }
    return [
        {"code": row["code"]}
        | {name: row[name] for name in NAMES}
        | {name: f"{values[place]:.8g}" for name, values in columns.items()}
        | {name: row[name] for name in JUDGEMENTS}
        for place, row in enumerate(attributes)
    ]


def vintage_sectors(year: int) -> Table:
    """Rows of ``sectors.csv`` of a folder of VINTAGES: what the sectors have for themselves in that year."""
    accounts, counts, attributes = Accounts(year), read(f"inputs/counts_{year}.csv"), read("inputs/attributes.csv")
    codes, money, mothers = accounts.codes, accounts.money, [row["mother"] for row in attributes]
    consumed = figures(counts, "depreciation")
    together = np.array([consumed[[one == mother for one in mothers]].sum() for mother in mothers])
    persons = figures(counts, "employment_thousand")
    for part in read(_of_year("public_part", year)):
        persons[codes.index(STATE)] -= 1000 * float(part["employment_million"])
        persons[codes.index(part["code"])] += 1000 * float(part["employment_million"])
    columns = {
        **_money_columns(money, _by_mother(money["gross_operating_surplus"], mothers) * together, _frugal(mothers)),
        "employment_thousand": persons,
        "co2_mt": figures(counts, "co2_mt"),
    }
    return [
        {"code": code} | {name: f"{values[place]:.8g}" for name, values in columns.items()}
        for place, code in enumerate(codes)
    ]


def _frugal(mothers: list[str]) -> Floats:
    """The part of households' consumption that the lower two fifths buy, of the sector of 20 that a sector is of."""
    twenty = {row["code"]: row for row in read("inputs/sectors_20.csv")}
    return np.array(
        [
            float(twenty[mother]["household_consumption_rural"]) / float(twenty[mother]["household_consumption"])
            for mother in mothers
        ]
    )


def _money_columns(money: dict[str, Floats], depreciation: Floats, frugal: Floats) -> dict[str, Floats]:
    """The columns of accounts and final uses, billion dollars; ``frugal`` is the lower two fifths' part of buyers."""
    consumed = money["household_consumption"]
    return {
        **{name: money[name] for name in ("gross_output", "value_added", "compensation", "net_production_tax")},
        "depreciation": depreciation,
        "operating_surplus": money["gross_operating_surplus"] - depreciation,
        "household_consumption": consumed,
        "household_consumption_rural": frugal * consumed,
        "household_consumption_urban": (1 - frugal) * consumed,
        **{
            name: money[name]
            for name in (
                "government_consumption", "fixed_investment", "inventory_change", "exports",
                "final_consumption_domestic", "fixed_investment_domestic", "final_imports",
            )
        },
    }  # fmt: skip


def input_coefficients(year: int = LATEST) -> Table:
    """Rows of ``input_coefficients.csv``: dollars of input per dollar of output of a year."""
    accounts = Accounts(year)
    output, codes = accounts.money["gross_output"], accounts.codes
    return [
        {
            "supplying": supplying,
            "using": using,
            "domestic": f"{accounts.domestic[i, j] / output[j]:.8f}",
            "imported": f"{accounts.imported[i, j] / output[j]:.8f}",
        }
        for i, supplying in enumerate(codes)
        for j, using in enumerate(codes)
    ]


def births() -> Table:
    """Rows of ``births.csv``: births, and immigrants, who are those that turn 20 without having been born here.

    Those who come at a later age count as if they came at 20, since the model admits nobody older.
    """
    return [
        {
            "year": row["year"],
            "births_million": row["births_million"],
            "immigrants_million": f"{_immigrants(row):.4f}",
            "status": row["status"],
        }
        for row in read("inputs/births.csv")
    ]


def _immigrants(row: Row) -> float:
    born, reach, later = (float(row[name]) for name in ("births_million", "reach_20_million", "come_later_million"))
    return reach - SURVIVAL_TO_TWENTY * born + later


def tables() -> dict[str, Table]:
    """{file: rows} of everything that is worked out here."""
    found = {"sectors.csv": sectors(), "input_coefficients.csv": input_coefficients(), "births.csv": births()}
    for year in VINTAGES:
        found |= {f"{year}/sectors.csv": vintage_sectors(year)}
        found |= {f"{year}/input_coefficients.csv": input_coefficients(year)}
    return found


def write() -> None:
    """Write the tables into the folder."""
    for name, rows in tables().items():
        with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write()
