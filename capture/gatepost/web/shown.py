"""What pages show: dates for people, addresses of the site, and a reader's own page from what is held."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask, request

from gatepost.actions import exporting, granting
from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable
from gatepost.engine import Engine
from gatepost.leads import Grant, Lead
from gatepost.offers import KINDS, Offer
from gatepost.store import grants
from gatepost.web.wiring import engine

STATES = {"pending": "waiting for the button in the letter", "confirmed": "confirmed", "left": "left"}
LETTERS = {"confirm": "Please confirm", "delivery": "Your offer"}


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.add_template_filter(day)
    app.add_template_global(site_url)
    app.add_template_global(noun)
    app.context_processor(lambda: {"site_name": site_name(), "root": _root()})


def day(at: datetime | str | None) -> str:
    """A day as "22 November 2026"; nothing for nothing."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{moment.astimezone(UTC):%-d %B %Y}"


def site_name() -> str:
    """What the blog is called."""
    try:
        return engine().catalogue.site_name
    except (CatalogueMissing, CatalogueUnreadable):
        return "Gatepost"


def site_url(path: str = "/") -> str:
    """The address of one of the site's own pages; a request's Host has no say in it."""
    if path.startswith(("https://", "http://")):
        return path
    return f"{engine().settings.site_url}/{path.lstrip('/')}"


def noun(offer: Offer | None) -> str:
    """What to call an offer inside a sentence: "checklist"."""
    kind = KINDS.get(offer.kind) if offer else None
    return kind.noun if kind else "file"


def path_to(engine: Engine, door: str, subject: UUID) -> str:
    """The path of a fresh signed link, for answers that stay on this address."""
    return f"/{door}/{engine.tokens.sign(door, subject, engine.now())}"


def held(engine: Engine, lead: Lead) -> dict[str, Any]:
    """A reader's own page: everything as exported, with titles, states in words, and links to what still opens."""
    everything = exporting.everything(engine, lead.id)
    titles = {slug: offer.title for slug, offer in engine.catalogue.offers.items()}
    articles = {slug: article.title for slug, article in engine.catalogue.articles.items()}
    with engine.database.reading() as tx:
        files = [_file(engine, grant) for grant in grants.of_lead(tx, lead.id)]
    return {
        "lead": lead,
        "state": STATES.get(lead.state, lead.state),
        "permissions": everything["permissions"],
        "signups": [
            {**one, "title": titles.get(one["offer"], one["offer"]), "read": [articles.get(t["article"], t["article"]) for t in one["journey"]]}
            for one in everything["signups"]
        ],
        "files": files,
        "letters": [{**one, "title": LETTERS.get(one["letter"], one["letter"])} for one in everything["letters"]],
    }  # fmt: skip


def _file(engine: Engine, grant: Grant) -> dict[str, Any]:
    link = path_to(engine, "download", grant.id) if granting.opens(engine, grant) else ""
    return {
        "name": grant.file.name,
        "link": link,
        "until": grant.expires_at,
        "uses": grant.uses,
        "of": grant.uses_allowed,
    }


def _root() -> str:
    return request.script_root
