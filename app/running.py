"""The server running until an interrupt: uvicorn on a socket that listens already."""

from __future__ import annotations

import socket
import threading
import webbrowser

import uvicorn
from fastapi import FastAPI

from xinzhi.app.streams import Streams

__all__ = ["serve"]

SECONDS_TO_END = 1  # for streams that are open when an interrupt comes


def serve(app: FastAPI, listening: socket.socket, address: str) -> None:
    """Serve until Ctrl-C or TERM; with an address, open it in the browser."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=SECONDS_TO_END, lifespan="on",
        server_header=False, date_header=False, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    if address:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    Ending(config, app.state.service.streams).run(sockets=[listening])


class Ending(uvicorn.Server):
    """A server that closes its streams as soon as it is asked to end, since it waits for them."""

    def __init__(self, config: uvicorn.Config, streams: Streams):
        super().__init__(config)
        self.streams = streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the streams, then everything else."""
        self.streams.closing.set()
        await super().shutdown(sockets)
