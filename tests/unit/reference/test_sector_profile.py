"""The figures of a sector: they add up, they are those of the opening, and each has a source."""

import numpy as np
import pytest

from abm.data import find_economy, load_tables, shipped_economies
from abm.errors import UserError
from abm.reference.sector_profile import profile_sector, profile_sectors, sector_named

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module", params=[("china", "HEA"), ("china_20", "AGR"), ("china_20", "UTL")])
def profile(request):
    economy, code = request.param
    return profile_sector(code, economy)


def total(profile, name):
    return sum(one.value for one in profile.ranked(name))


def test_output_is_inputs_and_incomes(profile):
    incomes = ("wages", "mixed_income", "production_taxes", "surplus")
    assert sum(map(profile.value, incomes)) == pytest.approx(profile.value("value_added"))
    assert profile.value("inputs") + profile.value("value_added") == pytest.approx(profile.value("output"))
    assert total(profile, "input_from") == pytest.approx(profile.value("inputs"))
    assert total(profile, "input_from_imported") == pytest.approx(profile.value("inputs_imported"))


def test_what_is_sold_is_made_or_imported(profile):
    assert profile.value("sold") == pytest.approx(profile.value("output") + profile.value("imports"))
    assert total(profile, "sold_to") == pytest.approx(profile.value("sold_to_firms"))
    assert total(profile, "occupation") == pytest.approx(100, abs=0.01)


def test_the_list_is_the_whole_economy():
    for name in shipped_economies():
        found = profile_sectors(name)
        assert sum(found.value_added) == pytest.approx(100)
        assert sum(found.employment) == pytest.approx(load_tables(economy=name).macro["employment_million"])
        assert len(found.sectors) == len(load_tables(economy=name).codes)


def test_every_figure_of_a_shipped_economy_has_a_status(profile):
    assert {one.status for one in profile.figures} <= {"read", "derived", "assumed"}
    assert all(one.source_year and one.unit and np.isfinite(one.value) for one in profile.figures)


def test_uses_of_ai_are_those_of_the_opening(profile):
    values = [one.value for one in profile.uses]
    assert values == sorted(values, reverse=True) and all(0 <= one.works <= 1 for one in profile.uses)
    assert [one.application.code for one in profile.uses if one.value > 0][0] == profile.ranked("application")[0].item
    assert {one.item for one in profile.ranked("application")} == {one.application.code for one in profile.uses}


def test_emissions_of_the_power_sector_hold_the_grid():
    assert profile_sector("UTL").value("co2_share") > 30


def test_a_sector_goes_by_its_code_or_a_name():
    china = find_economy("china")
    row = load_tables(economy="china").codes.index("HEA")
    for word in ("HEA", "hea", "health", "卫生和社会工作"):
        assert sector_named(word, china, 2024) == row
    with pytest.raises(UserError, match="china has no sector 'LGT'; china_20 has it: --economy china_20"):
        sector_named("LGT", china, 2024)
