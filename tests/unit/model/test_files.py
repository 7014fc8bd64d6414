"""Files appear whole or not at all, and a folder that cannot be written is one line."""

from __future__ import annotations

import pytest

from abm import UserError, whole_file, writing

pytestmark = pytest.mark.unit


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "table.csv"
    with whole_file(path) as part:
        part.write_text("a,b\n")
        assert not path.exists() and part.parent == tmp_path
    assert path.read_text() == "a,b\n" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_failure_keeps_the_older_file_and_leaves_nothing_else(error, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("older\n")
    with pytest.raises(error), whole_file(path) as part:
        part.write_text("half")
        raise error
    assert path.read_text() == "older\n" and list(tmp_path.iterdir()) == [path]


def test_a_block_that_writes_nothing_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "nothing"):
        pass


def test_a_folder_that_is_missing_or_a_file_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    for folder, error in (("missing", FileNotFoundError), ("file", NotADirectoryError)):
        with pytest.raises(error), whole_file(tmp_path / folder / "table.csv") as part:
            part.write_text("a")


def test_an_error_of_the_disk_is_one_line_with_folder_and_remedy(tmp_path):
    with pytest.raises(UserError) as told, writing(tmp_path, "the table", "free space"):
        (tmp_path / "missing" / "file").write_text("")
    assert str(told.value) == f"{tmp_path}: cannot write the table (No such file or directory); free space"
    with pytest.raises(ValueError), writing(tmp_path, "the table", "free space"):
        raise ValueError
