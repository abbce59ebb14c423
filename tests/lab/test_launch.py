"""Starting JupyterLab on a workbook: alone on this machine, apart from the user's own Jupyter, ended cleanly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest
import zmq

from careerkit.errors import CareerkitError
from careerkit.lab import launch
from careerkit.store import layout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workbook")
    (made / "notebooks").mkdir()
    (made / "workbook.toml").touch()
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (made / launch.START).write_text(json.dumps(empty), "utf-8")
    return made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@contextmanager
def taken_in_the_last_moment() -> Iterator[list[int]]:
    """Let a kernel's socket take the first port between the look and the start, and say which."""
    free, ports = launch._free_port, []
    with zmq.Context() as context, context.socket(zmq.ROUTER) as thief, pytest.MonkeyPatch.context() as patch:

        def free_but_not_for_long(wanted: int | None) -> int:
            port = free(wanted)
            if not ports:
                thief.bind(f"tcp://127.0.0.1:{port}")
                ports.append(port)
            return port

        patch.setattr(launch, "_free_port", free_but_not_for_long)
        yield ports


@pytest.fixture(scope="module")
def started(folder: Path, home: Path) -> Iterator[tuple[launch.Server, int]]:
    """Provide a server, for a user whose home is empty, and the port that another program took from it."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch, taken_in_the_last_moment() as ports:
            for name in ("HOME", "USERPROFILE"):
                patch.setenv(name, str(home))
            server = stack.enter_context(launch.lab_server(folder, folder / layout.LAB))
        yield server, ports[0]


@pytest.fixture(scope="module")
def running(started: tuple[launch.Server, int]) -> launch.Server:
    return started[0]


def status(address: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return int(opener.open(address, timeout=10).status)
    except urllib.error.HTTPError as refused:
        return refused.code


def asked(home: Path, code: str, **environment: str) -> str:
    """Return what Python prints in the environment that a workbook's Jupyter gets."""
    done = subprocess.run([sys.executable, "-c", code], env=launch.isolated(home) | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_only_who_has_the_token_gets_in(running: launch.Server) -> None:
    assert status(f"{running.origin}/api/contents?token={running.token}") == 200
    assert status(f"{running.origin}/api/contents") == 403


def test_the_token_is_in_neither_the_arguments_nor_the_log(running: launch.Server) -> None:
    assert running.token not in str(running.process.args)
    assert running.token not in running.log.read_text("utf-8")
    assert running.address.endswith(f"/doc/tree/{launch.START}?token={running.token}")


def test_the_server_listens_on_this_machine_alone(running: launch.Server) -> None:
    assert running.origin.startswith("http://127.0.0.1:")
    options = json.loads((running.log.parent / "config" / "jupyter_server_config.json").read_text("utf-8"))
    assert options["ServerApp"]["ip"] == "127.0.0.1"


def test_the_log_goes_to_the_workbook(running: launch.Server, folder: Path) -> None:
    assert running.log == folder / layout.LAB / "log.txt"
    assert "is running at" in running.log.read_text("utf-8")


def test_a_kernel_of_the_same_name_elsewhere_does_not_win(folder: Path, tmp_path: Path) -> None:
    home = launch.prepare(folder / layout.LAB)
    other = tmp_path / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(json.dumps({"argv": ["other"], "display_name": "other", "language": "python"}))
    find = "from jupyter_client.kernelspec import get_kernel_spec as find; print(find('python3').argv[0])"
    assert asked(home, find, JUPYTER_DATA_DIR=str(tmp_path)) == sys.executable


def test_the_private_settings_come_first(folder: Path) -> None:
    home = launch.prepare(folder / layout.LAB)
    first = "from jupyter_core.paths import jupyter_config_path as paths; print(paths()[0])"
    for preferred in ("0", "1"):
        assert asked(home, first, JUPYTER_PREFER_ENV_PATH=preferred) == str(home / "config")


def test_what_a_kernel_says_is_sealed_for_the_other_users_of_this_machine(running: launch.Server, home: Path) -> None:
    started = urllib.request.Request(f"{running.origin}/api/kernels", data=b"{}", headers={"Authorization": f"token {running.token}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(started, timeout=60) as answer:
        kernel = json.load(answer)["id"]
    written = next(home.rglob(f"kernel-{kernel}.json"))
    assert json.loads(written.read_text("utf-8"))["curve_publickey"]


def test_the_users_own_settings_stay_as_they_are(running: launch.Server, home: Path) -> None:
    assert status(f"{running.origin}/lab/api/settings?token={running.token}") == 200
    assert not (home / ".jupyter").exists()


def test_extensions_of_others_are_left_out(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labextension = tmp_path / "labextensions" / "@chatty" / "assistant"
    labextension.mkdir(parents=True)
    (labextension / "package.json").write_text("{}")
    declared = tmp_path / "config" / "jupyter_server_config.d"
    declared.mkdir(parents=True)
    (declared / "chatty.json").write_text('{"ServerApp": {"jpserver_extensions": {"chatty": true}}}')
    (declared / "broken.json").write_text("{")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "config"))
    config = launch.prepare(folder / layout.LAB) / "config"
    page = json.loads((config / "labconfig" / "page_config.json").read_text("utf-8"))
    server = json.loads((config / "jupyter_server_config.json").read_text("utf-8"))
    assert page["disabledExtensions"]["@chatty/assistant"] is True
    assert "anywidget" not in page["disabledExtensions"]
    assert server["ServerApp"]["jpserver_extensions"]["chatty"] is False
    assert server["ServerApp"]["jpserver_extensions"]["jupyterlab"] is True


def test_a_taken_port_is_told_in_a_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CareerkitError, match=f"Port {port} cannot be used.*Choose another, or leave --port out"):
            launch.lab(folder, folder / layout.LAB, port=port, browser=False)


def test_a_port_that_is_taken_in_the_last_moment_is_left_for_another(started: tuple[launch.Server, int]) -> None:
    server, taken = started
    assert server.origin != f"http://127.0.0.1:{taken}"
    assert status(f"{server.origin}/api/contents?token={server.token}") == 200


def test_the_app_view_leaves_a_port_that_is_taken_in_the_last_moment_for_another(folder: Path) -> None:
    with taken_in_the_last_moment() as ports, launch.app_server(folder, folder / layout.LAB) as server:
        assert server.origin != f"http://127.0.0.1:{ports[0]}"
        assert status(f"{server.origin}/voila/api/contents?token={server.token}") == 200


def test_a_wanted_port_that_is_taken_in_the_last_moment_is_told_in_a_sentence(folder: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with taken_in_the_last_moment() as ports, pytest.raises(CareerkitError, match=f"Port {port} cannot be used"):
        launch.lab(folder, folder / layout.LAB, port=port, browser=False)
    assert ports == [port]


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_cannot_be_is_told_in_a_sentence(folder: Path, port: int) -> None:
    with pytest.raises(CareerkitError, match=f"Port {port} cannot be used"):
        launch.lab(folder, folder / layout.LAB, port=port, browser=False)


def test_a_notebook_that_is_not_there_is_told_in_a_sentence(folder: Path) -> None:
    with pytest.raises(CareerkitError, match=r"has no notebooks/09_luck\.ipynb"):
        launch.lab(folder, folder / layout.LAB, notebook="notebooks/09_luck.ipynb", browser=False)


@pytest.mark.parametrize("named", ["../secrets.ipynb", "/etc/x.ipynb"])
def test_a_notebook_outside_the_workbook_is_refused(folder: Path, named: str) -> None:
    (folder.parent / "secrets.ipynb").touch()
    with pytest.raises(CareerkitError, match="has no"):
        launch.lab(folder, folder / layout.LAB, notebook=named, browser=False)


def test_what_is_not_installed_is_told_in_a_sentence() -> None:
    with pytest.raises(CareerkitError, match=r'The app view is not installed. Run: .* -m pip install "careerkit\[app\]"'):
        launch._require("voila_that_is_not_there", "The app view", "careerkit[app]")


def test_a_server_that_cannot_start_points_to_its_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", str(folder))
    with pytest.raises(CareerkitError, match=r"JupyterLab stopped before it was ready. Its log is .*log\.txt"):
        launch.lab(folder, folder / layout.LAB, browser=False)


@pytest.mark.skipif(os.name != "posix", reason="no signal can be sent to a single process on Windows")
def test_a_closed_terminal_ends_the_server(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from careerkit.lab.launch import lab; "
    code += "sys.exit(lab(Path(sys.argv[1]), Path(sys.argv[2]), browser=False))"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(folder / layout.LAB)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = line.removeprefix("Your workbook is at ").split(" ")[0]
        assert status(address) == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert_closed(address)


def assert_closed(address: str) -> None:
    with pytest.raises(OSError, match="refused"):
        status(address)


@pytest.mark.skipif(os.name != "posix", reason="a browser cannot be named by a script on Windows")
@pytest.mark.parametrize("view", ["lab", "app"])
def test_the_browser_is_given_a_private_file_and_not_the_token_and_ctrl_c_ends_the_server(folder: Path, tmp_path: Path, view: str) -> None:
    script, seen = tmp_path / "browser", tmp_path / "seen"
    script.write_text(f'#!/bin/sh\nf="${{1#file://}}"\n(echo "$1"; ls -l "$f"; cat "$f") > {seen}\n')
    script.chmod(0o755)
    code = "import sys; from pathlib import Path; from careerkit.lab import launch; "
    code += f"sys.exit(launch.{view}(Path(sys.argv[1]), Path(sys.argv[2])))"
    environment = os.environ | {"BROWSER": f"{script} %s"}
    command = [sys.executable, "-c", code, str(folder), str(folder / layout.LAB)]
    # Where tests run in the background, Ctrl-C is not passed on to what they start.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, preexec_fn=heard) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Your workbook is open in your browser. Press Ctrl-C here to close it.\n"
        argument, listed, page = seen.read_text().splitlines()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    opened = folder / layout.LAB / "open.html"
    assert argument == opened.as_uri()
    assert listed.startswith("-rw-------")
    (address,) = re.findall(r'url=([^"]+)"', page)
    assert "00_start_here.ipynb?token=" in address
    assert_closed(address)
    assert not opened.exists()
