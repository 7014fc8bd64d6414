"""Calls of kernels as they happen in a quarter, caught whatever their arguments are, to be repeated in plain Python."""

import copy
import importlib
import inspect
import math
import pkgutil
import types

import numpy as np
import pytest
from numba.core.registry import CPUDispatcher

from abm.compiling.tables import Record, Viewed, fields_of, record_dtype
from abm.kernels.consumption import HouseholdTotals, SpendingTerms
from abm.kernels.net_wages import WageTaxes
from abm.kernels.settlement import FirmTotals
from abm.kernels.statistics import Summary
from abm.state import Macro

SAMPLES = 60  # calls of a small helper that are kept

# Busy enough that every branch of the kernels is met: levers pulled, much separation, retraining, breaches.
LIVELY = {
    "assumptions.adoption.office_constant": 0.5,
    "assumptions.adoption.process_constant": 0.5,
    "assumptions.artificial_intelligence.breach_rate": 0.1,
    "assumptions.labour.separation_rate": 0.08,
    "levers.carbon_price": {2024: 300},
    "levers.retraining": {"stipend": {2024: 1.5}},
    "levers.data_market": {2024: 0.5},
    "levers.public_compute": {2024: 0.002},
    "levers.hiring_subsidy": {2024: 0.4},
}


class PlainMathematics(types.SimpleNamespace):
    """numpy with the mathematical functions of the C library, which compiled code calls; numpy has its own."""

    def __init__(self):
        super().__init__(exp=math.exp, log=_log, log1p=math.log1p, expm1=math.expm1)

    def __getattr__(self, name):
        return getattr(np, name)


def _log(value):
    return math.log(value) if value > 0 else np.log(value)


class Shown:
    """A record, or several, as a kernel is given them: an array of one type by its fields."""

    def __init__(self, records):
        self.records = records

    def compiled(self):
        rows = type(self.records[0]).rows(len(self.records))
        for place, record in enumerate(self.records):
            rows[place] = np.frombuffer(record, dtype=rows.dtype)[0]
        return rows


RECORDS = {record_dtype(kind): kind for kind in (Macro, FirmTotals, HouseholdTotals, SpendingTerms, Summary, WageTaxes)}


def shown(value):
    """What a kernel was given, as something that can be copied and that plain Python understands."""
    if hasattr(value, "owner"):
        return value.owner()
    if isinstance(value, np.ndarray) and value.dtype.names:
        kind = RECORDS[value.dtype]
        return Shown([kind.from_buffer_copy(value[place : place + 1]) for place in range(value.size)])
    return value


def is_kernel(value):
    return isinstance(value, CPUDispatcher) or type(value).__name__ == "ParallelKernel"


KERNEL_FOLDERS = ("abm.kernels", "abm.population.kernels", "abm.compiling")


def all_kernels():
    """{name: kernel} of every compiled function that the folders of kernels define."""
    found = {}
    for folder in KERNEL_FOLDERS:
        for module in pkgutil.iter_modules(importlib.import_module(folder).__path__):
            held = importlib.import_module(f"{folder}.{module.name}")
            for name, value in vars(held).items():
                if is_kernel(value) and value.py_func.__module__ == held.__name__:
                    found[f"{module.name}.{name}"] = value
    return found


def label(kernel):
    return f"{kernel.py_func.__module__.rpartition('.')[2]}.{kernel.py_func.__name__}"


class Caught:
    """Calls of kernels by label: copies of the arguments, as they were before the call."""

    def __init__(self):
        self.calls = {}

    def spy(self, kernel):
        name = label(kernel)

        def called(*arguments):
            self.calls.setdefault(name, []).append(copy.deepcopy(tuple(map(shown, arguments))))
            return kernel(*arguments)

        class Spy:
            py_func = kernel.py_func

            def __call__(self, *arguments):
                return called(*arguments)

            def __getitem__(self, threads):
                return called

        return Spy()


def calling_modules():
    """Modules outside the kernels that call kernels."""
    import abm

    for module in pkgutil.walk_packages(abm.__path__, "abm."):
        if module.name.startswith((*KERNEL_FOLDERS, "abm.commands", "abm.__main__", "abm.scenario_library")):
            continue
        held = importlib.import_module(module.name)
        if any(is_kernel(value) for value in vars(held).values()):
            yield held


@pytest.fixture(scope="session")
def caught():
    """Every call of a kernel while a lively economy is opened and in its seventh quarter."""
    from abm import Model
    from abm.population import draws

    kept = Caught()
    with pytest.MonkeyPatch.context() as patch:
        for module in list(calling_modules()):
            for name, value in list(vars(module).items()):
                if is_kernel(value):
                    patch.setattr(module, name, kept.spy(value))
        draws.order_of(np.append(np.geomspace(1.0, 1e-9, 120).repeat(2)[::-1], 1e3))  # many values in one place
        model = Model(2_000, rng=1, overrides=LIVELY)
        opening, kept.calls = kept.calls, {}
        for _ in range(7):
            kept.calls = {}
            model.step()
        for name, calls in opening.items():
            kept.calls.setdefault(name, []).extend(calls[:2])
    return kept.calls


@pytest.fixture(scope="session")
def named():
    """``named(kernel, arguments)``: {parameter: argument}, so that a test need not know their order."""

    def bind(kernel, arguments):
        return dict(inspect.signature(kernel.py_func).bind(*arguments).arguments)

    return bind


class Python:
    """Kernels as plain Python: helpers too are called as their originals, and some calls of them are kept."""

    def __init__(self, copies=True):
        self.twins = {}
        self.helper_calls = {}
        self.copies = copies

    def twin(self, kernel):
        name = label(kernel)
        if name not in self.twins:
            source = kernel.py_func
            world = dict(source.__globals__)
            self.twins[name] = types.FunctionType(source.__code__, world, name, source.__defaults__)
            world["np"], world["prange"] = PlainMathematics(), range
            for key, value in source.__globals__.items():
                if is_kernel(value):
                    world[key] = self.kept(value)
        return self.twins[name]

    def kept(self, kernel):
        calls = self.helper_calls.setdefault(label(kernel), [])

        def called(*arguments):
            if self.copies and len(calls) < SAMPLES:
                calls.append(tuple(map(_plain, copy.deepcopy(arguments))))
            return self.twin(kernel)(*arguments)

        return called


def _plain(value):
    """Scalars as compiled callers pass them; keys of random numbers stay uint64; lists of records as records."""
    if isinstance(value, list) and value and isinstance(value[0], Record):
        return Shown(value)
    if isinstance(value, np.floating):
        return float(value)
    return int(value) if isinstance(value, np.integer) and not isinstance(value, np.uint64) else value


def run(function, arguments, compiled=False):
    """What a function leaves in copies of its arguments, and what it returns."""
    arguments = copy.deepcopy(arguments)
    given = [_compiled(value) if compiled else _python(value) for value in arguments]
    with np.errstate(all="ignore"):  # products of hashes are meant to overflow
        result = function(*given)
    left = [array for value, sent in zip(arguments, given) for array in _left(value, sent)]
    results = result if isinstance(result, tuple) else (result,)
    return left + [_result(value) for value in results]


def _compiled(value):
    """Tables as views, records as rows of an array."""
    if isinstance(value, Viewed):
        return value.view
    if isinstance(value, Shown):
        return value.compiled()
    return Shown([value]).compiled()[0] if isinstance(value, Record) else value


def _python(value):
    return value.records if isinstance(value, Shown) else value


def _left(value, sent):
    """Arrays that hold what is left in an argument."""
    if isinstance(value, Viewed):
        return [array for name in fields_of(type(value)) if isinstance(array := getattr(value, name), np.ndarray)]
    if isinstance(value, Shown):
        return [np.array(sent if isinstance(sent, np.ndarray) else value.compiled()).view(np.float64)]
    return [value] if isinstance(value, np.ndarray) else []


def _result(value):
    whole = isinstance(value, (int, np.integer)) and value >= 0
    return np.asarray(math.nan if value is None else value, dtype=np.uint64 if whole else np.float64)


@pytest.fixture(scope="session")
def arrays_in():
    """Every array in the caught arguments of a call, those of tables and records included."""
    return lambda arguments: [array for value in arguments for array in _left(value, value)]


@pytest.fixture(scope="session")
def plain():
    """``plain(kernel)``: the kernel and its helpers as plain Python, for arguments that only hold what is read."""
    python = Python(copies=False)

    def twin(kernel):
        def called(*arguments):
            # Products of hashes are meant to overflow; the log of nothing is minus infinity.
            with np.errstate(over="ignore", divide="ignore"):
                return python.twin(getattr(kernel, "serial", kernel))(*arguments)

        return called

    return twin


@pytest.fixture(scope="session")
def drawn():
    """``drawn(stream, identity)``: the number in [0, 1) that kernels draw with seed 1 in quarter 9."""
    from abm.kernels.draws import STREAMS, stream_key, uniform

    def draw(stream, identity, kind=uniform, seed=1, quarter=9):
        return kind(np.uint64(stream_key(seed, quarter, STREAMS[stream])), identity)

    return draw


@pytest.fixture(scope="session")
def replayed(caught):
    """{kernel: [(what the compiled code left and returned, what plain Python did), ...]}."""
    kernels, python, found = all_kernels(), Python(), {}

    def replay(name, calls):
        kernel = kernels[name]
        found[name] = [
            (run(kernel, arguments, compiled=True), run(python.twin(kernel), arguments)) for arguments in calls
        ]

    for name, calls in caught.items():
        replay(name, calls[:2])
    while waiting := {name: calls for name, calls in python.helper_calls.items() if calls and name not in found}:
        for name, calls in waiting.items():
            replay(name, list(calls))
    return found


def pytest_generate_tests(metafunc):
    if "kernel_name" in metafunc.fixturenames:
        metafunc.parametrize("kernel_name", sorted(all_kernels()))
