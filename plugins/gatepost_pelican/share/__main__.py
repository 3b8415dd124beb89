"""`python -m gatepost_pelican.share -s pelicanconf.py NAME`: writes the kit of one article or offer."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

from gatepost_pelican.compile import CompileError
from gatepost_pelican.mistakes import shown
from gatepost_pelican.share import finding, kit


def main(arguments: list[str] | None = None) -> int:
    """Print the files written, one a line or as JSON; warnings and refusals go to standard error."""
    parser = argparse.ArgumentParser(prog="python -m gatepost_pelican.share", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--items", type=int)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    try:
        work = finding.read_site(chosen.settings)
        subject = finding.find(work, chosen.name, chosen.items)
        files = kit.write(subject, work.settings.data, chosen.to.absolute() if chosen.to else None)
    except finding.CannotShare as refused:
        print(f"gatepost: {refused}. {refused.cure}", file=sys.stderr)
        return refused.code
    except CompileError as error:
        print(f"gatepost: {error}", file=sys.stderr)
        return 1
    for warning in subject.warnings:
        print(f"gatepost: {warning}", file=sys.stderr)
    names = [shown(file) for file in files]
    print(
        json.dumps({"files": names, "warnings": subject.warnings}, ensure_ascii=False)
        if chosen.json
        else "\n".join(names)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
