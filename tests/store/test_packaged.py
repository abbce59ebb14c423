"""Where the notebooks and data that come with the package are found."""

from __future__ import annotations

import pytest

from careerkit.errors import CareerkitError
from careerkit.store import packaged


def test_in_a_checkout_they_lie_beside_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(packaged, "PACKAGE", tmp_path / "careerkit")
    (tmp_path / "notebooks").mkdir()
    assert packaged.path("notebooks") == tmp_path / "notebooks"


def test_in_an_installed_package_they_lie_within_it(tmp_path, monkeypatch):
    monkeypatch.setattr(packaged, "PACKAGE", tmp_path / "careerkit")
    (tmp_path / "data").mkdir()
    (tmp_path / "careerkit" / "shipped" / "data").mkdir(parents=True)
    assert packaged.path("data") == tmp_path / "careerkit" / "shipped" / "data"


def test_when_neither_place_has_them_a_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(packaged, "PACKAGE", tmp_path / "careerkit")
    with pytest.raises(CareerkitError, match=r"notebooks that come with careerkit .* Install careerkit again"):
        packaged.path("notebooks")


def test_this_checkout_has_both():
    assert packaged.path("notebooks").is_dir()
    assert packaged.path("data").is_dir()
