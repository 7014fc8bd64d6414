"""Scenario files: what they mean, how they extend each other, and that a fault is one line with place and remedy."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import abm.scenarios.scenario
from abm.data import load_assumptions
from abm.errors import UserError
from abm.levers import load_levers
from abm.parameters import describe_parameters
from abm.scenarios.resolution import settled_assumptions
from abm.scenarios.scenario import (
    Scenario,
    checked_quarters,
    list_scenarios,
    load_scenario,
    parse_settings,
    scenario_library,
)

pytestmark = pytest.mark.unit

NUMBERS = [item for item in describe_parameters() if isinstance(item.default, float) and item.upper is not None]
FIRST, SECOND = NUMBERS[0], NUMBERS[1]
LEVER = load_levers()["carbon_price"]
PARAMETER = LEVER.parameters[0]


def value_within(item):
    return (item.lower + item.upper) / 2


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a scenario file into the current folder and return its name."""
    monkeypatch.chdir(tmp_path)

    def write_file(content, name="mine.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write_file


def assumption(item, value):
    group, name = item.key.split(".")
    return f"assumptions:\n  {group}:\n    {name}: {value}\n"


def fault(reference, overrides=None):
    with pytest.raises(UserError) as raised:
        load_scenario(reference, overrides)
    message = str(raised.value)
    assert "\n" not in message
    return message


def test_the_shipped_scenarios_load_and_say_what_they_are():
    assert {"baseline", "no_ai"} <= set(list_scenarios())
    for name in list_scenarios():
        scenario = load_scenario(name)
        assert scenario.name == scenario.reference == name
        assert scenario.question.endswith("?") and scenario.expected_channels and scenario.leaves_out


def test_no_ai_is_the_baseline_but_for_artificial_intelligence():
    baseline, without = load_scenario("baseline"), load_scenario("no_ai")
    assert baseline.levers == {} and baseline.assumptions == {} and baseline.quarters == 107
    assert without.extends == ("baseline",)
    assert without.ai == "none" and without.assumptions == without.closures == without.mechanisms == {}
    of_the_economy = load_assumptions(baseline.opening_year)
    assert settled_assumptions(without) == of_the_economy | {"artificial_intelligence.enabled": False}
    assert settled_assumptions(baseline) == of_the_economy
    assert without.digest() != baseline.digest()


def test_the_library_is_the_packaged_copy_where_there_is_one(tmp_path, monkeypatch):
    package = tmp_path / "abm"
    package.mkdir()
    monkeypatch.setattr(abm.scenarios.scenario, "__file__", str(package / "scenarios" / "scenario.py"))
    assert scenario_library() == tmp_path / "scenarios"
    (package / "scenario_library").mkdir()
    (package / "scenario_library" / "only.yaml").write_text("question: Why?\n")
    assert scenario_library() == package / "scenario_library"
    assert list_scenarios() == ("only",)
    assert load_scenario("only").question == "Why?"


def test_a_scenario_is_found_by_name_and_by_path_with_and_without_its_suffix(write):
    write("quarters: 8\n", "mine.yaml")
    write("quarters: 12\n", "folder/yours.yml")
    assert load_scenario("mine").quarters == load_scenario("mine.yaml").quarters == 8
    assert load_scenario("folder/yours").quarters == load_scenario("folder/yours.yml").quarters == 12
    assert load_scenario("baseline.yaml") == load_scenario("baseline")
    write("quarters: 9\n", "baseline.yaml")
    assert load_scenario("baseline").quarters == 107, "a bare name is the shipped scenario"
    assert load_scenario("baseline.yaml").quarters == 9, "a file that is there wins over a shipped file name"


def test_a_file_replaces_what_it_names_in_the_file_it_extends(write):
    low, middle = FIRST.lower, value_within(FIRST)
    write(f"question: Below?\nquarters: 40\n{assumption(FIRST, low)}", "below.yaml")
    write(f"extends: below\nquestion: Above?\n{assumption(SECOND, SECOND.lower)}", "above.yaml")
    assert load_scenario("above").assumptions == {FIRST.key: low, SECOND.key: SECOND.lower}
    assert load_scenario("above").quarters == 40
    assert load_scenario("above").question == "Above?"
    write(f"extends: above.yaml\nquarters: 8\n{assumption(FIRST, middle)}", "top.yaml")
    top = load_scenario("top")
    assert top.extends == ("above", "below")
    assert top.assumptions == {FIRST.key: middle, SECOND.key: SECOND.lower}
    assert (top.quarters, top.question) == (8, "")


def test_extends_is_relative_to_the_file_that_says_it(write):
    write("quarters: 5\n", "shared/base.yaml")
    write("extends: ../shared/base\n", "mine/variant.yaml")
    write("extends: base.yaml\n", "shared/other.yaml")
    assert load_scenario("mine/variant").quarters == 5
    assert load_scenario("shared/other.yaml").extends == ("base",)


def test_lever_values_replace_each_other_and_named_parameters_add_up(write):
    write("levers: {carbon_price: {2035: 200, 2027: 100}}\n", "path.yaml")
    assert load_scenario("path").levers == {"carbon_price": {2027: 100, 2035: 200}}
    write("extends: path\nlevers: {carbon_price: 50}\n", "number.yaml")
    assert load_scenario("number").levers == {"carbon_price": 50}
    named = f"extends: path\nlevers: {{carbon_price: {{{PARAMETER.name}: 60}}}}\n"
    assert load_scenario(write(named, "named.yaml")).levers == {"carbon_price": 60}
    for other in LEVER.parameters[1:]:
        write(f"extends: number\nlevers: {{carbon_price: {{{other.name}: {other.lower}}}}}\n", "both.yaml")
        assert load_scenario("both").levers == {"carbon_price": {PARAMETER.name: 50, other.name: other.lower}}


def test_three_extends_in_a_row_are_allowed_and_four_are_not(write):
    write("quarters: 7\n", "zero.yaml")
    for name, below in (("one", "zero"), ("two", "one"), ("three", "two"), ("four", "three")):
        write(f"question: Deep?\nextends: {below}\n", f"{name}.yaml")
    assert load_scenario("three").extends == ("two", "one", "zero")
    assert load_scenario("three").quarters == 7
    message = fault("four")
    assert message.startswith("one.yaml, line 2") and "more than 3 extends" in message


def test_circles_are_refused_wherever_they_close(write):
    write("extends: itself.yaml\n", "itself.yaml")
    assert "itself.yaml, line 1: circular" in fault("itself")
    write("extends: second\n", "first.yaml")
    write("quarters: 8\nextends: third\n", "second.yaml")
    write("extends: ./second.yaml\n", "third.yaml")
    message = fault("first")
    assert message.startswith("third.yaml, line 1: circular") and "first -> second -> third -> second" in message


def test_the_resolved_scenario_loads_again_as_a_file(write):
    write(f"question: Again?\nlevers: {{carbon_price: {{2027: 100}}}}\n{assumption(FIRST, FIRST.lower)}")
    scenario = load_scenario("mine", {"quarters": 16})
    again = load_scenario(write(json.dumps(scenario.resolved()), "again.yaml"))
    assert again.digest() == scenario.digest()
    assert (again.levers, again.assumptions, again.quarters) == (scenario.levers, scenario.assumptions, 16)


def test_the_digest_depends_on_what_the_economy_depends_on():
    scenario = Scenario("one", levers={"carbon_price": {2027: 100}})
    same = Scenario("two", question="Why?", levers={"carbon_price": {2027: 100.0}})
    assert scenario.digest() == same.digest()
    assert len(scenario.digest()) == 64
    for other in (Scenario("one"), Scenario("one", levers={"carbon_price": 100}), Scenario("one", quarters=8)):
        assert other.digest() != scenario.digest()


def test_texts_may_be_one_or_a_list_and_empty_sections_are_nothing(write):
    write("expected_channels: prices rise\nleaves_out: [one, two]\nlevers:\nassumptions:\n")
    scenario = load_scenario("mine")
    assert scenario.expected_channels == ("prices rise",)
    assert scenario.leaves_out == ("one", "two")
    assert scenario.levers == scenario.assumptions == {}


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("question: Why?\nlevres: {}\n", 2, "unknown key 'levres'; nearest valid: levers"),
        ("\ncarbon_price: 200\n", 2, "nearest valid: levers.carbon_price"),
        ("5: x\n", 1, "unknown key '5'"),
        ("levers:\n  carbon_prise: 200\n", 2, "unknown lever 'carbon_prise'; nearest valid: carbon_price"),
        ("levers:\n  5: 200\n", 2, "unknown lever '5'"),
        ("levers:\n  carbon_price: lots\n", 2, "levers.carbon_price should be a number, not 'lots'"),
        ("levers:\n  carbon_price: true\n", 2, "should be a number, not 'True'"),
        ("levers:\n  carbon_price: [1, 2]\n", 2, "should be a number"),
        ("levers:\n  carbon_price:\n", 2, "has no value"),
        ("levers:\n  carbon_price: {}\n", 2, "is empty"),
        ("levers:\n  carbon_price: -1e9\n", 2, "carbon_price"),
        ("levers:\n  carbon_price: .nan\n", 2, "should be a finite number"),
        ("levers:\n  carbon_price: nan\n", 2, "should be a finite number"),
        ("levers:\n  carbon_price: 1e999\n", 2, "should be a finite number"),
        (f"levers:\n  carbon_price: {10**400}\n", 2, "should be a finite number"),
        ("levers:\n  carbon_price: {2027: 1,\n   2023: 2}\n", 3, "has the year 2023; years run from 2024 to 2100"),
        ("levers:\n  carbon_price:\n    2101: 2\n", 3, "has the year 2101"),
        ("levers:\n  carbon_price:\n    2027: 2\n    from: 3\n", 4, "mixes years with 'from'"),
        ("levers:\n  carbon_price:\n    2027: .inf\n", 3, "levers.carbon_price.2027 should be a finite number"),
        ("levers:\n  carbon_price:\n    2027: {1: 2}\n", 3, "levers.carbon_price.2027 should be a number"),
        ("levers:\n  carbon_price:\n    prise: 3\n", 3, "has no parameter 'prise'"),
        ("levers: 200\n", 1, "levers should be a mapping"),
        ("assumptions:\n  labor:\n    x: 1\n", 2, "unknown group 'labor'; nearest valid: labour"),
        ("assumptions:\n  labour: 3\n", 2, "assumptions.labour should be a mapping"),
        ("assumptions:\n  artificial_intelligence:\n    enabeld: false\n", 3, "artificial_intelligence.enabled"),
        ("assumptions:\n  artificial_intelligence:\n    enabled: 0.5\n", 3, "enabled"),
        (assumption(FIRST, ".inf"), 3, "should be a finite number, not 'inf'"),
        (assumption(FIRST, "much"), 3, FIRST.key),
        (assumption(FIRST, FIRST.upper + 1), 3, FIRST.key),
        (assumption(FIRST, FIRST.lower - 1), 3, FIRST.key),
        (assumption(FIRST, ""), 3, "has no value"),
        ("ai: acemoglou\n", 1, "unknown preset 'acemoglou'; nearest valid: acemoglu"),
        ("ai: false\n", 1, "ai should be the name of a preset, see `xinzhi list presets`, not 'False'"),
        ("ai: [none]\n", 1, "ai should be the name of a preset"),
        ("closures: full\n", 1, "closures should be a mapping, `closure: level`"),
        ("closures:\n  pass_trough: full\n", 2, "unknown closure 'pass_trough'; nearest valid: pass_through"),
        ("closures:\n  pass_through: fully\n", 2, "closures.pass_through has no level 'fully'; nearest valid: full"),
        ("closures:\n  pass_through: [full]\n", 2, "closures.pass_through has no level"),
        ("closures:\n  pass_through:\n", 2, "closures.pass_through has no level 'None'"),
        ("mechanisms: off\n", 1, "mechanisms should be a mapping, `mechanism: off`"),
        ("mechanisms:\n  augmentaton: off\n", 2, "unknown mechanism 'augmentaton'; nearest valid: augmentation"),
        ("mechanisms:\n  labor: off\n", 2, "unknown mechanism 'labor'; nearest valid: labour"),
        ("mechanisms:\n  augmentation: 0\n", 2, "mechanisms.augmentation should be on or off, not '0'"),
        ("mechanisms:\n  augmentation:\n", 2, "mechanisms.augmentation should be on or off, not 'None'"),
        ("mechanisms:\n  5: off\n", 2, "unknown mechanism '5'"),
        ("mechanism:\n  augmentation: off\n", 1, "nearest valid: mechanisms.augmentation"),
        ("question: Why?\nquarters: forty\n", 2, "quarters should be a whole number from 1 to 307"),
        ("quarters: 8.5\n", 1, "quarters should be a whole number"),
        ("quarters: true\n", 1, "quarters should be a whole number"),
        ("quarters: 0\n", 1, "not '0'"),
        ("quarters: 308\n", 1, "the model ends with 2100"),
        ("question: [a]\n", 1, "question should be a text"),
        ("question: 2027-01-01\n", 1, "a date is not expected"),
        ("expected_channels: {a: b}\n", 1, "a text or a list of texts"),
        ("leaves_out: [a, 5]\n", 1, "a text or a list of texts"),
        ("extends: [baseline]\n", 1, "extends should be the name"),
        ("extends: baselin\n", 1, "no scenario 'baselin': neither a file nor a shipped name; nearest valid: baseline"),
        ("question: Why?\nextends: ../nowhere.yaml\n", 2, "no scenario '../nowhere.yaml'"),
        ("extends: .\n", 1, "is a folder"),
        ("question: Why?\nquestion: Again?\n", 2, "duplicate key"),
        ("question: Why?\n  quarters: 4\n", 2, "not valid YAML"),
        ("question: 'Why?\n", 1, "not valid YAML"),
        ("levers: {carbon_price: 200\n", 1, "not valid YAML"),
        ("- question\n", 1, "expected `key: value` lines"),
        ("question\n", 1, "expected `key: value` lines"),
        ("question: Why?\nquarters: !!int 8\n", 2, "tags (!) are not allowed"),
        ("quarters: !!python/object/apply:os.getpid []\n", 1, "tags (!) are not allowed"),
        ("levers: !mine {}\n", 1, "tags (!) are not allowed"),
        ("levers: &all {}\n", 1, "anchors and aliases"),
        ("question: Why?\nlevers: *all\n", 2, "anchors and aliases"),
        ("levers: {<<: {a: 1}}\n", 1, "merge keys"),
        ("question: Why?\n---\nquestion: Again?\n", 2, "a second document"),
        (f"levers: {'[' * 500}{']' * 500}\n", 1, "nested more than 10 deep"),
        (f"levers: {'{a: ' * 5000}", 1, "nested more than 10 deep"),
        ("? [a, b]\n: c\n", 1, "a key must be a word or a year"),
    ],
)
def test_a_fault_is_one_line_with_file_line_and_remedy(write, content, line, said):
    message = fault(write(content))
    assert message.startswith(f"mine.yaml, line {line}: ")
    assert said in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"# nothing but a remark\n", "empty"),
        (b"---\n...\n", "empty"),
        (bytes(range(256)), "not a text file"),
        ("question: Why?\n".encode("utf-16"), "not a text file"),
        (b"question: a\0b\n", "not a text file"),
        (b"question: a\x07b\n", "not valid YAML"),
        (b"title: x\nquarters: " + b"9" * 5000 + b"\n", ", line 2: a number of a thousand digits or more"),
        (b"levers:\n  carbon_price: {" + b"9" * 5000 + b": 5}\n", ", line 2: a number of a thousand digits or more"),
        (b"levers: {carbon_price: {2027: 0x" + b"f" * 5000 + b"}}\n", ", line 1: levers.carbon_price.2027 should be"),
        (b"# " + b"x" * 1_000_001, "no scenario file"),
    ],
)
def test_files_that_hold_no_scenario(write, content, said):
    message = fault(write(content))
    assert message.startswith("mine.yaml") and said in message


def test_what_is_no_file(write, tmp_path):
    write("quarters: 8\n", "folder/mine.yaml")
    assert "'folder' is a folder" in fault("folder")
    assert "no scenario 'nowhere.yaml'" in fault("nowhere.yaml")
    for odd in ("", "a" * 5000, "a\0b", "/dev/null"):
        message = fault(odd)
        assert ("no scenario" in message or "a folder" in message or "is empty" in message) and len(message) < 300


@pytest.mark.parametrize("key", ["extends", "name"])
@pytest.mark.parametrize("value", ["", " ''", " '  '", " ~", " null"])
def test_a_key_that_needs_a_text_is_refused_without_one(write, key, value):
    """A file that is meant to extend another one would be run over the defaults."""
    message = fault(write(f"question: Why?\n{key}:{value}\n"))
    assert message.startswith(f"mine.yaml, line 2: {key} ") and ("is empty" in message or "should be" in message)


def test_a_setting_of_thousands_of_digits_is_one_short_line(write):
    write("question: Why?\n")
    huge = "9" * 5000
    for setting in (f"quarters={huge}", f"levers.carbon_price.{huge}=3", f"{huge}=1", f"levers.carbon_price={huge}"):
        with pytest.raises(UserError) as raised:
            load_scenario("mine", parse_settings([setting]))
        assert len(str(raised.value)) < 400 and "digits; use sys" not in str(raised.value)


def test_a_fault_in_the_file_below_names_that_file(write):
    write("question: Why?\nquarters: no\n", "below.yaml")
    write("extends: below\n", "above.yaml")
    assert fault("above").startswith("below.yaml, line 2: ")


def test_overrides_are_laid_over_the_scenario_and_remembered(write):
    write("levers: {carbon_price: 50}\nquarters: 8\n")
    value = value_within(FIRST)
    overrides = {"levers.carbon_price": 200, f"assumptions.{FIRST.key}": value, "quarters": 12, "question": "What if?"}
    scenario = load_scenario("mine", overrides)
    assert scenario.levers == {"carbon_price": 200}
    assert scenario.assumptions == {FIRST.key: value}
    assert (scenario.quarters, scenario.question) == (12, "What if?")
    assert scenario.overrides == overrides
    assert load_scenario(scenario) is scenario
    further = load_scenario(scenario, {"levers.carbon_price.2027": 10})
    assert further.levers == {"carbon_price": {2027: 10}}
    assert scenario.levers == {"carbon_price": 200}, "the scenario itself stays as it was"
    assert load_scenario("mine", {f"levers.carbon_price.{PARAMETER.name}": 70}).levers == {"carbon_price": 70}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("levers.carbon_prise", 200, "unknown lever 'carbon_prise'; nearest valid: carbon_price"),
        ("carbon_price", 200, "nearest valid: levers.carbon_price"),
        (FIRST.key, 0.1, f"nearest valid: assumptions.{FIRST.key}"),
        (f"assumptions.{FIRST.key}", float("nan"), "should be a finite number"),
        (f"assumptions.{FIRST.key}", "nan", "should be a finite number"),
        (f"assumptions.{FIRST.key}", FIRST.upper + 1, FIRST.key),
        ("assumptions.labour", 1, "should be a mapping"),
        ("levers.carbon_price.2023", 1, "has the year 2023"),
        ("levers.carbon_price", None, "no value is given"),
        ("levers", 3, "levers should be a mapping"),
        ("quarters", "forty", "quarters should be a whole number"),
        ("extends", "no_ai", "belongs in a scenario file"),
        ("", 3, "unknown key"),
        ("levers..", 3, "unknown lever"),
    ],
)
def test_a_fault_in_an_override_names_its_key(key, value, said):
    message = fault("baseline", {key: value})
    assert message.startswith(f"override {key}") and said in message


def test_settings_of_the_command_line_are_read_as_yaml():
    settings = ["a.b=0.5", "c=false", "d = {2027: 100, 2035: 2e2}", "e=some words"]
    assert parse_settings(settings) == {"a.b": 0.5, "c": False, "d": {2027: 100, 2035: 200.0}, "e": "some words"}
    for broken in ("a", "=3", "a=", "a=!!int 3", "a=[1"):
        with pytest.raises(UserError, match="--set"):
            parse_settings([broken])
    for again in ("a.b=1", " a.b =0.5"):
        with pytest.raises(UserError, match=r"--set .*: a\.b is set twice; remove one of them"):
            parse_settings([*settings, again])


def test_a_run_stays_within_the_years_of_the_model():
    assert checked_quarters(307) == 307
    for quarters in (-1, 0, 308):
        with pytest.raises(UserError, match="from 1 to 307"):
            checked_quarters(quarters)


WORDS = st.sampled_from(["question", "quarters", "levers", "carbon_price", "assumptions", "labour", "extends", "2027"])
SIGNS = st.sampled_from(
    [": ", "\n", "\n  ", "{", "}", "[", "]", ", ", "- ", "8", "200", ".nan", "!!x ", "&a ", "*a", "'"]
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # drawn slowly where the machine has other work
@given(st.one_of(st.binary(max_size=60), st.lists(st.one_of(WORDS, SIGNS), max_size=12).map("".join).map(str.encode)))
@example(b"? ")
@example(b"%YAML 9.9\n---\n")
@example(b"levers: {2027: 8}")
@example(b"question: !")
def test_whatever_the_file_holds_it_loads_or_is_refused_in_one_line(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.yaml"
    path.write_bytes(content)
    try:
        scenario = load_scenario(str(path))
    except UserError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert scenario.name == "fuzzed" and 1 <= scenario.quarters <= 307


def test_a_scenario_may_carry_a_name_and_a_title(write):
    path = write("name: green_deal\ntitle: Green deal\nuntil: 2035\n", "c.yaml")
    mine = load_scenario(path)
    assert (mine.name, mine.title, mine.quarters) == ("green_deal", "Green deal", 47)
    assert mine.digest() == load_scenario("baseline", {"until": 2035}).digest(), "names say nothing about the economy"
    assert load_scenario("baseline", {"title": "As usual"}).title == "As usual"
    child = load_scenario(write(f"extends: {path}\n", "child.yaml"))
    assert (child.name, child.title, child.quarters) == ("child", "", 47)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name: a/b\n", "name should be letters, digits, - and _, not 'a/b'"),
        ("until: 2035\nquarters: 8\n", "until and quarters are both set"),
        ("until: 2023\n", "until 2023 is before 2024"),
        ("until: 2101\n", "a year up to 2100"),
    ],
)
def test_names_and_last_years_are_checked(write, text, fault):
    with pytest.raises(UserError, match=fault):
        load_scenario(write(text, "c.yaml"))
