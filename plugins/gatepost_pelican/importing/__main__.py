"""`python -m gatepost_pelican.importing SYSTEM FILE`: brings a blog from another system into this site."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from gatepost_pelican.importing import bringing, ghost, medium, shelves, wordpress, writing
from gatepost_pelican.importing.bringing import Brought
from gatepost_pelican.importing.exports import CannotImport, Export
from gatepost_pelican.importing.shelves import Shelf, Shelves

SYSTEMS = ("wordpress", "ghost", "medium")
# So many are said; all of them stand in a file.
_SAID = 12


def main(arguments: list[str] | None = None) -> int:
    """Import as told on the command line; 1 where nothing could be, and then nothing was written."""
    chosen = _parser().parse_args(arguments)
    try:
        conf = Path(chosen.settings)
        if not conf.is_file():
            raise CannotImport(
                f"there is no {conf} here", "Run this in a site's folder, or make one: gatepost init DIR"
            )
        if not chosen.file.exists():
            raise CannotImport(f"there is no file {chosen.file}", "Check the path")
        export, shelf = _opened(chosen.system, chosen.file, chosen.media)
        folder = conf.resolve().parent
        brought = bringing.bring(export, shelf, _settings(conf), folder)
        _write(brought, folder, chosen.force, chosen.dry_run)
    except CannotImport as error:
        print(f"gatepost: {error}. Cure: {error.cure}. Nothing was written.", file=sys.stderr)
        return 1
    return 0


def _settings(conf: Path) -> Any:
    try:
        return read_settings(str(conf))
    except ValueError as error:
        raise CannotImport(
            f"{conf} cannot be used: {error}", "Make the folder that PATH names, or mend the settings"
        ) from error


def _opened(system: str, file: Path, media: Path | None) -> tuple[Export, Shelf]:
    given = [shelves.opened(media)] if media else []
    if system == "medium":
        whole = shelves.opened(file)
        return medium.opened(whole), Shelves([*given, whole])
    if not file.is_file():
        raise CannotImport(f"{file} is a folder", "Name the export file, and its folder of pictures with --media")
    beside = [file.parent / one for one in _BESIDE[system] if (file.parent / one).is_dir()]
    shelf = Shelves([*given, *map(shelves.opened, beside[:1])])
    return (wordpress.opened if system == "wordpress" else ghost.opened)(file), shelf


# Where the files of an export usually lie, from the export's own folder.
_BESIDE = {"wordpress": ("wp-content/uploads", "uploads"), "ghost": ("content", "images")}


def _write(brought: Brought, folder: Path, is_forced: bool, is_dry: bool) -> None:
    if not any(brought.counts.values()):
        raise CannotImport("the export holds no article and no page", "Export all content, and import that file")
    own = {name: content for name, content in brought.files.items() if not name.startswith(f"{brought.report}/")}
    others = writing.differing(own, folder)
    if others and not is_forced and not is_dry:
        shown = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        raise CannotImport(f"other files are there already: {shown}", "Look at them; --force writes over them")
    if not is_dry:
        writing.write(brought.files, folder)
        # What an import before this one missed, and this one found.
        for name in bringing.REPORTS:
            if f"{brought.report}/{name}" not in brought.files:
                (folder / brought.report / name).unlink(missing_ok=True)
    _say(brought, is_dry)
    if others:
        print(f"Other files {'would be' if is_dry else 'were'} written over: {', '.join(others[:5])}.")


def _say(brought: Brought, is_dry: bool) -> None:
    counts = ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in brought.counts.items())
    print(f"{'Would bring' if is_dry else 'Brought'} {counts}.")
    for title, slug in brought.renamed[:_SAID]:
        print(
            f"  “{' '.join(title.split())}” has the slug {slug} now: another has its own, or no file can be called so."
        )
    for left in list(dict.fromkeys(brought.left_out))[:_SAID]:
        print(f"  Left out: {bringing.said(left)}")
    if brought.missing:
        print(f"  Not in the export: {len(brought.missing)} of its pictures and files, such as {brought.missing[0]}")
        print(
            f"  To have them, while the old site still stands: wget -x -P import/fetched -i {brought.report}/missing-files.txt"
        )
        print("  and import again with --force --media import/fetched. Until then these pages show no picture there.")
    if any(name.endswith("moved.csv") for name in brought.files):
        print(
            f"  Pages have other addresses now: {brought.report}/ holds the redirects for nginx, static hosts, and as a table."
        )
    if not is_dry:
        print("Now look: gatepost check, and gatepost up.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatepost import", description=__doc__)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("file", type=Path)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    parser.add_argument("--media", type=Path, help="the folder or zip of pictures and files")
    parser.add_argument("--force", action="store_true", help="write over files that are there")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, and say what would be")
    return parser


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    os.umask(0o022)
    sys.exit(main())
