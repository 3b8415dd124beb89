"""Offers as templates show them: cards, forms and landing pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from gatepost.languages import words
from gatepost.offers import KINDS, Terms, linkedin, variants
from gatepost.offers.trial import Variant
from gatepost_pelican import gate, script, varying
from gatepost_pelican.feeds import OTHER, marked
from gatepost_pelican.offers import WrittenOffer
from gatepost_pelican.placing import Placing
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.varying import Spot

LINKEDIN = "linkedin"
# The template of each place that an offer can stand in; LinkedIn has one look everywhere.
TEMPLATES = {"end": "card", "inline": "inline", "page": "inline", "gate": "gate", LINKEDIN: "linkedin", "form": "form"}


def published(terms: Terms) -> Terms:
    """What everybody may know: the link of a webinar comes with a seat and stands on no page."""
    return replace(terms, meeting=replace(terms.meeting, link="")) if terms.meeting else terms


class OfferView:
    """What templates know of an offer. `kind` is the label that readers see, `url` is relative to the site's root.

    `is_over` was true when the site was built: a form would bring nothing. The capture service looks again by itself.
    Its sentences are in the offer's own language, and so are those of `words`, which templates know as `_`.
    `trial` is the test that its cards take part in, if there is one.
    """

    def __init__(self, offer: WrittenOffer, page: Any, cards: Cards):
        kind = KINDS[offer.draft.kind]
        self.slug = offer.slug
        self.title = offer.draft.title
        self.summary = offer.draft.summary
        self.language = offer.draft.language
        self.words = words(self.language)
        self.kind_name, self.noun = kind.name, kind.noun
        self.asks = kind.asks
        self.terms = published(kind.terms(offer.draft))
        self.is_over = self.terms.is_over(cards.now)
        self.button = self.words(kind.buttons.get(self.terms.action, kind.button))
        self.kind, self.note = self.words(kind.label), self.words(kind.note)
        self.asks_name = variants.asks_name(offer.draft)
        self.link = "" if kind.asks else offer.draft.link
        self.wordings = offer.wordings
        self.url = landing_page(offer.slug)
        # Where browsers keep nothing, nobody could be shown the same variant twice.
        is_tested = not self.is_over and cards.settings.journey != "off"
        self.trial = variants.trial(offer.slug, offer.draft) if is_tested and kind.asks else None
        self._page = page
        self._cards = cards

    def varied(self, variant: Variant) -> OfferView:
        """The offer as a variant has it."""
        other = copy(self)
        other.title = variant.title or self.title
        other.summary = variant.summary or self.summary
        other.button = variant.button or self.button
        other.asks_name = variant.form == variants.NAME if variant.form else self.asks_name
        return other

    def untested(self) -> OfferView:
        """The offer as it stands and nothing beside it, for what only its writer sees."""
        other = copy(self)
        other.trial = None
        return other

    @property
    def teaser(self) -> str:
        """The open text, with links as the page that is being written needs them."""
        return str(self._page.content)

    def leads_to(self, page: str, article: str) -> str:
        """Where the button of an offer without a form leads. `page` is the path of the page that it stands on."""
        if self.terms.action != linkedin.SHARE:
            return self.link
        return linkedin.sharing(self._cards.settings.root_url + page, article or self.slug)

    @property
    def facts(self) -> str:
        """What its kind shows between summary and form: a date and a place, a prize, a client."""
        return self._cards.facts(self)

    @property
    def form(self) -> str:
        """The form alone, or the button that leads to LinkedIn, for the offer's landing page."""
        return varying.card(self._cards, self, self._spot)

    def varying(self, make: Callable[[OfferView], object]) -> str:
        """A part of the landing page that shows title and summary: `make(offer)` gives one element of HTML."""
        return varying.part(self._cards, self, self._spot, make)

    @property
    def _spot(self) -> Spot:
        return Spot(varying.FORM, "", f"/{self.url}", 0, self._page.get_siteurl())


class Cards:
    """Renders offers. Each template is compiled once a build."""

    def __init__(self, env: Any, settings: SiteSettings, static: str, now: datetime | None = None):
        self.settings = settings
        self.static = static
        self.now = now or datetime.now(UTC)
        self._env = env
        self.templates = {place: env.get_template(f"gatepost/{name}.html") for place, name in TEMPLATES.items()}

    def render(self, view: OfferView, spot: Spot, variant: str = "") -> str:
        """One card. `variant` is the key of the variant that `view` shows; "" for the offer as it stands."""
        place = spot.place if view.asks or spot.place == varying.FORM else LINKEDIN
        return str(
            self.templates[place].render(
                offer=view,
                _=view.words,
                place=place,
                article_slug=spot.article,
                page_path=f"{self.settings.below}{spot.page}",
                form_id="-".join(filter(None, ("gp", spot.article, view.slug, str(spot.number), variant))),
                capture_url=self.settings.capture_url,
                contact=self.settings.contact,
                SITEURL=spot.siteurl,
                SITENAME=self.settings.site_name,
            )
        )

    def beside(self, view: OfferView, spot: Spot, others: list[tuple[str, str]], now: str, seen: str) -> str:
        """What is shown now, with the markup of variants (key, markup) beside it, and the script that picks one."""
        assert view.trial is not None
        return str(
            self._env.get_template("gatepost/trial.html").render(
                offer=view,
                trial=view.trial.key,
                keys=" ".join(variant.key for variant in view.trial.variants),
                variants=others,
                now=now,
                seen=seen,
                is_other=spot.is_other,
                script=f"{spot.siteurl}/{self.static}/{script.TRIALS}",
                article_slug=spot.article,
                capture_url=self.settings.capture_url,
                journey=self.settings.journey,
            )
        )

    def facts(self, view: OfferView) -> str:
        """The part of a card that only its kind has."""
        return str(self._env.get_template(f"gatepost/kinds/{view.kind_name}.html").render(offer=view, _=view.words))


class Placed:
    """Stands in for an article's or a page's `get_content`: Pelican's own text with the cards in it.

    Summaries are made from the text without them. `siteurl` differs from page to page under RELATIVE_URLS.
    """

    def __init__(self, placing: Placing, views: Mapping[str, OfferView], cards: Cards):
        self.placing = placing
        is_draft = getattr(placing.content, "status", "") == "draft"
        self.views = {slug: views[slug].untested() if is_draft else views[slug] for slug in placing.slugs}
        self.cards = cards
        self.bare_content = placing.content.get_content
        self.bare_summary = placing.content.get_summary
        self._is_summing = False
        self._made: dict[str, str] = {}

    def content(self, siteurl: str) -> str:
        """The text with cards, rendered once for each `siteurl`."""
        if self._is_summing:
            return gate.PLACEHOLDER.sub("", self.bare_content(siteurl))
        if siteurl not in self._made:
            self._made[siteurl] = self._with_cards(siteurl)
        return self._made[siteurl]

    def summary(self, siteurl: str) -> str:
        """What Pelican makes of the text without cards."""
        self._is_summing = True
        try:
            return str(self.bare_summary(siteurl))
        finally:
            self._is_summing = False

    def _with_cards(self, siteurl: str) -> str:
        placing, bare = self.placing, self.bare_content(siteurl)
        numbers, places = iter(range(1, 1000)), iter(placing.inline)
        shown = placing.shown([slug for slug, view in self.views.items() if view.asks])
        moves = varying.moves(bare, shown, {slug: view.trial for slug, view in self.views.items()})

        def card(slug: str, place: str) -> str:
            home = moves.homes.get(slug, "")
            spot = Spot(place, placing.key, f"/{placing.content.url}", next(numbers), siteurl, home)
            return marked(varying.card(self.cards, self.views[slug], spot), OTHER if spot.is_other else place, slug)

        def filled(text: str) -> str:
            return gate.PLACEHOLDER.sub(lambda _: card(next(places), placing.inside), text)

        before = filled(bare[: moves.third])
        moved = [card(slug, placing.inside) for slug in moves.from_(variants.END)]
        after = [filled(bare[moves.third :])] if moves.third < len(bare) else []
        last = [*shown[len(placing.inline) :], *((variants.END, slug) for slug in moves.from_(variants.INLINE))]
        return "\n".join([before, *moved, *after, *(card(slug, place) for place, slug in last)])


def landing_page(slug: str) -> str:
    """Where an offer's landing page lies, relative to the site's root."""
    return f"offers/{slug}.html"


def put(placing: Placing, views: Mapping[str, OfferView], cards: Cards) -> None:
    """Give an article or a page its cards, and templates what they may ask about them."""
    content = placing.content
    if placing.is_article:
        content.offers = tuple(views[slug] for slug in placing.slugs)
        content.gated = placing.is_gated
    if placing.slugs:
        placed = Placed(placing, views, cards)
        content.get_content, content.get_summary = placed.content, placed.summary
