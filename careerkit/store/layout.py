"""Where everything lies that careerkit keeps beside the tables: below ``.careerkit``, and in ``reports``."""

from __future__ import annotations

from pathlib import Path

OWN = ".careerkit"

# The files of a review, by name in the folder of its period and reader.
REVIEW = "review"
FIGURES, FIRST = "figures.json", "figures_first.json"
INDEX = "index.html"
FORMATS = ("html", "pdf", "ipynb", "md")

# Below the folder of a workbook or a practice, as sentences name them.
JOURNAL = f"{OWN}/journal.sqlite3"
BACKUPS = f"{OWN}/backups"
SET_ASIDE = f"{OWN}/set_aside"
SET_ASIDE_NOTEBOOKS = f"{SET_ASIDE}/notebooks"
ERROR_LOG = f"{OWN}/errors.log"
LAB = f"{OWN}/lab"
SHARING = f"{OWN}/sharing"
SYNC_STATE = f"{SHARING}/bases"
PROPOSALS = f"{SHARING}/proposals.json"
COACH_KEY = f"{SHARING}/coach.json"
CLIENT_KEY = f"{SHARING}/client.json"
SECRET = f"{SHARING}/secret"
PAIRING = f"{SHARING}/pairing"
SHARED = f"{SHARING}/shared.json"
STARTERS = f"{OWN}/starters"
CLIENT_REVIEW = f"{OWN}/client_review.ipynb"


def reports(folder: Path) -> Path:
    """Return the folder of a workbook's reviews."""
    return folder / "reports"
