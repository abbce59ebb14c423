"""What the tests of a practice begin with: a coach alone, and a coach who has met one client."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice_round import LENA, Round


@pytest.fixture
def round(tmp_path: Path) -> Round:
    """A coach who has no clients yet."""
    return Round(tmp_path)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Round:
    made = Round(tmp_path_factory.mktemp("first"))
    made.joined(LENA)
    return made


@pytest.fixture
def met(first: Round, tmp_path: Path) -> Round:
    """A coach and a client who got a starter and has shared once."""
    return first.copied(tmp_path / "round")
