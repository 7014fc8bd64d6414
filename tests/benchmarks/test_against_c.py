"""Three of the most expensive kernels beside the same loops in C: what numba costs. Printed, never a gate on speed."""

import copy
import ctypes
import importlib
import inspect
import re
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.benchmarks

SOURCE = Path(__file__).with_name("kernels.c")
# What compilers assume about traps and errno, unlike numba, would keep them from doing several rows at once.
OPTIONS = ("-O3", "-march=native", "-fno-trapping-math", "-fno-math-errno", "-shared", "-fPIC")
WORKERS, QUARTERS, ROUNDS = 110_000, 6, 60
TARGET = 1.3
# The phase that calls the kernel, and the sizes that C is told first.
KERNELS = {
    "plan_spending": ("abm.phases.spending", lambda given: [given["status"].size]),
    "settle_households": ("abm.phases.settlement", lambda given: [given["deposits"].size]),
    "pay_wages": ("abm.phases.wages", lambda given: [given["employer"].size, given["staff_sums"].shape[1]]),
}
TYPES = {
    "double": np.float64, "float": np.float32, "int64_t": np.int64, "int32_t": np.int32, "uint16_t": np.uint16,
    "uint8_t": np.uint8,
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """kernels.c, compiled for this machine."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler is found, so there is nothing to compare with")
    target = tmp_path_factory.mktemp("c") / "kernels.so"
    subprocess.run([compiler, *OPTIONS, SOURCE, "-o", target], check=True)
    return ctypes.CDLL(str(target))


@pytest.fixture(scope="module")
def calls():
    """{kernel: (kernel, its arguments by name)} of the last quarter of an economy, one thread."""
    from abm import Model

    caught = {}

    class Spy:
        def __init__(self, kernel):
            self.kernel = kernel

        def __getitem__(self, threads):
            return self

        def __call__(self, *arguments):
            given = inspect.signature(self.kernel.py_func).bind(*arguments).arguments
            caught[self.kernel.__name__] = (self.kernel.serial, copy.deepcopy(dict(given)))
            return self.kernel.serial(*arguments)

    model = Model(WORKERS, rng=1)
    for _ in range(QUARTERS - 1):
        model.step()
    with pytest.MonkeyPatch.context() as patch:
        for name, (module, _) in KERNELS.items():
            patch.setattr(f"{module}.{name}", Spy(getattr(importlib.import_module(module), name)))
        model.step()
    return caught


def parameters_in_c(name):
    """[(type, is an array, name), ...] of the function in kernels.c."""
    (listed,) = re.findall(rf"^void {name}\((.*?)\) {{", SOURCE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [re.fullmatch(r"(\w+) (\*restrict )?(\w+)", " ".join(part.split())).groups() for part in listed.split(",")]


def as_c(function, sizes, given, parameters):
    """A call of the C function with these arguments, which must be those that kernels.c declares."""
    parameters = parameters[len(sizes) :]
    assert [name for _, _, name in parameters] == list(given), "kernels.c is not the kernel any more"
    passed = [ctypes.c_int64(size) for size in sizes]
    for (kind, array, name), value in zip(parameters, given.values()):
        if array:
            assert value.dtype == TYPES[kind] and value.flags.c_contiguous, name
            passed.append(ctypes.c_void_p(value.ctypes.data))
        else:
            passed.append(ctypes.c_double(value) if kind == "double" else ctypes.c_int64(value))
    function.restype = None
    return lambda: function(*passed)


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_and_its_copy_in_c(name, library, calls):
    kernel, given = calls[name]
    mine, theirs = copy.deepcopy(given), copy.deepcopy(given)
    in_c = as_c(getattr(library, name), KERNELS[name][1](given), theirs, parameters_in_c(name))
    in_c()
    kernel(*mine.values())
    for parameter, value in mine.items():
        if isinstance(value, np.ndarray):
            np.testing.assert_allclose(theirs[parameter], value, rtol=1e-6 if value.dtype == np.float32 else 1e-12)
    pairs = [(seconds(lambda: kernel(*mine.values())), seconds(in_c)) for _ in range(ROUNDS)]
    ours, plain = (min(times) for times in zip(*pairs))
    verdict = "reached" if ours <= TARGET * plain else f"MISSED by {ours / plain / TARGET - 1:.0%}"
    print(
        f"\n{name:20} {ours / WORKERS * 1e9:6.2f} ns a row, in C {plain / WORKERS * 1e9:6.2f}, "
        f"ratio {ours / plain:5.2f}      target {TARGET}: {verdict}",
        end="",
        flush=True,
    )
