"""Commands begin at once: each brings only what it needs, and the overview says what the commands say themselves."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from gatepost.cli import COMMANDS, gatepost

HEAVY = ("sqlalchemy", "numpy", "flask", "rich", "pelican", "typst", "babel", "jinja2", "granian")


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["new", "--help"], ["check", "--help"]])
def test_a_writers_command_brings_no_database_no_server_and_no_numbers(words: list[str]) -> None:
    code = (
        "import sys; from gatepost.cli import gatepost\n"
        f"gatepost.main({words!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_says_what_the_command_says(name: str) -> None:
    command = gatepost.get_command(click.Context(gatepost), name)
    assert command is not None
    assert " ".join((command.help or "").split()).startswith(COMMANDS[name][1].rstrip("."))
