"""xinzhi sector: what a sector of an economy is, in words, numbers and one figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import EconomyName, Overwrite, folder_for


def sector(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Code of a sector; without it all are listed.")
    ] = None,
    economy: EconomyName = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/sector_CODE.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Describe a sector: size, jobs, inputs, buyers, AI, CO2.

    Prints what the sector is at the opening and writes every number with its source to sector.csv, and sector.png.
    """
    from abm.reference.sector_profile import profile_sector, profile_sectors
    from xinzhi.analysis.sector.text import list_text, sector_text

    if code is None:
        typer.echo(list_text(profile_sectors(economy)))
        return
    profile = profile_sector(code, economy)

    from abm.scenarios.economies import identity
    from xinzhi.analysis.figures.findings import write_findings
    from xinzhi.analysis.sector.figures import figures_table, sector_figure

    name = profile.sector.code
    question = {"command": "sector", "sector": name, "economy": identity(profile.economy.label)}
    folder = folder_for(out, f"sector_{name}", question, overwrite)
    write_findings(folder, {"sector": figures_table(profile)}, {"sector": sector_figure(profile)}, {})
    typer.echo(sector_text(profile))
    typer.echo(f"\nThe numbers and the figure are in {folder}")
