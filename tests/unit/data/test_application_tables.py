"""The tables of applications and families of AI: what is shipped is whole, and what is wrong with one is said."""

import re
import shutil

import pytest

from abm.data import CHANNELS, known_occupations, load_applications, load_families, load_tables, shipped_economies
from abm.data.application_tables import FOLDER, application_named, read_applications, read_families
from abm.errors import UserError
from abm.sectors import ACTIVITIES

pytestmark = pytest.mark.unit


def test_every_use_of_the_table_is_read_with_names_and_a_source():
    found = load_applications()
    assert len(found) == 34 and {one.kind for one in found} == {"office", "process"}
    assert {one.channel for one in found} <= set(CHANNELS)
    for one in found:
        assert re.search(r"[\u4e00-\u9fff]", one.name_zh), one.code
        assert one.low <= one.saving <= one.high and one.activities <= set(ACTIVITIES)
        assert not one.occupations - {each.code for each in known_occupations()}
        assert not one.address or one.address.startswith(("https://doi.org/", "https://www.ine.es")), one.code


def test_a_size_that_nobody_measured_is_assumed():
    for one in load_applications():
        assert one.status == "assumed" or not one.source.startswith("own"), one.code


def test_every_activity_has_an_application_and_every_sector_an_activity():
    assert {activity for one in load_applications() for activity in one.activities} == set(ACTIVITIES)
    for name in shipped_economies():
        done = load_tables(economy=name).activities
        assert all(done) and frozenset.union(*done) == set(ACTIVITIES)


def test_sectors_of_china_do_one_thing_each():
    tables = load_tables(economy="china")
    assert all(len(done) == 1 for done in tables.activities)
    coarse = load_tables(economy="china_20")
    several = {code: done for code, done in zip(coarse.codes, coarse.activities, strict=True) if len(done) > 1}
    assert several == {
        "LGT": {"food", "light_industry"}, "PUB": {"education", "health", "administration", "other_services"}
    }  # fmt: skip


@pytest.mark.parametrize("year", [2012, 2015, 2018])
def test_earlier_openings_have_the_activities_of_the_economy(year):
    assert load_tables(year).activities == load_tables(economy="china_20").activities


def changed(tmp_path, name, old, new):
    path = tmp_path / name
    shutil.copy(FOLDER / name, path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            ",office,language,all",
            ",desk,language,all",
            r"applications.csv, line 2: unknown kind 'desk'; valid: office",
        ),
        (",office,language,all", ",office,langage,all", "line 2: unknown family 'langage'; nearest valid: language"),
        ("mining;food", "minin;food", "unknown activities 'minin'; nearest valid: mining"),
        ("management;business", "managers;business", "unknown occupations 'managers'; nearest valid: management"),
        (",tasks,0.18", ",task,0.18", "unknown channel 'task'; nearest valid: tasks"),
        (",0.18,", ",1.8,", "line 2: touched should be 0 to 1, not 1.8"),
        (",0.3,0.15,0.4,", ",0.5,0.15,0.4,", "line 2: saving should be 0.15 to 0.4, not 0.5"),
        (",0.25,0,2016", ",none,0,2016", "line 2: floor should be a number, not 'none'"),
        ("\nanalysis,", "\nwriting,", "line 3: there are two rows writing; remove one"),
        (",read (secondary)\n", ",seen\n", "line 2: unknown status 'seen'"),
        (",floor,", ",flor,", "there is no column floor; nearest valid: flor"),
    ],
)
def test_what_is_wrong_with_applications_is_one_line_with_the_place(tmp_path, old, new, told):
    with pytest.raises(UserError, match=told) as refused:
        read_applications(changed(tmp_path, "applications.csv", old, new), load_families())
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",0.3,-0.3,0.9", ",2,-0.3,0.9", "families.csv, line 3: lead should be -0.3 to 0.9, not 2"),
        (",1.82,", ",-1.82,", "line 2: before should be 0 to 20, not -1.82"),
        ("\nvision", "\nlanguage", "there are two rows language; remove one"),
    ],
)
def test_what_is_wrong_with_families_is_one_line_with_the_place(tmp_path, old, new, told):
    with pytest.raises(UserError, match=told):
        read_families(changed(tmp_path, "families.csv", old, new))


def test_an_application_goes_by_its_code():
    assert application_named("tutoring").label == "Tutoring of pupils"
    with pytest.raises(UserError, match="unknown application 'tutorin'; nearest valid: tutoring"):
        application_named("tutorin")
