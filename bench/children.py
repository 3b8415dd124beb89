"""Child processes and what they cost: one that runs to its end, or one that serves until it is stopped."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


class ChildFailed(Exception):
    """A measured command ended badly; carries the last lines that it said."""


@dataclass(frozen=True)
class Cost:
    """What a finished command cost: seconds by the clock, CPU seconds with all its children, largest memory in MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str], log: Path) -> Cost:
    """Run a command to its end. Raises ChildFailed.

    The peak is never under this process's own memory at the start of the command, so keep heavy imports out of it.
    """
    with log.open("wb") as out:
        began = time.perf_counter()
        child = subprocess.Popen(command, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise ChildFailed(f"{Path(command[0]).name} ended with {child.returncode}:\n{tail(log)}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def watched(command: Sequence[str], cwd: Path, env: Mapping[str, str], log: Path, every: float) -> Cost:
    """The same with the largest memory of all its processes together, looked at every so many seconds. Raises ChildFailed.

    To look takes time from the command: its seconds are no measurement.
    """
    largest = 0.0
    with log.open("wb") as out:
        began = time.perf_counter()
        child = subprocess.Popen(command, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        while child.poll() is None:
            largest = max(largest, memory(child.pid))
            time.sleep(every)
        wall = time.perf_counter() - began
    if child.returncode:
        raise ChildFailed(f"{Path(command[0]).name} ended with {child.returncode}:\n{tail(log)}")
    return Cost(wall, 0.0, largest)


@contextmanager
def serving(
    command: Sequence[str], cwd: Path, env: Mapping[str, str], port: int, wait: float = 30.0
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers on 127.0.0.1 when the block begins and is gone when it ends. Raises ChildFailed."""
    log = cwd / f"server-{port}.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _until_it_answers(child, port, wait, log)
            yield child
        finally:
            _stop(child)


def cpu_seconds(pid: int) -> float:
    """User and system time so far of a process and everything it started, from the kernel's own books."""
    total = 0.0
    for each in family(pid):
        fields = _stat(each)
        total += (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0
    return total


def memory(pid: int) -> float:
    """MiB of a process and everything it started; shared pages are split among those that share them."""
    total = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def family(pid: int) -> list[int]:
    """A process and all its descendants that still run."""
    parents = {int(p.name): _stat(int(p.name)) for p in Path("/proc").iterdir() if p.name.isdecimal()}
    found = [pid]
    for member in found:
        found += [child for child, fields in parents.items() if fields and int(fields[1]) == member]
    return found


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def tail(log: Path, lines: int = 12) -> str:
    """The end of what a child said."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def own_cpu() -> float:
    """CPU seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on; the name before them may hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _until_it_answers(child: subprocess.Popen[bytes], port: int, wait: float, log: Path) -> None:
    until = time.monotonic() + wait
    while time.monotonic() < until:
        if child.poll() is not None:
            raise ChildFailed(f"The server ended with {child.returncode}:\n{tail(log)}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.2):
                return
        except OSError:
            time.sleep(0.05)
    raise ChildFailed(f"The server did not answer in {wait:.0f} s:\n{tail(log)}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    try:
        if child.poll() is None:
            child.terminate()
            child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        pass
    finally:
        # Its own session, so nothing but the server and its workers is meant; some leave theirs behind.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(timeout=10)
