"""A signed link opens one door, for as long as that door says, with any key still kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.tokens import LIVES, LinkExpired, LinkRefused, LinkWrong, Tokens

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD, NEW = "o" * 32, "n" * 32
TOKENS = Tokens([NEW])


@given(st.uuids(), st.sampled_from(sorted(LIVES)), st.sampled_from(sorted(LIVES)))
def test_a_token_opens_one_door_only(subject: UUID, made_for: str, tried_at: str):
    token = TOKENS.sign(made_for, subject, NOW)
    if made_for == tried_at:
        assert TOKENS.read(tried_at, token, NOW).subject == subject
    else:
        with pytest.raises(LinkWrong):
            TOKENS.read(tried_at, token, NOW)


@pytest.mark.parametrize("purpose", [p for p, life in LIVES.items() if life])
def test_a_link_works_until_its_last_second_and_then_says_when_it_was_made(purpose):
    subject, life = uuid4(), LIVES[purpose]
    token = TOKENS.sign(purpose, subject, NOW)
    assert TOKENS.read(purpose, token, NOW + life).subject == subject
    with pytest.raises(LinkExpired) as refused:
        TOKENS.read(purpose, token, NOW + life + timedelta(seconds=1))
    assert (refused.value.subject, refused.value.signed_at) == (subject, NOW)


def test_leaving_works_years_later_and_after_the_keys_were_rotated():
    token = Tokens([OLD]).sign("leave", uuid4(), NOW)
    assert Tokens([NEW, "m" * 32, OLD]).read("leave", token, NOW + timedelta(days=400))
    with pytest.raises(LinkWrong):
        Tokens([NEW]).read("leave", token, NOW)


def test_the_newest_key_signs():
    token = Tokens([NEW, OLD]).sign("my", uuid4(), NOW)
    assert TOKENS.read("my", token, NOW)


def test_a_link_from_a_clock_that_ran_ahead_is_offered_a_new_one():
    with pytest.raises(LinkExpired):
        TOKENS.read("confirm", TOKENS.sign("confirm", uuid4(), NOW + timedelta(days=2)), NOW)


@given(st.text() | st.text(alphabet="\ud800\udfff%.=-_", min_size=1))
def test_any_text_as_a_token_is_refused_and_never_an_error(text):
    with pytest.raises(LinkRefused):
        TOKENS.read("confirm", text, NOW)


@given(st.data())
def test_a_changed_token_never_names_another_subject(data):
    subject = uuid4()
    token = TOKENS.sign("download", subject, NOW)
    place = data.draw(st.integers(0, len(token) - 1))
    changed = token[:place] + data.draw(st.characters()) + token[place + 1 :]
    with suppress(LinkWrong):
        assert TOKENS.read("download", changed, NOW).subject == subject
