"""What the risks of artificial intelligence do: data that are lost, fines, and people whom screening rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm.arrays import IntegerCube, Matrix
from abm.codes import Status
from abm.kernels.accounts import add_up
from abm.results.scales import NAN

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = [
    "Screened", "breaches_by_sector", "jobs_per_technical_searcher", "unexplained_use",
]  # fmt: skip


class Screened:
    """Persons by status and wages of the employed, of the group that screening may reject and of all others."""

    persons: IntegerCube  # (chunks, the group and the others, statuses)
    wages: Matrix  # (chunks, the group and the others), thousand yuan

    def __init__(self, chunks: int):
        self.persons = np.zeros((chunks, 2, len(Status)), dtype=np.int64)
        self.wages = np.zeros((chunks, 2))

    def clear(self) -> None:
        """Forget whom it has counted."""
        self.persons[:], self.wages[:] = 0, 0.0

    @property
    def counts(self) -> np.ndarray:
        """(the group and the others, statuses) persons."""
        return self.persons.sum(axis=0)

    @property
    def unemployment(self) -> np.ndarray:
        """(the group and the others,) unemployed persons over the labour force; trainees are in it."""
        return np.array([_unemployment(persons) for persons in self.counts.tolist()])

    @property
    def unemployment_gap(self) -> float:
        """Rate of unemployment of the group less that of all others."""
        group, others = self.unemployment.tolist()
        return float(group - others)

    @property
    def mean_wages(self) -> np.ndarray:
        """(the group and the others,) mean gross wage of the employed, thousand yuan a quarter."""
        jobs = self.counts[:, Status.EMPLOYED]
        return np.divide(self.wages.sum(axis=0), jobs, out=np.full(2, NAN), where=jobs > 0)


def _unemployment(persons: list[int]) -> float:
    force = persons[Status.EMPLOYED] + persons[Status.UNEMPLOYED] + persons[Status.TRAINING]
    return persons[Status.UNEMPLOYED] / force if force > 0 else NAN


def breaches_by_sector(economy: Economy) -> np.ndarray:
    """(sectors,) firms in memory that lost data in the quarter."""
    firms = economy.firms
    return np.bincount(firms.sector[firms.breached > 0], minlength=economy.sectors.rows)


def unexplained_use(economy: Economy) -> float:
    """Use of AI that cannot be explained in hazardous processes, mean over firms weighted by output."""
    firms, hazard = economy.firms, economy.structure.black_box
    produced = add_up(firms.output)
    weighted = float((np.maximum(firms.office_use, firms.process_use) * hazard[firms.sector]) @ firms.output)
    return weighted * (1.0 - economy.instruments.explanation) / produced if produced > 0 else NAN


def jobs_per_technical_searcher(economy: Economy) -> float:
    """Jobs offered in the occupations that build AI over the persons without a job whose last one was there."""
    occupations = economy.occupations
    rows = economy.structure.technical
    offered, searching = occupations.vacancies[rows].sum(), occupations.unemployment[rows].sum()
    return float(offered / searching) if economy.quarter and searching > 0 else NAN
