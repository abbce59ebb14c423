"""Where the notebooks and data that come with the package are found."""

from __future__ import annotations

import pytest

from careerkit import shipped
from careerkit.errors import CareerkitError


def test_in_a_checkout_they_lie_beside_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "careerkit")
    (tmp_path / "notebooks").mkdir()
    assert shipped.path("notebooks") == tmp_path / "notebooks"


def test_in_an_installed_package_they_lie_within_it(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "careerkit")
    (tmp_path / "data").mkdir()
    (tmp_path / "careerkit" / "shipped" / "data").mkdir(parents=True)
    assert shipped.path("data") == tmp_path / "careerkit" / "shipped" / "data"


def test_when_neither_place_has_them_a_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "careerkit")
    with pytest.raises(CareerkitError, match=r"notebooks that come with careerkit .* Install careerkit again"):
        shipped.path("notebooks")


def test_this_checkout_has_both():
    assert shipped.path("notebooks").is_dir()
    assert shipped.path("data").is_dir()
