"""The owner's word on where a lead came from, told to the report, the lists and the person."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from uuid import UUID

import pytest

from gatepost.actions import erasing, exporting, listing
from gatepost.leads import Lead, Signup, email_key, origin
from gatepost.store import leads, money
from tests.cli.test_commands import gatepost
from tests.report.story import START, lead, signup


def counts(shop) -> dict[str, int]:
    with shop.database.reading() as tx:
        return {one.channel: one.leads for one in money.channel_counts(tx)}


def row(shop, name: str) -> tuple[str, str]:
    found = next(one for one in listing.rows(shop) if one["email"] == f"{name}@example.org")
    return found["channel"], found["lead_class"]


def test_a_lead_counts_where_its_owner_says_until_the_word_is_taken_back(shop):
    assert counts(shop) == {"search": 3}
    told = listing.set_channel(shop, " Ada@example.org ", "expert")
    assert (told.channel, told.lead_class, told.is_owners_word) == ("expert", "cultivated", True)
    assert counts(shop) == {"expert": 1, "search": 2}
    assert (row(shop, "ada"), row(shop, "bo")) == (("expert", "cultivated"), ("search", "cultivated"))
    back = listing.set_channel(shop, "ada@example.org", "")
    assert (back.channel, back.is_owners_word) == ("search", False)
    assert counts(shop) == {"search": 3}


def test_a_word_changes_no_journey_and_the_person_sees_it(shop):
    listing.set_channel(shop, "ada@example.org", "outreach")
    held = listing.everything(shop, "ada@example.org")
    assert (held["channel"], held["lead_class"], held["lead"]["channel"]) == ("outreach", "targeted", "outreach")
    assert {touch["channel"] for touch in held["signups"][0]["journey"]} == {"search"}
    assert held["signups"][0]["channel"] == "search"


def test_a_word_on_somebody_who_left_counts_and_of_somebody_erased_none_can_be_given(shop):
    with shop.database.writing() as tx:
        ada, bo = (leads.by_key(tx, f"{name}@example.org") for name in ("ada", "bo"))
        leads.save(tx, ada.left(START))
    assert listing.set_channel(shop, "ada@example.org", "event").channel == "event"
    erasing.erase(shop, bo.id)
    assert listing.set_channel(shop, "bo@example.org", "event") is None
    assert exporting.everything(shop, bo.id)["lead_class"] == "cultivated"
    assert listing.set_channel(shop, "nobody@example.org", "event") is None


def made(number: int, channel: str, asked: int, confirmed: int | None) -> Signup:
    at = None if confirmed is None else START + timedelta(days=confirmed)
    return Signup(
        UUID(int=number), UUID(int=9), "checklist", START + timedelta(days=asked), channel=channel, confirmed_at=at
    )


@pytest.mark.parametrize(
    ("signups", "channel", "lead_class"),
    [
        ([], "direct", "direct"),
        ([made(1, "search", 0, None)], "search", "cultivated"),
        ([made(1, "search", 0, None), made(2, "email", 3, 3)], "email", "interest"),
        ([made(1, "search", 0, 5), made(2, "email", 3, 3)], "email", "interest"),
        ([made(2, "email", 0, 3), made(1, "search", 0, 3)], "search", "cultivated"),
        ([made(1, "of-tomorrow", 0, 0)], "of-tomorrow", "direct"),
    ],
)
def test_without_a_word_the_first_confirmed_request_tells(signups, channel, lead_class):
    who = Lead(UUID(int=9), "ada@example.org", email_key("ada@example.org"), "ada@example.org", START)
    found = origin(who, signups)
    assert (found.channel, found.lead_class, found.is_owners_word) == (channel, lead_class, False)


@pytest.fixture
def run(tmp_path, database):
    with database.writing() as tx:
        signup(tx, lead(tx, "ada"), ["first-steps"])
    return lambda *words: gatepost(tmp_path, "leads", *words, GATEPOST_DATABASE_URL=database.url)


def test_the_command_notes_the_word_and_the_lists_show_it(run):
    noted = run("channel", "ada@example.org", "expert")
    assert noted.returncode == 0, noted.stderr
    assert noted.stdout == "ada@example.org counts for expert (cultivated).\n"
    listed = json.loads(run("list", "--json").stdout)
    assert (listed["channel"], listed["lead_class"]) == ("expert", "cultivated")
    exported = next(csv.DictReader(run("export", "-").stdout.splitlines()))
    assert (exported["channel"], exported["lead_class"]) == ("expert", "cultivated")
    assert json.loads(run("show", "ada@example.org").stdout)["channel"] == "expert"
    cleared = run("channel", "ada@example.org", "--clear")
    assert cleared.stdout == "ada@example.org counts for search (cultivated), as was seen.\n"


@pytest.mark.parametrize(
    ("words", "code", "cure"),
    [
        (("nobody@example.org", "expert"), 1, "gatepost leads list"),
        (("ada@example.org",), 2, "--clear"),
        (("ada@example.org", "expert", "--clear"), 2, "either a channel or --clear"),
        (("ada@example.org", "phone"), 2, "outreach"),
    ],
)
def test_what_the_command_cannot_do_it_refuses_with_a_cure(run, words, code, cure):
    refused = run("channel", *words)
    assert (refused.returncode, cure in refused.stderr) == (code, True)
