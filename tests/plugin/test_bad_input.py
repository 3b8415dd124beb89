"""Files as they should not be: each is named with file, line and cure, or works; the last good site stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gatepost_pelican.building import build
from tests.plugin.sites import PLAN, Site, article

OFFER, POST = "content/offers/wrong.md", "content/articles/wrong.md"
BOOK_OF = "Title: B\nSlug: wrong\nKind: ebook\nConsent: letters\nChapters: {}\n\nOpen.\n"


def offer(before: str = "", after: str = "") -> Callable[[Site], object]:
    """The offer of one file, with a piece of it changed."""
    text = PLAN.replace("the-plan", "wrong")
    assert before in text
    return lambda site: site.write(OFFER, text.replace(before, after, 1))


def post(body: str = "Open.", **metadata: str) -> Callable[[Site], object]:
    return lambda site: site.write(POST, article("wrong", body, **metadata))


def put(name: str, text: str | bytes) -> Callable[[Site], object]:
    return lambda site: site.write(name, text)


REFUSED: dict[str, tuple[Callable[[Site], object], str, str]] = {
    "no title": (put(POST, "Only text.\n"), "wrong.md:1: the file has no title", "Add a line `Title: ...`"),
    "nothing at all": (put(POST, ""), "wrong.md:1: the file has no title", "Add a line `Title: ...`"),
    "no date": (put(POST, "Title: A\nSlug: wrong\n\nText.\n"), "wrong.md:1: the file has no date", "`Date: 2026-11-23`"),
    "no such day": (post(Date="2026-02-31"), "wrong.md:2: '2026-02-31' is not a valid date", "Write a day that exists"),
    "tomorrow": (post(Date="tomorrow"), "wrong.md:2: 'tomorrow' is not a valid date", "Write a day that exists"),
    "no such status": (post(Status="drafft"), "wrong.md:5: there is no status 'drafft'", "Use published, draft"),
    "latin": (put(POST, article("wrong", "caf\xe9").encode("latin-1")), "wrong.md:6: the text is not UTF-8", "Save the file as UTF-8"),
    "utf-16": (put(POST, article("wrong", "text").encode("utf-16")), "wrong.md:1: the text is not UTF-8", "Save the file as UTF-8"),
    "nul": (post("before \0 after"), "wrong.md:6: the text holds a control character", "Take it out"),
    "title twice": (put(POST, "Title: A\nTitle: B\nDate: 2026-05-01\nSlug: wrong\n\nText.\n"), "wrong.md:2: `Title` stands in the metadata twice", "Keep one"),
    "date twice": (post(Date="2026-05-01\nDate: 2026-05-02"), "wrong.md:3: `Date` stands in the metadata twice", "Keep one"),
    "address taken": (put(POST, article("plain", "Open.")), "wrong.md:3: its address, plain.html, is that of", "`Slug:` of its own"),
    "link to nowhere": (lambda site: (site.folder / "content/articles/x.md").symlink_to("/nowhere/x"), "x.md:1: the file cannot be read", "Put it there"),
    "folder for a file": (lambda site: (site.folder / "content/offers/x.md").mkdir(), "x.md:1: the file cannot be read: Is a directory", "Put it there"),
    "nul in an offer": (offer("A table", "A \0 table"), "wrong.md:9: the text holds a NUL", "plain text"),
    "control in a title": (offer("The plan", "The \x07 plan"), "wrong.md:1: the title holds a control character", "Take it out"),
    "encoded word": (offer("The plan", "=?utf-8?q?x?="), "wrong.md:1: the title holds", "Take it out"),
    "endless title": (offer("The plan", "ab " * 1000), "wrong.md:1: the title has 2999 characters", "Shorten it to 255"),
    "misspelt": (offer("Tags: costs", "Sumary: x"), "wrong.md:6: there is no field `Sumary`", "Write `Summary:`"),
    "misspelt consent": (offer("Consent:", "Conzent:"), "wrong.md:7: there is no field `Conzent`", "Write `Consent:`"),
    "no such day of an offer": (offer("Tags: costs", "Date: 2026-02-31"), "wrong.md:6: the metadata cannot be read", "Mend"),
    "no language": (offer("Tags: costs", "Lang: klingon!"), "wrong.md:6: 'klingon!' is not the tag of a language", "`Lang: de`"),
    "chapter is itself": (put(OFFER, BOOK_OF.format("wrong.md")), "wrong.md:5: the chapter 'wrong.md' is this very offer", "without `Kind:`"),
    "chapter is an offer": (put(OFFER, BOOK_OF.format("ten-checks.md")), "wrong.md:5: the chapter 'ten-checks.md' is an offer of its own", "without `Kind:`"),
    "chapter is a folder": (put(OFFER, BOOK_OF.format("files")), "wrong.md:5: the chapter 'files' cannot be read", "Put it beside"),
    "chapter outside": (put(OFFER, BOOK_OF.format("../articles/plain.md")), "wrong.md:5: the chapter '../articles/plain.md' lies outside", "article:SLUG"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_named_with_line_and_cure_and_the_last_good_site_stays(
    site: Site, case: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, problem, cure = REFUSED[case]
    monkeypatch.chdir(site.folder)
    make(site)
    (site.folder / "output").mkdir()
    site.write("output/index.html", "the last good page")
    assert build("pelicanconf.py") == 1
    said = capfd.readouterr().err
    line = next((line for line in said.splitlines() if problem in line), None)
    assert line, said
    assert cure in line
    assert "Traceback" not in said
    assert site.page("index.html") == "the last good page"
    assert not (site.data / "catalogue.json").exists()


WORKS: dict[str, Callable[[Site], object]] = {
    "byte order mark": put(OFFER, b"\xef\xbb\xbf" + PLAN.replace("the-plan", "wrong").encode()),
    "line ends of Windows": put(OFFER, PLAN.replace("the-plan", "wrong").replace("\n", "\r\n")),
    "line ends of old": put(OFFER, PLAN.replace("the-plan", "wrong").replace("\n", "\r")),
    "fences": put(OFFER, "---\n" + PLAN.replace("the-plan", "wrong").replace("\n\n", "\n---\n\n", 1)),
    "an odd field": offer("Tags: costs", "Mood: fine"),
    "255 bytes": offer("The plan", "ü" * 127),
    "turned around": offer("The plan", "The \u202e nalp 🎪 of “quotes” & <b>tags</b>"),
    "odd file name": put("content/articles/ein Ü 🎪.md", article("wrong", "Open.")),
    "odd title": post(Title="abc \u202e def “q” <b>x</b> 🎪 =?utf-8?q?x?="),
    "a book of the article that offers it": lambda site: (
        site.write(OFFER, BOOK_OF.format("article:loop")),
        site.write("content/articles/loop.md", article("loop", "Text.\n\n[[offer:wrong]]\n")),
    ),
}


@pytest.mark.parametrize("case", WORKS)
def test_an_odd_file_that_means_something_is_published(
    site: Site, case: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.folder)
    WORKS[case](site)
    assert build("pelicanconf.py") == 0, capfd.readouterr().err
    assert (site.output / ("wrong.html" if "articles" in case else "index.html")).is_file()
    if (site.folder / OFFER).exists():
        assert "wrong" in site.catalogue.offers
        assert (site.output / "offers/wrong.html").is_file()


def test_broken_settings_themes_and_templates_are_told_in_a_line(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.folder)
    for more, said in (
        ("THEME = '/nowhere'\n", "Could not find the theme"),
        ("x = (\n", "pelicanconf.py:10: SyntaxError"),
        ("THEME_TEMPLATES_OVERRIDES = ['t']\n", "article.html:2: TemplateSyntaxError"),
    ):
        site.write("t/article.html", "\n{% if %}")
        site.configure(more)
        assert build("pelicanconf.py") == 1
        err = capfd.readouterr().err
        assert said in err
        assert "the site stays as it was" in err
        assert "Traceback" not in err
