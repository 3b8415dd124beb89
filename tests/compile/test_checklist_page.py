"""A checklist as a page: the writer's words, boxes that keep their names, and nothing that runs or loads."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.offers.ticklist import Group, Item, Piece, TickList
from gatepost_pelican.compile import Chapter, Manuscript, checklist_page

from .conftest import CHECKLIST, Make, to_html
from .hostile import HOSTILE, UNTIDY, escaped


def read(m: Manuscript) -> TickList:
    return TickList.from_json(checklist_page(m))


def keys(ticklist: TickList) -> dict[str, str]:
    return {re.sub(r"<[^>]+>", "", box.html): box.key for box in ticklist.boxes}


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def html_of(ticklist: TickList) -> str:
    def pieces(all_of: tuple[Piece, ...]) -> str:
        return "".join(p.html + "".join(i.html + pieces(i.more) for i in p.items) for p in all_of)

    return "".join(group.title + pieces(group.pieces) for group in ticklist.groups)


def test_groups_and_items_stand_as_they_were_written(checklist: Manuscript) -> None:
    made = read(checklist)
    assert (made.title, made.language) == ("Before you publish", "en")
    assert [re.sub(r"<[^>]+>", "", group.title) for group in made.groups] == ["", "Before you write", "After"]
    assert [box.is_ticked for box in made.boxes] == [False, False, True, False, False]
    assert "Name <strong>one</strong> reader" in [box.html for box in made.boxes]
    assert "https://blog.example.org/price.html" in html_of(made)
    assert [bool(piece.items) for piece in made.groups[1].pieces] == [True, False]


def test_a_tick_belongs_to_the_words_and_not_to_the_place(manuscript: Make) -> None:
    items = re.findall(r"^- .*$", CHECKLIST, re.MULTILINE)
    before = keys(read(manuscript(Chapter("A", to_html("\n".join(items))))))
    changed = "## Another heading\n\n- [ ] New\n" + "\n".join(reversed(items[1:])).replace("[ ]", "[x]")
    after = keys(read(manuscript(Chapter("Other", to_html(changed)), title="Other")))
    assert {words: key for words, key in before.items() if words in after} == {
        words: key for words, key in after.items() if words in before
    }
    assert len(set(after) & set(before)) == len(items) - 1


def test_the_same_words_twice_are_two_boxes(manuscript: Make) -> None:
    made = read(manuscript(Chapter("A", "<ul><li>[ ] Again</li><li>[ ] Again</li><li>[ ]</li><li>[ ]</li></ul>")))
    assert len({box.key for box in made.boxes}) == 4


def test_points_inside_points_keep_their_boxes(manuscript: Make) -> None:
    html = "<ul><li>[ ] Outer<ul><li>[ ] Inner</li><li>no box</li></ul></li><li><p>[x] Loose</p><p>more</p></li></ul>"
    ((group,), _) = (read(manuscript(Chapter("A", html))).groups, None)
    outer, loose = group.pieces[0].items
    assert [(item.html, bool(item.key)) for item in outer.more[0].items] == [("Inner", True), ("no box", False)]
    assert (loose.html, loose.is_ticked, loose.more[0].html) == ("Loose", True, "<p>more</p>")


def test_pictures_and_footnotes_are_part_of_the_page(manuscript: Make) -> None:
    text = "- [ ] One[^1]\n\n![A chart](pictures/chart.png)\n\n[^1]: A note, see [there](https://a.example.net/).\n"
    html = html_of(read(manuscript(Chapter("A", to_html(text)))))
    assert 'src="data:image/png;base64,' in html
    assert 'href="#note-1"' in html
    assert 'id="note-1"' in html
    assert "epub:" not in html


@pytest.mark.parametrize("text", [*HOSTILE, UNTIDY], ids=ascii)
def test_nothing_in_the_page_runs_or_loads(text: str, manuscript: Make) -> None:
    html = f"{UNTIDY}<h2 id='{escaped(text)}'>{escaped(text)}</h2><ul><li>[ ] {escaped(text)}</li></ul>{text}"
    made = read(manuscript(Chapter(text, html), title=text, summary=text))
    for tag, attributes in Elements(html_of(made)).found:
        assert tag not in {"script", "style", "iframe", "form", "input", "object", "svg", "link", "base", "meta"}
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcset", "action")]
        assert (attributes.get("src") or "data:image/").startswith("data:image/")
        assert (attributes.get("href") or "#").startswith(("#", "https://", "http://", "mailto:", "tel:"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_items_make_a_list_that_can_be_read_again(manuscript: Make, texts: list[str]) -> None:
    html = "".join(f"<li>[ ] {escaped(text)}</li>" for text in texts)
    made = read(manuscript(Chapter("A", f"<ul>{html}<li>[x] last</li></ul>")))
    assert len(made.boxes) == len({box.key for box in made.boxes}) == len(texts) + 1


names = st.text(max_size=8)
items = st.recursive(
    st.builds(Item, names, names, st.booleans()),
    lambda inner: st.builds(
        Item, names, names, st.booleans(), st.tuples(st.builds(Piece, st.just(""), st.lists(inner).map(tuple)))
    ),
    max_leaves=6,
)
pieces = st.lists(st.builds(Piece, names, st.lists(items, max_size=3).map(tuple)), max_size=3).map(tuple)
lists = st.builds(
    TickList, names, names, names, st.lists(st.builds(Group, names, pieces), max_size=3).map(tuple)
)  # fmt: skip


@given(lists)
def test_a_list_that_was_written_is_read_as_it_was(ticklist: TickList) -> None:
    assert TickList.from_json(ticklist.to_json()) == ticklist
