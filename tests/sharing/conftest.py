"""What the tests of sharing begin with."""

from __future__ import annotations

import pytest

from careerkit.sharing import keys


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the public key of whoever sends."""
    return keys.own_or_new(tmp_path_factory.mktemp("keys")).public
