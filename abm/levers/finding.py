"""Where levers are found: every file of this folder by itself, and files from outside the package when asked for.

A file from outside is read once, and what was read is known by its SHA-256: a scenario that uses it carries both, so
that another process reads the same lever or says that the file has changed.
"""

from __future__ import annotations

import ast
import copyreg
import hashlib
import os
import pkgutil
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from abm.arguments import check_place
from abm.errors import UserError, nearest, refusal, shown
from abm.levers.checking import checked_lever, lever_of
from abm.levers.declaration import Lever, LeverFile

__all__ = [
    "files_of", "found_again", "lever_named", "load_lever", "load_levers", "require_files", "shipped_levers"
]  # fmt: skip

# Modules of this folder that are no levers.
MACHINERY = frozenset({"abroad", "checking", "declaration", "finding", "instruments", "settings", "time_paths"})
LARGEST_FILE = 1_000_000  # bytes

_external: dict[str, Lever] = {}


@cache
def shipped_levers() -> Mapping[str, Lever]:
    """Every lever of the package, by name in alphabetical order."""
    package = import_module("abm.levers")
    names = [module.name for module in pkgutil.iter_modules(package.__path__) if module.name not in MACHINERY]
    return {name: lever_of(vars(import_module(f"abm.levers.{name}")), name, f"abm/levers/{name}.py") for name in names}


def load_levers() -> dict[str, Lever]:
    """Every lever by name: those of the package, then those loaded from files."""
    return {**shipped_levers(), **_external}


def lever_named(name: Any) -> Lever:
    """The lever of that name. Raises UserError with the nearest name where there is none."""
    known = load_levers()
    if not isinstance(name, str) or name not in known:
        raise UserError(refusal("unknown lever {name}{nearest}", name=shown(name), nearest=nearest(name, known)))
    return known[name]


def load_lever(path: str | os.PathLike[str]) -> Lever:
    """Read a lever from a Python file outside the package, and make it known under the file's name.

    From then on ``levers.NAME`` is a key of scenarios in this process, and a scenario that uses it takes the file with
    it into others. A file loaded again replaces what was read before; another file of the same name is refused. Raises
    UserError in one line that names the file.
    """
    check_place("path", path, "the path of the lever's Python file")
    return _made_known(_read(Path(path), os.fspath(path)), os.fspath(path))


def files_of(names: Iterable[str]) -> dict[str, str]:
    """{path: SHA-256} of the files from which the levers of these names were read."""
    known = (_external[name].file for name in names if name in _external)
    return {file.path: file.sha256 for file in known if file is not None}


def require_files(files: Mapping[str, str]) -> None:
    """Make the levers in {path: SHA-256} known, read again where another version is. An empty SHA-256 takes any.

    Raises UserError where a file is missing or has changed.
    """
    for path, sha256 in files.items():
        known = _external.get(Path(path).stem)
        if known is None or known.file != LeverFile(path, sha256):
            lever = _read(Path(path), path)
            _made_known(_unchanged(lever, LeverFile(path, sha256)) if sha256 else lever, path)


def found_again(name: str, file: LeverFile | None) -> Lever:
    """The lever behind a name and its file, for unpickling."""
    if file is None:
        return shipped_levers()[name]
    known = _external.get(name)
    return known if known is not None and known.file == file else _unchanged(_read(Path(file.path), file.path), file)


# A lever is pickled by its name and file: another process reads again what a file declares.
copyreg.pickle(Lever, lambda lever: (found_again, (lever.name, lever.file)))


def _made_known(lever: Lever, label: str) -> Lever:
    """Remember it by its name, which stands for one file as long as that file is there."""
    before = _external[lever.name].file if lever.name in _external else None
    other = before and lever.file and before.path != lever.file.path and before.sha256 != lever.file.sha256
    if before and other and Path(before.path).exists():
        text = f"the lever '{lever.name}' has been read from {before.path} already"
        raise UserError(f"{label}: {text}; give one of the files another name")
    _external[lever.name] = lever
    return lever


def _unchanged(lever: Lever, wanted: LeverFile) -> Lever:
    if lever.file is None or lever.file.sha256 != wanted.sha256:
        raise UserError(
            f"{wanted.path}: the file has changed since the scenario was loaded; load it again, or restore the file "
            f"with the SHA-256 {wanted.sha256}"
        )
    return lever


def _read(path: Path, label: str) -> Lever:
    """The lever in a file from outside the package."""
    if path.suffix != ".py":
        raise UserError(f"{label or shown(label)}: a lever is a Python file; give a path that ends in .py")
    name = path.stem
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UserError(f"{label}: the file's name becomes the lever's; use small letters, digits and underscores")
    if name in shipped_levers() or name in MACHINERY:
        raise UserError(f"{label}: the package has a lever '{name}' already; give the file another name")
    content = _content(path, label)
    sha256 = hashlib.sha256(content).hexdigest()
    lever = lever_of(_executed(content, path, label, f"xinzhi_lever_{name}_{sha256[:16]}"), name, label, content)
    return checked_lever(lever, LeverFile(str(path.resolve()), sha256), label, content)


def _content(path: Path, label: str) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"{label}: is a folder; give the Python file of the lever")
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{label}: larger than {LARGEST_FILE:,} bytes, so it is no lever")
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{label}: there is no such file; give the path of the lever's Python file") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{label}: cannot be read ({getattr(error, 'strerror', None) or error})") from None


def _executed(content: bytes, path: Path, label: str, module_name: str) -> dict[str, object]:
    """What the file defines. The module is kept by a name of its own, so that its classes can be pickled."""
    try:
        code = compile(ast.parse(content, str(path)), str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise UserError(f"{label}, line {error.lineno or 1}: not valid Python ({error.msg}); correct it") from None
    except ValueError as error:
        raise UserError(f"{label}: not valid Python ({error}); save the file as text in UTF-8") from None
    module = ModuleType(module_name)
    module.__file__ = str(path)
    sys.modules[module_name] = module
    try:
        exec(code, vars(module))  # the user asks for the file to be run, as by importing it
    except (Exception, SystemExit) as error:
        del sys.modules[module_name]
        line = next(
            (f.lineno for f in reversed(traceback.extract_tb(error.__traceback__)) if f.filename == str(path)), 1
        )
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise UserError(f"{label}, line {line}: the file cannot be run ({reason}); correct it") from None
    return vars(module)
