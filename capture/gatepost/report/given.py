"""What the chosen model gives each article, and between which ends all models put it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from gatepost.attribution import ADDITIVE, MODELS, markov
from gatepost.report.credit import split
from gatepost.report.facts import Amount, CreditSums, Facts, Steps
from gatepost.report.facts import Credited as Sums
from gatepost.report.money import Credited, credited

# Of so many articles the removal effect is exact in any chain, however large.
SHOWN = 200
MARKOV = markov.MODEL.name
_NOTHING = Sums()


class StepsMissing(ValueError):
    """Facts without the steps that the Markov model is made of."""

    cure = 'Ask the store for facts with model="markov".'


@dataclass(frozen=True)
class Given:
    """Credit of one article by the chosen model: `sums` of leads with their offers' value, and `sold` of deals.

    `has_errors` says whether the model's standard errors are known. `removal_effect` is there under the Markov model only.
    What hangs on these is worked out when it is asked for: a report has many articles, and shows few.
    """

    slug: str = ""
    sums: Sums = _NOTHING
    sold: Sums = _NOTHING
    models: CreditSums = field(default_factory=dict)
    has_errors: bool = True
    removal_effect: float | None = None

    @property
    def credit(self) -> float:
        """Leads, as a sum of shares."""
        return self.sums.shares

    @property
    def error(self) -> float | None:
        """The standard error of the credit: the root of the sum of its squared parts, if leads come by chance, each for
        itself (compound Poisson)."""
        return math.sqrt(self.sums.squares) if self.has_errors else None

    @property
    def value(self) -> Credited:
        """What the leads' offers are worth."""
        return credited(self.sums.amounts, has_errors=self.has_errors)

    @property
    def deals(self) -> Credited:
        """What the leads brought."""
        return credited(self.sold.amounts, has_errors=self.has_errors)

    @property
    def by_model(self) -> dict[str, float]:
        """The credit by each model that is known."""
        found = {name: given.get(self.slug, _NOTHING).shares for name, given in self.models.items() if name in ADDITIVE}
        return found if self.has_errors else {**found, MARKOV: self.credit}

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that any model gives."""
        found = self.by_model.values()
        return (min(found), max(found)) if found else (self.credit, self.credit)


@dataclass(frozen=True)
class _Chain:
    """Credit and money by the Markov model; "" has what cannot be placed."""

    credit: Mapping[str, float]
    effects: Mapping[str, float]
    value: Mapping[str, list[Amount]]
    deals: Mapping[str, list[Amount]]


def give(facts: Facts, model: str, articles: Collection[str], ranked: Collection[str]) -> dict[str, Given]:
    """Credit by article, "" for what is given to none.

    In a very large chain, removal effects are exact for the first SHOWN of `ranked`. Raises KeyError for a model that is
    not there, StepsMissing.
    """
    if MODELS[model].shares is None:
        chain = _chain(facts, list(ranked)[:SHOWN])
        return {slug: _of_chain(facts, chain, slug) for slug in (*articles, "")}
    sums, sold = facts.credit.get(model, {}), facts.deals.get(model, {})
    return {
        slug: Given(slug, sums.get(slug, _NOTHING), sold.get(slug, _NOTHING), facts.credit) for slug in (*articles, "")
    }


def _of_chain(facts: Facts, chain: _Chain, slug: str) -> Given:
    return Given(
        slug,
        Sums(chain.credit.get(slug, 0.0), 0.0, tuple(chain.value.get(slug, ()))),
        Sums(0.0, 0.0, tuple(chain.deals.get(slug, ()))),
        facts.credit,
        has_errors=False,
        removal_effect=chain.effects.get(slug, 0.0) if slug else None,
    )


def _chain(facts: Facts, shown: Collection[str]) -> _Chain:
    if facts.steps is None:
        raise StepsMissing("The Markov model needs the steps between articles.")
    # Every model that judges journeys one by one places the same conversions; the last touch is where they ended.
    last = facts.credit.get("last", {})
    effects = markov.removal_effects(markov.from_pairs(facts.steps.pairs, facts.steps.endings), shown)
    placed = math.fsum(given.shares for slug, given in last.items() if slug)
    credit = markov.credit(effects, placed)
    unplaced = last.get("", _NOTHING).shares + placed - math.fsum(credit.values())
    return _Chain(
        {**credit, "": max(unplaced, 0.0)},
        effects,
        _money(facts.steps, last, shown),
        _money(facts.steps, facts.deals.get("last", {}), shown),
    )


def _money(steps: Steps, last: Mapping[str, Sums], shown: Collection[str]) -> dict[str, list[Amount]]:
    """Money by removal effect on money: the same chain, with what a reader brings in the place of conversions."""
    ended: dict[str, dict[str, int]] = {}
    for slug, given in last.items():
        for amount in given.amounts:
            ended.setdefault(amount.currency, {})[slug] = amount.amount
    found: dict[str, list[Amount]] = {}
    for currency, amounts in sorted(ended.items()):
        unplaced = amounts.pop("", 0)
        values = {slug: float(amount) for slug, amount in amounts.items()}
        effects = markov.removal_effects(markov.from_pairs(steps.pairs, steps.endings, values), shown, by_value=True)
        with_effect = {slug: effect for slug, effect in effects.items() if effect > 0}
        parts = split(sum(amounts.values()), list(with_effect.values()))
        for slug, part in zip(with_effect, parts, strict=True):
            if part:
                found.setdefault(slug, []).append(Amount(currency, part))
        unplaced += sum(amounts.values()) - sum(parts)
        if unplaced:
            found.setdefault("", []).append(Amount(currency, unplaced))
    return found
