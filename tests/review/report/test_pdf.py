"""A page on paper: which browser prints it, and what is said when none can."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from careerkit import CareerkitError
from careerkit.review.report import pdf

pytestmark = pytest.mark.skipif(os.name != "posix", reason="stands in for a browser with a shell script")


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path) -> Path:
    """Let no browser of this machine be found."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/bin")
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA", pdf.NAMED):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pdf, "IN_PATH", ("careerkit-test-chromium",))
    return programs


def program(folder: Path, script: str, name: str = "careerkit-test-chromium") -> str:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


@pytest.fixture
def page(tmp_path) -> Path:
    (tmp_path / "review.html").write_text("<!doctype html><title>Review</title>")
    return tmp_path / "review.html"


def test_without_a_browser_it_is_said_what_to_install_and_what_to_do_instead():
    with pytest.raises(CareerkitError) as error:
        pdf.browser()
    assert str(error.value) == (
        "A PDF needs Chromium, Chrome or Edge, and none was found. Install one, or name it in $CAREERKIT_BROWSER. "
        "Or open review.html and print it there; every browser can print into a PDF."
    )


def test_a_browser_in_the_path_is_found(nowhere):
    installed = program(nowhere, "true")
    assert pdf.browser() == installed


def test_a_browser_in_its_usual_place_on_windows_is_found(monkeypatch, tmp_path):
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    place = tmp_path / "Microsoft/Edge/Application"
    place.mkdir(parents=True)
    (place / "msedge.exe").write_text("")
    assert pdf.browser() == str(place / "msedge.exe")


def test_the_browser_that_is_named_goes_before_all_others(nowhere, monkeypatch, tmp_path):
    program(nowhere, "true")
    monkeypatch.setenv(pdf.NAMED, program(tmp_path, "true", "mine"))
    assert pdf.browser() == str(tmp_path / "mine")


def test_a_named_browser_that_is_not_there_is_a_sentence(monkeypatch):
    monkeypatch.setenv(pdf.NAMED, "/nowhere/chromium")
    with pytest.raises(CareerkitError, match=r"\$CAREERKIT_BROWSER names /nowhere/chromium, and there is no such program\."):
        pdf.browser()


def test_a_browser_that_fails_is_told_with_its_last_words(nowhere, page):
    failing = program(nowhere, "echo first >&2; echo no room left >&2")
    with pytest.raises(CareerkitError, match=r"careerkit-test-chromium could not print the review\. It said: no room left Or open"):
        pdf.to_pdf(page, page.with_suffix(".pdf"), failing)


def test_half_a_pdf_is_no_pdf(nowhere, page):
    half = program(nowhere, 'for a in "$@"; do case $a in --print-to-pdf=*) echo %PDF-1.4 > "${a#*=}";; esac; done')
    with pytest.raises(CareerkitError, match="could not print the review"):
        pdf.to_pdf(page, page.with_suffix(".pdf"), half)


def test_a_browser_that_does_not_end_is_ended_with_all_that_it_began(nowhere, page, tmp_path):
    hanging = program(nowhere, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(CareerkitError, match=r"careerkit-test-chromium took more than 1 seconds to print\. .*Or open"):
        pdf.to_pdf(page, page.with_suffix(".pdf"), hanging, seconds=1)
    child = int((tmp_path / "child").read_text())
    assert _ended(child)


def _ended(process: int) -> bool:
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text().split()[2] if Path("/proc").is_dir() else os.kill(process, 0)
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_it_is_printed_with_a_profile_of_its_own_that_does_not_stay(nowhere, page):
    script = 'for a in "$@"; do case $a in --user-data-dir=*) touch "${a#*=}/used"; echo "${a#*=}" > profile;;'
    script += ' --print-to-pdf=*) printf "%%PDF-1.4 %%%%EOF" > "${a#*=}";; esac; done'
    noting = program(nowhere, script.replace("> profile", f"> {page.parent}/profile"))
    pdf.to_pdf(page, page.with_suffix(".pdf"), noting)
    profile = Path((page.parent / "profile").read_text().strip())
    assert profile.parent == page.parent and not profile.exists()


def test_the_browser_is_told_to_ask_the_network_for_nothing():
    assert {"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pings"} <= set(pdf.OPTIONS)
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in pdf.OPTIONS
