"""The two trees: the old commit in a temporary folder, and the working tree as it is."""

from __future__ import annotations

import io
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OldCommitError", "Tree", "unpacked", "working_tree"]


class OldCommitError(Exception):
    """The old version cannot be had; the text says why, in one line."""


@dataclass(frozen=True)
class Tree:
    """A version on disk: its folder, its name in a sentence, what git says about it.

    ``compiled`` is where its compiled kernels are kept, None for the usual place.
    """

    folder: Path
    name: str
    about: str
    compiled: Path | None = None


def unpacked(root: Path, commit: str, folder: Path) -> Tree:
    """The files of a commit, unpacked into a folder. Raises OldCommitError.

    ``git archive`` rather than ``git worktree``: it leaves no note in the repository, not even if it is killed. The
    compiled kernels stay beside the files: numba keeps them by the place of their source, nobody else could use them.
    """
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    if found.returncode:
        raise OldCommitError(f"OLD={commit}: git knows no such commit; give a hash, a branch or a tag of `git log`")
    number = found.stdout.decode().strip()
    archive = _git(root, "archive", "--format=tar", number)
    if archive.returncode:
        reason = " ".join(archive.stderr.decode(errors="replace").split())
        raise OldCommitError(f"OLD={commit}: git cannot unpack it ({reason})")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return Tree(folder, number[:9], _subject(root, number), folder / "compiled")


def working_tree(root: Path) -> Tree:
    """The working tree, whose changes that are not committed are counted."""
    changed = _git(root, "status", "--porcelain").stdout.decode().splitlines()
    name = _git(root, "rev-parse", "--short=9", "HEAD").stdout.decode().strip() or "working tree"
    note = f", with {len(changed)} files changed or new since" if changed else ""
    return Tree(root, f"{name}+" if changed else name, _subject(root, "HEAD") + note)


def _subject(root: Path, commit: str) -> str:
    return _git(root, "log", "-1", "--format=%cs, %s", commit).stdout.decode(errors="replace").strip()


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise OldCommitError("git is not installed, which is to give the old version; install it") from None
