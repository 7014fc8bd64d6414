"""The money of the economy: every payment has a name, a payer and a payee, and every quarter the books must close.

FLOWS is the transactions-flow matrix as data and ASSETS says who holds and who owes what; the ledger derives all
identities from the two, so that no second list can drift from them. Godley and Lavoie 2007 is the source of the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from abm.errors import AccountingError

__all__ = ["ASSETS", "FLOWS", "SECTORS", "TOLERANCE", "Asset", "Flow", "Ledger", "matrix_text"]

HOUSEHOLDS, FIRMS, GOVERNMENT, BANK, REST_OF_WORLD = SECTORS = ("households", "firms", "government", "bank", "abroad")
TOLERANCE = 1e-9  # relative; a quarter's rounding is about 1e-15


class Flow(NamedTuple):
    """A kind of payment."""

    name: str
    payer: str
    payee: str
    meaning: str


class Asset(NamedTuple):
    """A kind of claim."""

    name: str
    holder: str
    issuer: str
    meaning: str


FLOWS = (
    Flow("consumption", HOUSEHOLDS, FIRMS, "domestic consumer goods"),
    Flow("consumption_imports", HOUSEHOLDS, REST_OF_WORLD, "imported consumer goods"),
    Flow("residential_investment", HOUSEHOLDS, FIRMS, "dwellings, domestic goods"),
    Flow("residential_imports", HOUSEHOLDS, REST_OF_WORLD, "dwellings, imported goods"),
    Flow("land_fees", HOUSEHOLDS, GOVERNMENT, "land under new dwellings"),
    Flow("government_consumption", GOVERNMENT, FIRMS, "public consumption, training and research bought, domestic"),
    Flow("government_imports", GOVERNMENT, REST_OF_WORLD, "public consumption, imported"),
    Flow("public_investment", GOVERNMENT, FIRMS, "public investment, domestic goods"),
    Flow("public_investment_imports", GOVERNMENT, REST_OF_WORLD, "public investment, imported goods"),
    Flow("fixed_investment", FIRMS, FIRMS, "capital goods, domestic"),
    Flow("fixed_investment_imports", FIRMS, REST_OF_WORLD, "capital goods, imported"),
    Flow("integration", FIRMS, FIRMS, "integration of AI bought at home, an investment in intangibles"),
    Flow("integration_imports", FIRMS, REST_OF_WORLD, "integration of AI bought abroad"),
    Flow("inputs", FIRMS, FIRMS, "intermediate inputs, domestic, AI services included"),
    Flow("input_imports", FIRMS, REST_OF_WORLD, "intermediate inputs, imported"),
    Flow("data_fees", FIRMS, FIRMS, "data of other firms, paid for"),
    Flow("exports", REST_OF_WORLD, FIRMS, "exports"),
    Flow("wages", FIRMS, HOUSEHOLDS, "gross wages"),
    Flow("employer_contributions", FIRMS, GOVERNMENT, "social contributions of employers"),
    Flow("employee_contributions", HOUSEHOLDS, GOVERNMENT, "social contributions of employees"),
    Flow("income_tax", HOUSEHOLDS, GOVERNMENT, "personal income tax"),
    Flow("production_taxes", FIRMS, GOVERNMENT, "taxes less subsidies on production, VAT included"),
    Flow("corporate_tax", FIRMS, GOVERNMENT, "tax on profits"),
    Flow("bank_tax", BANK, GOVERNMENT, "tax on the bank's profit"),
    Flow("carbon_tax", FIRMS, GOVERNMENT, "carbon price above the trading scheme's"),
    Flow("ai_tax", FIRMS, GOVERNMENT, "tax on AI services"),
    Flow("fines", FIRMS, GOVERNMENT, "fines for data breaches"),
    Flow("adoption_subsidies", GOVERNMENT, FIRMS, "subsidies for integrating AI"),
    Flow("hiring_subsidies", GOVERNMENT, FIRMS, "subsidies for hiring the long-term jobless"),
    Flow("compute_vouchers", GOVERNMENT, FIRMS, "vouchers for AI services"),
    Flow("research_credits", GOVERNMENT, FIRMS, "tax credits on research, paid out"),
    Flow("pensions", GOVERNMENT, HOUSEHOLDS, "pensions"),
    Flow("unemployment_benefits", GOVERNMENT, HOUSEHOLDS, "benefits of the insured unemployed and stipends of trainees"),
    Flow("social_assistance", GOVERNMENT, HOUSEHOLDS, "support of those without other income"),
    Flow("basic_income", GOVERNMENT, HOUSEHOLDS, "basic income"),
    Flow("carbon_dividends", GOVERNMENT, HOUSEHOLDS, "carbon revenue returned to every adult alike"),
    Flow("mixed_income", FIRMS, HOUSEHOLDS, "what is left to agriculture's workers"),
    Flow("dividends", FIRMS, HOUSEHOLDS, "dividends of private owners"),
    Flow("foreign_dividends", FIRMS, REST_OF_WORLD, "dividends of foreign owners, less what investment abroad brings home"),
    Flow("state_dividends", FIRMS, GOVERNMENT, "dividends of the state and of public producers"),
    Flow("rents", FIRMS, HOUSEHOLDS, "what real estate pays to the owners of dwellings"),
    Flow("bank_dividends", BANK, HOUSEHOLDS, "dividends of the bank to private owners"),
    Flow("bank_foreign_dividends", BANK, REST_OF_WORLD, "dividends of the bank to foreign owners"),
    Flow("bank_state_dividends", BANK, GOVERNMENT, "dividends of the bank to the state"),
    Flow("deposit_interest_households", BANK, HOUSEHOLDS, "interest on deposits"),
    Flow("deposit_interest_firms", BANK, FIRMS, "interest on deposits"),
    Flow("loan_interest", FIRMS, BANK, "interest on loans"),
    Flow("bond_interest", GOVERNMENT, BANK, "interest on bonds"),
    Flow("foreign_interest", REST_OF_WORLD, BANK, "interest on foreign assets"),
    Flow("entry_equity", HOUSEHOLDS, FIRMS, "equity of entrants, paid by the owners out of their dividends"),
    Flow("recapitalisation", GOVERNMENT, BANK, "bonds given to a bank short of capital"),
)  # fmt: skip

ASSETS = (
    Asset("household_deposits", HOUSEHOLDS, BANK, "deposits of households"),
    Asset("firm_deposits", FIRMS, BANK, "deposits of firms"),
    Asset("loans", BANK, FIRMS, "loans to firms"),
    Asset("bonds", BANK, GOVERNMENT, "government bonds"),
    Asset("foreign_assets", BANK, REST_OF_WORLD, "net foreign assets"),
)

_BY_NAME = {flow.name: flow for flow in FLOWS}
_PLACES = tuple((SECTORS.index(flow.payer), SECTORS.index(flow.payee)) for flow in FLOWS)  # in SECTORS


class Ledger:
    """The payments of the current quarter and the balance sheet at its beginning and end.

    ``residual`` is the largest gap of any identity relative to household deposits, ``gdp_residual`` that between GDP by
    production, expenditure and income relative to GDP.
    """

    def __init__(self, stocks: dict[str, float], bank_equity: float):
        self.stocks = dict(stocks)
        self.before = dict(stocks)
        self.bank_equity = bank_equity
        self.amounts = dict.fromkeys(_BY_NAME, 0.0)
        self.written_off = 0.0
        self.gdp = (0.0, 0.0, 0.0)
        self.residual = self._balance_gap()
        self.gdp_residual = 0.0

    def open_quarter(self) -> None:
        """Begin a quarter: no payments yet."""
        self.amounts = dict.fromkeys(_BY_NAME, 0.0)
        self.written_off = 0.0

    def post(self, name: str, amount: float) -> None:
        """Add a payment in thousand yuan to a flow; KeyError for a name that is not in FLOWS."""
        self.amounts[name] += float(amount)

    def write_off(self, amount: float) -> None:
        """Loans that the bank gives up."""
        self.written_off += float(amount)

    def received(self, sector: str) -> float:
        """All that a sector was paid."""
        return sum(amount for name, amount in self.amounts.items() if _BY_NAME[name].payee == sector)

    def paid(self, sector: str) -> float:
        """All that a sector paid."""
        return sum(amount for name, amount in self.amounts.items() if _BY_NAME[name].payer == sector)

    def matrix(self) -> dict[str, dict[str, float]]:
        """The transactions-flow matrix of the quarter in textbook form, {row: {sector: thousand yuan}}.

        Receipts are positive, payments negative. A row for each flow, each change of a claim (a claim gained is a use
        and so negative) and the loans written off: every row and every sector's column sums to zero.
        """
        rows: dict[str, dict[str, float]] = {}
        for flow in FLOWS:
            rows[flow.name] = _line((flow.payer, -self.amounts[flow.name]), (flow.payee, self.amounts[flow.name]))
        for asset in ASSETS:
            change = self.stocks[asset.name] - self.before[asset.name]
            rows[f"change of {asset.name}"] = _line((asset.holder, -change), (asset.issuer, change))
        rows["loans written off"] = _line((FIRMS, self.written_off), (BANK, -self.written_off))
        return rows

    def net(self, sector: str) -> float:
        """Receipts less payments of a sector."""
        return self.nets()[sector]

    def nets(self) -> dict[str, float]:
        """Receipts less payments of every sector, from one pass over FLOWS."""
        nets = [0.0] * len(SECTORS)
        for (payer, payee), amount in zip(_PLACES, self.amounts.values(), strict=True):
            nets[payer] -= amount
            nets[payee] += amount
        return dict(zip(SECTORS, nets, strict=True))

    def close_quarter(
        self, stocks: dict[str, float], bank_equity: float, gdp: tuple[float, float, float], quarter: int
    ) -> None:
        """Compare posted payments with the change of the stocks, and GDP by production, expenditure and income.

        Raises AccountingError where a gap exceeds TOLERANCE, naming the sector.
        """
        self.before, self.stocks, self.bank_equity, self.gdp = self.stocks, dict(stocks), bank_equity, gdp
        scale = max(abs(stocks["household_deposits"]), 1e-300)
        nets, now, before = self.nets(), _worths(self.stocks), _worths(self.before)
        other = {FIRMS: self.written_off, BANK: -self.written_off}
        gaps = {
            sector: (now[sector] - before[sector] - nets[sector] - other.get(sector, 0.0)) / scale for sector in SECTORS
        }
        gaps["balance sheet"] = (now[BANK] - bank_equity) / scale
        self.residual = _largest(gaps.values())
        self.gdp_residual = _largest(value - gdp[0] for value in gdp) / max(abs(gdp[0]), 1e-300)
        if not self.residual <= TOLERANCE:
            sector = max(gaps, key=lambda one: abs(gaps[one]))
            raise AccountingError(f"payments and stocks differ by {gaps[sector]:.3e} of deposits", sector, quarter)
        if not self.gdp_residual <= TOLERANCE:
            text = ", ".join(f"{value:.10g}" for value in gdp)
            raise AccountingError(f"GDP by production, expenditure and income differs: {text}", quarter=quarter)

    def _balance_gap(self) -> float:
        return (_worths(self.stocks)[BANK] - self.bank_equity) / max(abs(self.stocks["household_deposits"]), 1e-300)


def _largest(gaps: Iterable[float]) -> float:
    """The largest absolute gap; NaN if one of them is not a number, which ``max`` might pass over."""
    largest = 0.0
    for gap in gaps:
        if not abs(gap) <= largest:
            largest = abs(gap)
            if largest != largest:
                break
    return largest


def _worths(stocks: dict[str, float]) -> dict[str, float]:
    """Claims held less claims issued, of every sector."""
    worths = dict.fromkeys(SECTORS, 0.0)
    for name, holder, issuer, _ in ASSETS:
        worths[holder] += stocks[name]
        worths[issuer] -= stocks[name]
    return worths


def matrix_text(ledger: Ledger) -> str:
    """The transactions-flow matrix of the last quarter in textbook form: receipts +, payments −, zero sums.

    Million yuan of the simulated sample, of which a person stands for many; the last column and the last row are sums and must be zero.
    """
    rows = [(name, [line[sector] for sector in SECTORS]) for name, line in ledger.matrix().items()]
    rows.append(("sum", [sum(values[column] for _, values in rows) for column in range(len(SECTORS))]))
    head = [" " * 34 + "".join(f"{name:>14}" for name in (*SECTORS, "sum"))]
    body = [
        f"{name.replace('_', ' '):34}" + "".join(_cell(value) for value in (*values, sum(values)))
        for name, values in rows
    ]
    return "\n".join(
        [
            *head,
            *body,
            "",
            "Million yuan of the simulated sample; receipts +, payments −. A claim gained is a use (−).",
        ]
    )


def _line(*entries: tuple[str, float]) -> dict[str, float]:
    """A row of the matrix: the entries in their sectors' columns, zero elsewhere."""
    line = dict.fromkeys(SECTORS, 0.0)
    for sector, amount in entries:
        line[sector] += amount
    return line


def _cell(value: float) -> str:
    rounded = round(value / 1e3, 2)
    return f"{rounded:>14,.2f}" if rounded else f"{'·':>14}" if value == 0 else f"{'0.00':>14}"
