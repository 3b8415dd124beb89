"""On a site that is not English, every word that a reader meets comes from a catalogue or from the writer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from gatepost import site as own
from gatepost.catalogue import Follower
from gatepost.engine import Engine
from gatepost.languages import words
from gatepost.mail.letters import LETTERS, FileLink, LetterContext, Quote
from gatepost.mail.rendering import render
from gatepost.offers import KINDS, Meeting
from gatepost.offers.entered import Entered
from gatepost.offers.terms import CHOICE, PHONE, SCALE, SEVERAL, Question
from gatepost.web import create_app, shown
from tests.conftest import Clock
from tests.languages import greek
from tests.languages.marking import german_is_marked, untranslated, untranslated_on
from tests.plugin.sites import Site
from tests.web.conftest import PERSON, Ada

pytestmark = pytest.mark.xdist_group("nothing-english")
ASKING = [kind for kind in greek.OFFERS if KINDS[kind].asks]
GO = "https://go.example.org"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Built in this process, where German is in brackets."""
    site = greek.laid(Site(tmp_path_factory.mktemp("greek")), str(own.theme_dir()))
    with german_is_marked():
        site.build()
    return site


@pytest.fixture
def marked() -> Iterator[None]:
    with german_is_marked():
        yield


@pytest.fixture
def reader(engine: Engine, built: Site, clock: Clock, marked: None) -> Ada:
    """Ada before the capture service of that site."""
    settings = replace(engine.settings, data_dir=built.data)
    here = Engine(settings, engine.database, engine.tokens, Follower(built.data), clock)
    client = create_app(here).test_client()
    client.environ_base["HTTP_USER_AGENT"] = PERSON
    return Ada(client, here, clock)


def test_there_is_an_offer_of_every_kind():
    assert set(greek.OFFERS) == set(KINDS)


def test_every_page_of_the_site_is_in_its_language(built):
    pages = sorted(built.output.rglob("*.html"))
    assert len(pages) > 30
    left = {str(page.relative_to(built.output)): untranslated_on(page.read_text("utf-8")) for page in pages}
    assert not {name: found for name, found in left.items() if found}


def test_every_page_of_the_site_says_its_language(built):
    for page in built.output.rglob("*.html"):
        assert '<html lang="de">' in page.read_text("utf-8"), page.name


def test_a_feed_says_in_its_language_that_the_rest_comes_by_mail(built):
    feed = html.unescape((built.output / "feeds/all.atom.xml").read_text("utf-8"))
    assert "⟦The rest of this article comes by mail, together with:⟧" in feed


def answer_to(question: Question) -> str | list[str]:
    if question.form in (CHOICE, SCALE):
        return question.choices[0]
    if question.form == SEVERAL:
        return list(question.choices)
    return "+49 30 1234567" if question.form == PHONE else "Ναι."


def fields(reader: Ada, offer: str) -> dict[str, Any]:
    """What a form of this offer sends when it is filled in."""
    questions = reader.engine.catalogue.offers[offer].terms.questions
    return {f"answer.{question.key}": answer_to(question) for question in questions}


def shows(answer: Any, status: int = 200) -> str:
    """The page, which must be of that status and have nothing untranslated on it."""
    page = answer.get_data(as_text=True)
    assert answer.status_code == status, page
    assert "⟦" in page
    assert not untranslated_on(page)
    assert '<html lang="de">' in page
    return page


@pytest.mark.parametrize("kind", ASKING)
def test_every_kind_is_asked_for_confirmed_and_shown_without_a_word_of_english(reader, kind):
    client = reader.client
    shows(client.get(f"/thanks/{kind}"))
    shows(client.post("/signup", data={"email": "ada", "offer": kind, "name": "Άδα"}), 422)
    assert reader.asks(kind, consent="letters", **fields(reader, kind)).status_code == 303
    shows(client.get(reader.link("confirm")))
    assert reader.confirms().status_code == 303
    signup = reader.signups()[-1].id
    yours = reader.link("yours", signup)
    shows(client.get(yours))
    for grant in reader.grants():
        if grant.file.is_page:
            shows(client.get(reader.link("download", grant.id).replace("/download/", "/list/")))
    reader.clock.forward(days=200)
    shows(client.get(yours))
    shows(client.get(reader.link("my")))


@pytest.mark.parametrize("kind", ["webinar", "event", "contest"])
def test_what_is_over_says_so_in_its_language(reader, kind):
    reader.clock.forward(days=200)
    shows(reader.asks(kind, **fields(reader, kind)), 410)


def test_who_comes_too_late_for_a_seat_is_told_in_the_language(reader):
    reader.asks("webinar")
    reader.confirms()
    late = replace(reader, email="bo@example.org")
    late.asks("webinar")
    late.confirms()
    shows(late.client.get(late.link("yours", late.signups()[-1].id)))


def test_links_that_do_nothing_say_why_in_the_language(reader):
    client = reader.client
    shows(client.get("/confirm/nonsense"), 404)
    shows(client.get("/nowhere"), 404)
    shows(client.post("/signup", data={"email": reader.email, "offer": "gone"}), 404)
    reader.asks()
    waiting = reader.link("confirm")
    shows(client.get(waiting.replace("/confirm/", "/again/")), 405)
    reader.confirms()
    file = reader.link("download")
    reader.clock.forward(days=60)
    shows(client.get(waiting), 410)
    shows(client.get(file), 410)
    shows(client.post(file.replace("/download/", "/again/")))


def test_leaving_and_being_erased_are_in_the_language(reader):
    reader.asks(consent="letters")
    reader.confirms()
    client, leave, mine = reader.client, reader.link("leave"), reader.link("my")
    shows(client.get(mine))
    shows(client.get(leave))
    shows(client.post(leave))
    shows(client.get(mine))
    shows(client.post(mine, data={"action": "erase"}), 422)
    shows(client.post(mine, data={"action": "erase", "sure": "yes"}))
    shows(client.get(mine), 410)


@pytest.mark.parametrize(
    "typed", ["", "ada", "@", "ada@", "ada@example", "a da@example.org", "a" * 400, "ada@exa_mple.org"]
)
def test_what_is_wrong_with_an_address_is_said_in_the_language_also_to_scripts(reader, typed):
    answer = reader.client.post("/signup", json={"email": typed, "offer": "checklist"})
    assert answer.status_code == 422
    problem = answer.get_json()
    for text in (problem["title"], problem["detail"], problem["errors"]["email"]):
        assert re.search("⟦.*⟧", text)
        assert not untranslated(text)


MEETING = Meeting(datetime(2027, 3, 2, 17, tzinfo=UTC), datetime(2027, 3, 2, 18, tzinfo=UTC), "UTC", "Αθήνα", f"{GO}/r")
PART = Entered(
    "in",
    "Βιβλίο",
    datetime(2027, 3, 31, 22, tzinfo=UTC),
    "UTC",
    f"{GO}/draw",
    ("0a" * 8, "0b" * 8),
    f"{GO}/refer/x",
    5,
    "0c" * 32,
)
PARTS = (
    PART,
    *(replace(PART, state=state) for state in ("already", "late", "out")),
    replace(PART, is_over=True, is_drawn=True, won=True),
)
CONTEXT = LetterContext(
    words=words("de"),
    site_name="Σημειώσεις",
    site_url="https://blog.example.org",
    offer_title="Τίτλος",
    offer_noun="",
    leave_url=f"{GO}/leave/x",
    my_url=f"{GO}/my/x",
    link_ends_on=date(2026, 12, 22),
    offer_summary="Περίληψη.",
    article_title="Άρθρο",
    confirm_url=f"{GO}/confirm/x",
    files=(FileLink("Λίστα.pdf", f"{GO}/download/x", ""), FileLink("Λίστα.epub", f"{GO}/download/y", "")),
    uses=20,
    postal_address="Αθήνα",
    asked="Κάποιος.",
    confirm_words="Ναι",
    yours_url=f"{GO}/yours/x",
    meeting=MEETING,
    part=PART,
    answers=(Quote("Τι;", "Αυτό."),),
    ending_title="Τίτλος",
)
READERS = [name for name, letter in LETTERS.items() if letter.purpose != "owner"]


def variants(context: LetterContext) -> Iterator[LetterContext]:
    """The same letter in every mood: with and without files, an article, a link; waiting or not, a day or an hour before."""
    flags = [name for name, kind in LetterContext.__dataclass_fields__.items() if kind.type in ("bool", bool)]
    for choice in product((False, True), repeat=len(flags)):
        with_flags = replace(context, **dict(zip(flags, choice, strict=True)))
        yield from (replace(with_flags, part=part) for part in PARTS)
        yield replace(with_flags, part=PART, meeting=replace(MEETING, link=""))
        yield replace(with_flags, files=with_flags.files[:1], article_title="", offer_summary="")


@pytest.mark.parametrize("name", READERS)
def test_every_letter_is_in_the_language_of_its_reader(name, marked):
    for context in variants(CONTEXT):
        letter = LETTERS[name].compose(context)
        parts = render(letter, context)
        assert '<html lang="de">' in parts.html
        assert not untranslated_on(parts.html)
        for text in (letter.subject, parts.text):
            assert "⟦" in text
            assert not untranslated(text)


def test_every_letter_has_a_name_on_the_page_of_what_is_held():
    assert set(READERS) <= set(shown.LETTERS)
