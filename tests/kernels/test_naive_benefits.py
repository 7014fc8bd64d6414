"""Benefits by insurance, age and length of the spell."""

from dataclasses import replace

import numpy as np
import pytest

from abm.codes import Status
from abm.kernels.benefits import benefit_of, benefit_rules, fill_benefits
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import Workers

pytestmark = pytest.mark.kernels

ROWS = 4_000
RULES = {"rate": 0.2, "take_up": 0.4, "years_per_quarter": 5.0, "longest": 8.0}
HOUSEHOLDS = Parameters().households


def benefit(row=0, insured=1, jobless=0, age=40.0, wage=10.0, quarter=20, **changed):
    return benefit_of(quarter, row, insured, jobless, age, wage, *(RULES | changed).values())


def test_a_benefit_lasts_a_quarter_for_every_five_years_and_eight_at_most():
    certain = {"take_up": 1.0}
    for age, quarters in ((20.0, 0), (24.75, 1), (40.0, 4), (52.0, 7), (61.0, 8)):
        drawn = [benefit(jobless=spell, age=age, **certain) > 0 for spell in range(12)]
        assert drawn == [spell < quarters for spell in range(12)]
    assert benefit(**certain) == pytest.approx(2.0)
    assert benefit(insured=0, **certain) == 0.0


def test_who_draws_does_so_for_the_whole_spell_and_may_not_in_the_next():
    rows = range(ROWS)
    drawing = np.array([benefit(row, jobless=2) > 0 for row in rows])
    assert drawing.mean() == pytest.approx(RULES["take_up"], abs=0.03)
    later = np.array([benefit(row, jobless=3, quarter=21) > 0 for row in rows])
    other = np.array([benefit(row, jobless=2, quarter=33) > 0 for row in rows])
    assert np.array_equal(drawing, later)
    assert np.mean(drawing != other) == pytest.approx(2 * 0.4 * 0.6, abs=0.04)


def test_rules_are_the_laws_times_the_policys(plain):
    h = HOUSEHOLDS
    usual = plain(benefit_rules)(h, Instruments())
    assert usual == (h.benefit_rate, h.benefit_take_up, h.benefit_years, h.benefit_longest)
    generous = Instruments(benefit_rate=2.0, benefit_coverage=100.0, benefit_duration=2.0)
    rate, take_up, years, longest = plain(benefit_rules)(h, generous)
    assert (rate, take_up) == (2 * h.benefit_rate, 1.0)
    assert (years, longest) == (h.benefit_years / 2, 2 * h.benefit_longest)


def test_at_the_opening_the_unemployed_have_what_the_rules_say():
    workers, received = Workers(60), np.full(60, 9.0)
    workers.status[::2] = Status.UNEMPLOYED
    workers.status[1::2] = Status.INACTIVE
    workers.insured[:40], workers.age[:], workers.reference_wage[:] = 1, 40.0, 10.0
    workers.jobless_quarters[:] = np.arange(60) % 6
    rules = replace(HOUSEHOLDS, benefit_take_up=0.5)
    fill_benefits(workers.view, rules.view, Instruments().view, received)
    law = (rules.benefit_rate, 0.5, rules.benefit_years, rules.benefit_longest)
    for row in range(60):
        spell = int(workers.jobless_quarters[row])
        own = benefit_of(0, row, int(row < 40), spell, 40.0, 10.0, *law) if row % 2 == 0 else 0.0
        assert received[row] == own
    assert set(received) == {0.0, 10.0 * rules.benefit_rate}
