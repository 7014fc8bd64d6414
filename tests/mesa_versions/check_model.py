"""Run by test_mesa_versions.py in another interpreter: whole models on the Mesa installed there.

Needs all that abm depends on. Prints one JSON object: ``facts`` depend on no version of anything, ``bits`` are hashes
of all numbers of a run and depend on Python, numpy, numba and the machine, never on Mesa; ``values`` are the recorded
outcomes of each quarter, for comparisons that cannot ask for the same bits.
"""

import gc
import hashlib
import inspect
import json
import pickle
import weakref

import mesa
import numpy as np

from abm import Model
from abm.mesa_agents.agents import Bank, Firm, Government, Worker
from abm.state import FIRM_COLUMNS, WORKER_COLUMNS, Status

SEED = 3
SMALL, QUARTERS = 2_000, 6
LARGE, LARGE_QUARTERS = 60_000, 2  # large enough for kernels with threads


def grown(workers, quarters, threads=1):
    """A model after some quarters."""
    model = Model(workers=workers, rng=SEED, threads=threads)
    run(model, quarters)
    return model


def run(model, quarters):
    """Some more quarters."""
    for _ in range(quarters):
        model.step()


def bits(model):
    """Hash of all that was recorded and of every column of workers and firms."""
    seen = hashlib.sha256(np.ascontiguousarray(model.recorder.values).tobytes())
    for table in sorted(model.recorder.groups):
        seen.update(np.ascontiguousarray(model.recorder.groups[table]).tobytes())
    for table, columns in ((model.state.workers, WORKER_COLUMNS), (model.state.firms, FIRM_COLUMNS)):
        for column in columns:
            seen.update(getattr(table, column.name).tobytes())
    return seen.hexdigest()


def pickled_halfway():
    """A model that was pickled in the middle of its run, and the one it was pickled from."""
    model = grown(SMALL, QUARTERS // 2)
    copied = pickle.loads(pickle.dumps(model))
    run(copied, QUARTERS - QUARTERS // 2)
    return model, copied


def is_freed():
    """Whether a model goes when nobody holds it."""
    model = grown(SMALL, 1)
    gone = weakref.ref(model)
    del model
    gc.collect()
    return gone() is None


def facts_of_agents(model):
    """What the sets of agents say, held against the arrays."""
    workers, firms = model.agents_by_type[Worker], model.agents_by_type[Firm]
    table = model.state.workers
    employed = workers.select(status=int(Status.EMPLOYED))
    assert len(employed) == (table.status == Status.EMPLOYED).sum() > 0
    assert len(model.agents.select(agent_type=Worker, status=int(Status.EMPLOYED))) == len(employed)
    assert workers.agg("wage", max) == employed.agg("wage", max) == table.wage.max()
    assert np.isclose(workers.agg("deposits", sum), table.deposits.sum())
    assert firms.agg("headcount", sum) == len(employed) == sum(len(firm.staff) for firm in firms)
    assert len(model.agents) == sum(map(len, model.agents_by_type.values()))
    assert all(worker.employer.headcount > 0 for worker in employed[:10])
    assert {int(sector): len(group) for sector, group in firms.groupby("sector")} == dict(
        zip(*(found.tolist() for found in np.unique(model.state.firms.sector, return_counts=True)))
    )
    return {
        "types": sorted(kind.__name__ for kind in model.agent_types),
        "agents": {kind.__name__: len(found) for kind, found in model.agents_by_type.items()},
        "first ids": [int(found.get("unique_id")[0]) for found in model.agents_by_type.values()],
        "next id": mesa.Agent(model).unique_id,
    }


def facts_of_collector(model):
    """The frame of Mesa's collector, held against the record."""
    frame = model.datacollector.get_model_vars_dataframe()
    assert np.array_equal(frame.to_numpy(dtype=float), model.recorder.values, equal_nan=True)
    assert tuple(frame.columns) == model.recorder.names
    return {"quarters collected": len(frame), "outcomes": list(frame.columns)}


def facts_of_batch(model):
    """Mesa's own batches of runs; newer versions want the seeds apart from the parameters."""
    parameters, seeds = {"workers": SMALL, "rng": [SEED, SEED + 1]}, {}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        seeds = {"rng": parameters.pop("rng")}
    rows = mesa.batch_run(
        Model, parameters, max_steps=QUARTERS, data_collection_period=-1, display_progress=False, **seeds
    )
    last = [[row[name] for name in model.recorder.names] for row in rows]
    assert np.array_equal(last[0], model.recorder.values[-1], equal_nan=True)
    assert not np.array_equal(last[0], last[1], equal_nan=True)
    return {"runs in a batch": len(rows), "last step of a batch": [int(row["Step"]) for row in rows]}


def main():
    """Print facts, bits and values."""
    model = grown(SMALL, QUARTERS)
    values = model.recorder.values.tolist()
    found = {"small": bits(model)}
    original, copied = pickled_halfway()
    assert bits(copied) == found["small"], "a pickled model went another way"
    run(original, QUARTERS - QUARTERS // 2)
    assert bits(original) == found["small"], "pickling changed a model"
    facts = {
        "quarter": model.quarter,
        **facts_of_collector(model),
        **facts_of_batch(model),
        **facts_of_agents(model),
        "agents of the pickled model": {kind.__name__: len(held) for kind, held in copied.agents_by_type.items()},
        "next id of the pickled model": mesa.Agent(copied).unique_id,
        "freed": is_freed(),
    }
    assert {Worker, Firm, Government, Bank} <= set(copied.agents_by_type)
    assert facts["next id"] == facts["next id of the pickled model"] == 3
    assert facts["freed"], "a dropped model stays in memory"
    found["large"] = bits(grown(LARGE, LARGE_QUARTERS))
    assert bits(grown(LARGE, LARGE_QUARTERS, threads=2)) == found["large"], "threads changed the numbers"
    print(json.dumps({"facts": facts, "bits": found, "values": values}))


if __name__ == "__main__":
    main()
