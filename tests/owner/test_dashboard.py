"""The dashboard: what it shows, and that each number leads to its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from sqlalchemy import text

from gatepost import catalogue
from gatepost.actions import listing
from gatepost.engine import Engine
from gatepost.leads import Consent
from gatepost.store import leads, outbox
from gatepost.web.owner.panels import PANELS
from tests.conftest import LETTERS
from tests.owner.conftest import Browser
from tests.report import story


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("key", PANELS)
def test_each_panel_is_a_page_with_one_heading_and_captions(inside: Browser, key: str) -> None:
    path = "/owner/" if key == next(iter(PANELS)) else f"/owner/{key}"
    answer = inside.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.text.count("<caption") == answer.text.count("<table")
    assert 'aria-current="page"' in answer.text
    assert "<script" not in answer.text
    assert "style=" not in answer.text


def test_the_article_with_most_leads_stands_first_with_its_rate(inside: Browser) -> None:
    page = _text(inside.get("/owner/articles").text)
    assert page.index("First steps") < page.index("Second thoughts") < page.index("The gated one")
    assert "6 of 300" in page
    assert "290.00 EUR" in page
    assert "prerender 12" in page


def test_the_ladder_shows_each_rung_for_the_site_and_for_one_article(inside: Browser) -> None:
    whole, one = _text(inside.get("/owner/ladder").text), _text(inside.get("/owner/ladder?article=first-steps").text)
    for page in (whole, one):
        assert page.index("Went to LinkedIn") < page.index("Took an ebook") < page.index("Became a client")
    assert "By article" in whole
    assert "By article" not in one
    assert "Nobody has stepped" in _text(inside.get("/owner/ladder?article=nowhere").text)


def test_every_link_of_the_dashboard_opens(inside: Browser) -> None:
    seen, waiting = set[str](), ["/owner/"]
    while waiting:
        path = waiting.pop()
        answer = inside.get(path)
        assert answer.status_code == 200, path
        # A PDF has no links to follow.
        for link in re.findall(r'href="([^"]+)"', "" if answer.mimetype == "application/pdf" else answer.text):
            target, _, part = urljoin(path, link.replace("&amp;", "&")).partition("#")
            if target.startswith("/owner") and target not in seen:
                seen.add(target)
                waiting.append(target)
            if part and target == path:
                assert f'id="{part}"' in answer.text, link
    assert any("/owner/leads/" in path for path in seen)
    assert len(seen) > 15


def test_each_number_of_an_article_opens_to_as_many_rows(inside: Browser) -> None:
    page = inside.get("/owner/articles/first-steps").text
    here, helped = (page.split(f'<section id="{name}">')[1].split("</section>")[0] for name in ("requested", "helped"))
    assert here.count('<th scope="row">') == 6
    assert helped.count('<th scope="row">') == 6
    assert "ada@example.org" in helped
    assert "eve@example.org" not in helped
    assert "Second thoughts" in helped


def test_a_lead_shows_the_sentence_it_agreed_to(inside: Browser, engine: Engine) -> None:
    with engine.database.writing() as tx:
        ada = leads.by_key(tx, "ada@example.org")
        assert ada
        signup = leads.signups_of(tx, ada.id)[0]
        given = Consent(
            engine.new_id(), ada.id, signup.id, "letters", LETTERS.hash, "/first-steps.html", story.START, story.START
        )
        leads.add_consents(tx, [given], [LETTERS])
        outbox.owe(
            tx, outbox.Owed(engine.new_id(), "confirm:1", ada.id, signup.id, "confirm", story.START, story.START)
        )
    page = _text(inside.get(f"/owner/leads/{ada.id}").text)
    for words in (
        "ada@example.org",
        LETTERS.text,
        "/first-steps.html",
        "Before you publish.pdf",
        "1 of 20",
        "by a scanner",
        "Please confirm",
        "Second thoughts",
        "Came from Organic search",
    ):
        assert words in page
    listing.set_channel(engine, "ada@example.org", "expert")
    assert "Came from Expert referral, by your word" in _text(inside.get(f"/owner/leads/{ada.id}").text)


def test_a_lead_nobody_knows_is_not_found(inside: Browser) -> None:
    assert inside.get("/owner/leads/00000000-0000-7000-8000-000000000000").status_code == 404
    assert inside.get("/owner/leads/1").status_code == 404
    assert inside.get("/owner/articles/no-such").status_code == 404


def test_the_model_and_the_first_day_go_along_with_every_link(inside: Browser) -> None:
    page = inside.get("/owner/articles?model=first&since=2026-11-01").text
    assert '<option value="first" selected>' in page
    assert "/owner/articles/first-steps?model=first&amp;since=2026-11-01#helped" in page
    assert "/owner/funnel?model=first&amp;since=2026-11-01" in page


@pytest.mark.parametrize("query", ["model=magic", "since=yesterday", "since=2026-13-01"])
def test_a_choice_that_makes_no_sense_is_named_and_not_obeyed(inside: Browser, query: str) -> None:
    answer = inside.get(f"/owner/articles?{query}")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=99999999999999",
        "page=٣",
        "article=%27;DROP",
        "offer=%00",
        "since=0001-01-01",
        "since=9999-12-31",
    ],
)
def test_odd_questions_are_answered(inside: Browser, query: str) -> None:
    for path in (
        "/owner/",
        "/owner/articles",
        "/owner/funnel",
        "/owner/leads",
        "/owner/days",
        "/owner/articles/first-steps",
    ):
        assert inside.get(f"{path}?{query}").status_code == 200


def test_the_funnel_of_an_offer_begins_where_the_offer_is_in_sight(inside: Browser) -> None:
    page = _text(inside.get("/owner/funnel?offer=checklist").text)
    assert "Saw an offer" in page
    assert "Opened the page" not in page
    assert "events without an id" in page


def test_hostile_names_are_shown_as_text(inside: Browser, engine: Engine) -> None:
    bad = "<script>alert(1)</script>"
    with engine.database.writing() as tx:
        who = leads.save(tx, replace(story.lead(tx, "zoe"), name=bad, email=f"{bad}@example.org"))
        story.signup(tx, who, ["first-steps"], offer=bad)
        story.reads(tx, bad, 3, 3)
    built = engine.catalogue
    catalogue.write(
        replace(built, articles={**built.articles, "gated": replace(built.articles["gated"], title=bad)}),
        engine.follower.folder,
    )
    for path in (
        "/owner/",
        "/owner/leads",
        "/owner/funnel",
        "/owner/days",
        "/owner/articles/first-steps",
        f"/owner/leads/{who.id}",
    ):
        page = inside.get(path).text
        assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_site_has_a_dashboard_too(bo: Browser) -> None:
    bo.log_in()
    for path in ("/owner/", "/owner/funnel", "/owner/leads", "/owner/days", "/owner/articles/first-steps"):
        answer = bo.get(path)
        assert answer.status_code == 200
    assert "nobody counted yet" in bo.get("/owner/articles").text


def test_a_touch_that_is_not_believed_is_shown_as_such(inside: Browser, engine: Engine) -> None:
    with engine.database.writing() as tx:
        tx.execute(text("UPDATE touch SET suspect = 'receipt-forged' WHERE article = 'second-thoughts'"))
    page = _text(inside.get("/owner/articles/first-steps").text)
    assert "not believed (receipt-forged)" in page


def test_under_markov_no_request_has_a_credit_of_its_own(inside: Browser) -> None:
    page = inside.get("/owner/articles/first-steps?model=markov").text
    helped = page[page.index('id="helped"') :]
    assert 'data-label="Credit"><span class="soft">n/a</span>' in helped
    assert "<dt>Removal effect</dt>" in page
    assert "proves cause" in page
    assert "± n/a" in _text(inside.get("/owner/articles?model=markov").text)
