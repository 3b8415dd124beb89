"""That the measurements measure: their corpus stands still, their load is whole, their figures have the promised shape.

Speed itself is never asserted: it belongs to the machine.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bench.__main__ import bench
from bench.figures import percentile, ratios, spread
from bench.load import answered
from click.testing import CliRunner

from bench import building, compiling, corpus, machine, posts, prose, serving

SPREAD = {"median", "min", "max"}


def quiet(_: str) -> None:
    """Nobody looks at the progress here."""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_corpus_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    corpus.write(tmp_path / "one", 30, offers=True)
    corpus.write(tmp_path / "two", 30, offers=True)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_stock_pelican_gets_the_same_articles_and_no_offers(tmp_path: Path) -> None:
    corpus.write(tmp_path / "ours", 30, offers=True)
    corpus.write(tmp_path / "stock", 30, offers=False)
    ours, stock = contents(tmp_path / "ours"), contents(tmp_path / "stock")
    assert stock == {name: text for name, text in ours.items() if name.startswith("articles/")}
    assert len(ours) > len(stock) == 30


def test_articles_are_what_the_documentation_says(tmp_path: Path) -> None:
    made = corpus.write(tmp_path, 200, offers=False)
    texts = [(tmp_path / "articles" / f"{slug}.md").read_text() for slug in made.slugs]
    bodies = [text.partition("\n\n")[2].replace(prose.CODE, "") for text in texts]
    assert all(580 <= len(body.split()) <= 680 for body in bodies)
    assert sum("```" in text for text in texts) == 40
    assert sum("Offer: auto" in text for text in texts) in range(90, 101)
    assert sum("<!-- gate -->" in text for text in texts) == 8
    assert sum("[[offer:" in text for text in texts) == 20


def test_a_ratio_is_taken_round_by_round() -> None:
    assert ratios([2, 40], [1, 20]) == spread([2.0])
    assert percentile(range(1, 101), 0.99) == 100
    assert percentile([], 0.5) == 0.0


@pytest.mark.parametrize(
    ("got", "whole"),
    [
        (b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok", True),
        (b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\no", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Le", False),
    ],
)
def test_an_answer_counts_when_it_is_whole(got: bytes, whole: bool) -> None:
    assert answered(got) is whole


@pytest.mark.parametrize("kind", sorted(posts.REQUESTS))
def test_every_reader_sends_a_whole_request_of_their_own(kind: str) -> None:
    first, second = posts.REQUESTS[kind](1), posts.REQUESTS[kind](2)
    head, _, body = first.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert first != second


def test_the_machine_is_described_without_its_name() -> None:
    import socket

    text = json.dumps(machine.description())
    assert socket.gethostname() not in text.split('"')
    assert "/" not in text


@pytest.mark.long
def test_both_sites_are_built(tmp_path: Path) -> None:
    found: Any = building.measure(tmp_path, 6, 1, quiet)
    assert found["stock"]["pages"] > 6
    assert found["plugin"]["pages"] > found["stock"]["pages"]
    assert found["plugin_to_stock"].keys() == {"wall", "cpu", "peak"}
    assert all(ratio.keys() == SPREAD | {"fastest"} for ratio in found["plugin_to_stock"].values())
    for site in ("stock", "plugin"):
        assert all(found[site][name].keys() == SPREAD for name in ("wall_s", "cpu_s", "peak_mib"))
        assert found[site]["peak_mib"]["min"] > 10


@pytest.mark.long
@pytest.mark.parametrize("name", compiling.FILES)
def test_every_file_is_compiled_cold_warm_and_from_the_cache(name: str) -> None:
    found = compiling.one(name, 1)
    assert found.keys() == {"import_ms", "first_ms", "warm_ms", "cached_ms", "bytes"}
    assert all(value > 0 for value in found.values())


@pytest.mark.long
def test_every_acknowledged_signup_and_touch_is_found_afterwards(tmp_path: Path) -> None:
    plan = serving.Plan(workers=(1,), clients=(2,), requests=4, rounds=1)
    found: Any = serving.measure(tmp_path, plan, quiet)
    rows = {(row["kind"], row["server"]): row for row in found["rows"]}
    assert set(rows) == {(kind, server) for kind in plan.kinds for server in ("bare", "gatepost")}
    for row in rows.values():
        assert row["refused"] == 0
        assert all(row[name].keys() == SPREAD for name in ("per_s", "p50_ms", "p99_ms", "cpu_ms"))
    assert rows["signup-json", "gatepost"]["cpu_to_bare"].keys() == SPREAD
    for kept in found["kept"]:
        assert kept["found"] == kept["acknowledged"] == 2 * (serving.WARM_UP + 12)
    ours = next(kept for kept in found["kept"] if kept["server"] == "gatepost")
    assert ours["counted"] == ours["touches"] == 21 * (serving.WARM_UP + 12)


def test_a_lost_signup_would_be_noticed(tmp_path: Path) -> None:
    from bench import bare, servers

    rows = bare.Rows(tmp_path / "bare.db")
    rows.add(posts.address(1), posts.OFFER)
    server = servers.Server("bare", 1, 0, 0, str(tmp_path / "bare.db"), signups={1, 2})
    assert server.kept() == 1
    with sqlite3.connect(tmp_path / "bare.db") as connection:
        connection.execute("DELETE FROM outbox")
    assert server.kept() == 0


@pytest.mark.long
def test_one_part_prints_its_table_and_writes_its_figures(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    result = CliRunner().invoke(bench, ["--quick", "--only", "compile", "--json", str(target)])
    assert result.exit_code == 0, result.output
    assert "checklist.pdf" in result.output
    found = json.loads(target.read_text())
    assert found["machine"].keys() == {"measured_on", "cores", "load_before", "python", "system", "versions"}
    assert found["compile"].keys() == set(compiling.FILES)
    assert "build" not in found
