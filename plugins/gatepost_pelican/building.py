"""`python -m gatepost_pelican.building -s pelicanconf.py`: a build that is published whole, or not at all.

Pages are written into a folder of their own and take the place of the last good ones when all of them are there,
together with the catalogue. Plain `pelican` writes in place, as it always does.
"""

from __future__ import annotations

import argparse
import errno
import gc
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pelican
from pelican import log as pelican_log
from pelican.settings import read_settings

from gatepost import catalogue
from gatepost_pelican import moments, swapping
from gatepost_pelican.faster.again import Again, Whole
from gatepost_pelican.faster.world import no_collection
from gatepost_pelican.mistakes import SiteMistaken, tell
from gatepost_pelican.settings import read as read_ours
from gatepost_pelican.unread import Unread

CURES = {
    errno.ENOSPC: "Make room on that disk, then build again.",
    errno.EDQUOT: "Make room in your quota, then build again.",
    errno.EFBIG: "Allow larger files (ulimit -f), then build again.",
    errno.EROFS: "Make it writable, or name another folder: gatepost build -o FOLDER.",
    errno.EACCES: "Give this account the right to write there, or name another folder: gatepost build -o FOLDER.",
    errno.EPERM: "Give this account the right to write there, or name another folder: gatepost build -o FOLDER.",
    errno.EBUSY: "The output is a mount of its own, which cannot be replaced: mount the folder above it instead.",
    errno.EXDEV: "Keep the output and GATEPOST_DATA_DIR on one disk.",
}


class PluginMissing(Exception):
    """A site whose settings do not name the plugin, or whose plugin Pelican could not load."""

    cure = 'Add a line `PLUGINS = ["gatepost_pelican"]`, or mend the one there is.'

    def __init__(self, conf: str, said: str):
        super().__init__(f"{conf} does not use Gatepost, so what is held would be published. {said}".strip())


def build(conf: str, output: str | None = None, *, is_quick: bool = False) -> int:
    """Build and publish; 1 where there is a mistake or a page cannot be written. Never leaves half a site.

    Where it is quick, nothing is said of figures, and a build of a few pages leaves the search index as it was: both
    take longer than the pages.
    """
    args = pelican.parse_arguments(["content", "-s", conf, *(["-o", output] if output else [])])
    place = Path(output or "output")
    try:
        plain = read_settings(conf, override=pelican.get_config(args))
        place, data = Path(plain["OUTPUT_PATH"]).resolve(), read_ours(plain, os.environ)[0].data
        with no_collection(), _listening(args.verbosity) as unread, swapping.alone(data), _staged(data, place) as fresh:
            _built(conf, plain, place, fresh, data, unread, is_quick)
    except SiteMistaken:
        return 1
    except OSError as error:
        _tell(error, place)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the site stays as it was.", file=sys.stderr)
        return 130
    except Exception as error:
        print(_said(error), file=sys.stderr)
        print(f"Not built: the site stays as it was. More: pelican content -s {conf} -D", file=sys.stderr)
        return int(getattr(error, "exitcode", 1))
    return 0


@contextmanager
def _listening(verbosity: int) -> Iterator[Unread]:
    """Errors are told as mistakes, with file, line and cure: Pelican's own log shows the rest."""
    pelican_log.init(level=verbosity, name="pelican", logs_dedup_min_level=logging.WARNING)
    log, unread = logging.getLogger(), Unread()
    before = list(log.handlers)
    for handler in before:
        handler.addFilter(_is_no_error)
    log.addHandler(unread)
    try:
        yield unread
    finally:
        log.removeHandler(unread)
        for handler in before:
            handler.removeFilter(_is_no_error)


def _is_no_error(record: logging.LogRecord) -> bool:
    return record.levelno < logging.ERROR


def _built(
    conf: str, plain: dict[str, Any], place: Path, fresh: Path, data: Path, unread: Unread, is_quick: bool
) -> None:
    site = _site({**plain, "OUTPUT_PATH": str(fresh), "PUBLISHED_PATH": str(place)})
    if not moments.knows(site.settings):
        raise PluginMissing(conf, unread.said)
    moments.of(site.settings).unread = unread
    if _built_again(site, place, fresh, data, is_quick):
        if not is_quick:
            moments.report_again(site.settings)
        return
    # A whole site makes garbage, and takes its time.
    gc.enable()
    clears, kept = bool(site.delete_outputdir), list(site.output_retention)
    try:
        site.run()
    except Exception as error:
        # Pelican wraps what went wrong with one page; the reason below is what can be mended.
        raise _reason(error) from error
    finished = moments.of(site.settings)
    _demand_every_page(finished)
    told = finished.whole_catalogue()
    if told is None:
        return
    state = finished.speed.end(fresh)
    ready = catalogue.prepare(told, data)
    _publish(place, fresh, kept if clears else None, site.settings, ready, data)
    finished.speed.publish(state)
    if not is_quick:
        moments.report_on(site.settings, finished)


def _built_again(site: Any, place: Path, fresh: Path, data: Path, is_quick: bool) -> bool:
    """Did it do to write a few pages again? Otherwise nothing has happened yet."""
    begun = time.perf_counter()
    finished = moments.of(site.settings)
    try:
        attempt = Again(site, place)
        made = attempt.write(fresh, is_quick=is_quick)
    except Whole as reason:
        logging.getLogger(__name__).info("The whole site is built: %s", reason)
        finished.unread.found.clear()
        shutil.rmtree(fresh)
        fresh.mkdir()
        return False
    kept = list(site.output_retention) if site.delete_outputdir else None
    _publish(place, fresh, kept, site.settings, catalogue.again(data), data)
    attempt.end()
    print(f"Done: wrote {made} pages again and kept the others, in {time.perf_counter() - begun:.2f} seconds.")
    return True


def _publish(place: Path, fresh: Path, retained: list[str] | None, settings: Any, text: Path, data: Path) -> None:
    if place.is_dir():
        build = moments.of(settings)
        swapping.keep_others(place, fresh, retained, moments.folders(settings), {*build.held_drafts, *build.gone})
    (fresh / swapping.MARK).touch()
    swapping.swap(swapping.Swap(fresh, place, text, data / catalogue.FILE_NAME), data)
    (place / swapping.MARK).unlink(missing_ok=True)


def _demand_every_page(finished: moments.Build) -> None:
    """While pages are written, a template or another plugin may still have failed. Raises SiteMistaken."""
    left = finished.unread.taken(finished.settings.content, finished.settings.file)
    if left:
        mistaken = SiteMistaken(left)
        tell(mistaken)
        raise mistaken


def _site(settings: Mapping[str, Any]) -> Any:
    chosen = settings["PELICAN_CLASS"]
    if isinstance(chosen, str):
        module, _, name = chosen.rpartition(".")
        chosen = getattr(__import__(module, fromlist=[name]), name)
    return chosen(settings)


@contextmanager
def _staged(data: Path, place: Path) -> Iterator[Path]:
    """An empty folder on the disk of the output, gone afterwards with whatever is in it then."""
    beside = data if _same_disk(data, place) else place.parent
    staged = beside / (".gatepost-build" if beside == place.parent else "build")
    swapping.finish(data, staged)
    staged.mkdir(parents=True)
    try:
        fresh = Path(tempfile.mkdtemp(dir=staged))
        fresh.chmod(place.stat().st_mode & 0o7777 if place.is_dir() else 0o755)
        yield fresh
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _same_disk(data: Path, place: Path) -> bool:
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    return data.stat().st_dev == there.stat().st_dev


def _reason(error: BaseException) -> BaseException:
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, SiteMistaken) or (isinstance(found, OSError) and found.errno in CURES):
            return found
        found = found.__cause__ or found.__context__
    return error


def _said(error: Exception) -> str:
    """What broke, in one line: of a template its name and line, of everything else its own words."""
    line = getattr(error, "lineno", None)
    name = getattr(error, "filename", None) or getattr(error, "name", None) or ""
    where = f"{name}:{line}: " if isinstance(line, int) else ""
    return " ".join(filter(None, (f"gatepost: {where}{type(error).__name__}: {error}", getattr(error, "cure", ""))))


def _tell(error: OSError, place: Path) -> None:
    where = error.filename or place
    print(f"gatepost: {where} cannot be written: {error.strerror or error}.", file=sys.stderr)
    print(
        f"The site stays as it was. {CURES.get(error.errno or 0, 'Look at the disk, then build again.')}",
        file=sys.stderr,
    )


def main(arguments: list[str] | None = None) -> int:
    """Build as told on the command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m gatepost_pelican.building", description=__doc__)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    parser.add_argument("-o", "--output", default=None)
    parser.add_argument("--quick", action="store_true", help="no figures and no search index after a few pages")
    chosen = parser.parse_args(arguments)
    return build(chosen.settings, chosen.output, is_quick=chosen.quick)


def run() -> NoReturn:
    """Do what `main` does, in a process that is for nothing else, and end it."""
    ended = main()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    # All is written; to take ten thousand articles apart, object by object, would only take time.
    os._exit(ended)


if __name__ == "__main__":
    run()
