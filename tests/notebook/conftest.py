"""The workbooks that forms and pages are tried on: an empty one on a day in autumn, and the example."""

from __future__ import annotations

import pytest
from form_driver import TODAY

from careerkit import Workbook


@pytest.fixture
def book(tmp_path) -> Workbook:
    return Workbook.open(Workbook.create(tmp_path / "career", owner="Maya Lindt").folder, today=TODAY)


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Workbook:
    return Workbook.create(tmp_path_factory.mktemp("example") / "career", example=True)
