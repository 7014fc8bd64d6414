"""A disk on which no file of use can be written: answers come, each fault is a line, nothing is lost."""

import pytest
from page.serving import page

pytestmark = pytest.mark.page
resource = pytest.importorskip("resource")

SIZE = {"workers": 2_000, "seeds": 4, "until": 2030}
MIX = {"settings": {"levers.carbon_price": 150}}
NEW = {**MIX, "title": "New", "question": "What does a price of carbon do where no disk has space?"}
QUESTION = {"page": "full", "scenarios": [{}, MIX], **SIZE}


def nearly_full():
    """For a process that is about to begin, and for all that it starts: no file holds more than locks need."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, resource.RLIM_INFINITY))


def free_space(one):
    for number in (one.process.pid, *one.children):
        resource.prlimit(number, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.fixture(scope="module")
def compiled(served):
    """The kernels are compiled, which needs a disk; the server of other tests has done it."""
    return served


def left_over(folder):
    return [path.name for path in folder.glob("xinzhi-*")]


def test_a_full_disk_is_a_line_and_nothing_is_lost(tmp_path, compiled, monkeypatch):
    library, store, temporary = (tmp_path / name for name in ("library", "store", "temporary"))
    for folder in (library, store, temporary):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))  # of the server
    (library / "mine.yaml").write_text("extends: baseline\ntitle: Mine\n", encoding="utf-8")
    with page(store, "--library", str(library), before=nearly_full) as one:
        events = one.all_of("/api/stream", QUESTION)
        assert [name for name, _ in events if name in ("fault", "done")] == ["done"]
        assert events[-1][1]["pairs"] == SIZE["seeds"], "the answer is whole"
        for form in ("csv", "brief"):
            refused = one.post("/api/report", {**QUESTION, "format": form})
            assert refused.status_code == 422, refused.text
            assert "cannot write the report" in refused.json()["message"]
            assert "free space there" in refused.json()["message"]
        saved = one.put("/api/library/mine", {"mix": NEW})
        assert saved.status_code == 422
        assert "cannot write the scenario" in saved.json()["message"]
        assert one.get("/api/library/mine").json()["title"] == "Mine", "the older file is kept"
        assert [path.name for path in library.iterdir()] == ["mine.yaml"]
        assert not left_over(temporary)
        free_space(one)
        assert one.put("/api/library/mine", {"mix": NEW}).status_code == 200
        report = one.post("/api/report", {**QUESTION, "format": "csv"})
        assert report.status_code == 200
        assert report.text.startswith("scenario")
        assert one.all_of("/api/stream", QUESTION)[-1][1]["from_store"] == 2 * SIZE["seeds"], "memory has the seeds"
        one.process.terminate()
        said = one.process.communicate()[1].splitlines()
    assert said == [line for line in said if "finished seeds cannot be kept there" in line], said
    assert len(said) == 1
