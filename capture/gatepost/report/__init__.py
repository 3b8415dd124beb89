"""The report: pure arithmetic over counted facts. Which articles bring leads, what that is worth, how sure one can be."""

from gatepost.report.behind import ArticleBehind, Behind, open_up
from gatepost.report.cells import csv_cell, csv_text
from gatepost.report.credit import Credit
from gatepost.report.facts import Counted, DayCount, Facts, People, Request
from gatepost.report.funnel import Funnel, Step
from gatepost.report.plain import as_csv, as_dict, opened
from gatepost.report.rates import Interval, Rate
from gatepost.report.rows import ArticleRow, Report, Totals, compose

__all__ = [
    "ArticleBehind",
    "ArticleRow",
    "Behind",
    "Counted",
    "Credit",
    "DayCount",
    "Facts",
    "Funnel",
    "Interval",
    "People",
    "Rate",
    "Report",
    "Request",
    "Step",
    "Totals",
    "as_csv",
    "as_dict",
    "compose",
    "csv_cell",
    "csv_text",
    "open_up",
    "opened",
]
