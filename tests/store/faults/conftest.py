"""What every fault test stands on."""

from __future__ import annotations

import os

import pytest

# Processes are copies of the test's, which Windows cannot make.
collect_ignore_glob = [] if hasattr(os, "fork") else ["*.py"]


@pytest.fixture(autouse=True)
def own_locks(tmp_path_factory, monkeypatch):
    """Keep the locks of thousands of folders out of the person's own state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))
