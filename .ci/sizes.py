"""Fails when a Python file has more than 300 lines or a function more than 40, and says which."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

MOST_FILE, MOST_FUNCTION = 300, 40
FOLDERS = ("capture", "plugins", "bench", "tests", ".ci")


def findings(path: Path) -> list[str]:
    """What is too long in one file. A table in SQL or a migration made by a tool is not prose to be read whole."""
    text = path.read_text(encoding="utf-8")
    found = []
    if len(text.splitlines()) > MOST_FILE:
        found.append(f"{path}: {len(text.splitlines())} lines; which second subject lives there?")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION:
                found.append(f"{path}:{node.lineno}: {node.name} has {length} lines; name its second thought")
    return found


def main() -> int:
    """Prints the findings; 1 when there is one."""
    root = Path(__file__).parents[1]
    paths = [
        p
        for folder in FOLDERS
        for p in sorted((root / folder).rglob("*.py"))
        if not {"versions", "tools"} & set(p.relative_to(root).parts)
    ]
    found = [line for path in paths for line in findings(path)]
    print("\n".join(found) or f"{len(paths)} files, all short enough.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
