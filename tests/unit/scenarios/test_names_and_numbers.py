"""Names and numbers that look right and are not: each is refused in one line that says what is wrong."""

import pytest

from abm.errors import UserError, brief, nearest, odd_character, placed, shown
from abm.levers import load_levers
from abm.parameters import describe_parameters, parameter_named
from abm.reference.describe_one import describe_one, lever_examples, parameter_example
from abm.scenarios.checks import QUARTERS
from abm.scenarios.scenario import load_scenario
from abm.values import SEED, SEEDS, WORKERS, Choice, Either, Ends, Entries, ListOf, Misfit, Number, OnOff, Switch, Text

pytestmark = pytest.mark.unit


def refused(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(data, encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load_scenario("mine")
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("levers:\n  '\u00a0carbon_price': 100\n", "a no-break space (U+00A0) in it, which cannot be seen"),
        ("levers:\n  'carbon\u200b_price': 100\n", "a zero width space (U+200B) in it"),
        ("levers:\n  ' carbon_price': 100\n", "a space at an end"),
        ("closures:\n  'pass_through\u2009': full\n", "a thin space (U+2009) in it"),
        ("question: x\nai: 'central\u00a0'\n", "a no-break space (U+00A0)"),
        ("mechanisms:\n  '\u2060all': off\n", "a word joiner (U+2060)"),
    ],
)
def test_a_character_that_cannot_be_seen_is_named(text, said, tmp_path, monkeypatch):
    message = refused(text, tmp_path, monkeypatch)
    assert message.startswith("mine.yaml, line 2: ") and said in message and "nearest" not in message


@pytest.mark.parametrize("name", ["../carbon_price", "carbon_price/price", "levers\\carbon_price"])
def test_a_path_is_no_name(name, tmp_path, monkeypatch):
    assert "unknown lever" in refused(f"levers:\n  '{name}': 5\n", tmp_path, monkeypatch)


def test_a_year_without_tables_is_refused_when_the_file_is_read(tmp_path, monkeypatch):
    message = refused("assumptions:\n  growth:\n    opening_year: 2013\n", tmp_path, monkeypatch)
    assert message.startswith("mine.yaml, line 3: ") and "can open in 2012, 2015, 2018, 2024" in message


def test_a_parameter_by_its_old_and_its_new_name_is_twice(tmp_path, monkeypatch):
    text = "assumptions:\n  labour:\n    mismatch: 0.8\n    occupation_switch_quality: 0.7\n"
    with pytest.warns(FutureWarning):
        assert "is set twice" in refused(text, tmp_path, monkeypatch)


def test_messages_quote_values_on_one_line():
    assert shown("a\nb") == "'a b'" and brief("x" * 99) == "x" * 40 + "…"
    assert "thousands of digits" in shown(10**5000)
    assert odd_character("carbon price") == "" and odd_character("价格") == ""
    assert nearest("carbon_prise", ["carbon_price"]) == "; nearest valid: carbon_price"
    with pytest.raises(UserError, match="^here: wrong$"), placed("here"):
        raise UserError("wrong")
    with pytest.raises(UserError, match="^wrong$"), placed(""):
        raise UserError("wrong")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Number(0, 1), [0, 1, 0.5], [-1, 2, True, "1", None, float("nan"), 10**400, [1]]),
        (Number(1, 4, whole=True), [1, 4.0], [1.5, 5]),
        (Switch(), [True, False], [0, 1, "true", None]),
        (OnOff(), ["on", "OFF", True], [1, 0, None, "yes"]),
        (Choice(("a", "b"), "{key} {value}"), ["a"], ["c", ["a"], None]),
        (ListOf(Text(), least=1), [["a"]], [[], ["a", 1], "a", None]),
        (Entries(Number(), least=1), [{"a": 1}], [{}, {"a": "b"}, [1]]),
        (Either((SEEDS, ListOf(SEED, least=1))), [3, [2**62, 0]], [0, [2**63], [-1], [], 10**7]),
        (Ends(Number(0, 1)), [[0, 1]], [[1, 0], [1, 1], [0, 2], [0], 0]),
        (WORKERS, [2_000], [1_999, 2**31]),
        (QUARTERS, [1, 307], [0, 308]),
    ],
)
def test_a_kind_accepts_what_it_is(kind, good, bad):
    for value in good:
        kind.checked(value, "key")
    for value in bad:
        with pytest.raises(Misfit):
            kind.checked(value, "key")
    assert isinstance(kind.schema(), dict)


def test_a_fault_inside_a_list_or_mapping_knows_its_place():
    with pytest.raises(Misfit) as raised:
        Entries(ListOf(Number())).checked({"a": [1, "b"]}, "key")
    assert raised.value.path == ("a", 1)


def test_an_unknown_parameter_is_answered_with_the_nearest():
    with pytest.raises(UserError, match="nearest valid: labour.search_share"):
        parameter_named("labour.serch_share")


@pytest.mark.parametrize("name", load_levers())
def test_the_examples_of_a_lever_can_be_copied_into_a_scenario(name, tmp_path):
    lever = load_levers()[name]
    for parameter in lever.parameters:
        for example in lever_examples(lever, parameter):
            path = tmp_path / "mine.yaml"
            path.write_text(example, encoding="utf-8")
            assert list(load_scenario(path).levers) == [name]


def test_the_example_of_every_parameter_can_be_copied_into_a_scenario(tmp_path):
    for one in describe_parameters():
        path = tmp_path / "mine.yaml"
        path.write_text(parameter_example(one), encoding="utf-8")
        assert load_scenario(path).assumptions == {one.key: one.default}


def test_one_item_is_described_alone():
    assert describe_one("carbon_price").startswith("carbon_price: Carbon price (lever; Environment)")
    assert "tax_cut" not in describe_one("levers.carbon_price.dividend")
    assert describe_one("search_share") == describe_one("assumptions.labour.search_share")
    assert "outcome of the whole economy" in describe_one("real_gdp")
    with pytest.raises(UserError, match="describe carbon_prise: .*nearest valid: carbon_price"):
        describe_one("carbon_prise")
    with pytest.raises(
        UserError, match="names that contain it: adoption_subsidy, ai_adoption_share, .* and [0-9]+ more"
    ):
        describe_one("adoption")
    with pytest.raises(UserError, match="names that contain it: carbon_price, carbon_price_revenue, carbon_dividends$"):
        describe_one("Carbon")
