"""What the server and its processes hold, at the start, over many moves, and after everything else."""

from page.measures.asking import memory, question, say, timed

SMALL = {"workers": 2_000, "seeds": 2, "until": 2030}
MOVES_BEFORE, MANY = 200, 1_000  # memory is compared after so many
LIMITS = {"server": "150, within 5 %", "process": "300, within 5 %"}


def flat(one):
    """Memory of the server and of its processes over many small moves."""
    seen = []
    for move in range(1, MANY + 1):
        timed(one, {**question("flat", 100 + move / 2), **SMALL})
        if move in (MOVES_BEFORE, MANY):
            seen.append((memory(one.process.pid), max(memory(child) for child in one.children)))
    for what, before, after in zip(("server", "process"), *seen, strict=True):
        say(f"memory of the {what}, {MOVES_BEFORE} and {MANY} moves, MB", f"{before:.0f}, {after:.0f}", LIMITS[what])


def held(one, when):
    say(f"memory of the server {when}, MB", f"{memory(one.process.pid):.0f}", "150")
