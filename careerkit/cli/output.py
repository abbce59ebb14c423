"""What commands print: lines for a person, or JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd


def print_json(value: Any) -> None:
    """Print plain values as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_lines(lines: Iterable[object], empty: str = "") -> None:
    """Print one thing a line, or the sentence for none."""
    click.echo("\n".join(map(str, lines)) or empty)


def print_result(result: Any, as_json: bool) -> None:
    """Print what a command did: its summary, or its plain values."""
    print_json(result.plain()) if as_json else print_lines(result.summary())


def print_outcome(dry_run: bool) -> None:
    """Say whether anything was changed, and how to take it back."""
    click.echo("Nothing was changed: this was a dry run." if dry_run else "Done. careerkit undo takes it back.")


def objects(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as a list of objects, days as ISO texts and missing values as None."""
    iso = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in frame.select_dtypes("datetime")})
    return iso.astype(object).where(iso.notna(), None).to_dict("records")
