"""The report: pure arithmetic over counted facts. Which articles bring leads, what that is worth, how sure one can be."""

from gatepost.report.behind import ArticleBehind, Behind, open_up
from gatepost.report.cells import csv_cell, csv_text
from gatepost.report.composing import compose
from gatepost.report.facts import (
    Amount,
    ChannelCount,
    Counted,
    Coverage,
    Credited,
    CreditSums,
    DayCount,
    Facts,
    People,
    Request,
    Steps,
)
from gatepost.report.funnel import Funnel, Step
from gatepost.report.given import Given, StepsMissing
from gatepost.report.groups import Group
from gatepost.report.journeys import Journeys
from gatepost.report.money import Return
from gatepost.report.plain import as_csv, as_dict, opened
from gatepost.report.rates import Interval, Rate
from gatepost.report.rows import ArticleRow, Report, Totals

__all__ = [
    "Amount",
    "ArticleBehind",
    "ArticleRow",
    "Behind",
    "ChannelCount",
    "Counted",
    "Coverage",
    "CreditSums",
    "Credited",
    "DayCount",
    "Facts",
    "Funnel",
    "Given",
    "Group",
    "Interval",
    "Journeys",
    "People",
    "Rate",
    "Report",
    "Request",
    "Return",
    "Step",
    "Steps",
    "StepsMissing",
    "Totals",
    "as_csv",
    "as_dict",
    "compose",
    "csv_cell",
    "csv_text",
    "open_up",
    "opened",
]
