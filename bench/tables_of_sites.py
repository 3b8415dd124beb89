"""The table of builds by site, and that of memory and running servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from bench.rebuilding import LIKE
from bench.tables import spread_text, table_of

CASE = {
    "cold": "from nothing",
    "warm": "caches kept, no page",
    "body": "one text edited",
    "title": "one title edited",
    "template": "one template edited",
    "command": "one text edited, `gatepost build`",
}
SITE = {"pelican": "Pelican", "gatepost": "Gatepost, no offers", "offers": "Gatepost, offers", "hugo": "Hugo"}


def cases(parts: list[dict[str, Any]]) -> Table:
    """One row a size, a case and a site that was measured in it."""
    table = table_of(
        "One site, built by three programs, each time in a new process",
        "articles", "case", "site", "wall", "CPU", "Pelican : it", "Hugo : it",
    )  # fmt: skip
    for part in parts:
        size = f"{part['articles']:,}"
        for case, found in part["cases"].items():
            for row in _rows(case, found):
                table.add_row(size, *row, style="bold" if row[-2] else "")
                size = ""
        table.add_section()
    return table


def others(parts: list[dict[str, Any]]) -> Table:
    """One row a size and a site: memory, and how soon a saved page is shown."""
    table = table_of(
        "All processes together, and a running server", "articles", "site", "pages",
        "memory, from nothing", "memory, one edit", "saved : shown", "server's memory",
    )  # fmt: skip
    for part in parts:
        for name in part["memory_mib"]:
            peaks, reload = part["memory_mib"][name], part["reload"].get(name)
            table.add_row(
                f"{part['articles']:,}", SITE[name], f"{part['pages'][name]:,}", f"{peaks['cold']:,.0f} MiB",
                f"{peaks['body']:,.0f} MiB", spread_text(reload["saved_to_shown_s"], " s", 2) if reload else "", f"{reload['mib']:,.0f} MiB" if reload else "",
            )  # fmt: skip
        table.add_section()
    return table


def _rows(case: str, found: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, costs in ((name, found["sites"][name]) for name in SITE if name in found["sites"]):
        if case in LIKE.get(name, ()):
            continue
        ratio = found["times_as_fast"]
        yield (
            CASE[case], SITE[name], spread_text(costs["wall"], " s", 2), spread_text(costs["cpu"], " s", 2),
            *(spread_text(ratio[key], "", 1) if (key := f"{other} : {name}") in ratio else "" for other in ("pelican", "hugo")),
        )  # fmt: skip
