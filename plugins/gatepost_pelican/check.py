"""`python -m gatepost_pelican.check -s pelicanconf.py`: what is wrong with a site, or worth a look, and not a page written."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.settings import read_settings

from gatepost_pelican import checking, moments
from gatepost_pelican.checking import RULES, Choice, Finding, Severity, Site, UnknownCode, built, ignoring, saying
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.report.hints import Hint
from gatepost_pelican.unread import Unread

SETTING = "GATEPOST_CHECK_IGNORE"
_NO_SITE = 'Add a line `PLUGINS = ["gatepost_pelican"]`'


@dataclass(frozen=True)
class Findings:
    """What stops a build, what the figures hint at, what a build would choose; and `all` findings, these among them."""

    mistakes: tuple[SourceMistake, ...] = ()
    hints: tuple[Hint, ...] = ()
    notes: tuple[str, ...] = ()
    all: tuple[Finding, ...] = ()

    def is_good(self, strict: bool) -> bool:
        """Is there nothing to mend? A warning or a hint is something to mend where `strict`; a note never is."""
        bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return not any(RULES[one.code].severity in bad for one in self.all)


def check_site(settings_file: str, choice: Choice | None = None) -> Findings:
    """Everything about a site that can be known without writing a page. Compiled files are kept for the build.

    Raises UnknownCode where the site's own setting names a code that there is not.
    """
    path = Path(settings_file).absolute()
    pelican = Pelican(read_settings(str(path)))
    chosen = _with_setting(choice or Choice(), pelican.settings)
    try:
        build = moments.of(pelican.settings)
    except KeyError:
        return _findings((SourceMistake(path, 1, "the site does not use Gatepost", _NO_SITE),), (), (), None, chosen)
    build.only_checks = True
    try:
        with _listening() as build.unread:
            pelican.run()
    except moments.Checked as done:
        assert build.work is not None  # it found what was told
        site = Site(build.settings, pelican.settings, build.work, build.contents)
        return _findings(done.mistakes, done.hints, done.notes, site, chosen)
    raise AssertionError("a build that only checks always ends with Checked")


@contextmanager
def _listening() -> Iterator[Unread]:
    """What Pelican cannot read is a mistake, as in a build; the rest of its log is of no use to a writer here."""
    log, unread = logging.getLogger(), Unread()
    log.addHandler(unread)
    try:
        yield unread
    finally:
        log.removeHandler(unread)


def _findings(
    mistakes: tuple[SourceMistake, ...],
    hints: tuple[Hint, ...],
    notes: tuple[str, ...],
    site: Site | None,
    choice: Choice,
) -> Findings:
    told = built.findings(mistakes, hints, notes, site.settings if site else None)
    more = checking.run(site, choice) if site else ()
    return Findings(mistakes, hints, notes, checking.kept([*told, *more], choice))


def _with_setting(choice: Choice, pelican: Any) -> Choice:
    given = pelican.get(SETTING) or ()
    if isinstance(given, str) or not isinstance(given, Iterable) or not all(isinstance(one, str) for one in given):
        raise UnknownCode(f"{SETTING} is {given!r}, not a list of codes")
    return Choice(choice.only, (*choice.ignored, *ignoring.codes(given, RULES)))


def main(arguments: list[str] | None = None) -> int:
    """Print the findings; 1 where there is an error, or with --strict a warning or a hint, 2 for wrong use."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.explain:
            print("\n\n".join(_explained(chosen.explain)))
            return 0
        choice = Choice(ignoring.codes(chosen.only, RULES), ignoring.codes(chosen.ignore, RULES))
        if not Path(chosen.settings).is_file():
            print(f"{chosen.settings}: there is no such file. Cure: Name the settings with -s.", file=sys.stderr)
            return 2
        found = check_site(chosen.settings, choice)
        _tell(found.all, chosen.format, chosen.output)
    except UnknownCode as error:
        print(f"{error}. Cure: {error.cure}.", file=sys.stderr)
        return 2
    except OSError as error:
        if chosen.output is None or str(error.filename) != str(chosen.output):
            raise
        print(f"{chosen.output} cannot be written: {error.strerror}. Cure: Name another file with -o.", file=sys.stderr)
        return 2
    return 0 if found.is_good(chosen.strict) else 1


def _explained(code: str) -> list[str]:
    begins = ignoring.codes([code], RULES)
    return [saying.explained(rule) for rule in RULES.values() if rule.code.startswith(begins)]


def _tell(findings: tuple[Finding, ...], name: str, output: Path | None) -> None:
    is_coloured = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    said = saying.formatted(name, findings, RULES, is_coloured)
    if output is not None:
        output.write_text(f"{said}\n" if said else "", encoding="utf-8")
    elif said:
        print(said)
    if name == "text" or output is not None:
        print(saying.summary(findings, RULES), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatepost check", description=__doc__)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--format", choices=saying.FORMATS, default="text")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--only", action="append", default=[], metavar="CODE")
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE")
    parser.add_argument("--explain", metavar="CODE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
