"""``python -m careerkit`` is the command line."""

from careerkit.cli.main import main

main(prog_name="careerkit")
