"""``python -m careerkit`` is the command line."""

from careerkit.cli import main

main(prog_name="careerkit")
