"""The ledger: no payment without a payer and a payee, and nothing that is missing goes unnoticed."""

import pickle

import pytest

from abm.accounting import ASSETS, FLOWS, SECTORS, TOLERANCE, Ledger, matrix_text
from abm.errors import AccountingError

pytestmark = pytest.mark.unit

STOCKS = {"household_deposits": 100.0, "firm_deposits": 40.0, "loans": 90.0, "bonds": 60.0, "foreign_assets": 5.0}
EQUITY = 15.0
GDP = (50.0, 50.0, 50.0)

# Kept by the bank and the government (or abroad) out of the ledger itself, so that no second record could differ.
READ_BACK = {"bond_interest", "foreign_interest"}


@pytest.fixture
def ledger():
    opened = Ledger(STOCKS, EQUITY)
    opened.open_quarter()
    return opened


def after(**changes):
    return {name: value + changes.get(name, 0.0) for name, value in STOCKS.items()}


def test_flows_and_assets_are_declared_once_and_between_known_sectors():
    assert len({flow.name for flow in FLOWS}) == len(FLOWS)
    assert len({asset.name for asset in ASSETS}) == len(ASSETS)
    for flow in FLOWS:
        assert flow.payer in SECTORS and flow.payee in SECTORS
        assert flow.meaning and flow.name.isidentifier()
    for asset in ASSETS:
        assert asset.holder in SECTORS and asset.issuer in SECTORS and asset.holder != asset.issuer
        assert asset.meaning


def test_a_payment_on_both_sides_closes(ledger):
    ledger.post("wages", 30.0)
    ledger.post("consumption", 20.0)
    ledger.post("consumption", 5.0)
    assert ledger.received("households") == 30.0
    assert ledger.paid("households") == 25.0
    assert ledger.net("households") == 5.0 and ledger.net("firms") == -5.0
    ledger.close_quarter(after(household_deposits=5.0, firm_deposits=-5.0), EQUITY, GDP, 1)
    assert ledger.residual <= 1e-15 and ledger.gdp_residual == 0.0


def test_every_quarter_begins_without_payments(ledger):
    ledger.post("wages", 30.0)
    ledger.write_off(1.0)
    ledger.open_quarter()
    assert set(ledger.amounts) == {flow.name for flow in FLOWS}
    assert not any(ledger.amounts.values()) and ledger.written_off == 0.0


def test_a_payment_that_one_side_did_not_book_is_found(ledger):
    ledger.post("wages", 30.0)
    with pytest.raises(AccountingError, match="quarter 3") as told:
        ledger.close_quarter(after(household_deposits=30.0), EQUITY, GDP, 3)  # the firms did not pay
    assert told.value.sector in SECTORS or told.value.sector == "balance sheet"
    assert told.value.quarter == 3


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_a_posted_payment_without_a_change_of_stocks_is_found(ledger, flow):
    ledger.post(flow.name, 1e-6)
    if flow.payer == flow.payee:
        ledger.close_quarter(STOCKS, EQUITY, GDP, 1)  # within a sector only GDP can tell
        return
    with pytest.raises(AccountingError) as told:
        ledger.close_quarter(STOCKS, EQUITY, GDP, 1)
    assert told.value.sector in (flow.payer, flow.payee)


@pytest.mark.parametrize("stock", STOCKS)
def test_a_changed_stock_without_a_payment_is_found(ledger, stock):
    with pytest.raises(AccountingError):
        ledger.close_quarter(after(**{stock: 1e-6}), EQUITY, GDP, 1)


def test_equity_of_the_bank_that_does_not_add_up_is_found(ledger):
    with pytest.raises(AccountingError, match="balance sheet"):
        ledger.close_quarter(STOCKS, EQUITY + 1e-6, GDP, 1)


def test_a_loan_written_off_is_a_gain_of_firms_and_a_loss_of_the_bank(ledger):
    ledger.write_off(3.0)
    ledger.close_quarter(after(loans=-3.0), EQUITY - 3.0, GDP, 1)
    ledger.open_quarter()
    with pytest.raises(AccountingError):
        ledger.close_quarter(after(loans=-4.0), EQUITY - 4.0, GDP, 2)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("gap", [1e-6, -1e-6])
def test_gdp_must_be_the_same_three_ways(ledger, place, gap):
    gdp = tuple(value + gap * (number == place) for number, value in enumerate(GDP))
    with pytest.raises(AccountingError, match="GDP by production, expenditure and income differs"):
        ledger.close_quarter(STOCKS, EQUITY, gdp, 1)


def test_rounding_is_allowed(ledger):
    tiny = 0.01 * TOLERANCE * STOCKS["household_deposits"]
    ledger.close_quarter(after(bonds=tiny, household_deposits=tiny), EQUITY, (50.0, 50.0 * (1 + 1e-12), 50.0), 1)
    assert 0 < ledger.residual < TOLERANCE


@pytest.mark.parametrize("stock", STOCKS)
def test_what_is_not_a_number_never_passes(ledger, stock):
    with pytest.raises(AccountingError):
        ledger.close_quarter({**STOCKS, stock: float("nan")}, EQUITY, GDP, 1)


@pytest.mark.parametrize("place", range(3))
def test_gdp_that_is_not_a_number_never_passes(ledger, place):
    gdp = tuple(float("nan") if number == place else value for number, value in enumerate(GDP))
    with pytest.raises(AccountingError):
        ledger.close_quarter(STOCKS, EQUITY, gdp, 1)


def test_a_flow_that_is_not_declared_is_refused(ledger):
    with pytest.raises(KeyError):
        ledger.post("gifts", 1.0)


def test_the_stocks_of_the_economy_are_the_declared_assets(grown):
    assert set(grown(0).economy.stocks()) == {asset.name for asset in ASSETS} == set(STOCKS)


def test_every_wrong_amount_is_found_in_a_real_quarter(grown, monkeypatch):
    """One flow after the other is posted a hundredth too high; the quarter must not pass."""
    frozen = pickle.dumps(grown(4))
    honest = pickle.loads(frozen)
    honest.step()
    paid = {name for name, amount in honest.ledger.amounts.items() if amount}
    assert len(paid) > 20
    unnoticed = []
    post = Ledger.post
    for wrong in sorted(paid):
        model = pickle.loads(frozen)

        def post_wrongly(self, name, amount, wrong=wrong):
            post(self, name, 1.01 * amount if name == wrong else amount)

        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "post", post_wrongly)
            try:
                model.step()
                unnoticed.append(wrong)
            except AccountingError:
                pass
    assert set(unnoticed) <= READ_BACK | {flow.name for flow in FLOWS if flow.payer == flow.payee}


def test_the_matrix_as_numbers_sums_to_zero_in_rows_and_columns(grown):
    ledger = grown(4).ledger
    matrix = ledger.matrix()
    assert list(matrix)[: len(FLOWS)] == [flow.name for flow in FLOWS] and list(matrix)[-1] == "loans written off"
    scale = ledger.stocks["household_deposits"]
    for name, row in matrix.items():
        assert list(row) == list(SECTORS) and sum(row.values()) == pytest.approx(0.0, abs=TOLERANCE * scale), name
    for sector in SECTORS:
        assert sum(row[sector] for row in matrix.values()) == pytest.approx(0.0, abs=TOLERANCE * scale), sector
    wages = matrix["wages"]
    assert wages["households"] == -wages["firms"] == ledger.amounts["wages"] > 0
    assert not any(matrix["inputs"].values())  # from firms to firms


def test_the_matrix_shows_every_flow_and_sums_to_zero(grown):
    ledger = grown(4).ledger
    head, *lines = matrix_text(ledger).splitlines()
    assert head.split() == [*SECTORS, "sum"]
    rows = {line[:34].strip(): line[34:] for line in lines[: lines.index("")]}
    cells = {name: [text[start : start + 14].strip() for start in range(0, 84, 14)] for name, text in rows.items()}
    assert list(cells)[: len(FLOWS)] == [flow.name.replace("_", " ") for flow in FLOWS]
    assert {f"change of {asset.name}".replace("_", " ") for asset in ASSETS} < set(cells)
    for name, values in cells.items():
        assert len(values) == len(SECTORS) + 1
        assert values[-1] in ("·", "0.00"), name
    assert all(value in ("·", "0.00") for value in cells["sum"])
    for flow in FLOWS:
        amount = round(ledger.amounts[flow.name] / 1e3, 2)
        if amount and flow.payer != flow.payee:
            numbers = {
                sector: float(text.replace(",", "").replace("·", "0"))
                for sector, text in zip(SECTORS, cells[flow.name.replace("_", " ")])
            }
            assert numbers == dict.fromkeys(SECTORS, 0.0) | {flow.payer: -amount, flow.payee: amount}


def test_errors_name_the_place_and_survive_pickling():
    error = AccountingError("money is missing", "firms", 7, 12)
    assert str(error) == "money is missing (sector firms, quarter 7, agent 12)"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
