"""Where the runs of a sweep are made: the processes of this machine or a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from abm.compiling.first_use import compile_kernels
from abm.experiments.running.processes import Lost, outcomes_of
from abm.memory import processes_that_fit
from abm.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from typing import TypeAlias

    from abm.experiments.running.cluster import Cluster

    Engine: TypeAlias = "Local | Cluster"

__all__ = ["Local", "engine_for"]

WORKERS_WHEN_COMPILING, QUARTERS_WHEN_COMPILING = 2_000, 2

Task = TypeVar("Task")
Found = TypeVar("Found")


def engine_for(workers: int, cluster: str | None, processes: int | None) -> Engine:
    """A context with the function ``outcomes(function, tasks)`` that runs tasks somewhere."""
    if cluster is not None:
        from abm.experiments.running.cluster import Cluster

        return Cluster(cluster)
    return Local(workers, processes)


class Local:
    """The processes of this machine."""

    def __init__(self, workers: int, processes: int | None):
        from loky import cpu_count

        self.processes = processes_that_fit(workers, processes or cpu_count())

    def __enter__(self) -> Local:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def prepare(self, scenario: Scenario, report: Callable[[int, int], None]) -> None:
        """Compile every kernel once, so that each process finds it."""
        from abm.model import Model

        compile_kernels(report)
        model = Model(workers=WORKERS_WHEN_COMPILING, rng=1, policy=scenario)
        for _ in range(QUARTERS_WHEN_COMPILING):
            model.step()

    def suspects(self, lost: Sequence[Task]) -> Sequence[Task]:
        """Which of the lost tasks may have killed their process: the first of them; the others may not have begun."""
        return lost[: self.processes]

    def outcomes(self, function: Callable[[Task], Found], tasks: Sequence[Task]) -> Iterator[Found | Lost[Task]]:
        """Outcomes as they finish, Lost for a task whose process died; after many deaths, for all that are left."""
        return outcomes_of(function, tasks, self.processes)
