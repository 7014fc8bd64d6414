"""``make numbers``: run the commands whose results are quoted, store what they gave, renew the texts that quote it.

``ONLY="headline nowcast"`` runs these alone; ``KEPT=1`` reads what was run before instead of running again.
"""

from __future__ import annotations

import sys

from quoted.commands import COMMANDS, earlier, run
from quoted.figures import keep_figures
from quoted.own_parameters import renew_own_parameters
from quoted.pages import PAGES, write_page
from quoted.stored import missing, read, renew_documents, write
from quoted.values import VALUES


def main(arguments: list[str]) -> int:
    """Renew the numbers of the commands named, or of all. Returns 1 where a sentence has to be written by hand."""
    kept = "--kept" in arguments
    names = [one for one in arguments if one != "--kept"] or list(COMMANDS)
    if unknown := set(names) - set(COMMANDS):
        print(f"make numbers: no such command: {', '.join(sorted(unknown))}; there are {', '.join(COMMANDS)}")
        return 2
    runs, old = {}, read()
    values = {name: dict(one) for name, one in old.items()}
    for number, name in enumerate(names, 1):
        print(f"{number} of {len(names)}: {COMMANDS[name].line}", flush=True)
        runs[name] = earlier(name) if kept else run(name)
        if name in VALUES:
            values[name] = VALUES[name](runs[name])
        keep_figures(name, runs[name])
    for page in PAGES:
        write_page(page, runs)
    renew_own_parameters()
    write(values)
    lost = sorted({*renew_documents(old, values), *missing(values)})
    for one in lost:
        print(f"not found; write it by hand, or change docs/quoted/quotes.py: {one}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
