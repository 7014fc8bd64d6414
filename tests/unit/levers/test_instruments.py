"""Instruments: declared once, neutral by default, read by the phases, and none the wiser about levers."""

import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest

import abm
from abm.errors import UserError
from abm.levers import FIRST_QUARTER, Levers, load_levers, resolve
from abm.levers.finding import MACHINERY
from abm.levers.instruments import INSTRUMENTS, Instruments, by_code

pytestmark = pytest.mark.unit

FOLDER = Path(abm.__file__).parent


def test_every_instrument_is_documented_and_neutral_by_default():
    assert [one.name for one in INSTRUMENTS] == [item.name for item in fields(Instruments)]
    assert asdict(Instruments()) == {one.name: one.neutral for one in INSTRUMENTS}
    for one in INSTRUMENTS:
        assert one.unit and one.meaning
        assert isinstance(one.neutral, float) or one.neutral == {}


def test_an_instrument_of_sectors_or_regions_names_those_that_differ():
    assert by_code({}, ("A", "B")).tolist() == [0.0, 0.0]
    assert by_code({"B": 0.2}, ("A", "B")).tolist() == [0.0, 0.2]
    assert by_code({"*": 0.1, "B": 0.2}, ("A", "B")).tolist() == [0.1, 0.2]


def test_without_a_lever_a_tonne_of_carbon_costs_what_it_does_in_the_economy():
    assert resolve({}, allowance_price=30.0).policy(50) == Instruments(carbon_price=30.0)


def of_the_quarter():
    """The files of what happens in a quarter: phases, and the kernels and rules that they hand the instruments to."""
    return [path for folder in ("phases", "kernels", "economics") for path in (FOLDER / folder).glob("*.py")]


def test_every_instrument_is_read_in_the_quarter():
    text = "\n".join(path.read_text(encoding="utf-8") for path in of_the_quarter())
    assert {one.name for one in INSTRUMENTS if not re.search(rf"\b(policy|instruments)\.{one.name}\b", text)} == set()


def test_nothing_in_the_quarter_sets_an_instrument_or_names_a_lever():
    for path in of_the_quarter():
        text = path.read_text(encoding="utf-8")
        assert "abm.levers" not in text.replace("from abm.levers.instruments import", "")
        assert not re.search(r"\b(policy|instruments)\.\w+ *(=|\+=|-=|\*=)[^=]", text)


def test_without_levers_every_quarter_is_neutral():
    for levers in (Levers(), resolve({})):
        assert all(levers.policy(quarter) == Instruments() for quarter in range(105))


def test_every_quarter_has_instruments_of_its_own():
    levers = resolve({})
    levers.policy(1).carbon_price = 1e9
    assert levers.policy(1) == Instruments()


def test_a_number_holds_from_the_first_quarter_of_2027_on():
    assert FIRST_QUARTER == (2027 - 2024) * 4
    levers = resolve({"carbon_price": 200})
    prices = [levers.policy(quarter).carbon_price for quarter in range(20)]
    assert prices == [Instruments().carbon_price] * 12 + [200.0] * 8


def test_a_time_path_steps_in_the_first_quarter_of_its_years():
    levers = resolve({"carbon_price": {2035: 300, 2025: 100}})  # the order of writing does not matter
    prices = [levers.policy(quarter).carbon_price for quarter in range(60)]
    assert prices == [Instruments().carbon_price] * 4 + [100.0] * 40 + [300.0] * 16


def test_names_and_paths_can_be_mixed():
    assert resolve({"carbon_price": {"price": {2027: 200}}}) == resolve({"carbon_price": 200})


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"carbon_prize": 200}, "unknown lever 'carbon_prize'"),
        ({"carbon_price": {"prize": 200}}, "no parameter 'prize'"),
        ({"carbon_price": "200"}, "should be a number"),
        ({"carbon_price": True}, "should be a number"),
        ({"carbon_price": float("nan")}, "should be a finite number"),
        ({"carbon_price": {2027: float("inf")}}, "should be a finite number"),
        ({"carbon_price": -1}, "should lie between"),
        ({"carbon_price": {2027: 100, 2030: 1e9}}, "should lie between"),
    ],
)
def test_bad_settings_are_told_in_one_line(settings, told):
    with pytest.raises(UserError, match=told) as error:
        resolve(settings)
    assert "\n" not in str(error.value)


def test_levers_are_found_by_folder():
    files = {path.stem for path in (FOLDER / "levers").glob("*.py")} - {"__init__", *MACHINERY}
    assert set(load_levers()) == files > {"carbon_price"}
