"""What is wrong with the file of a lever, or with how a scenario names it, is said in one line."""

import re

import pytest

from abm import UserError, load_lever, load_levers, load_scenario

pytestmark = pytest.mark.levers

NAME = "night_schools"
STRATEGY, SUMMARY, PARAMETERS = "STRATEGY =", "SUMMARY =", "PARAMETERS ="
STRENGTH, SPENDS, FUNCTION = "DOCUMENTED_STRENGTH =", "SPENDS =", "def set_instruments"
IMPORT, SETS, BOOKS = "from abm.levers.declaration", "    instruments.ai_literacy", "    instruments.teaching"

# What is replaced in a file in which nothing is wrong, the line that is named, and what is said of it.
BROKEN = {
    "no Python": ("SPENDS = SPENDING", "SPENDS = (", SPENDS, "not valid Python ("),
    "it cannot be run": ('"share": 0.3', '"share": 1 / 0', STRENGTH, "the file cannot be run (ZeroDivisionError"),
    "an unknown import": ("per_cent\n", "per_mille\n", IMPORT, "the file cannot be run (ImportError"),
    "no parameters": ("PARAMETERS = ", "OTHERS = ", None, "PARAMETERS is missing; add a tuple of LeverParameter"),
    "no title": ("TITLE = ", "NAME = ", None, "TITLE is missing; add its name for a planner"),
    "no function": ("def set_", "def get_", None, "the function set_instruments(instruments, ...) is missing; add it"),
    "no strategy": ("Strategy.TALENT", '"talent"', STRATEGY, "STRATEGY should be the strategy it belongs to"),
    "an empty tuple": ("PARAMETERS = (", "PARAMETERS = () and (", PARAMETERS, "PARAMETERS should be a tuple of Lever"),
    "no sentence": ("work with AI.", "work", SUMMARY, "SUMMARY should be one sentence that ends with a full stop"),
    "a long title": ("Night schools", 40 * "x", "TITLE =", "TITLE should be one line of at most 26 characters"),
    "bounds": ("upper=1.0", "upper=-1.0", PARAMETERS, "parameter 'share': neutral should lie between lower and upper"),
    "usual": ("(0.1, 0.5)", "(0.1, 5.0)", PARAMETERS, "parameter 'share': usual should be a range between lower and"),
    "no meaning": ("This part", "this part", PARAMETERS, "parameter 'share': meaning should be one sentence for the"),
    "no number": ("step=0.1", "step='0.1'", PARAMETERS, "parameter 'share': neutral, lower, upper, usual, step and"),
    "a wide step": ("step=0.1", "step=1.5", PARAMETERS, "parameter 'share': step should be above zero and no more"),
    "first a detail": ('per_cent("of staff")', 'per_cent("of staff"), detail=True', PARAMETERS, "so detail should be"),
    "no strength": ('{"share": 0.3}', "{}", STRENGTH, "DOCUMENTED_STRENGTH is empty; give what a government might do"),
    "a strange one": ('"share": 0.3', '"size": 0.3', STRENGTH, "DOCUMENTED_STRENGTH names 'size', which is no parame"),
    "one beyond": ('"share": 0.3', '"share": 3.0', STRENGTH, "DOCUMENTED_STRENGTH: share should lie within its bounds"),
    "a neutral one": ('"share": 0.3', '"share": 0.0', STRENGTH, "DOCUMENTED_STRENGTH: share should lie within its bou"),
    "spends": ("SPENDS = SPENDING", "SPENDS = True", SPENDS, 'SPENDS should be SPENDING, or not_spending("why not")'),
    "unknown instrument": (
        "ai_literacy", "ai_litteracy", SETS,
        "set_instruments sets the instrument 'ai_litteracy', which does not exist; nearest valid: ai_literacy",
    ),
    "no finite number": (
        "ai_literacy = share", "ai_literacy = share > 0.5", FUNCTION,
        "set_instruments sets the instrument 'ai_literacy', which should be a finite number",
    ),
    "another parameter": (" share: float)", " part: float)", FUNCTION, "set_instruments should take the instruments"),
    "it acts when neutral": ("y = share", "y = 0.1 + share", FUNCTION, "set_instruments sets something at the neutral"),
    "it fails": ("0.002 * share", "1 / share", BOOKS, "set_instruments fails (ZeroDivisionError"),
    "unknown flow": (
        "SPENDS =", 'COSTS = ("adoption_subsidy",)\nSPENDS =', SPENDS,
        "COSTS names the flow 'adoption_subsidy', which the ledger does not know; nearest valid: adoption_subsidies",
    ),
    "a flow of others": ("SPENDS =", 'COSTS = ("wages",)\nSPENDS =', SPENDS, "'wages', of which the government is not"),
    "no tuple of flows": ("SPENDS =", 'COSTS = "wages"\nSPENDS =', SPENDS, "COSTS should be flows of the ledger that"),
}  # fmt: skip


def line_of(source, start):
    return 1 + [line.startswith(start) for line in source.splitlines()].index(True)


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_is_one_line_that_names_the_file_and_the_remedy(fault, file, source):
    old, new, start, words = BROKEN[fault]
    assert old in source
    path = file(source.replace(old, new))
    place = f"{path}, line {line_of(source, start)}: " if start else str(path)
    with pytest.raises(UserError, match=re.escape(words)) as error:
        load_lever(path)
    assert str(error.value).startswith(place) and "\n" not in str(error.value)
    assert NAME not in load_levers()


def test_a_file_without_a_first_sentence_or_effect_is_refused(file, source):
    with pytest.raises(UserError, match="the file should begin with a sentence in triple quotes"):
        load_lever(file(source.split('"""', 2)[2]))
    with pytest.raises(UserError, match="set_instruments sets nothing at full strength"):
        load_lever(file(source.replace("= share", "= 0.0").replace("0.002", "0.0")))
    with pytest.raises(UserError, match=r'SPENDS should be SPENDING, or not_spending\("the reason"\)'):
        load_lever(file(source.replace("= SPENDING", '= not_spending("")').replace("SPENDING,", "not_spending,")))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("carbon_price.py", "the package has a lever 'carbon_price' already; give the file another name"),
        ("declaration.py", "the package has a lever 'declaration' already; give the file another name"),
        ("Night Schools.py", "use small letters, digits and underscores"),
        ("night_schools.txt", "a lever is a Python file; give a path that ends in .py"),
    ],
)
def test_names_that_cannot_be_used_are_refused(name, words, source, tmp_path):
    (tmp_path / name).write_text(source, encoding="utf-8")
    with pytest.raises(UserError, match=f"{name}: .*{words}"):
        load_lever(tmp_path / name)


def test_two_files_of_one_name_are_refused(file, source, tmp_path):
    load_lever(file())
    other = tmp_path / "other" / f"{NAME}.py"
    other.parent.mkdir()
    other.write_text(source, encoding="utf-8")
    load_lever(other)  # the same content is the same lever
    other.write_text(source.replace("0.002", "0.003"), encoding="utf-8")
    load_lever(other)
    with pytest.raises(UserError, match=r"has been read from .*other.*; give one of the files another name"):
        load_lever(file())
    other.unlink()
    assert load_lever(file()).name == NAME


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("nowhere.py", r"mine.yaml, line 1: .*nowhere.py: there is no such file; give the path"),
        (".", r"mine.yaml, line 1: .*a lever is a Python file"),
        ("[night_schools.py, a/night_schools.py]", r"mine.yaml, line 1: .*would both be the lever 'night_schools'"),
        ("3", r"mine.yaml, line 1: levers_from should be the path of a lever's Python file, or a list of paths, not"),
        ("[3]", r"levers_from should be the path"),
        ("", r"line 3: unknown lever 'night_schools'"),
    ],
)
def test_faults_of_levers_from_name_the_scenario_and_the_line(written, words, file, tmp_path):
    file()
    path = tmp_path / "mine.yaml"
    path.write_text(f"levers_from: {written}\nlevers:\n  {NAME}: 0.1\n", encoding="utf-8")
    with pytest.raises(UserError, match=words) as error:
        load_scenario(path)
    assert "\n" not in str(error.value)


def test_a_folder_is_no_lever(tmp_path):
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(UserError, match=r"folder.py: is a folder; give the Python file"):
        load_lever(tmp_path / "folder.py")
