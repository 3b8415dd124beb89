"""Building the site in a process of its own, once or at every change, so that a mistake never stops the server."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import click

_WATCHED = ("content", "theme", "plugins", "pelicanconf.py")


def build_once(conf: str, env: Mapping[str, str], output: Path | None = None) -> int:
    """Build with Pelican, whole or not at all; returns the exit code. What it prints goes where ours goes."""
    command = [sys.executable, "-m", "gatepost_pelican.building", "-s", conf]
    if output is not None:
        command += ["-o", str(output)]
    return subprocess.run(command, env=dict(env), check=False).returncode  # noqa: S603


def rebuild(folder: Path, env: Mapping[str, str], stop: threading.Event) -> None:
    """Build again after each change, until `stop`. The last good site stays when a build fails."""
    from watchfiles import watch

    there = [folder / name for name in _WATCHED if (folder / name).exists()]
    for _changes in watch(*there, stop_event=stop, debounce=400, raise_interrupt=False):
        click.echo("Something changed; building again.")
        if build_once("pelicanconf.py", env):
            click.echo("Not built: the site stays as it was until the mistakes above are mended.", err=True)
