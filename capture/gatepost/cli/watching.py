"""Building the site in a process of its own, once or at every change, so that a mistake never stops the server."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from gatepost.cli import conf
from gatepost.live import Live

# Folders of a site in which nothing of it is written by hand.
_NOT_WATCHED = {"output", "report", "node_modules", "__pycache__"}
# Milliseconds: how long after the last of many saves a build begins, and how long it waits at most for more.
_STEP, _MOST = 20, 400
# How often, in milliseconds, files that lie in the site's folder itself are looked at.
_LOOK = 250
# A build in a process of its own. Nothing that is imported is garbage, and to look for some takes a tenth of that time; a
# build of the whole site switches it on again.
BUILDING = (
    sys.executable,
    "-c",
    "import gc; gc.disable(); from gatepost_pelican import building; gc.freeze(); building.run()",
)
# How a build begins to say that all was as it is.
_NOTHING = "Done: wrote 0 pages"


def build_once(conf: str, env: Mapping[str, str], output: Path | None = None) -> int:
    """Build with Pelican, whole or not at all; returns the exit code. What it prints goes where ours goes."""
    command = [*BUILDING, "-s", conf]
    if output is not None:
        command += ["-o", str(output)]
    return subprocess.run(command, env=dict(env), check=False).returncode  # noqa: S603


def is_built(data: Path, output: Path) -> bool:
    """Is there a site that was built some time, with its catalogue?"""
    # Imported here: the types of all offers come with it, which `gatepost build` has no use for.
    from gatepost.catalogue import FILE_NAME

    return (data / FILE_NAME).is_file() and (output / "index.html").is_file()


@dataclass(frozen=True)
class Built:
    """How a build ended: its exit code, and what it said."""

    code: int
    said: str


class Builder:
    """A process that builds whenever it is asked and has everything imported by then. It is started when it is missed."""

    def __init__(self, conf: str, env: Mapping[str, str]):
        self._conf = conf
        self._env = dict(env)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Let it import while nobody waits."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "gatepost_pelican.resident"]
            self._process = subprocess.Popen(  # noqa: S603
                command, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )

    def build(self) -> Built:
        """Build once, or say that nothing could be built; a process that is out of date or gone is replaced."""
        for _ in range(2):
            self.start()
            answer = self._asked()
            if answer is not None:
                return answer
            self.stop()
        return Built(1, "The process that builds does not answer. Run `gatepost build` to see why.")

    def stop(self) -> None:
        """Let it go; it ends with its input."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            process.communicate(timeout=10)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            process.kill()
            process.wait()

    def _asked(self) -> Built | None:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(json.dumps({"conf": self._conf, "output": None}) + "\n")
            process.stdin.flush()
            found = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            return None
        return None if found.get("stale") else Built(int(found["code"]), str(found["said"]))


def rebuild(folder: Path, env: Mapping[str, str], stop: threading.Event, live: Live) -> None:
    """Build again after each change, until `stop`. The last good site stays when a build fails, and `live` says why."""
    builder = Builder("pelicanconf.py", env)
    builder.start()
    try:
        for _ in changes(folder, stop):
            try:
                _build_and_tell(builder, live)
            except OSError as error:
                # A disk that is full now may have room for the next save.
                click.echo(f"Not built: {error}. Save again once that is mended.", err=True)
    finally:
        builder.stop()


def _build_and_tell(builder: Builder, live: Live) -> None:
    built = builder.build()
    live.tell("" if built.code == 0 else built.said)
    if _NOTHING not in built.said:
        click.echo(built.said.rstrip(), err=built.code != 0)
    if built.code:
        click.echo("Not built: the site stays as it was until this is mended.", err=True)


def changes(folder: Path, stop: threading.Event) -> Iterator[None]:
    """Once for every time that files of the site changed, however many at once; what changes meanwhile is not missed.

    And once at the start: somebody may have saved while the first build went on and nobody watched yet.
    """
    from watchfiles import watch

    before: dict[str, tuple[int, int]] | None = None
    for found in watch(
        *_watched(folder), stop_event=stop, raise_interrupt=False,
        debounce=_MOST, step=_STEP, rust_timeout=_LOOK, yield_on_timeout=True,
    ):  # fmt: skip
        # An editor that saves under another name and renames leaves a watch on one file behind: these are looked at.
        now = _own_files(folder)
        if found or now != before:
            yield
        before = now


def _watched(folder: Path) -> list[Path]:
    """The folders of the site, and where it keeps texts or theme elsewhere, those."""
    inside = [path for path in sorted(folder.iterdir()) if path.is_dir() and not _is_left_out(path)]
    told = conf.read(folder / "pelicanconf.py")
    elsewhere = [(folder / path).resolve() for path in (told.content, told.theme)]
    return inside + [path for path in elsewhere if path.is_dir() and not path.is_relative_to(folder.resolve())]


def _is_left_out(path: Path) -> bool:
    return path.name in _NOT_WATCHED or path.name.startswith(".") or (path / "pyvenv.cfg").exists()


def _own_files(folder: Path) -> dict[str, tuple[int, int]]:
    """Settings and modules beside them, by size and time."""
    return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.glob("*.py") if path.is_file()}
