"""Kernels that start at once: forked from a process in which the libraries are loaded already.

Loading pandas, plotly and ipywidgets takes a kernel about four seconds; a fork of a process that has them takes a tenth.
Where there is no fork (Windows), kernels start as everywhere else.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import sys
import threading
import types
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

CAN_FORK = os.name == "posix"
PROVISIONER = "careerkit-forked"
PRELOADED = [
    "ipykernel.kernelapp",
    "plotly.graph_objs",
    "plotly.offline",
    "careerkit.workbook",
    "careerkit.notebook.widgets.live",
    "careerkit.notebook.pages.cadences",
    "careerkit.notebook.pages.import_file",
    "careerkit.notebook.navigation",
    "careerkit.review.report.report",
    *(f"careerkit.topics.{file.parent.name}.charts" for file in Path(__file__).parents[1].glob("topics/*/charts.py")),
]


def spec(*options: str) -> dict[str, Any]:
    """Return the kernel.json of a kernel in the Python that runs this."""
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *options]
    forked = {"kernel_provisioner": {"provisioner_name": PROVISIONER}} if _may_fork() else {}
    return {"argv": argv, "display_name": "careerkit", "language": "python", "metadata": forked | _sealed()}


def _sealed() -> dict[str, Any]:
    from ipykernel.kernelspec import get_kernel_dict

    # A kernel is reached by ports of this machine, at which its other users could listen. Only an ipykernel that says
    # so itself understands what is sealed.
    promised = get_kernel_dict().get("metadata", {})
    return {"supported_encryption": promised["supported_encryption"]} if "supported_encryption" in promised else {}


def _may_fork() -> bool:
    # A forked kernel, such as one whose notebook makes a review, may have no forks of its own.
    return CAN_FORK and not multiprocessing.current_process().daemon


def warm_up() -> None:
    """Begin to load the libraries, in a process beside this one that ends with it."""
    if _may_fork():
        from multiprocessing import forkserver

        multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
        forkserver.ensure_running()


class ForkedKernel(LocalProvisioner):
    """Starts a kernel by a fork; everything else is as for any process of this machine."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel with the arguments after the module's name."""
        warm_up()
        # The first start waits for the libraries, and the server answers other requests meanwhile.
        started = await asyncio.to_thread(_Forked, cmd[3:], dict(kwargs.get("env") or os.environ), kwargs.get("cwd"))
        self.process: Any = started
        self.pid = self.pgid = started.pid
        return self.connection_info


class _Forked:
    """A forked process with the face of a Popen."""

    stdin = stdout = stderr = None

    def __init__(self, options: list[str], environment: dict[str, str], folder: str | None) -> None:
        context = multiprocessing.get_context("forkserver")
        self.process = context.Process(target=_be_a_kernel, args=(options, environment, folder), daemon=True)
        # A new process loads the program that started it, which would be all of JupyterLab; an empty one spares that.
        program, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
        try:
            self.process.start()
        finally:
            sys.modules["__main__"] = program
        self.pid = int(self.process.pid or 0)

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self) -> int | None:
        self.process.join()
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.process.kill()

    def terminate(self) -> None:
        self.process.terminate()


def _be_a_kernel(options: list[str], environment: dict[str, str], folder: str | None) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder or ".")
    sys.argv = ["ipykernel_launcher", *options]
    from ipykernel.kernelapp import launch_new_instance

    # A kernel is stopped with an interrupt first; that it was still at something then is no news for a terminal.
    logging.getLogger("IPKernelApp").addFilter(lambda told: "KeyboardInterrupt caught" not in told.getMessage())
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    launch_new_instance(argv=[*options, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _end_with_the_server() -> None:
    # ipykernel watches the process it was forked from, and that one lives as long as its kernels do.
    if server := multiprocessing.parent_process():
        server.join()
        os._exit(1)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "careerkit.lab.kernels"}]


def _load_jupyter_server_extension(_: Any) -> None:
    warm_up()
