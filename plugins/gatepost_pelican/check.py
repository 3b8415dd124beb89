"""`python -m gatepost_pelican.check -s pelicanconf.py`: every mistake of a site, hints from its figures, and not a page written."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from pelican import Pelican
from pelican.settings import read_settings

from gatepost_pelican import moments
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.report.hints import Hint


@dataclass(frozen=True)
class Findings:
    """What is wrong with a site, and what is worth a look, each sorted by file and line; and what a build would choose."""

    mistakes: tuple[SourceMistake, ...] = ()
    hints: tuple[Hint, ...] = ()
    notes: tuple[str, ...] = ()

    def is_good(self, strict: bool) -> bool:
        """Is there nothing to mend? A hint is something to mend where `strict`."""
        return not self.mistakes and not (strict and self.hints)


def check_site(settings_file: str) -> Findings:
    """Everything about a site that can be known without writing a page. Compiled files are kept for the build."""
    path = Path(settings_file).absolute()
    pelican = Pelican(read_settings(str(path)))
    try:
        checked = moments.of(pelican.settings)
    except KeyError:
        cure = 'Add a line `PLUGINS = ["gatepost_pelican"]`'
        return Findings((SourceMistake(path, 1, "the site does not use Gatepost", cure),))
    checked.only_checks = True
    try:
        pelican.run()
    except moments.Checked as done:
        return Findings(done.mistakes, done.hints, done.notes)
    raise AssertionError("a build that only checks always ends with Checked")


def main(arguments: list[str] | None = None) -> int:
    """Print the mistakes, then the hints, then notes, one a line; 1 where there is any mistake, or with --strict any hint."""
    parser = argparse.ArgumentParser(prog="python -m gatepost_pelican.check", description=__doc__)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    parser.add_argument("--strict", action="store_true")
    chosen = parser.parse_args(arguments)
    if not Path(chosen.settings).is_file():
        print(f"{chosen.settings}: there is no such file. Cure: Name the settings with -s.", file=sys.stderr)
        return 2
    logging.disable(logging.WARNING)
    found = check_site(chosen.settings)
    for finding in (*found.mistakes, *found.hints, *found.notes):
        print(finding)
    return 0 if found.is_good(chosen.strict) else 1


if __name__ == "__main__":
    sys.exit(main())
