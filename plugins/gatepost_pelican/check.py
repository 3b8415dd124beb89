"""`python -m gatepost_pelican.check -s pelicanconf.py`: every mistake of a site, and not a page written."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from pelican import Pelican
from pelican.settings import read_settings

from gatepost_pelican import moments
from gatepost_pelican.mistakes import SourceMistake


def check_site(settings_file: str) -> list[SourceMistake]:
    """What is wrong with a site, sorted by file and line; empty where nothing is. Compiled files are kept for the build."""
    path = Path(settings_file).absolute()
    pelican = Pelican(read_settings(str(path)))
    try:
        checked = moments.of(pelican.settings)
    except KeyError:
        cure = 'Add a line `PLUGINS = ["gatepost_pelican"]`'
        return [SourceMistake(path, 1, "the site does not use Gatepost", cure)]
    checked.only_checks = True
    try:
        pelican.run()
    except moments.Checked as done:
        return list(done.mistakes)
    raise AssertionError("a build that only checks always ends with Checked")


def main(arguments: list[str] | None = None) -> int:
    """Print the mistakes, one a line; 1 where there is any."""
    parser = argparse.ArgumentParser(prog="python -m gatepost_pelican.check", description=__doc__)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    chosen = parser.parse_args(arguments)
    if not Path(chosen.settings).is_file():
        print(f"{chosen.settings}: there is no such file. Cure: Name the settings with -s.", file=sys.stderr)
        return 2
    logging.disable(logging.WARNING)
    mistakes = check_site(chosen.settings)
    for mistake in mistakes:
        print(mistake)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
