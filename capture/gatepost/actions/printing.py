"""The report as tables for a terminal. A number that lost its end would be another number: columns go, digits stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from gatepost.offers import Money
from gatepost.report import ArticleBehind, ArticleRow, Group, Interval, Report, Request, Return, notes
from gatepost.report.given import SHOWN
from gatepost.report.groups import CLASSES
from gatepost.report.words import percent

if TYPE_CHECKING:
    from rich.table import Table

# What a title needs to be recognised, and the frame around all columns.
_TITLE, _FRAME = 16, 4

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """Where there is not enough room, the column with the highest `room` goes first, and none with 0. One without a figure
    goes in any case."""

    name: str
    cell: Callable[[Row], str]
    room: int = 0


def table(report: Report, *, most: int = SHOWN, width: int | None = None) -> Table:
    """The first `most` articles for a terminal, as many columns as fit into `width` (the terminal's)."""
    from rich.console import Console

    width = width or Console().width
    rows = report.rows[:most]
    columns, left_out = _fitting(_ARTICLE, rows, width)
    names = [column.name for column in columns]
    cells = [[_plain(row.title), *(column.cell(row) for column in columns)] for row in rows]
    return _table("Articles and leads", "Article", names, cells, width, _caption(report, names, left_out, len(rows)))


def groups_table(report: Report, *, width: int | None = None) -> Table:
    """Lead classes with their channels, as many columns as fit."""
    from rich.console import Console

    width = width or Console().width
    groups = [
        one
        for name, label in CLASSES.items()
        for one in (*_named(report.classes, name), *_named(report.channels, name, label))
    ]
    columns, _ = _fitting(_GROUP, groups, width)
    classes = set(map(id, report.classes))
    rows = [
        [group.label if id(group) in classes else f"  {group.label}", *(column.cell(group) for column in columns)]
        for group in groups
    ]
    names = [column.name for column in columns]
    return _table("Lead classes and channels", "Class and channel", names, rows, width, notes.CLASSES)


def fitted(
    title: str, first: str, columns: Sequence[Column[Row]], rows: Mapping[str, Row], caption: str, width: int | None
) -> Table:
    """A table of rows by their name, as many columns as fit into `width` (the terminal's)."""
    from rich.console import Console

    width = width or Console().width
    fitting, _ = _fitting(columns, list(rows.values()), width)
    cells = [[_plain(name), *(column.cell(row) for column in fitting)] for name, row in rows.items()]
    return _table(title, first, [column.name for column in fitting], cells, width, caption)


def article_table(behind: ArticleBehind) -> Table:
    """The requests behind one article, for a terminal."""
    from rich.table import Table

    shown = Table(title=f"{_plain(behind.row.title)}: {behind.total} requests", title_justify="left")
    for name in ("Lead", "State", "Offer", "Asked", "Confirmed", "Here", "Helped", "Credit", "Journey"):
        shown.add_column(name, overflow="fold")
    for one in behind.rows:
        asked = one.request
        shown.add_row(
            asked.email or "(erased)",
            asked.state,
            asked.offer,
            f"{asked.requested_at:%Y-%m-%d}",
            f"{asked.confirmed_at:%Y-%m-%d}" if asked.confirmed_at else "-",
            "yes" if one.is_here else "-",
            "yes" if one.helped else "-",
            "n/a" if one.credit is None else f"{one.credit:.2f}" if one.credit else "-",
            _journey(asked),
        )
    return shown


def _fitting(columns: Sequence[Column[Row]], rows: Sequence[Row], width: int) -> tuple[list[Column[Row]], list[str]]:
    """The columns that have something to say and fit, and the names of those that do not fit."""
    room = width - _TITLE - _FRAME
    widths = {
        column: max([len(column.name), *(len(column.cell(row)) for row in rows)]) + 3
        for column in columns
        if not column.room or any(column.cell(row) not in ("", "-") for row in rows)
    }
    left_out = []
    for column in sorted(widths, key=lambda column: -column.room):
        if column.room and sum(widths.values()) > room:
            del widths[column]
            left_out.append(column)
    return [column for column in columns if column in widths], [one.name for one in columns if one in left_out]


def _table(
    title: str, first: str, names: Sequence[str], rows: Sequence[Sequence[str]], width: int, caption: str
) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    shown = Table(title=title, title_justify="left", caption=caption, caption_justify="left", box=SIMPLE_HEAD)
    # Only titles give way to a narrow terminal.
    widest = [max([len(name), *(len(row[place]) for row in rows)]) for place, name in enumerate(names, 1)]
    left = width - sum(widest) - 3 * len(widest) - _FRAME
    shown.add_column(first, overflow="ellipsis", no_wrap=True, max_width=max(_TITLE, left))
    for name, cells in zip(names, widest, strict=True):
        shown.add_column(name, justify="right", no_wrap=True, min_width=cells)
    for row in rows:
        shown.add_row(*row)
    return shown


def _named(groups: Sequence[Group], lead_class: str, without: str = "") -> list[Group]:
    # The unknown channel is all of its class: one line says it.
    return [group for group in groups if group.lead_class == lead_class and group.label != without]


def _plain(title: str) -> str:
    # Rich reads [brackets] as styles; a title means them as they are.
    from rich.markup import escape

    return escape(title)


def _journey(asked: Request) -> str:
    touches = asked.journey or asked.touches
    said = [touch.article + (f" (not believed: {touch.suspect})" if touch.suspect else "") for touch in touches]
    return _plain(" > ".join(said)) or "-"


def _summary(report: Report) -> str:
    totals = report.totals
    since = f" since {report.since:%Y-%m-%d}" if report.since else ""
    return f"Leads: {totals.requested} asked, {totals.confirmed} confirmed{since}."


def _caption(report: Report, names: Sequence[str], left_out: Sequence[str], shown: int) -> str:
    lines = [
        f"{_summary(report)} Credit by the model “{report.model}”; the mean article's rate is {percent(report.site_rate)}.",
        *report.notes,
        *notes.money(report),
    ]
    if _TOUCHED in names or _REMOVAL in names:
        lines.append(notes.CAUSE)
    if len(report.rows) > shown:
        lines.append(f"Shown are the first {shown} of {len(report.rows)} articles; --format csv and json have all.")
    if left_out:
        lines.append(f"No room here for: {', '.join(left_out)}; --format html and json have all.")
    if report.dropped:
        dropped = ", ".join(f"{reason} {count}" for reason, count in sorted(report.dropped.items()))
        lines.append(f"Not counted: {dropped}")
    return "\n".join(lines)


def _share(interval: Interval | None) -> str:
    return percent(interval.mean) if interval else "-"


def _interval(interval: Interval | None) -> str:
    return f"{percent(interval.low)} - {percent(interval.high)}" if interval else ""


def _money(amounts: Sequence[Money]) -> str:
    return ", ".join(map(str, amounts)) or "-"


def _error(row: ArticleRow) -> str:
    return "-" if row.given.error is None else f"{row.given.error:.2f}"


def _ends(row: ArticleRow) -> str:
    low, high = row.given.ends
    return f"{low:.2f} - {high:.2f}" if high else "-"


def _returns(found: Sequence[Return]) -> str:
    return ", ".join(map(_return, found)) or "-"


def _return(one: Return) -> str:
    if one.low is None or one.high is None:
        return percent(one.mean)
    return f"{percent(one.mean)} ({percent(one.low)} - {percent(one.high)})"


_TOUCHED, _REMOVAL = "Touched by", "Removal effect"
_ARTICLE: tuple[Column[ArticleRow], ...] = (
    Column("Reads", lambda row: str(row.reads), 4),
    Column("Readers", lambda row: str(row.unique_readers), 1),
    Column("Signed up", lambda row: str(row.signed_up_here), 6),
    Column("Confirmed", lambda row: str(row.confirmed), 2),
    Column("Helped", lambda row: str(row.helped)),
    Column("Rate", lambda row: _share(row.rate.interval if row.rate else None)),
    Column("90 % interval", lambda row: _interval(row.rate.interval if row.rate else None)),
    Column("", lambda row: row.rate.verdict if row.rate else ""),
    Column("Credit", lambda row: f"{row.credit:.2f}" if row.credit else "-", 3),
    Column("±", _error, 9),
    Column("All models", _ends, 10),
    Column("Value", lambda row: _money(row.value), 5),
    Column("Deals", lambda row: _money(row.deals), 7),
    Column("Spend", lambda row: _money(row.spend), 12),
    Column("Return", lambda row: _returns(row.returns), 8),
    Column(_TOUCHED, lambda row: "-" if row.touched_by is None else percent(row.touched_by), 13),
    Column(_REMOVAL, lambda row: "-" if row.given.removal_effect is None else percent(row.given.removal_effect), 11),
)
_GROUP: tuple[Column[Group], ...] = (
    Column("Reads", lambda group: str(group.reads)),
    Column("Leads", lambda group: str(group.leads)),
    Column("Clients", lambda group: str(group.clients)),
    Column("Close rate", lambda group: _share(group.close_rate)),
    Column("90 % interval", lambda group: _interval(group.close_rate)),
    Column("Value", lambda group: _money(group.value), 3),
    Column("Deals", lambda group: _money(group.deals), 1),
    Column("Spend", lambda group: _money(group.spend), 4),
    Column("Return", lambda group: _returns(group.returns), 2),
)
