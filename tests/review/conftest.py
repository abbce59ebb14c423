"""The example's workbook, which the tests of reviews look at and leave as it is."""

from __future__ import annotations

import pytest

from careerkit import Workbook


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Workbook:
    return Workbook.create(tmp_path_factory.mktemp("example") / "career", example=True)
