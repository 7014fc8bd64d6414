"""What all measures ask of a server, and how they print what they found."""

import time
from pathlib import Path

QUICK = {"workers": 10_000, "seeds": 8}


def say(what, value, wanted=""):
    print(f"{what:<66}{value:>16}   {wanted}", flush=True)


def mix(price):
    return {"settings": {"levers.carbon_price": price}}


def question(name, price, **more):
    return {"page": name, "scenarios": [{}, mix(price)], **QUICK, **more}


def timed(one, asked):
    """Seconds to the first pair and to the end."""
    began, first = time.perf_counter(), None
    with one.streamed("/api/stream", asked) as found:
        for name, _ in found:
            if name == "update" and first is None:
                first = time.perf_counter() - began
    return first, time.perf_counter() - began


def memory(number):
    """Megabytes of a process."""
    for line in Path(f"/proc/{number}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
