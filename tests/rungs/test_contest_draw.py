"""The draw as a sum: an order that nobody can bend, fair to each entry, and a record that bears no change."""

from __future__ import annotations

import hashlib
import json
import subprocess
from uuid import UUID

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gatepost.cli import gatepost
from gatepost.offers.drawing import Ticket, commitment, draw, faults, rank, record
from tests.conftest import ROOT

SEED = "5e" * 32
IDS = st.uuids(version=4).map(str)


@st.composite
def tickets(draw_from) -> list[Ticket]:
    """People with one to four entries each."""
    ids = draw_from(st.lists(IDS, min_size=1, max_size=24, unique=True))
    own = draw_from(st.integers(1, len(ids)))
    people = [draw_from(st.sampled_from(ids[:own])) for _ in ids[own:]]
    return [Ticket(one, one) for one in ids[:own]] + [
        Ticket(one, person) for one, person in zip(ids[own:], people, strict=True)
    ]


SEEDS = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")


@given(SEEDS, st.text(max_size=20), tickets(), st.integers(1, 5), st.randoms())
def test_a_draw_is_an_order_of_all_entries_and_does_not_depend_on_theirs(seed, public, listed, places, chance):
    outcome = draw(seed, public, listed, places)
    assert sorted(outcome.order) == sorted(ticket.entry for ticket in listed)
    shuffled = listed.copy()
    chance.shuffle(shuffled)
    assert draw(seed, public, shuffled, places) == outcome
    people = {ticket.person for ticket in listed}
    holder = {ticket.entry: ticket.person for ticket in listed}
    won = [holder[entry] for entry in outcome.winners]
    assert len(won) == len(set(won)) == min(places, len(people))
    after = [holder[entry] for entry in outcome.substitutes]
    assert len({*won, *after}) == min(len(people), places + 10)


@given(SEEDS, tickets(), st.integers(1, 3), st.data())
def test_to_take_out_an_entry_that_did_not_win_changes_no_winner(seed, listed, places, data):
    won = draw(seed, "", listed, places).winners
    losing = [ticket for ticket in listed if ticket.entry not in won]
    out = data.draw(st.sets(st.sampled_from(losing))) if losing else set()
    assert draw(seed, "", [ticket for ticket in listed if ticket not in out], places).winners == won


@given(SEEDS, tickets(), st.integers(1, 3), IDS)
def test_to_add_an_entry_puts_at_most_one_person_out(seed, listed, places, new):
    holder = {ticket.entry: ticket.person for ticket in [*listed, Ticket(new, new)]}
    before = {holder[entry] for entry in draw(seed, "", listed, places).winners}
    after = {holder[entry] for entry in draw(seed, "", [*listed, Ticket(new, new)], places).winners}
    assert len(before - after) <= 1
    assert after - before <= {new}


def test_every_entry_wins_as_often_as_any_other_and_three_entries_thrice_as_often_as_one():
    ids = [str(UUID(int=number * 0x1357_9BDF_0246_8ACE, version=4)) for number in range(1, 9)]
    listed = [Ticket(one, ids[0] if place < 3 else one) for place, one in enumerate(ids)]
    rounds = 4000
    firsts = [draw(hashlib.sha256(b"%d" % n).hexdigest(), "", listed, 1).winners[0] for n in range(rounds)]
    counts = [firsts.count(one) for one in ids]
    # The seeds are fixed, so this comes out the same each time; an unfair draw of 2 % would be seen.
    assert stats.chisquare(counts).pvalue > 0.01
    assert stats.binomtest(sum(counts[:3]), rounds, 3 / 8).pvalue > 0.01
    others = [hashlib.sha256(b"%d" % n).hexdigest() for n in range(rounds)]
    lasts = [draw(SEED, public, listed, 1).order[-1] for public in others]
    assert stats.chisquare([lasts.count(one) for one in ids]).pvalue > 0.01


@given(SEEDS, st.text(max_size=20), tickets(), st.integers(1, 5))
def test_a_true_record_is_found_true_also_after_a_way_through_json(seed, public, listed, places):
    made = json.loads(json.dumps({"format": 1, **record(seed, public, listed, places)}))
    assert faults(made, commitment(seed), made["digest"]) == []


def true_record(people: int = 6, places: int = 2) -> dict:
    ids = [str(UUID(int=number * 0x0246_8ACE_1357_9BDF, version=4)) for number in range(1, people + 1)]
    return {"format": 1, **record(SEED, "4 8 15 16 23 42", [Ticket(one, one) for one in ids], places)}


def swapped(made: dict) -> None:
    made["winners"][0] = made["substitutes"][0]


def left_out(made: dict) -> None:
    gone = made["entries"].pop(0)["entry"]
    made["order"].remove(gone)


def put_in(made: dict) -> None:
    made["entries"].append({"entry": "f" * 36, "person": "f" * 36})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda made: made.update(seed="00" * 32), "the seed is not the one that was committed to"),
        (lambda made: made.update(commitment="00" * 32), "the seed is not the one that was committed to"),
        (lambda made: made.update(public="4 8 15 16 23 43"), "the order is not the one"),
        (swapped, "the winners are not the first"),
        (left_out, "the list of entries is not the one of the digest"),
        (put_in, "the list of entries is not the one of the digest"),
        (lambda made: made["entries"].append(made["entries"][-1]), "an entry stands in the list twice"),
        (lambda made: made["entries"][0].update(person="nobody"), "an entry belongs to a person who is not"),
        (lambda made: made["order"].reverse(), "the order is not the one"),
        (lambda made: made["substitutes"].pop(), "the substitutes are not those"),
        (lambda made: made.update(places=1), "the winners are not the first"),
        (lambda made: made.update(places=True), "`places` has to be"),
        (lambda made: made.update(seed="5E" * 32), "64 hexadecimal digits"),
        (lambda made: made.update(entries="none"), "`entries` has to be"),
        (lambda made: made.update(winners=None), "have to be lists"),
        (lambda made: made.update(format=2), "no record of a draw of format 1"),
    ],
)
def test_a_record_that_was_tampered_with_says_where(change, fault):
    made = true_record()
    assert faults(made) == []
    change(made)
    assert any(fault in found for found in faults(made)), faults(made)


def test_a_record_that_agrees_with_itself_must_agree_with_what_was_shown_before_too():
    made = true_record()
    assert faults(made, "0" * 64) == ["the commitment is not the one that was shown before"]
    assert faults(made, "", "0" * 64) == ["the list of entries is not the one that was shown before"]
    for nothing in (None, [], "", {}, {"format": 1}, 7):
        assert len(faults(nothing)) == 1


def test_the_lines_of_the_documentation_come_to_the_same_winners(tmp_path):
    made = true_record(9, 3)
    tickets = "".join(f"{one['entry']} {one['person']}\n" for one in made["entries"])
    (tmp_path / "entries.txt").write_text(tickets)
    page = (ROOT / "docs/contests.md").read_text(encoding="utf-8").split("## Checking a draw")[1].split("\n## ")[0]
    script = "\n".join(line.removeprefix("    ") for line in page.splitlines() if line.startswith("    "))
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=tmp_path,
        env={"SEED": made["seed"], "PUBLIC": made["public"], "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, *ranked = done.stdout.splitlines()
    assert (first[:64], second[:64]) == (made["commitment"], made["digest"])
    assert [line.split()[1] for line in ranked] == made["order"]
    assert ranked[0].split()[0] == rank(made["seed"], made["public"], made["order"][0])


def test_the_command_line_verifies_a_record_without_a_site(tmp_path):
    file, made = tmp_path / "draw.json", true_record()
    run = CliRunner()
    file.write_text(json.dumps(made))
    good = run.invoke(gatepost, ["contest", "verify", str(file), "--commitment", made["commitment"].upper()])
    assert (good.exit_code, "True: 6 entries" in good.output) == (0, True)
    bad = run.invoke(gatepost, ["contest", "verify", str(file), "--digest", "0" * 64])
    assert (bad.exit_code, "not the one that was shown before" in bad.output) == (1, True)
    swapped(made)
    file.write_text(json.dumps(made))
    assert "the winners are not the first" in run.invoke(gatepost, ["contest", "verify", str(file)]).output
    for text in ("", "[" * 100_000, "\xff"):
        file.write_text(text, encoding="latin-1")
        assert run.invoke(gatepost, ["contest", "verify", str(file)]).exit_code == 1
