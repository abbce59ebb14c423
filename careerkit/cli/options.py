"""The options that several commands share, and the kinds of words that are typed in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class Names(click.ParamType):
    """Names separated by commas."""

    name = "names"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> tuple[str, ...]:
        """Return the names as a tuple."""
        return tuple(name.strip() for name in value.split(",") if name.strip())


class Columns(click.ParamType):
    """Columns of tables, such as goals.title, separated by commas."""

    name = "table.column,..."

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> dict[str, tuple[str, ...]]:
        """Return table to its columns."""
        columns: dict[str, tuple[str, ...]] = {}
        for word in Names().convert(value, param, context):
            table, _, name = word.partition(".")
            if not name:
                self.fail(f"{word!r} isn't TABLE.COLUMN, such as goals.title.", param, context)
            columns[table] = (*columns.get(table, ()), name)
        return columns


FILE = click.Path(dir_okay=False, path_type=Path)

WORKBOOK = click.option("--workbook", "folder", type=click.Path(file_okay=False), help="The workbook's folder, if you are not in it.")
PRACTICE = click.option("--practice", type=click.Path(file_okay=False), metavar="DIR", help="A coach's practice folder.")
CLIENT = click.option("--client", default="", metavar="NAME", help="With --practice: the client's name, or the id of their workbook.")
OWNER = click.option("--owner", default="", help="Your name, as reports show it.")
EXAMPLE = click.option("--example", is_flag=True, help="Fill it with an invented person's two years.")
NO_BROWSER = click.option("--no-browser", is_flag=True, help="Print the address; open no browser.")
PORT = click.option("--port", type=click.IntRange(1, 65535), help="Serve on this port.")
DATES = click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="How to read 03/04/2026 where the file doesn't make it clear."
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")


def formats(default: str) -> Any:
    """Return the option of the formats in which a review is made."""
    words = "Any of ipynb, html, pdf and md, separated by commas."
    return click.option("--to", "formats", type=Names(), default=default, show_default=True, help=words)
