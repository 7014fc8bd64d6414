"""The report as PDF: tagged, so that a reader who hears it finds its headings, and made only when asked for."""

import re
import zlib

import pytest

pytestmark = pytest.mark.command


def test_the_report_is_printed_as_a_tagged_pdf(command_in, tmp_path):
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as missing:
        pytest.skip(f"WeasyPrint or Pango is not there: {missing}")
    words = ["compare", "baseline", "no_ai", "--workers", "2000", "--seeds", "2", "--until", "2025", "--pdf"]
    done = command_in(tmp_path, *words, "--out", "here")
    assert done.returncode == 0, done.stderr
    content = (tmp_path / "here" / "report.pdf").read_bytes()
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    streams = (match.group(1) for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, flags=re.S))
    unpacked = b"".join(unpack(stream) for stream in streams)
    assert b"/MarkInfo" in content + unpacked and b"/StructTreeRoot" in content + unpacked


def unpack(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
