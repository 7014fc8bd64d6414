"""xinzhi app: the planner's page, served to a browser on this machine."""

from __future__ import annotations

import socket
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Annotated, Any

import typer

from abm.commands.options import NoEconomy, refuse_economy
from abm.errors import UserError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from xinzhi.app.opening import FirstLook

PORTS_TO_TRY = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERY = {"0.0.0.0": "192.0.2.1", "::": "2001:db8::1"}  # noqa: S104 - {all: one of nobody's, to see ours}


def app(
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port; the next free one if it is taken.")] = 8765,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    workers_limit: Annotated[
        int, typer.Option(min=2_000, help="Most simulated adults that a request may ask for.")
    ] = 50_000,
    processes: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes of the model; default: one for each core.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to serve; another than this machine's own needs --token.")
    ] = LOOPBACK[0],
    token: Annotated[
        str, typer.Option(help="A secret that the link holds and every request must have; `random` makes one.")
    ] = "",
    prepare: Annotated[
        bool, typer.Option("--prepare/--no-prepare", help="Run the shipped scenarios in idle time, once.")
    ] = True,
    library: Annotated[Path | None, typer.Option(help="Folder in which the page saves scenarios.")] = None,
    economy: NoEconomy = None,
) -> None:
    """Serve the page on which policies are moved and compared.

    Move a policy in the browser and see what changes, with its uncertainty, pair by pair.

    The page is served to this machine alone, unless --host and --token are given. Ctrl-C ends it.
    """
    refuse_economy(economy, "the economy is chosen on the page; leave it out")
    if any(find_spec(name) is None for name in ("fastapi", "uvicorn")):
        raise UserError("the page needs FastAPI and uvicorn; install them with pip install 'xinzhi[app]'")
    token = _checked_token(host, token)
    listening, note = _bound(host, port)
    number, reached = listening.getsockname()[1], _own_address(host) if host in EVERY else host
    name = f"[{reached}]" if ":" in reached else reached
    address = f"http://{name}:{number}/{f'#token={token}' if token else ''}"
    facilitator = token_urlsafe(16) if token else ""
    own = f"{address}&facilitator={facilitator}" if token else address
    if note:
        typer.echo(f"xinzhi: {note}", err=True)
    if token and host not in LOOPBACK:
        typer.echo(f"xinzhi: not encrypted; whoever reaches {host} and has the link can use it", err=True)
    if token:
        typer.echo(f"xinzhi: only this link, which is yours, opens rounds of deliberation: {own}", err=True)
    typer.echo(f"Xinzhi is at {address} (Ctrl-C ends it)")

    from xinzhi.app.running import serve

    with suppress(KeyboardInterrupt):  # which is how a page is closed
        made = _made(workers_limit, processes, library, (token, facilitator), _names_of(host), prepare)
        serve(made, listening, own if open_ else "")


def _made(
    workers_limit: int,
    processes: int | None,
    library: Path | None,
    secrets: tuple[str, str],
    names: tuple[str, ...],
    prepare: bool,
) -> FirstLook:
    """The server; ``secrets`` are that of everybody and that of the facilitator."""
    from loky import cpu_count

    from abm.memory import processes_that_fit
    from xinzhi.app.opening import FirstLook

    wanted, (token, facilitator) = processes_that_fit(workers_limit, processes or cpu_count()), secrets

    def rest() -> FastAPI:
        from xinzhi.app.asking import Limits
        from xinzhi.app.scheduler import Scheduler
        from xinzhi.app.server import Service, create_app

        return create_app(
            Service(Scheduler(wanted), Limits(workers_limit), library), token, names, prepare, facilitator
        )

    return FirstLook(rest, token, names)


def _names_of(host: str) -> tuple[str, ...]:
    """The names by which others may ask for the page, beside those of this machine alone."""
    from xinzhi.app.guard import ANY_ADDRESS

    if host in LOOPBACK:
        return ()
    named = f"[{host}]" if ":" in host else host
    return (ANY_ADDRESS, socket.gethostname(), f"{socket.gethostname()}.local") if host in EVERY else (named,)


def _own_address(every: str) -> str:
    """The address by which others reach this machine, where it serves all that it has. Nothing is sent."""
    with socket.socket(socket.AF_INET6 if ":" in every else socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((EVERY[every], 9))
            return str(asking.getsockname()[0])
        except OSError:  # in no net
            return socket.gethostname()


def _checked_token(host: str, token: str) -> str:
    if token == "random":  # noqa: S105 - the word that asks for one
        return token_urlsafe(24)
    if host not in LOOPBACK and not token:
        raise UserError(f"--host {host}: others could reach the page, so give a secret too: --token random")
    if token and (len(token) < 16 or not token.isascii() or not token.replace("-", "").replace("_", "").isalnum()):
        raise UserError("--token: give at least 16 letters, digits, - or _, or `random`")
    return token


def _bound(host: str, port: int) -> tuple[socket.socket, str]:
    """A socket that listens, and a note where the port was taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    problem: Any = None
    for number in range(port, min(port + PORTS_TO_TRY, 65_536)) if port else (0,):
        # The protocol is named, since only then asyncio sends each part of an answer at once; else it waits 40 ms.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen(128)
        except (OSError, UnicodeError) as error:
            listening.close()
            problem = error
            continue
        return listening, "" if number in (port, 0) or not port else f"port {port} is taken; the page is at {number}"
    raise UserError(f"--host {host} --port {port}: cannot be served ({getattr(problem, 'strerror', '') or problem})")
