"""The xinzhi command, also ``python -m abm``: errors become one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any, cast

from abm.errors import AccountingError, RenamedKeyWarning, UserError

__all__ = ["main", "program"]

BAD_INPUT, ACCOUNTS_DO_NOT_CLOSE, INTERRUPTED = 2, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 2 bad input, 130 interrupted, 1 the accounts do not close."""
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
    except SystemExit as ended:  # some versions of typer end this way on Ctrl-C, others raise
        code = ended.code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has had enough; python must not complain about it while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if code == INTERRUPTED:
        return _say("interrupted; what is finished is kept", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _show_notes() -> None:
    """A key that has a new name is reported in one line, not as a warning about a line of code."""
    usual = warnings.showwarning

    def shown(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, RenamedKeyWarning):
            print(f"xinzhi: note: {message}", file=sys.stderr)
        else:
            usual(message, category, *place, **more)

    warnings.showwarning = shown


def _say(message: str, code: int) -> int:
    print("xinzhi: " + " ".join(message.split()), file=sys.stderr)
    return code


def program() -> None:
    """The program: ends with the code of ``main``."""
    code = main()
    if code == INTERRUPTED:
        # What is finished is written; to wait for processes stopped in the middle of something may take for ever.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    gc.freeze()  # else python looks for garbage in all that was imported before it ends, for a third of a second
    sys.exit(code)


if __name__ == "__main__":
    program()
