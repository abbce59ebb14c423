"""Kernels forked from a process that has the libraries loaded behave as any other kernel."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zmq
from jupyter_client import KernelManager
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager

from careerkit.lab import kernels

pytestmark = pytest.mark.skipif(not kernels.CAN_FORK, reason="this system has no fork; kernels start as everywhere else")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[KernelManager]:
    place = tmp_path / "kernels" / "python3"
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(kernels.spec()), encoding="utf-8")
    made = KernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(place.parent)]))
    yield made
    if made.has_kernel:
        made.shutdown_kernel(now=True)


def connected(manager: KernelManager) -> BlockingKernelClient:
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    return client


def said(client: BlockingKernelClient, code: str) -> str:
    """Return what code printed."""
    parts: list[str] = []
    client.execute_interactive(
        code, timeout=60, output_hook=lambda message: parts.append(message["content"].get("text", "")), allow_stdin=False
    )
    return "".join(parts).strip()


def overheard(port: int, said_meanwhile: Callable[[], object]) -> bool:
    """Say whether another user of this machine, who has no key, hears anything at a kernel's port."""
    with zmq.Context() as context, context.socket(zmq.SUB) as ear:
        ear.linger = 0
        ear.subscribe(b"")
        ear.connect(f"tcp://127.0.0.1:{port}")
        # One who comes late misses what was said before.
        time.sleep(1)
        said_meanwhile()
        return bool(ear.poll(2000))


def gone(pid: int) -> bool:
    """Say whether a process has ended, within ten seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_it_runs_code_in_its_folder_with_its_environment(manager, tmp_path):
    manager.start_kernel(cwd=str(tmp_path), env=os.environ | {"CAREER": "steady"})
    client = connected(manager)
    assert said(client, "import os; print(os.getcwd(), os.environ['CAREER'])") == f"{tmp_path} steady"


def test_the_libraries_are_loaded_already(manager):
    manager.start_kernel()
    assert said(connected(manager), "import sys; print({'pandas', 'ipywidgets', 'careerkit.workbook'} <= set(sys.modules))") == "True"


@pytest.mark.parametrize(("policy", "heard"), [("disabled", True), ("auto", False)])
def test_what_it_says_is_sealed_where_the_server_asks_for_it(manager, policy, heard):
    manager.start_kernel(transport_encryption=policy)
    client = connected(manager)
    assert overheard(manager.iopub_port, lambda: said(client, "print('my salary')")) is heard


def test_two_kernels_share_nothing(manager, tmp_path):
    manager.start_kernel()
    other = KernelManager(kernel_name="python3", kernel_spec_manager=manager.kernel_spec_manager)
    other.start_kernel()
    try:
        first, second = connected(manager), connected(other)
        said(first, "import careerkit; careerkit.mark = 1")
        assert said(second, "import careerkit; print(hasattr(careerkit, 'mark'))") == "False"
    finally:
        other.shutdown_kernel(now=True)


def test_it_can_be_interrupted_and_goes_on(manager):
    manager.start_kernel()
    client = connected(manager)
    # The kernel would else refuse what is asked within a tenth of a second of an error.
    asked = client.execute("import time; time.sleep(60)", stop_on_error=False)
    time.sleep(1)
    manager.interrupt_kernel()
    while client.get_shell_msg(timeout=20)["parent_header"].get("msg_id") != asked:
        pass
    assert said(client, "print('here')") == "here"


def test_it_can_be_restarted(manager):
    manager.start_kernel()
    client = connected(manager)
    said(client, "x = 1")
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=60)
    assert said(client, "print('x' in globals())") == "False"


def test_a_shutdown_ends_it(manager):
    manager.start_kernel()
    pid = int(said(connected(manager), "import os; print(os.getpid())"))
    manager.shutdown_kernel()
    assert gone(pid)


def test_it_ends_when_the_process_that_asked_for_it_is_killed(manager, tmp_path):
    code = f"""
import time
from pathlib import Path
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
specs = KernelSpecManager(kernel_dirs={manager.kernel_spec_manager.kernel_dirs!r})
manager = KernelManager(kernel_name="python3", kernel_spec_manager=specs)
manager.start_kernel()
client = manager.client(); client.start_channels(); client.wait_for_ready(timeout=60)
print(manager.provisioner.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    assert gone(pid)


def test_a_kernel_stopped_at_its_work_prints_nothing_in_the_terminal(manager, tmp_path):
    code = f"""
import time
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager
specs = KernelSpecManager(kernel_dirs={manager.kernel_spec_manager.kernel_dirs!r})
manager = KernelManager(kernel_name="python3", kernel_spec_manager=specs)
manager.start_kernel()
client = manager.client(); client.start_channels(); client.wait_for_ready(timeout=60)
slow = "import pathlib, time; get_ipython().kernel.do_complete = lambda *_: [pathlib.Path('begun').touch(), time.sleep(30)]"
client.execute_interactive(slow, timeout=60)
client.complete("x")
while not __import__("os").path.exists("begun"):
    time.sleep(0.05)
manager.shutdown_kernel()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "KeyboardInterrupt" not in done.stderr
