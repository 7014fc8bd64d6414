"""The figures of the gallery, kept small: 256 colours are enough for lines on a plain ground."""

from __future__ import annotations

from quoted.commands import ROOT, Run

__all__ = ["FIGURES", "GALLERY", "keep_figures"]

GALLERY = ROOT / "docs" / "figures" / "gallery"

# Command -> figures that it writes and the gallery shows.
FIGURES = {
    "headline": ("changes", "growth", "adoption", "winners_deciles", "winners_occupations", "emissions"),
    "responses": ("response_overview",),
    "nowcast": ("nowcast",),
    "backtest_2012": ("backtest",),
    "evidence": ("evidence",),
    "countries": ("countries",),
    "evidence_usa": ("survey",),
    "nowcast_usa": ("nowcast",),
    "backtest_usa_2017": ("backtest",),
}


def keep_figures(name: str, run: Run) -> None:
    """Copy what the gallery shows of a command. FileNotFoundError where the command drew no such figure."""
    from PIL import Image

    economy = "_usa" if "_usa" in name else ""
    for figure in FIGURES.get(name, ()):
        GALLERY.mkdir(parents=True, exist_ok=True)
        with Image.open(run.folder / f"{figure}.png") as drawn:
            drawn.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
                GALLERY / f"{figure}{economy}.png", optimize=True
            )
    if name == "headline":
        (ROOT / "docs" / "figures" / "headline.png").write_bytes((run.folder / "headline.png").read_bytes())
