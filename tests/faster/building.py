"""Builds of many sites, each in a process of its own that has everything imported already: a build takes what it takes, and no start.

Run as a program it reads one line of JSON a build, and answers each with one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import ROOT

_ENV = {"PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("", "capture", "plugins")), "COLUMNS": "200"}


class Built(NamedTuple):
    """How a build ended, and what it said. `again` is how many pages were written once more; None where all were."""

    code: int
    said: str

    @property
    def again(self) -> int | None:
        _, found, rest = self.said.partition("Done: wrote ")
        return int(rest.split()[0]) if found else None


class Builder:
    """A process that builds. Whatever one build leaves in memory, the next one does not see."""

    def __init__(self) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GATEPOST_")}
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.faster.building"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env | _ENV, cwd=ROOT, text=True,
        )  # fmt: skip

    def close(self) -> None:
        self._process.communicate()

    def build(self, *folders: Path, killed_after: float = 0, module: str = "gatepost") -> list[Built]:
        """Build all these at once. After `killed_after` seconds a build is killed, if it still runs."""
        assert self._process.stdin
        assert self._process.stdout
        asked = {"folders": [str(folder) for folder in folders], "killed_after": killed_after, "module": module}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return [Built(*one) for one in json.loads(self._process.stdout.readline())]


def _main() -> None:
    import pelican

    from gatepost_pelican import building, compile, landing, manuscripts, report, work

    assert all((pelican, building, compile, landing, manuscripts, report, work))
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


def _answer(asked: dict[str, Any]) -> list[tuple[int, str]]:
    children = [_begin(Path(folder), asked["module"], number) for number, folder in enumerate(asked["folders"])]
    if asked["killed_after"]:
        time.sleep(asked["killed_after"])
        for child, _ in children:
            os.killpg(child, signal.SIGKILL)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children]
    return [(code, log.read_text(errors="replace")) for code, (_, log) in zip(codes, children, strict=True)]


def _begin(folder: Path, module: str, number: int) -> tuple[int, Path]:
    # Beside the site: a file in it that changes with each build would be a change of the site.
    log = folder.parent / f"{folder.name}-{number}.log"
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setpgid(0, 0)
            code = _built(folder, log, module)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    # Both say it, since nobody knows who comes first.
    os.setpgid(child, child)
    return child, log


def _built(folder: Path, log: Path, module: str) -> int:
    from gatepost_pelican import building

    os.chdir(folder)
    sys.path.insert(0, str(folder))
    target = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)
    sys.stdin.close()
    if module == "gatepost":
        return building.main([])
    import pelican

    pelican.main(["content", "-s", "pelicanconf.py"])
    return 0


if __name__ == "__main__":
    _main()
