"""What pages show: dates for people, addresses of the site, and a reader's own page from what is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request
from jinja2 import TemplateNotFound

from gatepost.actions import confirming, exporting, granting
from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable
from gatepost.engine import Engine
from gatepost.languages import Words
from gatepost.languages import words as words_of
from gatepost.leads import Grant, Lead
from gatepost.offers import KINDS, LIST_WORDS, Kind, Offer, said
from gatepost.store import grants, leads
from gatepost.web.wiring import engine

STATES = {
    "pending": said("waiting for the button in the letter"),
    "confirmed": said("confirmed"),
    "left": said("left"),
}
GOOD_FOR = {
    "pdf": said("To print, and to read at a desk."),
    "epub": said("For e-readers and telephones; the letters can be made larger."),
}
LETTERS = {
    "confirm": said("Please confirm"),
    "delivery": said("Your offer"),
    "survey": said("Your answers count"),
    "question": said("Your question has arrived"),
    "question-notice": said("Your question, to us"),
    "seat": said("Your seat"),
    "seat-free": said("A seat became free"),
    "moved": said("Another date"),
    "reminder": said("A reminder"),
    "entry": said("Your entry counts"),
    "won": said("You have won"),
}
# What programs and owners see is English.
_ENGLISH = ("/owner", "/api/", "/mailbox", "/touch")


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.add_template_filter(day)
    app.add_template_global(site_url)
    app.add_template_global(noun)
    app.context_processor(lambda: {"site_name": site_name(), "root": _root(), "_": words(), "kinds": KINDS})


def day(at: datetime | str | None) -> str:
    """A day as "22 November 2026" in the language of this answer; nothing for nothing."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return words().day(moment.astimezone(UTC).date())


def site_name() -> str:
    """What the blog is called."""
    try:
        return engine().catalogue.site_name
    except (CatalogueMissing, CatalogueUnreadable):
        return "Gatepost"


def speak(offer: Offer | None) -> None:
    """Let the rest of this answer be in the language of an offer."""
    if offer is not None and offer.language:
        speak_language(offer.language)


def speak_of(subject: UUID) -> None:
    """Let the rest of this answer be in the language of a request, or of the last one that a person made."""
    with engine().database.reading() as tx:
        signup = leads.signup(tx, subject)
        asked = [signup] if signup else leads.signups_of(tx, subject)
    if asked:
        speak(engine().catalogue.offers.get(asked[-1].offer))


def speak_language(tag: str) -> None:
    """Let the rest of this answer be in a language."""
    g.words = words_of(tag)


def words() -> Words:
    """The words of this answer: those of the offer that it is about, or else of the site."""
    if request.path.startswith(_ENGLISH):
        return words_of("en")
    if "words" not in g:
        try:
            g.words = words_of(engine().catalogue.language)
        except (CatalogueMissing, CatalogueUnreadable):
            g.words = words_of("en")
    found: Words = g.words
    return found


def site_url(path: str = "/") -> str:
    """The address of one of the site's own pages; a request's Host has no say in it."""
    if path.startswith(("https://", "http://")):
        return path
    return f"{engine().settings.site_url}/{path.lstrip('/')}"


def noun(offer: Offer | None) -> str:
    """What to call an offer inside a sentence: "checklist"."""
    kind = KINDS.get(offer.kind) if offer else None
    return kind.noun if kind else "file"


def kind(offer: Offer | None) -> Kind | None:
    """The kind of an offer that is still there."""
    return KINDS.get(offer.kind) if offer else None


@dataclass(frozen=True)
class Format:
    """One of the files among which a reader chooses; `good_for` is a sentence of its own."""

    ending: str
    good_for: str


def formats(offer: Offer | None) -> tuple[Format, ...]:
    """The formats of a book, where there are several; none for other kinds."""
    endings = [file.name.rpartition(".")[2] for file in offer.files] if offer and offer.kind == "ebook" else []
    return tuple(Format(ending, GOOD_FOR[ending]) for ending in endings if ending in GOOD_FOR)


def has_page(offer: Offer) -> bool:
    """Does the kind of an offer have something to show beside its files?"""
    try:
        current_app.jinja_env.get_template(f"kinds/{offer.kind}.html")
    except TemplateNotFound:
        return False
    return True


def yours(engine: Engine, found: confirming.Yours) -> dict[str, Any]:
    """The page of one request: its title, and a link to each file that opens."""
    files = [{**_named(g), "link": path_to(engine, "download", g.id, g.file.door)} for g in found.grants]
    return {"title": found.offer.title if found.offer else "", "files": files, "signup": found.signup}


def path_to(engine: Engine, door: str, subject: UUID, page: str = "") -> str:
    """The path of a fresh signed link, for answers that stay on this address; `page` where it differs from the door."""
    return f"/{page or door}/{engine.tokens.sign(door, subject, engine.now())}"


def held(engine: Engine, lead: Lead) -> dict[str, Any]:
    """A reader's own page: everything as exported, with titles, states in words, and links to what still opens."""
    everything = exporting.everything(engine, lead.id)
    titles = {slug: offer.title for slug, offer in engine.catalogue.offers.items()}
    articles = {slug: article.title for slug, article in engine.catalogue.articles.items()}
    with engine.database.reading() as tx:
        files = [_file(engine, grant) for grant in grants.of_lead(tx, lead.id)]
    return {
        "lead": lead,
        "state": words()(STATES.get(lead.state, lead.state)),
        "permissions": everything["permissions"],
        "signups": [
            {**one, "title": titles.get(one["offer"], one["offer"]), "read": [articles.get(t["article"], t["article"]) for t in one["journey"]]}
            for one in everything["signups"]
        ],
        "files": files,
        "letters": [{**one, "title": words()(LETTERS.get(one["letter"], one["letter"]))} for one in everything["letters"]],
    }  # fmt: skip


def _named(grant: Grant) -> dict[str, str]:
    """What a file is called, and how large it is; a page is named in words and has no size."""
    if grant.file.is_page:
        return {"name": words()(LIST_WORDS), "size": ""}
    return {"name": grant.file.name, "size": words().size(grant.file.size)}


def _file(engine: Engine, grant: Grant) -> dict[str, Any]:
    link = path_to(engine, "download", grant.id, grant.file.door) if granting.opens(engine, grant) else ""
    return {
        **_named(grant),
        "link": link,
        "is_page": grant.file.is_page,
        "until": grant.expires_at,
        "uses": grant.uses,
        "of": grant.uses_allowed,
    }


def _root() -> str:
    return request.script_root
