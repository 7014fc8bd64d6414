"""The server running until an interrupt: uvicorn on a socket that listens already."""

from __future__ import annotations

import socket
import threading
import webbrowser

import uvicorn

from xinzhi.app.opening import FirstLook

__all__ = ["serve"]

SECONDS_TO_END = 1  # for streams that are open when an interrupt comes


def serve(app: FirstLook, listening: socket.socket, address: str) -> None:
    """Serve until Ctrl-C or TERM; with an address, open it in the browser. Raises what keeps it from being loaded."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=SECONDS_TO_END, lifespan="on",
        server_header=False, date_header=False, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    if address:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    Ending(config, app).run(sockets=[listening])
    if app.fault is not None:
        raise app.fault


class Ending(uvicorn.Server):
    """A server that closes its streams as soon as it is asked to end, since it waits for them."""

    def __init__(self, config: uvicorn.Config, app: FirstLook):
        super().__init__(config)
        self.opening = app
        app.failed = self.stop

    def stop(self) -> None:
        """End as soon as may be."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the streams, then everything else."""
        self.opening.close_streams()
        await super().shutdown(sockets)
