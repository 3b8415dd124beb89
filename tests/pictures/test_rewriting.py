"""What happens to HTML around a picture: nothing. What happens to a picture: the same, however often it is done."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost_pelican.pictures import rewriting
from gatepost_pelican.pictures.chosen import SIZES
from gatepost_pelican.pictures.rewriting import rewritten, sources
from gatepost_pelican.pictures.shelf import Kept
from gatepost_pelican.pictures.showing import Page, shown

LANTERN = Kept(1000, 700, "lantern-0a1b", (("avif", 480), ("avif", 1000), ("webp", 480), ("webp", 1000), ("jpg", 1000)))
SMALL, LIGHT = Kept(64, 64), Kept(300, 200)
KNOWN = {"images/lantern.jpg": LANTERN, "images/small.png": SMALL, "images/light.png": LIGHT, "images/a b.jpg": LANTERN}
PIECES = st.sampled_from(
    [
        '<img src="images/lantern.jpg" alt="A > B">',
        "<IMG SRC=images/lantern.jpg>",
        "<img src='images/small.png'/>",
        '<img src="images/unknown.jpg">',
        "<p class=cover><img src=images/light.png>",
        '<img src="images/lantern.jpg" width="40">',
        " " * 5_990,
        '<img alt="&quot;" class="wide x" id=a src="/images/lantern.jpg" hidden>',
        '<img src="images/lantern.jpg',
        "<!-- <img src=images/lantern.jpg> -->",
        "<!--",
        "-->",
        "<script>'<img src=images/lantern.jpg>'</script>",
        '<picture><source srcset="a.webp"><img src="images/lantern.jpg"></picture>',
        '<figure class="wide"><a href="x">',
        "<i title='<img src=images/small.png>' x=y>",
        '<i title = "<img src=images/small.png>">',
        '<b="<img src=images/small.png>">',
        '<b x="y"z="<img src=images/small.png>"/>',
        "<b ='",
        "</figure>",
        "<p>",
        "a < b & c",
        "<textarea>",
        "</textarea>",
        "<pre>\n\n",
        "Wörter \u2028 \x00",
        '"',
        ">",
        " ",
    ]
)
MARKUP = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)


def on_page(markup: str, name: str = "page.html", site: str = "") -> str:
    return shown(markup, Page(name, site, SIZES), KNOWN.get)


def without_pictures(markup: str) -> str:
    return rewritten(
        re.sub(r"<picture><source[^>]*>(?:<source[^>]*>)*(<img[^>]*>)</picture>", r"\1", markup), lambda _: ""
    )


@given(MARKUP)
def test_whatever_is_no_picture_stays_as_it_is(markup: str) -> None:
    assert rewritten(markup, lambda _: None) == markup
    if "<picture" not in markup.lower():
        assert without_pictures(on_page(markup)) == without_pictures(markup)


@given(MARKUP)
def test_to_do_it_twice_is_to_do_it_once(markup: str) -> None:
    once = on_page(markup)
    assert on_page(once) == once


@given(MARKUP)
def test_the_short_way_over_plain_tags_misses_nothing(markup: str) -> None:
    found = sources(markup)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rewriting, "_PLAIN", re.compile(""))
        assert sources(markup) == found


def test_a_picture_comes_in_kinds_and_widths_and_keeps_what_its_writer_said() -> None:
    assert on_page('<p><img alt="A &amp; B" class="x" id="y" src="images/lantern.jpg" title="T"></p>') == (
        '<p><picture><source type="image/avif" srcset="sized/lantern-0a1b-480.avif 480w, sized/lantern-0a1b-1000.avif 1000w" '
        f'sizes="{SIZES["text"]}">'
        '<source type="image/webp" srcset="sized/lantern-0a1b-480.webp 480w, sized/lantern-0a1b-1000.webp 1000w" '
        f'sizes="{SIZES["text"]}">'
        '<img alt="A &amp; B" class="x" id="y" src="sized/lantern-0a1b-1000.jpg" title="T" width="1000" height="700" loading="eager">'
        "</picture></p>"
    )


@pytest.mark.parametrize(
    ("name", "site", "src", "start"),
    [
        ("page.html", "", "/images/lantern.jpg", "/"),
        ("tag/one.html", "", "../images/lantern.jpg", "../"),
        ("a/b/c.html", "", "../../images/./lantern.jpg", "../../"),
        (
            "page.html",
            "https://blog.example.org",
            "https://blog.example.org/images/lantern.jpg",
            "https://blog.example.org/",
        ),
        ("page.html", "https://example.org/blog", "/blog/images/lantern.jpg", "/blog/"),
        ("page.html", "", "images/a%20b.jpg", ""),
    ],
)
def test_addresses_lead_to_the_root_as_those_of_the_writer_do(name: str, site: str, src: str, start: str) -> None:
    assert f'src="{start}sized/lantern-0a1b-1000.jpg"' in on_page(f'<img src="{src}">', name, site)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://elsewhere.example/images/lantern.jpg">',
        '<img src="//elsewhere.example/images/lantern.jpg">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="images/lantern.jpg?size=2">',
        '<img src="../images/lantern.jpg">',
        '<img src="images/unknown.jpg" alt="">',
        '<img srcset="images/lantern.jpg 2x" src="images/lantern.jpg">',
        '<picture><source srcset="a.avif"><img src="images/lantern.jpg"></picture>',
        '<noscript><img src="images/lantern.jpg"></noscript>',
        '<base href="/elsewhere/"><img src="images/lantern.jpg">',
        "<img>",
    ],
)
def test_pictures_of_others_and_pictures_that_are_complete_are_left_alone(markup: str) -> None:
    assert on_page(markup) == markup


def test_the_first_picture_is_loaded_at_once_and_the_others_when_they_are_near() -> None:
    page = on_page('<img src="images/small.png"><img src="images/lantern.jpg"><img src="images/lantern.jpg">')
    small, first, second = (img.attributes for img in sources(re.sub("</?picture>", "", page)))
    assert (small["loading"], small["decoding"]) == ("lazy", "async")
    assert first["loading"] == "eager"
    assert "decoding" not in first
    assert (second["loading"], second["decoding"]) == ("lazy", "async")
    far = on_page("word " * 2000 + '<img src="images/lantern.jpg">')
    assert 'loading="lazy"' in far
    assert 'loading="eager"' in on_page(
        '<p></p><img src="images/small.png"><img loading="eager" src="images/small.png">'
    )


def test_a_cover_comes_before_everything_else() -> None:
    assert 'fetchpriority="high"' in on_page('<p class="cover"><img src="images/lantern.jpg"></p>')
    assert "fetchpriority" not in on_page('<p><img src="images/lantern.jpg"></p>')


@pytest.mark.parametrize(
    ("given_size", "made"),
    [
        ('width="300"', 'width="300" height="210"'),
        ('height="70"', 'height="70" width="100"'),
        ('width="300" height="300"', 'width="300" height="300"'),
        ('width="50%"', 'width="50%" loading'),
    ],
)
def test_a_size_that_the_writer_chose_stays(given_size: str, made: str) -> None:
    assert made in on_page(f'<img src="images/lantern.jpg" {given_size}>')


@pytest.mark.parametrize(
    ("markup", "sizes"),
    [
        ('<img class="wide" src="images/lantern.jpg">', SIZES["wide"]),
        ('<figure class="wide"><img src="images/lantern.jpg"></figure>', SIZES["wide"]),
        ('<figure class="wide">\n<a href="x"><img src="images/lantern.jpg"></a></figure>', SIZES["wide"]),
        ('<img width="300" src="images/lantern.jpg">', "(min-width: 300px) 300px, 100vw"),
        ('<img sizes="50vw" src="images/lantern.jpg">', "50vw"),
        ('<div class="wide">Words<img src="images/lantern.jpg"></div>', SIZES["text"]),
    ],
)
def test_browsers_are_told_how_wide_the_page_shows_it(markup: str, sizes: str) -> None:
    assert f'sizes="{sizes}"' in on_page(markup)
