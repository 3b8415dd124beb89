"""The picture of journeys: what flows into a box flows out of it, and nothing is lost on the way."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatepost.report.flow import BEGINNING, ON, OTHERS, REQUEST, Flow, Through, of_article, of_site
from gatepost.web.owner import flows

journeys = st.lists(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=8), min_size=1, max_size=30)


def _steps(found: list[list[str]]) -> Counter[tuple[str, str]]:
    steps: Counter[tuple[str, str]] = Counter()
    for journey in found:
        read = [article for article, _ in groupby(journey)]
        steps.update(zip(["", *read], [*read, ""], strict=True))
    return steps


def _through(steps: Counter[tuple[str, str]], article: str) -> Through:
    reads = sum(count for (_, here), count in steps.items() if here == article)
    return Through(reads, steps["", article], steps[article, ""])


def _flows_through(flow: Flow) -> None:
    for place, node in enumerate(flow.nodes):
        into = sum(link.count for link in flow.links if link.target == place)
        out = sum(link.count for link in flow.links if link.source == place)
        assert into == (0 if node.column == 0 else node.count)
        assert out == (0 if node.column == 2 else node.count)
    assert all(flow.nodes[link.target].column == flow.nodes[link.source].column + 1 for link in flow.links)
    assert len({sum(node.count for node in flow.column(number)) for number in range(3)}) == 1


@given(found=journeys, shown=st.sets(st.sampled_from("abcdefg")))
def test_what_flows_into_a_box_flows_out_of_it_and_as_many_journeys_end_as_begin(found, shown):
    steps = _steps(found)
    every = {article: _through(steps, article) for article in "abcdefg"}
    whole = Through(*(sum(part) for part in zip(*every.values(), strict=True)))
    flow = of_site({article: every[article] for article in shown}, whole)
    _flows_through(flow)
    ends = {node.key: node.count for node in flow.nodes if node.key in (BEGINNING, REQUEST)}
    assert ends == {BEGINNING: len(found), REQUEST: len(found)}
    read = {node.key: node.count for node in flow.column(1)}
    assert {key: count for key, count in read.items() if key != OTHERS} == {
        article: every[article].reads for article in shown if every[article].reads
    }


@given(found=journeys, most=st.integers(1, 4))
def test_around_one_article_nothing_is_lost_however_few_are_named(found, most):
    steps = _steps(found)
    before = {previous: n for (previous, here), n in steps.items() if here == "a"}
    after = {then: n for (here, then), n in steps.items() if here == "a"}
    flow = of_article("a", before, after, most)
    _flows_through(flow)
    assert [node.count for node in flow.column(1)] == ([_through(steps, "a").reads] if before else [])
    for column in (0, 2):
        named = [node for node in flow.column(column) if node.key not in (BEGINNING, ON, OTHERS, REQUEST)]
        assert len(named) <= most


@given(found=journeys)
def test_boxes_are_drawn_one_below_the_other_and_as_high_as_what_flows_through(found):
    steps = _steps(found)
    every = {article: _through(steps, article) for article in "abcdefg"}
    drawing = flows.draw(of_site(every, Through(*(sum(part) for part in zip(*every.values(), strict=True)))), {})
    assert drawing
    for number in range(3):
        boxes = [box for box in drawing.boxes if box.node.column == number]
        for above, below in pairwise(boxes):
            assert above.y + above.height < below.y
        assert all(box.y >= 0 and box.y + box.height <= drawing.height + 0.2 for box in boxes)
        heights = {round(box.height / box.node.count, 1) for box in boxes if box.height > 20}
        assert len(heights) <= 1 or max(heights) - min(heights) < 0.2


def test_nothing_is_drawn_where_nothing_flowed():
    assert flows.draw(of_site({}, Through()), {}) is None
    assert flows.draw(of_article("a", {}, {}, 8), {}) is None
