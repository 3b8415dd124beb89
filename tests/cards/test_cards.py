"""A page without a picture of its own gets a card: drawn once, named for what it shows, and never with half a title."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from PIL import Image

from gatepost_pelican.machines.drawing import HEIGHT, WIDTH, Colours, Drawing, Texts
from gatepost_pelican.machines.link_cards import Deck
from gatepost_pelican.machines.marks import MarkUnreadable
from gatepost_pelican.mistakes import SiteMistaken
from tests.cards.conftest import site_for_machines
from tests.cards.reading import pages, said
from tests.faster import test_again as again
from tests.plugin.sites import Site, everything_in, small_site

HOME = "https://blog.example.org"
MOST_BYTES = 60_000
ON = "GATEPOST_CARDS = True\n"
NEWER = "content/articles/newer.md"


def card_of(site: Site, page: str) -> Path:
    address = said(site.page(page))["og:image"][0]
    return site.output / address.removeprefix(f"{HOME}/")


def test_every_page_shows_a_picture_of_the_size_it_says(built: Site) -> None:
    for path, text in pages(built).items():
        found = said(text)
        picture = built.output / found["og:image"][0].removeprefix(f"{HOME}/")
        with Image.open(picture) as opened:
            assert opened.size == (int(found["og:image:width"][0]), int(found["og:image:height"][0])), path
            assert opened.get_format_mimetype() == found["og:image:type"][0]
        assert picture.stat().st_size < MOST_BYTES


def test_an_own_picture_comes_first_and_titles_have_cards_of_their_own(built: Site) -> None:
    assert card_of(built, "plain-de.html").name == "cover.jpg"
    shown = {page: card_of(built, page) for page in ("plain.html", "gated.html", "offers/the-book.html", "index.html")}
    assert len(set(shown.values())) == 4
    assert card_of(built, "archives.html") == card_of(built, "index.html")
    assert said(built.page("offers/the-book.html"))["og:image:alt"] == ["Über 100 Bücher"]


def test_no_card_is_drawn_for_what_nobody_may_see(built: Site) -> None:
    named = {picture for text in pages(built).values() for picture in said(text)["og:image"]}
    drawn = {f"{HOME}/cards/{path.name}" for path in (built.output / "cards").iterdir()}
    assert drawn == {address for address in named if "/cards/" in address}
    assert card_of(built, "drafts/draft.html") == card_of(built, "index.html")


def test_the_same_texts_make_the_same_bytes_and_other_colours_make_others() -> None:
    texts = Texts("Permission you can prove", "A small firm", "Forms", "Ada Example")
    first, again = Drawing(Colours()).png(texts), Drawing(Colours()).png(texts)
    assert first == again
    assert first != Drawing(Colours(accent="#884400")).png(texts)


def test_a_mark_stands_before_the_name_in_the_accent_whatever_its_colours(tmp_path: Path) -> None:
    texts, empty = Texts("A title", "Site"), Drawing(Colours())
    picture = io.BytesIO()
    Image.new("RGBA", (64, 64), (255, 0, 0, 255)).save(picture, "PNG")
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="red"/></svg>'
    for mark in (picture.getvalue(), square.encode()):
        drawn = pixels(Drawing(Colours(accent="#0b6e4f"), mark=mark).png(texts))
        assert drawn.getpixel((100, 84)) == (0x0B, 0x6E, 0x4F)
    assert pixels(empty.png(Texts("A title", ""))).getpixel((100, 84)) == (0xFB, 0xFB, 0xF8)
    with pytest.raises(MarkUnreadable, match="mark of GATEPOST_CARDS"):
        Drawing(Colours(), mark=b"no picture").png(texts)


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(
    "title",
    [
        "Prices",
        "Warum die Donaudampfschifffahrtsgesellschaftskapitänsmütze kein Gesetz braucht",
        "What a lead costs, and what a client is worth, when everything counts that happened in between " * 3,
        "x" * 400,
        "Łódź, Őrség & Çeşme – “quotes” 🎉 5 €",
    ],
)
def test_a_title_of_any_length_keeps_clear_of_the_edges_and_of_other_lines(title: str) -> None:
    drawing, empty = Drawing(Colours()), Drawing(Colours())
    with_title, without = (pixels(one.png(Texts(text, "Site"))) for one, text in ((drawing, title), (empty, "·")))
    assert with_title.size == (WIDTH, HEIGHT)
    margins = [(20, 0, 76, HEIGHT), (WIDTH - 76, 0, WIDTH, HEIGHT), (0, 0, WIDTH, 100), (0, 500, WIDTH, HEIGHT)]
    for box in margins:
        assert with_title.crop(box).tobytes() == without.crop(box).tobytes()
    assert with_title.tobytes() != without.tobytes()


def test_letters_that_the_fonts_lack_are_left_out_and_never_drawn_as_boxes() -> None:
    drawing = Drawing(Colours())
    for title in ("كم تكلفة المقال", "東京の記事の値段", "מחיר"):
        assert drawing.title.readable(title) == ""
        assert drawing.png(Texts(title, "Site")) == drawing.png(Texts("", "Site"))
    for title in ("Το κόστος", "Сколько стоит", "Giá của bài viết", "Çeşme", "ﬁnal ½ €"):
        assert drawing.title.readable(title)
    assert drawing.title.readable("A 🎉 party ✨") == "A party"
    assert drawing.png(Texts("כותרת", "אתר"))


def deck(folder: Path, *titles: str) -> Deck:
    made = Deck(True, "#0b6e4f", folder, folder / "cache")
    for title in titles:
        made.deal(Texts(title, "Site"), title)
    made.begin()
    made.end(folder / "output")
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_only_what_is_new_is_drawn_and_what_nobody_names_goes(tmp_path: Path) -> None:
    many = [f"Title {number}" for number in range(20)]
    deck(tmp_path, *many)
    cards, cache = tmp_path / "output" / "cards", tmp_path / "cache"
    assert len(names(cards)) == 20
    before = {path.name: path.read_bytes() for path in cards.iterdir()}
    theirs = cards / "mine.png"
    theirs.write_bytes(b"not ours")
    kept = sorted(cache.iterdir())[0]
    kept.write_bytes(b"drawn before")
    deck(tmp_path, *many[:10], "Another")
    assert theirs.exists()
    assert len(names(cards)) == 12
    assert kept.read_bytes() == b"drawn before"
    assert {name: data for name, data in before.items() if name in names(cards)}.keys() <= before.keys()
    month_ago = time.time() - 31 * 86_400
    for path in cache.iterdir():
        os.utime(path, (month_ago, month_ago))
    deck(tmp_path, "Another")
    assert names(cache) == names(cards) - {"mine.png"}


def test_a_card_that_was_lost_comes_back_the_same(tmp_path: Path) -> None:
    deck(tmp_path, "One", "Two")
    cards = tmp_path / "output" / "cards"
    before = {path.name: path.read_bytes() for path in cards.iterdir()}
    for path in (*cards.iterdir(), *(tmp_path / "cache").iterdir()):
        path.unlink()
    deck(tmp_path, "One", "Two")
    assert {path.name: path.read_bytes() for path in cards.iterdir()} == before


def test_a_site_that_asks_for_none_has_none(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    site.configure('SITEURL = ""\n' + ON)
    site.build()
    assert not (site.output / "cards").exists()


@pytest.mark.parametrize(
    ("chosen", "said_so"),
    [
        ('{"accent": "green"}', "not a colour"),
        ('{"acent": "#112233"}', "no 'acent'"),
        ('{"font": "none.ttf"}', "cannot be read"),
        ('{"mark": "none.svg"}', "cannot be read"),
        ("7", "GATEPOST_CARDS is 7"),
    ],
)
def test_a_wrong_setting_stops_the_build_with_its_cure(tmp_path: Path, chosen: str, said_so: str) -> None:
    site = small_site(tmp_path / "site")
    site.configure(f"GATEPOST_CARDS = {chosen}\n")
    with pytest.raises(SiteMistaken, match=said_so):
        site.build()


@pytest.mark.long
def test_a_quick_build_leaves_the_same_cards_and_sitemap_as_a_whole_one(tmp_path: Path) -> None:
    site = site_for_machines(small_site(tmp_path / "site"), "DELETE_OUTPUT_DIRECTORY = True\n")
    assert again.built(site) is None
    again.edit(site, NEWER, "New.", "Newer words.")
    assert again.built(site)
    found = everything_in(site.output)
    assert found == again.whole(site, tmp_path)
    assert {"sitemap.xml", "robots.txt"} <= set(found)
    old = card_of(site, "newer.html")
    again.edit(site, NEWER, "About newer", "A new title")
    assert again.built(site) is None
    assert card_of(site, "newer.html") != old
    assert not old.exists()
    assert everything_in(site.output) == again.whole(site, tmp_path)
