"""A page on paper: an installed Chromium, Chrome or Edge prints it into a PDF, with a profile of its own and no network."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from careerkit.errors import CareerkitError

NAMED = "CAREERKIT_BROWSER"
SECONDS = 120
CHROME = "chromium chromium-browser google-chrome google-chrome-stable chrome"
EDGE = "microsoft-edge microsoft-edge-stable msedge"
IN_PATH = tuple(f"{CHROME} {EDGE}".split())
ON_MACOS = tuple(f"{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium", "Microsoft Edge"))
ON_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
# Nothing is shown, asked or kept, ...
ALONE = "headless disable-gpu no-first-run no-default-browser-check disable-extensions disable-default-apps disable-breakpad no-pings"
# ... nobody is called, ...
OFFLINE = "disable-sync disable-background-networking disable-component-update disable-domain-reliability"
# ... and the page's own clock runs ahead until its charts stand still.
PAPER = "no-pdf-header-footer generate-pdf-document-outline virtual-time-budget=20000 disable-dev-shm-usage"
OPTIONS = [*(f"--{name}" for name in f"{ALONE} {OFFLINE} {PAPER}".split()), "--host-resolver-rules=MAP * ~NOTFOUND"]
INSTEAD = "Or open review.html and print it there; every browser can print into a PDF."


def browser() -> str:
    """Return the program of an installed browser.

    Raises
    ------
    CareerkitError
        When there is none, or when the one named in ``$CAREERKIT_BROWSER`` is not there.
    """
    if named := os.environ.get(NAMED):
        if found := shutil.which(str(Path(named).expanduser())):
            return found
        raise CareerkitError(f"${NAMED} names {named}, and there is no such program. Name a Chromium, Chrome or Edge. {INSTEAD}")
    for found in (*map(shutil.which, IN_PATH), *_usual_places()):
        if found:
            return found
    raise CareerkitError(f"A PDF needs Chromium, Chrome or Edge, and none was found. Install one, or name it in ${NAMED}. {INSTEAD}")


def _usual_places() -> Iterator[str]:
    if sys.platform == "darwin":
        places = [folder / name for folder in (Path("/Applications"), Path.home() / "Applications") for name in ON_MACOS]
    else:
        folders = filter(None, map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")))
        places = [Path(folder) / name for folder in folders for name in ON_WINDOWS]
    yield from (str(place) for place in places if place.is_file())


def to_pdf(page: Path, paper: Path, program: str, seconds: float = SECONDS) -> None:
    """Print a page into a PDF.

    Raises
    ------
    CareerkitError
        When the browser fails, or takes too long.
    """
    # A browser that is installed as a snap sees no other folder than the page's own.
    with tempfile.TemporaryDirectory(dir=page.parent, prefix="profile-", ignore_cleanup_errors=True) as profile:
        message = _run([program, *OPTIONS, *_as_root(), f"--user-data-dir={profile}", f"--print-to-pdf={paper}", page.as_uri()], seconds)
    if not paper.is_file() or b"%%EOF" not in paper.read_bytes()[-64:]:
        why = f" It said: {message.splitlines()[-1]}" if message.strip() else ""
        raise CareerkitError(f"{Path(program).name} could not print the review.{why} {INSTEAD}")


def _as_root() -> list[str]:
    # Chromium's sandbox refuses to run as root.
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _run(command: list[str], seconds: float) -> str:
    try:
        streams: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, text=True, errors="replace", start_new_session=os.name == "posix", **streams)
    except OSError as error:
        raise CareerkitError(f"{command[0]} could not be started: {error.strerror}. {INSTEAD}") from error
    try:
        return process.communicate(timeout=seconds)[1]
    except subprocess.TimeoutExpired:
        raise CareerkitError(
            f"{Path(command[0]).name} took more than {seconds:.0f} seconds to print. Try again when the computer is less busy. {INSTEAD}"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End a browser that still runs, with the processes that it began."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True)
    process.wait()
