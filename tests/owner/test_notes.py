"""Notes on dates: kept, corrected, taken away, and shown beside the charts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from gatepost.actions import noting
from gatepost.actions.noting import NoteRefused, Typed
from gatepost.engine import Engine
from gatepost.report.noted import Note
from gatepost.report.span import Span
from gatepost.store import Database, notes
from tests.cli.test_asked import run
from tests.owner.conftest import Browser


def _kept(inside: Browser, day: str, text: str, article: str = "", id_: str = "") -> str:
    form = {"csrf": inside.token("/owner/notes"), "day": day, "text": text, "article": article, "id": id_}
    answer = inside.post("/owner/notes", form)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("#note-")[2]


def _today(engine: Engine) -> date:
    return engine.now().date()


def test_a_note_stands_on_both_charts_of_the_overview_on_its_day(inside: Browser, engine: Engine) -> None:
    _kept(inside, _today(engine).isoformat(), "Talk at the <harbour> meeting")
    page = inside.get("/owner/?period=90-days").text
    assert page.count("Talk at the &lt;harbour&gt; meeting") == 2
    assert page.count('class="mark-number"') == 2


def test_an_article_shows_its_own_notes_and_the_sites_and_no_other_articles(inside: Browser) -> None:
    for day, text, article in (
        ("2026-11-02", "Of this", "first-steps"),
        ("2026-11-03", "Of all", ""),
        ("2026-11-02", "Of another", "gated"),
    ):
        _kept(inside, day, text, article)
    page = inside.get("/owner/articles/first-steps?since=2026-11-01&until=2026-11-20").text
    assert "2 Nov 2026: Of this" in page
    assert "3 Nov 2026: Of all" in page
    assert "Of another" not in page


def test_a_note_can_be_changed_and_taken_away(inside: Browser, engine: Engine) -> None:
    day = _today(engine).isoformat()
    kept = _kept(inside, day, "A first word")
    form = inside.get(f"/owner/notes?change={kept}").text
    assert 'value="A first word"' in form
    assert f'name="id" value="{kept}"' in form
    _kept(inside, day, "A better word", id_=kept)
    page = inside.get("/owner/notes").text
    assert "A better word" in page
    assert "A first word" not in page
    gone = inside.post(f"/owner/notes/{kept}/remove", {"csrf": inside.token("/owner/notes")})
    assert gone.status_code == 303
    assert "There is no note yet" in inside.get("/owner/notes").text
    again = inside.post(f"/owner/notes/{kept}/remove", {"csrf": inside.token("/owner/notes")})
    assert again.status_code == 404
    assert "taken away already" in again.text


def test_what_cannot_be_kept_stays_typed_and_is_named(inside: Browser) -> None:
    form = {"csrf": inside.token("/owner/notes"), "day": "23.11.2026", "text": 'Said "hello"', "article": "no-such"}
    answer = inside.post("/owner/notes", form)
    assert answer.status_code == 422
    assert 'value="23.11.2026"' in answer.text
    assert 'value="Said &#34;hello&#34;"' in answer.text
    assert 'aria-describedby="day-mistake"' in answer.text
    assert 'aria-describedby="article-mistake"' in answer.text
    assert "There is no article “no-such”" in answer.text
    assert "There is no note yet" in answer.text


def test_a_note_needs_the_owners_own_form(inside: Browser) -> None:
    answer = inside.post("/owner/notes", {"day": "2026-11-01", "text": "Not mine", "csrf": "forged"})
    assert answer.status_code == 403
    assert "There is no note yet" in inside.get("/owner/notes").text


@pytest.mark.parametrize("day", ["", "yesterday", "1999-12-31", "2926-11-01"])
def test_a_day_that_is_none_is_refused(engine: Engine, day: str) -> None:
    with pytest.raises(NoteRefused) as refused:
        noting.add(engine, Typed(day, "Something"))
    assert set(refused.value.mistakes) == {"day"}


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501, "a\u202eb"])
def test_a_text_that_says_nothing_or_too_much_is_refused(engine: Engine, text: str) -> None:
    with pytest.raises(NoteRefused) as refused:
        noting.add(engine, Typed("2026-11-01", text))
    assert set(refused.value.mistakes) == {"text"}


def test_a_span_gives_its_own_notes_and_an_article_the_sites_beside_its_own(both: Database) -> None:
    first = date(2026, 11, 1)
    with both.writing() as tx:
        for number, article in enumerate(("", "one", "two", "")):
            day = first + timedelta(days=number)
            notes.add(tx, Note(UUID(int=number + 1), day, f"Note {number}", datetime(2026, 11, 9, tzinfo=UTC), article))
    span = Span(first, first + timedelta(days=2))
    assert [note.text for note in noting.within(both, span)] == ["Note 0"]
    assert [note.text for note in noting.within(both, span, "two")] == ["Note 0", "Note 2"]
    assert [note.text for note in noting.within(both, Span())] == ["Note 0", "Note 3"]


def test_the_command_line_keeps_lists_and_takes_away(engine: Engine) -> None:
    assert run(engine, "notes", "add", "2026-11-03", "A price changed").exit_code == 0
    listed = run(engine, "notes", "list").output
    assert "2026-11-03  A price changed" in listed
    assert run(engine, "notes", "add", "November", "Vague").exit_code == 2
    gone = run(engine, "notes", "remove", listed.split()[0][:30])
    assert gone.exit_code == 0
    assert "A price changed" in gone.output
    assert "There is no note" in run(engine, "notes", "list").output
