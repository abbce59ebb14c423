"""What several tests of the store begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from careerkit import Workbook


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return Workbook.create(tmp_path / "book")
