"""The report on paper: the code for the typesetter. Texts go in as string literals only, so none can be taken for code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gatepost.attribution import MODELS
from gatepost.offers import Money
from gatepost.report import funnel, notes
from gatepost.report.arrivals import CLIENTS_NOTE, Arrival, Arrivals
from gatepost.report.funnel import Funnel, Step
from gatepost.report.home import Overview
from gatepost.report.ladder import NOTE as LADDER_NOTE
from gatepost.report.ladder import LadderRung
from gatepost.report.noted import Note
from gatepost.report.rates import Interval
from gatepost.report.rows import ArticleRow, Report
from gatepost.report.span import Span
from gatepost.report.told import figures, reached
from gatepost.report.words import between, chance, percent

# Articles in the table; what is left out is said above it.
MOST = 20
_NONE = "–"
# For nine columns: names keep their room, and amounts break between number and currency.
_WIDE = "(25mm, auto, auto, auto, 1fr, 1fr, 1fr, 1fr, 1fr)"


@dataclass(frozen=True)
class Printed:
    """All that the paper shows of one span. `articles` is how many there are, of which the report may hold only the first."""

    overview: Overview
    report: Report
    articles: int
    steps: Funnel
    rungs: Sequence[LadderRung]
    arrivals: Arrivals
    noted: Sequence[Note]
    compare: Span | None = None


def source(printed: Printed) -> str:
    """Typst code that the style in templates/report.typ goes before."""
    report, found = printed.report, printed.overview
    made = f"made on {_day(report.made_at.date())}, {report.made_at:%H:%M} UTC"
    title = f"Report: {report.site_name}"
    parts = (
        f"#show: report.with(title: {literal(title)}, site: {literal(report.site_name)}, made: {literal(made)})",
        f"#heading(level: 1, {literal(title)})",
        _soft(
            f"{days_of(report.span)}{f', before it {days_of(printed.compare)}' if printed.compare else ''}; {made}. "
            "Days are those of UTC; every interval is a 90 % interval."
        ),
        *_goal(found),
        *_articles(printed),
        *_lost(printed),
        *_ladder(printed.rungs),
        *_arrivals(printed.arrivals),
        *_notes(printed),
    )
    return "\n".join(parts) + "\n"


def days_of(span: Span) -> str:
    """A span in words."""
    if span.first and span.last:
        return f"{_day(span.first)} to {_day(span.last)}"
    return f"Since {_day(span.first)}" if span.first else f"Until {_day(span.last)}" if span.last else "All time"


def literal(text: str) -> str:
    """A Typst string of this text, without characters that nothing can show."""
    kept = "".join(
        sign for sign in text if sign == " " or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    # A number and its sign stay on one line.
    escaped = kept.replace(" %", "\u00a0%").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _goal(found: Overview) -> Iterable[str]:
    before = "Before" if found.before else ""
    yield _heading(found.goal.label)
    yield f"#lead({literal(reached(found))})"
    yield _soft(found.goal.says)
    lines = [(one.label, one.now, *((one.before,) if before else ())) for one in figures(found)]
    yield _table(("Figure", "Now", *((before,) if before else ())), lines)


def _articles(printed: Printed) -> Iterable[str]:
    report, shown = printed.report, printed.report.rows[:MOST]
    order = (
        "highest rate first, as far as it is known" if report.is_ranked else "in order of reads: too few leads to rank"
    )
    which = (
        f"The first {len(shown)} of {printed.articles:,} articles" if printed.articles > len(shown) else "All articles"
    )
    yield _heading("Articles")
    yield _soft(
        f"{which}, {order}. Helped: confirmed leads whose journey holds the article. Rate: helped by unique readers, with its "
        f"interval; the mean article’s is {percent(report.site_rate)}. Above: how probably it lies above that. Credit by the "
        f"model “{MODELS[report.model].label}”."
    )
    yield _table(
        ("Article", "Reads", "Readers", "Helped", "Rate", "Above", "Credit", "Value"), [_article(row) for row in shown]
    )


def _article(row: ArticleRow) -> tuple[str, ...]:
    rate = row.rate
    sure = (_share(rate.interval), chance(rate.above)) if rate else (_NONE, _NONE)
    counts = (f"{row.reads:,}", f"{row.unique_readers:,}", f"{row.helped:,}")
    error = f" ± {row.given.error:.2f}" if row.given.error is not None else ""
    return (row.title, *counts, *sure, f"{row.credit:.2f}{error}", _money(row.value))


def _lost(printed: Printed) -> Iterable[str]:
    found = printed.overview
    yield _heading("Where readers are lost")
    for says in filter(None, (found.lost, found.worse)):
        yield f"#par({literal(says)})"
    yield _table(("Step", "How many", "Of those before"), [_step(step, printed.steps) for step in printed.steps.steps])
    yield _soft(funnel.NOTE)


def _step(step: Step, steps: Funnel) -> tuple[str, ...]:
    before = next((one.label for one in steps.steps if one.rung == step.before), "")
    share = f"{_share(step.share)} of “{before}”" if step.share else _NONE
    return (step.label, f"{step.count:,}", share)


def _ladder(rungs: Sequence[LadderRung]) -> Iterable[str]:
    yield _heading("The ladder")
    lines = [
        (
            rung.label,
            f"{rung.count:,}",
            _NONE if rung.went_on is None else f"{rung.went_on:,}",
            _share(rung.on) if rung.on else _NONE,
        )
        for rung in rungs
    ]
    yield _table(("Rung", "How many", "Went on", "Share"), lines)
    yield _soft(LADDER_NOTE)


def _arrivals(found: Arrivals) -> Iterable[str]:
    head = ("", "Reads", "Leads", "Clients", "Close rate", "Value", "Deals", "Cost", "Return")
    for title, rows in (("Lead classes", found.classes), ("Channels", found.channels)):
        if rows:
            yield _heading(title)
            yield _table((title, *head[1:]), [_arrival(one) for one in rows], widths=_WIDE)
    yield _soft(f"{notes.CLASSES} {CLIENTS_NOTE}")


def _arrival(one: Arrival) -> tuple[str, ...]:
    group = one.group
    back = "; ".join(
        percent(it.mean)
        + (f" ({percent(it.low)} to {percent(it.high)})" if it.low is not None and it.high is not None else "")
        for it in group.returns
    )
    counts = (f"{group.reads:,}", f"{group.leads:,}", f"{group.clients:,}")
    money = (_money(group.value), _money(group.deals), _money(group.spend))
    return (group.label, *counts, _share(group.close_rate) if group.close_rate else _NONE, *money, back or _NONE)


def _notes(printed: Printed) -> Iterable[str]:
    if printed.noted:
        yield _heading("What happened")
        yield _points([note.says for note in printed.noted])
    yield _heading("What is uncertain")
    yield _points([*printed.report.notes, *notes.money(printed.report), notes.CAUSE])


def _heading(text: str) -> str:
    return f"#heading(level: 2, {literal(text)})"


def _soft(text: str) -> str:
    return f"#soft({literal(text)})"


def _points(lines: Sequence[str]) -> str:
    return f"#points({', '.join(literal(line) for line in lines)})"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]], widths: str = "auto") -> str:
    cells = "".join(f",\n  ({', '.join(literal(cell) for cell in line)},)" for line in lines)
    return f"#rows(widths: {widths}, ({', '.join(literal(cell) for cell in head)},){cells})"


def _share(interval: Interval) -> str:
    return f"{percent(interval.mean)} ({between(interval)})"


def _money(amounts: Sequence[Money]) -> str:
    return ", ".join(str(amount) for amount in amounts) or _NONE


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
