"""Run by test_mesa_versions.py in another interpreter: the agents over arrays on the Mesa installed there.

Needs mesa and numpy only. Prints one JSON object: what must not depend on the version of Mesa.
"""

import gc
import json
import pickle
import weakref
from types import SimpleNamespace

import mesa
import numpy as np

from abm.mesa_agents.agents import Bank, Firm, Government, Worker
from abm.mesa_agents.array_populations import ArrayPopulations
from abm.state import FIRM_COLUMNS, WORKER_COLUMNS


def table(columns, rows):
    """Zeros in every declared column."""
    return SimpleNamespace(rows=rows, **{column.name: np.zeros(rows, dtype=column.dtype) for column in columns})


class Economy(ArrayPopulations, mesa.Model):
    """Fifty workers, four firms, and nothing happening but a rise in wages."""

    def __init__(self):
        super().__init__(rng=3)
        self.quarter = 0
        workers, firms = table(WORKER_COLUMNS, 50), table(FIRM_COLUMNS, 4)
        workers.employer[:] = np.arange(50) % 5 - 1
        workers.wage[:] = np.sqrt(np.arange(50))
        self.state = SimpleNamespace(workers=workers, firms=firms, macro=SimpleNamespace(bonds=5.0))
        Government(self)
        Bank(self)
        self.register_population(Worker, workers)
        self.register_population(Firm, firms)

    def step(self):
        """One quarter."""
        self.quarter += 1
        self.state.workers.wage[:] *= 1.01


def collected(model):
    """Rows that a DataCollector notes for every worker."""
    collector = mesa.DataCollector(agenttype_reporters={Worker: {"wage": "wage"}})
    collector.collect(model)
    return collector.get_agenttype_vars_dataframe(Worker)["wage"].tolist()


def is_freed():
    """Whether a model goes when nobody holds it."""
    model = Economy()
    model.step()
    gone = weakref.ref(model)
    del model
    gc.collect()
    return gone() is None


def main():
    """Print the facts."""
    model = Economy()
    workers = model.agents_by_type[Worker]
    model.step()
    copied = pickle.loads(pickle.dumps(model))
    model.step()
    copied.step()
    facts = {
        "agents": {kind.__name__: len(found) for kind, found in model.agents_by_type.items()},
        "ids": [int(number) for number in model.agents.get("unique_id")],
        "wages": workers.get("wage").tolist(),
        "wages of the pickled model": copied.agents_by_type[Worker].get("wage").tolist(),
        "collected": collected(model),
        "best paid": [worker.row for worker in workers.sort("wage")[:5]],
        "shuffled": workers.shuffle().rows.tolist(),
        "staff": [len(firm.staff) for firm in model.agents_by_type[Firm]],
        "groups": {str(firm): group.agg("wage", max) for firm, group in workers.groupby("employer")},
        "chosen": len(model.agents.select(agent_type=Worker, employer=None)),
        "next id after pickling": Government(copied).unique_id,
        "freed": is_freed(),
    }
    assert facts["wages"] == facts["wages of the pickled model"] == facts["collected"]
    assert len(set(facts["ids"])) == len(facts["ids"]) == 56
    assert facts["next id after pickling"] == 3
    assert facts["freed"]
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
