"""Options that several commands share."""

from __future__ import annotations

import click

WORKBOOK = click.option("--workbook", "folder", type=click.Path(file_okay=False), help="The workbook's folder, if you are not in it.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
PRACTICE = click.option("--practice", type=click.Path(file_okay=False), metavar="DIR", help="A coach's practice folder.")
CLIENT = click.option("--client", default="", metavar="NAME", help="With --practice: the client's name, or the id of the workbook.")
