"""Who waits for a call, and how their owner marks it as done."""

from __future__ import annotations

import re

import pytest

from gatepost.actions import erasing, following_up
from gatepost.engine import Engine
from tests.owner.conftest import Browser
from tests.rungs.asking import answers, confirms, lead_id, publish, question

ADA = "ada@example.org"
ASKED = {"question": ("What does it cost?\n<script>alert(1)</script>",), "phone": ("+49 30 1234567",)}


@pytest.fixture
def inside(bo: Browser, engine: Engine) -> Browser:
    """Logged in, and Ada has asked."""
    publish(engine, question())
    confirms(engine, ADA, ASKED, offer="question")
    assert bo.log_in().status_code == 303
    return bo


def forms(page: str) -> list[str]:
    return re.findall(r'action="(/owner/follow-ups/[^"]+)"', page)


def test_an_owner_sees_what_was_asked_and_when_it_is_due(inside, clock):
    page = inside.get("/owner/follow-ups").text
    assert "1 open. 0 done." in " ".join(page.split())
    assert "Due 23 Nov 2026, 12:00" in page
    assert "Overdue" not in page
    assert "What does it cost?\n&lt;script&gt;" in page
    assert '<a href="/owner/articles/first-steps">First steps</a>' in page
    clock.forward(days=3)
    assert inside.log_in().status_code == 303
    page = inside.get("/owner/follow-ups").text
    assert "Overdue by 2 days." in page
    assert "1 open, 1 of those below overdue" in " ".join(page.split())


def test_a_follow_up_is_done_with_a_note_and_can_be_opened_again(inside, engine):
    (path,) = forms(inside.get("/owner/follow-ups").text)
    csrf = inside.token("/owner/follow-ups")
    answer = inside.post(path, {"csrf": csrf, "do": "done", "note": "Called. <b>Wants a quote.</b>"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/owner/follow-ups")
    page = inside.get("/owner/follow-ups").text
    assert "Nobody waits for a call" in page
    assert forms(page) == []
    page = inside.get("/owner/follow-ups?done=1").text
    assert "Called. &lt;b&gt;Wants a quote.&lt;/b&gt;" in page
    inside.post(path, {"csrf": csrf, "do": "open", "note": "Again in May.", "done": "1"})
    (asked,) = following_up.listed(engine).asked
    assert (asked.task.done_at, asked.task.note) == (None, "Again in May.")


def test_no_other_page_can_mark_anything_as_done(inside, engine, app):
    (path,) = forms(inside.get("/owner/follow-ups").text)
    csrf = inside.token("/owner/follow-ups")
    assert inside.post(path, {"do": "done"}).status_code == 403
    assert inside.post(path, {"do": "done", "csrf": csrf}, Origin="https://evil.example").status_code == 403
    assert Browser(app.test_client()).post(path, {"do": "done", "csrf": csrf}).status_code == 303
    assert len(following_up.listed(engine).asked) == 1
    nobody = path.rpartition("/")[0] + f"/{engine.new_id()}"
    assert inside.post(nobody, {"do": "done", "csrf": csrf}).status_code == 404


def test_the_page_of_a_lead_shows_what_was_asked_and_what_came_of_it(inside, engine):
    answers(engine, ADA, {"question": ("Not Ada's own?",)}, offer="question")
    path = f"/owner/leads/{lead_id(engine, ADA)}"
    page = inside.get(path).text
    assert "What does it cost?\n&lt;script&gt;" in page
    assert "To be followed up" in page
    assert "Never confirmed: anybody may have typed this." in page
    (asked,) = following_up.listed(engine).asked
    following_up.settle(engine, asked.task.id, is_done=True, note="Called.")
    assert "Followed up on 22 Nov 2026, 12:00. Note: Called." in inside.get(path).text


def test_many_follow_ups_come_in_pages(inside, engine):
    for n in range(following_up.PAGE):
        confirms(engine, f"reader{n}@example.org", {"question": (f"Question {n}",)}, offer="question")
    first, second = (inside.get(f"/owner/follow-ups?page={page}").text for page in (1, 2))
    assert len(forms(first)) == following_up.PAGE
    assert len(forms(second)) == 1
    assert "Page 1 of 2" in first


def test_an_erased_reader_waits_for_nothing(inside, engine):
    erasing.erase(engine, lead_id(engine, ADA))
    page = inside.get("/owner/follow-ups?done=1").text
    assert "What does it cost?" not in page
    assert ADA not in page
    assert forms(page) == []
