"""What every fault test stands on."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_locks(tmp_path_factory, monkeypatch):
    """Keep the locks of thousands of folders out of the person's own state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))
