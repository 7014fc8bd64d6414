"""What three applications together can do, worked out from docs/model/equations/competition_and_technology.md."""

from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.abilities import CHANNELS, add_up_applications

pytestmark = pytest.mark.kernels

# An office application in two sectors, a process application that saves tasks too, and one that does not work yet.
TASKS = np.array([[[0.2, 0.0], [0.1, 0.3]], [[0.0, 0.4], [0.0, 0.0]], [[0.9, 0.9], [0.9, 0.9]]])
AT_WORK = np.array([0.5, 0.8, 0.0])
PART = np.array([0.25, 0.5])
PLANTS = np.array([1.5, 1.5, 2.0])


def test_applications_add_up_as_far_as_they_work(plain):
    channels = np.random.default_rng(5).uniform(0.01, 0.1, (3, CHANNELS, 2))
    fields = ("materials", "energy", "capacity", "inventory", "quality", "research")
    abilities = Few(
        automated=np.full((2, 2, 2), 9.0), augmented=np.full((2, 2), 9.0), office_value=np.full(2, 9.0),
        **{name: np.full((2, 2), 9.0) for name in fields},
    )  # fmt: skip
    office_ai = Few(automation=2.0, augmentation=0.5)
    process_ai = Few(materials_gain=1.1, energy_gain=0.9, capacity_gain=0.7, automation=3.0)
    structure = Few(applied_tasks=TASKS, applied_channels=channels)
    plain(add_up_applications)(
        abilities, AT_WORK, np.array([True, False, False]), PLANTS, PART, structure, office_ai, process_ai, 1.2
    )
    strength = {"materials": 1.1, "energy": 0.9, "capacity": 0.7, "inventory": 1.2, "quality": 1.0, "research": 1.0}
    for place, name in enumerate(fields):
        further = 1.0 if name == "research" else 1.5  # what plants save more than the table says
        by_office = strength[name] * 0.5 * channels[0, place]
        by_process = strength[name] * 0.8 * further * channels[1, place]
        assert getattr(abilities, name) == pytest.approx(np.array([by_office, by_process])), name
    assert abilities.office_value == pytest.approx(0.5 * channels[0, CHANNELS - 1])
    assert abilities.automated[0] == pytest.approx(2.0 * PART * 0.5 * TASKS[0])
    assert abilities.augmented == pytest.approx(0.5 * (1 - PART) * 0.5 * TASKS[0])
    assert abilities.automated[1] == pytest.approx(3.0 * 0.8 * TASKS[1])
