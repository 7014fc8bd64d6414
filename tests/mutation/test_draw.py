"""The draw is spread evenly, always the same for a seed, and known bugs are found wherever they stand."""

from collections import Counter
from itertools import islice

import pytest
from mutation.draw import NUMBER, ROOT, all_mutants, drawn, line_of, quotas
from mutation.groups import GOLDEN, behaviour_tests, group_of
from mutation.known import KNOWN, PatternMissing, known_mutants
from mutation.mutants import applied, mutants_of
from mutation.operators import OPERATORS

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def mutants():
    return all_mutants()


def taken(mutants, seed, number=NUMBER):
    share = quotas(number, list(mutants))
    return [one for group, order in drawn(mutants, seed).items() for one in order[: share[group]]]


def test_at_least_sixty_bugs_are_spread_over_groups_operators_and_functions(mutants):
    assert NUMBER >= 60
    share = quotas(NUMBER, list(mutants))
    assert max(share.values()) - min(share.values()) <= 1 and sum(share.values()) == NUMBER
    bugs = taken(mutants, 1)
    assert len({one.identity for one in bugs}) == len(bugs) == NUMBER
    operators = Counter(one.operator for one in bugs)
    assert operators.keys() == OPERATORS.keys() and max(operators.values()) <= 3 * min(operators.values())
    assert len({(one.path, one.function) for one in bugs}) > 30


def test_a_seed_draws_the_same_bugs_and_another_seed_others(mutants):
    first, again, other = (taken(mutants, seed) for seed in (1, 1, 2))
    assert first == again
    assert len(set(first) & set(other)) < NUMBER / 3


def test_no_statement_has_two_bugs(mutants):
    for order in drawn(mutants, 5).values():
        places = [(one.path, one.line) for one in islice(order, 40)]
        assert len(set(places)) == len(places)


def test_every_group_of_the_economy_has_functions_and_tests(mutants):
    assert {"accounting", "prices", "adoption", "labour", "households", "research", "energy", "policy costs"} <= set(
        mutants
    )
    for group, found in mutants.items():
        assert len({one.function for one in found}) >= 2 and len(found) > 100, group
        quick, whole = behaviour_tests(ROOT, group)
        assert quick and whole and GOLDEN not in quick + whole
        assert all((ROOT / path).is_file() for path in quick + whole)


def all_of(path):
    return mutants_of(path, (ROOT / path).read_text(encoding="utf-8"))


def test_phases_belong_to_a_group():
    left = {
        f"{path}::{one.function}"
        for path in (file.relative_to(ROOT).as_posix() for file in (ROOT / "abm" / "phases").glob("*.py"))
        for one in all_of(path)
        if group_of(path, one.function) is None
    }
    assert not left, "give these functions a group in tests/mutation/groups.py"


def test_machinery_gets_no_bugs():
    for path in ("compiling.py", "draws.py", "first_use.py"):
        assert group_of(f"abm/kernels/{path}", "anything") is None


def test_an_empty_group_says_where_to_describe_it_anew(tmp_path):
    (tmp_path / "abm").mkdir()
    with pytest.raises(ValueError, match=r"groups\.py: no function of abm matches the patterns of policy costs"):
        all_mutants(tmp_path)


def test_each_known_bug_has_one_place_and_changes_it():
    found = [one for mutants in known_mutants().values() for one in mutants]
    assert sorted(one.identity for one in found) == sorted(one.name for one in KNOWN) and len(found) == 10
    for one in found:
        text = (ROOT / one.path).read_text(encoding="utf-8")
        compile(applied(text, one.edit), one.path, "exec")
        assert one.before != one.after and one.identity in line_of(one)


def test_a_known_bug_without_a_place_says_where_to_describe_it_anew(tmp_path):
    (tmp_path / "abm" / "phases").mkdir(parents=True)
    (tmp_path / "abm" / "phases" / "prices.py").write_text("def set_prices(a):\n    return a\n", encoding="utf-8")
    with pytest.raises(PatternMissing, match=r"K1 .* found 0 times \(nowhere\); describe it anew in tests/mutation"):
        known_mutants(tmp_path)
