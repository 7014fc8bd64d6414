"""Finished seeds of the page: the last ones in memory, all others in the store that abm.run keeps."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable

from abm.experiments.ensembles.recording import Recording
from abm.experiments.ensembles.seed_store import open_store

__all__ = ["LARGEST_MEMORY", "Seeds"]

LARGEST_MEMORY = 32_000_000  # bytes, some 90 seeds to 2050; the store gives the others in a millisecond each
LARGEST_WITHOUT_STORE = 256_000_000
BYTES_BESIDE_VALUES = 4_000


class Seeds:
    """Recordings by their key in the store, those used last in memory. All but ``find`` is done at once."""

    def __init__(self, limit: int | None = None):
        usual = LARGEST_WITHOUT_STORE if open_store() is None else LARGEST_MEMORY
        self.limit, self.size = usual if limit is None else limit, 0
        self._kept: OrderedDict[str, Recording] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, key: str, recording: Recording) -> None:
        """Keep a seed in memory, and forget those used longest ago."""
        if key in self._kept:
            return
        self._kept[key] = recording
        self.size += _size(recording)
        while self.size > self.limit:
            _, forgotten = self._kept.popitem(last=False)
            self.size -= _size(forgotten)

    async def find(self, keys: Iterable[str]) -> dict[str, Recording]:
        """Those of the seeds that are finished; the store is read in a thread, the loop goes on."""
        wanted = dict.fromkeys(keys)
        found = {key: self._kept[key] for key in wanted if key in self._kept}
        for key in found:
            self._kept.move_to_end(key)
        missing = [key for key in wanted if key not in found]
        if missing:
            read = await asyncio.to_thread(_read, missing)
            for key, recording in read.items():
                self.keep(key, recording)
            found |= read
        return found


def _read(keys: list[str]) -> dict[str, Recording]:
    store = open_store()
    if store is None:
        return {}
    read = {key: store.read(key) for key in keys}
    return {key: recording for key, recording in read.items() if recording is not None}


def _size(recording: Recording) -> int:
    arrays = [recording.values, *recording.groups.values()]
    return sum(int(array.nbytes) for array in arrays) + BYTES_BESIDE_VALUES
