"""Runs notebooks with sliders without waiting for a reply that has arrived already.

What a slider's function prints goes back to the kernel on the same socket on which nbclient waits for the reply of the
cell. Such a send can use up the signal that the reply has come, and nbclient then waits until its timeout, minutes
later. Asking again each second finds the reply.
"""

from __future__ import annotations

import time
from queue import Empty

import nbclient

__all__ = ["Client"]

SLICE = 1.0  # seconds


class Client(nbclient.NotebookClient):
    """An nbclient.NotebookClient that asks for a reply again each second."""

    async def async_start_new_kernel_client(self):
        """The client of a new kernel, as nbclient has it."""
        client = await super().async_start_new_kernel_client()
        channel, whole = client.shell_channel, client.shell_channel.get_msg

        async def in_slices(timeout=None):
            deadline = None if timeout is None else time.monotonic() + timeout
            while True:
                left = SLICE if deadline is None else min(SLICE, deadline - time.monotonic())
                try:
                    return await whole(timeout=max(left, 0.0))
                except Empty:
                    if deadline is not None and time.monotonic() >= deadline:
                        raise

        channel.get_msg = in_slices
        return client
