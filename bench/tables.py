"""The figures as tables for people. Ratios first, then what they are made of, smallest and largest beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

_LEFT = ("", "request", "server", "file", "history", "asked", "case", "site")


def build(parts: list[dict[str, Any]]) -> Table:
    """One row a size and a site."""
    table = table_of(
        "Full build: the plugin against stock Pelican, theme simple", "articles", "", "wall", "CPU", "peak"
    )
    for part in parts:
        ratio = part["plugin_to_stock"]
        target = "" if part["articles"] < 1000 else "  (at most 1.15)"
        table.add_row(
            f"{part['articles']:,}",
            "plugin : stock",
            spread_text(ratio["wall"], "", 2) + target,
            spread_text(ratio["cpu"], "", 2),
            spread_text(ratio["peak"], "", 2),
            style="bold",
        )
        table.add_row("", "the fastest two", *(f"{ratio[name]['fastest']:.2f}" for name in ("wall", "cpu", "peak")))
        for site in ("stock", "plugin"):
            costs = part[site]
            table.add_row(
                "",
                f"{site}, {costs['pages']:,} pages",
                spread_text(costs["wall_s"], " s", 2),
                spread_text(costs["cpu_s"], " s", 2),
                spread_text(costs["peak_mib"], " MiB", 0),
            )
        first = part["plugin_first_build"]
        table.add_row("", "plugin, nothing cached", f"{first['wall_s']:.2f} s", f"{first['cpu_s']:.2f} s", "")
        table.add_section()
    return table


def serve(part: Mapping[str, Any]) -> Table:
    """One row a server, a kind of request and a number of clients."""
    table = table_of(
        "Durable signups and touches on loopback",
        "request", "workers", "clients", "server", "requests/s", "p50 ms", "p99 ms", "CPU ms each", "CPU : bare", "rate : bare",
    )  # fmt: skip
    before = None
    for row in part["rows"]:
        if before and (row["kind"], row["workers"]) != before:
            table.add_section()
        before = (row["kind"], row["workers"])
        table.add_row(
            row["kind"], str(row["workers"]), str(row["clients"]), row["server"],
            spread_text(row["per_s"], "", 0), spread_text(row["p50_ms"], "", 1), spread_text(row["p99_ms"], "", 1),
            spread_text(row["cpu_ms"], "", 2),
            spread_text(row["cpu_to_bare"], "", 2) if "cpu_to_bare" in row else "",
            spread_text(row["rate_to_bare"], "", 2) if "rate_to_bare" in row else "",
            style="" if row["server"] == "bare" else "bold",
        )  # fmt: skip
    return table


def kept(part: Mapping[str, Any]) -> Table:
    """What was acknowledged, and what of it was found afterwards."""
    table = table_of(
        "Was everything kept?", "server", "workers", "acknowledged", "found", "touches", "counted", "PSS MiB"
    )
    for row in part["kept"]:
        table.add_row(
            row["server"], str(row["workers"]), f"{row['acknowledged']:,}", f"{row['found']:,}",
            f"{row['touches']:,}" if "touches" in row else "", f"{row['counted']:,}" if "counted" in row else "",
            f"{row['pss_mib']:.0f}",
        )  # fmt: skip
    return table


def compile_(part: Mapping[str, Any]) -> Table:
    """One row a file."""
    table = table_of(
        "Compiling: a checklist of 20 items, an ebook of 12 chapters of 1,500 words",
        "file", "cold : warm", "cached : warm", "cold", "warm", "cached", "peak",
    )  # fmt: skip
    for name, row in part.items():
        table.add_row(
            name, spread_text(row["cold_to_warm"], "", 1), spread_text(row["cached_to_warm"], "", 3),
            spread_text(row["cold_ms"], " ms", 0), spread_text(row["warm_ms"], " ms", 0), spread_text(row["cached_ms"], " ms", 2),
            spread_text(row["peak_mib"], " MiB", 0),
        )  # fmt: skip
    return table


def report(part: Mapping[str, Any]) -> Table:
    """One row a history and a question."""
    table = table_of(
        "The article report, in processes of its own; cold with its imports", "history", "asked",
        "to whole", "articles", "cold", "warm", "peak",
    )  # fmt: skip
    for name, variant in part["variants"].items():
        for asked, row in variant["questions"].items():
            ratio = part["to_whole"].get(name, {}).get(asked)
            table.add_row(
                name, asked, "" if ratio is None else f"{ratio:.2f}", f"{row['articles']:,}",
                spread_text(row["cold_ms"], " ms", 0), spread_text(row["warm_ms"], " ms", 0), spread_text(row["peak_mib"], " MiB", 0),
            )  # fmt: skip
        table.add_row(
            name, "gatepost report --format json", "", "", spread_text(variant["command_s"], " s", 2), "",
            spread_text(variant["command_mib"], " MiB", 0),
        )  # fmt: skip
        table.add_section()
    return table


def histories(part: Mapping[str, Any]) -> Table:
    """One row a history: how large it is."""
    rows = ("touch_day", "pair_day", "touch_sum", "pair_sum", "signup", "touch")
    table = table_of("What was reported on: rows by table", "history", *rows, "disk", "filling", "recount")
    for name, variant in part["variants"].items():
        table.add_row(
            name, *(f"{variant['rows'].get(row, 0):,}" for row in rows), f"{variant['disk_mib']:,} MiB",
            f"{variant['fill_s']:,.0f} s", f"{variant['recount_s']:,.0f} s",
        )  # fmt: skip
    return table


def table_of(title: str, *columns: str) -> Table:
    """An empty table: words to the left, figures to the right."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, justify="left" if column in _LEFT else "right")
    return table


def spread_text(figures: Mapping[str, float], unit: str, digits: int) -> str:
    """The median, and the smallest and largest where they differ."""
    low, high = figures["min"], figures["max"]
    middle = f"{figures['median']:,.{digits}f}{unit}"
    return middle if low == high else f"{middle} [dim]{low:,.{digits}f}–{high:,.{digits}f}[/dim]"
