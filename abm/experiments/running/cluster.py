"""The same sweep on a Dask cluster: the tasks go to its workers, the parts are written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from abm.errors import UserError
from abm.experiments.running.processes import Lost

if TYPE_CHECKING:
    from dask.typing import Key
    from distributed import Future

    from abm.scenarios.scenario import Scenario

__all__ = ["Cluster"]

SECONDS_TO_CONNECT = 10
TASKS_A_THREAD = 2  # on their way at a time, so that no worker waits for the next


Task = TypeVar("Task")
Returned = TypeVar("Returned")


class Cluster:
    """A Dask scheduler at an address such as tcp://host:8786, with at least one worker that has this xinzhi."""

    def __init__(self, address: str):
        try:
            from dask.distributed import Client
        except ImportError:
            raise UserError("--dask needs dask; install it with pip install 'xinzhi[cluster]'") from None
        try:
            self.client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            problem = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise UserError(
                f"--dask {address}: no scheduler answers there ({problem}); start one with `dask scheduler`, nothing "
                "was begun"
            ) from None
        self.address = address

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *exception: object) -> None:
        self.client.close(timeout=2)

    def prepare(self, scenario: Scenario, report: Callable[[int, int], None]) -> None:
        """Check that the workers have the same xinzhi; each compiles its kernels in its first run."""
        import abm

        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise UserError(f"--dask {self.address}: the scheduler has no workers; start some with `dask worker`")
        for worker, version in self.client.run(_version, on_error="return").items():
            if version != abm.__version__:
                raise UserError(
                    f"--dask {self.address}: worker {worker} has xinzhi {version}, here it is {abm.__version__}; "
                    "install the same there"
                )

    def suspects(self, lost: Sequence[Task]) -> Sequence[Task]:
        """Which of the lost tasks may have killed their process: all, since Dask itself tried the others again."""
        return lost

    def outcomes(self, function: Callable[[Task], Returned], tasks: Sequence[Task]) -> Iterator[Returned | Lost[Task]]:
        """Outcomes as they finish; Lost for a task that died with several workers one after the other."""
        from dask.distributed import CancelledError, KilledWorker, as_completed

        waiting, threads = iter(tasks), sum(self.client.nthreads().values())
        sent: dict[Key, Task] = {}

        def send(task: Task) -> Future[Returned]:
            future = self.client.submit(function, task, pure=False)
            sent[future.key] = task
            return future

        first = [send(task) for task in islice(waiting, TASKS_A_THREAD * max(threads, 1))]
        finishing = as_completed(first, loop=self.client.loop)
        for future in finishing:
            task = sent.pop(future.key)
            try:
                yield future.result()
            except KilledWorker:
                yield Lost(task)
            except (OSError, CancelledError) as error:  # the connection is closed
                problem = str(error) or type(error).__name__
                raise UserError(
                    f"--dask {self.address}: the scheduler is gone ({problem}); what is finished is kept, run the same "
                    "command again"
                ) from None
            for task in islice(waiting, 1):
                finishing.add(send(task))


def _version() -> str:
    import abm

    return abm.__version__
