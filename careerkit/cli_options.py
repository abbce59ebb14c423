"""Options that several commands share."""

from __future__ import annotations

import click

WORKBOOK = click.option("--workbook", "folder", type=click.Path(file_okay=False), help="The workbook's folder, if you are not in it.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
