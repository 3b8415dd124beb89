"""A process that builds whenever it is asked, with all that a build imports in memory already.

It builds nothing itself: each build is a copy of it, so that no build finds what another one left behind. One line of JSON
on its input is one build, {"conf": "pelicanconf.py", "output": null}, and one on its output the answer: {"code": 0, "said": "..."},
or {"stale": true} when a module that it has imported has changed since. It ends with its input.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from typing import IO, Any

from gatepost_pelican import building
from gatepost_pelican.faster import inputs


def main() -> int:
    """Answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Whatever prints here is no answer.
    os.dup2(2, 1)
    _import_all()
    began = inputs.modules()
    # What is here already is nobody's garbage, and its pages of memory stay shared.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        is_stale = any(inputs.stamp(path) != told for path, told in began.items())
        found = {"stale": True} if is_stale else _answer(json.loads(line))
        answers.write(json.dumps(found) + "\n")
        answers.flush()
    return 0


def _import_all() -> None:
    # Figures come from the database, and what reads it takes longest of all to import.
    import markdown
    from pelican.settings import DEFAULT_CONFIG

    from gatepost.actions import reporting
    from gatepost.store import schema
    from gatepost_pelican import cards, landing, report, search, work
    from gatepost_pelican.faster import again, company, recording, speed, world, writing

    # Its extensions are imported, and their patterns compiled, with the first text.
    markdown.Markdown(**DEFAULT_CONFIG["MARKDOWN"])
    assert all(
        (again, cards, company, landing, recording, report, reporting, schema, search, speed, work, world, writing)
    )


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        child = os.fork()
        if child == 0:
            _build(asked, said)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return {"code": code, "said": said.read()}


def _build(asked: dict[str, Any], said: IO[str]) -> None:
    code = 1
    gc.disable()
    try:
        sys.stdin.close()
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        code = building.build(asked["conf"], asked["output"], is_quick=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
