"""The xinzhi command, also ``python -m abm``: errors become one line and an exit code."""

from __future__ import annotations

import gc
import itertools
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any, cast

from abm.errors import AccountingError, NoteWarning, RenamedKeyWarning, UserError
from abm.files import release_locks
from abm.interrupts import KEPT, deaf, listening
from abm.streams import patient_streams

__all__ = ["main", "program"]

BAD_INPUT, ACCOUNTS_DO_NOT_CLOSE, INTERRUPTED = 2, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 2 bad input, 130 interrupted, 1 the accounts do not close."""
    KEPT.clear()
    try:
        with listening():
            return _main(arguments)
    except KeyboardInterrupt:
        return _say(f"interrupted; {KEPT.in_words()}", INTERRUPTED)
    finally:
        release_locks()


def _main(arguments: Sequence[str] | None) -> int:
    try:
        _check_surroundings(sys.argv[1:] if arguments is None else arguments)
    except UserError as error:
        return _say(str(error), BAD_INPUT)
    import typer

    from abm.commands import app

    # Every error that typer raises for a wrong option, whichever copy of click it stands on.
    usage_error = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[2])
    _show_notes()
    try:
        code = app(args=None if arguments is None else list(arguments), prog_name="xinzhi", standalone_mode=False)
    except UserError as error:
        return _say(str(error), BAD_INPUT)
    except AccountingError as error:
        return _say(f"the accounts do not close: {error}", ACCOUNTS_DO_NOT_CLOSE)
    except usage_error as error:
        return _say(f"{error.format_message().rstrip('.')} (see `xinzhi --help`)", BAD_INPUT)
    except MemoryError:
        return _say("not enough memory; take fewer --workers", BAD_INPUT)
    except OSError as error:  # what no command expected, such as an output on a full disk
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}cannot read or write ({error.strerror or error})", BAD_INPUT)
    except SystemExit as ended:  # some versions of typer end this way on Ctrl-C, others raise
        code = ended.code
    except typer.Abort:
        code = INTERRUPTED
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _show_notes() -> None:
    """What is to be known is reported in one line each, not as a warning about a line of code."""
    usual = warnings.showwarning

    def shown(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, (NoteWarning, RenamedKeyWarning)):
            print(f"xinzhi: note: {message}", file=sys.stderr)
        else:
            usual(message, category, *place, **more)

    warnings.showwarning = shown


def _say(message: str, code: int) -> int:
    print("xinzhi: " + " ".join(message.split()), file=sys.stderr)
    return code


def _check_surroundings(arguments: Sequence[str]) -> None:
    """Find out now what would end the command late: a name that cannot be written, threads that numba refuses."""
    for word in arguments:
        try:
            word.encode("utf-8")
        except UnicodeEncodeError:
            readable = word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            raise UserError(f"'{readable}': the name is not UTF-8, so no result could name it; rename it") from None
    for word, following in itertools.zip_longest(arguments, arguments[1:], fillvalue="."):
        name, equals, value = word.partition("=")
        if name == "--out" and not (value if equals else following).strip():
            raise UserError("--out is empty; give a folder, --out . for the current one")
    threads = os.environ.get("NUMBA_NUM_THREADS")
    if threads is not None and not (threads.strip().isdecimal() and int(threads) > 0):
        raise UserError(f"NUMBA_NUM_THREADS={threads}: should be a whole number above 0; unset it or set it to 1")


def program() -> None:
    """The program: ends with the code of ``main``."""
    patient_streams()
    os.environ["MPLBACKEND"] = "Agg"  # figures go to files, whatever shows them in the shell or notebook around us
    with listening():
        code = main()
        deaf()  # for good
    if code == INTERRUPTED:
        # What is finished is written; to wait for processes stopped in the middle of something may take for ever.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    try:
        sys.stdout.flush()
    except OSError as error:  # a full disk; what is left of the text would be tried once more
        os._exit(code or _say(f"cannot write the output ({error.strerror})", BAD_INPUT))
    gc.freeze()  # else python looks for garbage in all that was imported before it ends, for a third of a second
    sys.exit(code)


if __name__ == "__main__":
    program()
