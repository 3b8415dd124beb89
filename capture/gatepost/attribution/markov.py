"""Markov: what share of the conversions would be lost if nobody got past an article."""

from __future__ import annotations

from gatepost.attribution.model import Model

MODEL = Model(
    "markov",
    "Markov removal effect",
    "Credit goes by the share of conversions that a chain of all journeys, also those without one, loses when readers "
    "of the article go no further.",
)
