"""JupyterLab and the app view on a workbook: on this machine alone, calm, and apart from the user's own Jupyter."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from careerkit.errors import CareerkitError

START = "notebooks/00_start_here.ipynb"
HOST = "127.0.0.1"
PACKAGED = Path(__file__).parent
# Extensions of others may draw on the page or ask the network, so only what the notebooks need is let in.
KEPT_ON_PAGE = {"careerkit", "@jupyter-widgets/jupyterlab-manager", "anywidget", "jupyterlab-plotly", "jupyterlab_pygments"}
KEPT_IN_SERVER = {"jupyterlab", "notebook_shim", "careerkit.lab.kernels"}
PATIENCE = 90.0  # seconds; a first start on a slow disk takes half a minute
FAREWELL = 15.0
STARTS = 3


@dataclass(frozen=True)
class Server:
    """A server that answers: its process, its address with the token, and where it logs."""

    name: str
    process: subprocess.Popen[bytes]
    origin: str
    page: str
    token: str
    log: Path

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"{self.origin}/{self.page}?token={self.token}"


def lab(folder: Path, home: Path, *, notebook: str | None = None, port: int | None = None, browser: bool = True) -> int:
    """Open JupyterLab on a workbook and stay until it is closed; returns 0.

    Parameters
    ----------
    folder : Path
        The workbook.
    home : Path
        Where the private Jupyter settings and the log go.
    notebook : str, optional
        The notebook to open, relative to the workbook; the start page when not given.
    port : int, optional
        A free one is taken when not given.
    browser : bool
        Without one, the address is printed.

    Raises
    ------
    CareerkitError
        JupyterLab is not installed, the port is taken, the notebook is not there, or the server did not start.
    """
    with lab_server(folder, home, notebook=notebook, port=port) as server:
        return _stay(server, browser)


def app(folder: Path, home: Path, *, notebook: str | None = None, port: int | None = None, browser: bool = True) -> int:
    """Open the app view (Voilà) on a workbook and stay until it is closed; parameters and errors as in `lab`."""
    with app_server(folder, home, notebook=notebook, port=port) as server:
        return _stay(server, browser)


def lab_server(folder: Path, home: Path, *, notebook: str | None = None, port: int | None = None) -> AbstractContextManager[Server]:
    """Run JupyterLab on a workbook for as long as the block lasts."""
    _require("jupyterlab", "JupyterLab", "jupyterlab")
    folder, notebook = _notebook_in(folder, notebook)
    # One document fills the page, and a link to another notebook takes its place, as on any site: no tabs, no files.
    page = f"doc/tree/{quote(notebook)}"
    options = [
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.open_browser=False",
        f"--LabApp.default_url=/{page}",
        f"--LabApp.extra_labextensions_path={PACKAGED / 'labextensions'}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return _serve("JupyterLab", "jupyterlab", options, "ServerApp", home, page, port)


def app_server(folder: Path, home: Path, *, notebook: str | None = None, port: int | None = None) -> AbstractContextManager[Server]:
    """Run the app view on a workbook for as long as the block lasts."""
    _require("voila", "The app view", "careerkit[app]")
    folder, notebook = _notebook_in(folder, notebook, "notebooks")
    page = f"voila/render/{quote(Path(notebook).relative_to('notebooks').as_posix())}"
    extension = f"--VoilaConfiguration.extra_labextensions_path={PACKAGED / 'appextensions'}"
    options = [str(folder / "notebooks"), "--Voila.open_browser=False", extension]
    return _serve("The app view", "voila", options, "Voila", home, page, port)


def _require(module: str, name: str, install: str) -> None:
    if find_spec(module) is None:
        raise CareerkitError(f'{name} is not installed. Run: {Path(sys.executable).name} -m pip install "{install}"')


def _notebook_in(folder: Path, notebook: str | None, within: str = ".") -> tuple[Path, str]:
    folder, notebook = Path(folder).resolve(), Path(notebook or START).as_posix()
    inside = (folder / notebook).resolve().is_relative_to(folder / within)
    if not inside or not (folder / notebook).is_file():
        raise CareerkitError(f"{folder} has no {notebook}. Choose a workbook that has it, or make one: careerkit new DIR")
    return folder, notebook


@contextmanager
def _serve(name: str, module: str, options: Sequence[str], configured: str, home: Path, page: str, port: int | None) -> Iterator[Server]:
    home = prepare(home)
    # -P: what lies in the current folder must not pass for a module.
    command = [sys.executable, "-P", "-m", module, f"--{configured}.ip={HOST}", *options]
    log = home / "log.txt"
    with _ended_by_signals(), log.open("wb") as output:

        def start(port: int) -> Server:
            # The token goes by environment, because every user of the machine may read the arguments of a process.
            token = secrets.token_urlsafe(32)
            process = subprocess.Popen(
                [*command, f"--{configured}.port={port}"],
                env=isolated(home) | {"JUPYTER_TOKEN": token},
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A session of its own keeps Ctrl-C from reaching the server, which would ask back on the terminal.
                start_new_session=True,
            )
            return Server(name, process, f"http://{HOST}:{port}", page, token, log)

        server = _started(start, port)
        try:
            yield server
        finally:
            _stop(server)


def _started(start: Callable[[int], Server], wanted: int | None) -> Server:
    """Return a server that answers; where another program takes its port in the moment before it starts, another is tried."""
    attempt = 0
    while True:
        attempt += 1
        port = _free_port(wanted)
        server = start(port)
        try:
            _wait_for_answer(server)
            return server
        except BaseException as error:
            _stop(server)
            if not isinstance(error, CareerkitError) or attempt == STARTS or _is_free(port):
                raise


def prepare(home: Path) -> Path:
    """Write the private Jupyter settings of a workbook into a folder, and return it.

    They are written anew at each start, so that an upgrade or a moved Python takes effect; where pages were left open is
    forgotten, so that each visit begins at the start page and starts one kernel only.
    """
    try:
        shutil.rmtree(home / "workspaces", ignore_errors=True)
        for part in ("config", "data"):
            shutil.copytree(PACKAGED / part, home / part, dirs_exist_ok=True)
        # The app view shows the page in the same style.
        pages = home / "data" / "voila" / "templates" / "careerkit" / "static"
        shutil.copytree(PACKAGED / "config" / "custom", pages, dirs_exist_ok=True)
        _switch_off_others(home / "config")
        _write_kernel(home / "data" / "kernels" / "python3" / "kernel.json")
    except OSError as error:
        raise CareerkitError(f"{home} cannot be written ({error.strerror}). Check that you may write in the workbook's folder.") from error
    return home


def isolated(home: Path) -> dict[str, str]:
    """Return the environment in which Jupyter reads the private settings first and writes to no others."""
    theirs = os.environ.get("JUPYTER_PATH")
    return os.environ | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        # Named again, because in a virtual environment its own settings would come before JUPYTER_CONFIG_DIR.
        "JUPYTER_CONFIG_PATH": str(home / "config"),
        "JUPYTER_PATH": os.pathsep.join(filter(None, [str(home / "data"), theirs])),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }


def _write_kernel(path: Path) -> None:
    from careerkit.lab import kernels

    # Notebooks ask for "python3"; this one comes first, so that they run in the Python that holds careerkit.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kernels.spec()), encoding="utf-8")


def _switch_off_others(config: Path) -> None:
    from jupyter_core.paths import jupyter_config_path, jupyter_path

    on_page = {name for folder in jupyter_path("labextensions") for name in _lab_extensions(Path(folder))}
    page = config / "labconfig" / "page_config.json"
    _merge(page, {"disabledExtensions": {name: True for name in sorted(on_page - KEPT_ON_PAGE)}})
    in_server = {name for folder in jupyter_config_path() for name in _server_extensions(Path(folder))}
    chosen = {name: name in KEPT_IN_SERVER for name in sorted(in_server | KEPT_IN_SERVER)}
    _merge(config / "jupyter_server_config.json", {"ServerApp": {"jpserver_extensions": chosen}})


def _lab_extensions(folder: Path) -> set[str]:
    found = [*folder.glob("[!@]*/package.json"), *folder.glob("@*/*/package.json")]
    return {path.parent.relative_to(folder).as_posix() for path in found}


def _server_extensions(folder: Path) -> set[str]:
    declared: set[str] = set()
    for path in [folder / "jupyter_server_config.json", *folder.glob("jupyter_server_config.d/*.json")]:
        try:
            declared |= set(json.loads(path.read_text("utf-8"))["ServerApp"]["jpserver_extensions"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # What Jupyter cannot read, it does not start.
    return declared


def _merge(path: Path, extra: dict[str, dict[str, object]]) -> None:
    settings = json.loads(path.read_text("utf-8"))
    for section, values in extra.items():
        settings[section] = settings.get(section, {}) | values
    path.write_text(json.dumps(settings, indent=2), encoding="utf-8")


def _free_port(wanted: int | None) -> int:
    with socket.socket() as probe:
        if os.name == "posix":
            # A port that was in use a moment ago is free; on Windows this option would allow a taken one.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted or 0))
        except (OSError, OverflowError) as error:
            raise CareerkitError(
                f"Port {wanted} cannot be used: something else listens there. Choose another, or leave --port out."
            ) from error
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    try:
        return _free_port(port) == port
    except CareerkitError:
        return False


def _ask(server: Server, path: str, method: str = "GET") -> None:
    request = urllib.request.Request(f"{server.origin}/{path}", method=method)
    request.add_header("Authorization", f"token {server.token}")
    # A proxy that the machine is set to use must not see requests to this machine.
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5):
        pass


def _wait_for_answer(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise CareerkitError(f"{server.name} stopped before it was ready. Its log is {server.log}")
        try:
            # A path that only the token opens: on a port that was taken, somebody else may answer.
            return _ask(server, "api/status" if server.name == "JupyterLab" else "voila/api/contents")
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise CareerkitError(f"{server.name} did not answer within {PATIENCE:.0f} seconds. Its log is {server.log}")


def _stay(server: Server, browser: bool) -> int:
    try:
        if browser and _open(server):
            print("Your workbook is open in your browser. Press Ctrl-C here to close it.", flush=True)
        else:
            print(f"Your workbook is at {server.address} (Ctrl-C here closes it)", flush=True)
        code = server.process.wait()
    except KeyboardInterrupt:
        return 0
    if code:
        raise CareerkitError(f"{server.name} stopped on its own. Its log is {server.log}")
    return 0


def _open(server: Server) -> bool:
    # By way of a file that only this user may read, so that the token does not show among the browser's arguments.
    # It lies beside the log, because a packaged browser may see neither the temporary nor the hidden folders of a home.
    path = server.log.with_name("open.html")
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f'<!doctype html><meta http-equiv="refresh" content="0; url={server.address}">', encoding="utf-8")
    try:
        return webbrowser.get().open(path.as_uri())
    except webbrowser.Error:
        return False


def _stop(server: Server) -> None:
    if server.process.poll() is None:
        try:
            # Asked in words, because on Windows no signal lets a server close its kernels.
            _ask(server, "api/shutdown", "POST")
        except (OSError, HTTPException):
            server.process.terminate()
    try:
        server.process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    server.log.with_name("open.html").unlink(missing_ok=True)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a closed terminal end the block as Ctrl-C does, so that no server is left behind."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    try:
        before = {kind: signal.signal(kind, end) for kind in kinds}
    except ValueError:  # Only the main thread may do so.
        before = {}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
