"""Each mistake fails the build with its file, its line and its cure; nothing new is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from gatepost_pelican.mistakes import SiteMistaken
from tests.plugin.sites import CHECKLIST, LINKEDIN, PLAN, PLAN_CSV, Site, article

BOOK = "Title: The book\nSlug: the-book\nKind: ebook\nConsent: letters\nChapters: {}\n\nOpen.\n"


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def offer(text: str) -> Callable[[Site], object]:
    return lambda site: site.write("content/offers/wrong.md", text)


def post(body: str = "Open.", **metadata: str) -> Callable[[Site], object]:
    return lambda site: site.write("content/articles/wrong.md", article("wrong", body, **metadata))


def conf(more: str) -> Callable[[Site], object]:
    return lambda site: site.configure(more)


ONE = CHECKLIST.replace("ten-checks", "wrong")
TWO = PLAN.replace("the-plan", "wrong")
CASES: dict[str, tuple[Callable[[Site], object], str, str]] = {
    "unknown offer": (post(Offer="ten-cheks"), "wrong.md:5: there is no offer 'ten-cheks'", "Did you mean 'ten-checks'?"),
    "unknown call": (post(Cta="mastodon"), "wrong.md:5: there is no offer 'mastodon'", "Use one of: follow-us,"),
    "unknown placed": (post("A.\n\n[[offer:nothing]]"), "wrong.md:8: there is no offer 'nothing'", "write the offer"),
    "gate without offer": (post("A.\n\n<!-- gate -->\n\nB."), "wrong.md:8: the article has a gate", "Add a line `Offer: SLUG`"),
    "gate with linkedin": (
        post("A.\n\n<!-- gate -->\n\nB.", Offer="follow-us"), "wrong.md:9: the article has a gate", "Add a line `Offer: SLUG`",
    ),
    "two gates": (
        post("A.\n\n<!-- gate -->\n\nB.\n\n<!-- gate -->", Offer="the-plan"), "wrong.md:13: there is a second gate", "Keep the first",
    ),
    "offer twice": (post(Offer="the-plan\nOffer: ten-checks"), "wrong.md:6: `Offer` stands in the metadata twice", "Keep one"),
    "gate in a page": (
        lambda site: site.write("content/pages/wrong.md", "Title: W\n\nA.\n\n<!-- gate -->\n\nB."),
        "wrong.md:5: a page cannot have a gate", "Make it an article",
    ),
    "no consent": (offer(changed(ONE, "Consent: letters\n", "")), "wrong.md:1: the wording of the permission is missing", "Add `Consent: letters`"),
    "unknown consent": (offer(changed(ONE, "letters", "leters")), "wrong.md:7: there is no wording 'leters'", "GATEPOST_CONSENTS"),
    "unknown kind": (offer(changed(ONE, "Kind: checklist", "Kind: webinarr")), "wrong.md:3: there is no kind 'webinarr'", "Use one of: checklist"),
    "no title": (offer(changed(ONE, "Title: Before you publish: ten checks\n", "")), "wrong.md:1: the offer has no title", "Add a line `Title:"),
    "value": (offer(changed(ONE, "40 EUR", "forty")), "wrong.md:8: 'forty' is not an amount", "40 EUR"),
    "expires": (offer(ONE.replace("Consent", "Expires: soon\nConsent")), "wrong.md:7: 'soon' is not a number of days", "Expires: 30"),
    "same slug": (offer(CHECKLIST), "wrong.md:2: the slug 'ten-checks' is that of ten-checks.md already", "`Slug:` of its own"),
    "bad slug": (offer(changed(ONE, "Slug: wrong", "Slug: ../up")), "wrong.md:2: '../up' cannot be part of an address", "letters, digits"),
    "field twice": (offer(ONE.replace("Consent", "Kind: ebook\nConsent")), "wrong.md:7: `Kind` stands in the metadata twice", "Keep one"),
    "status": (offer(ONE.replace("Consent", "Status: draft\nConsent")), "wrong.md:7: offers have no status", "move the file out"),
    "not UTF-8": (lambda site: site.write("content/offers/wrong.md", ONE.encode() + b"\nca\xe9"), "wrong.md:19: the text is not UTF-8", "Save the file as UTF-8"),
    "nothing held": (offer(ONE.split("<!--")[0]), "wrong.md:1: the checklist holds nothing", "`<!-- gate -->`"),
    "no items": (offer(ONE.replace("- [ ]", "-")), "wrong.md:12: the checklist has no items", "- [ ]"),
    "gate in a download": (offer(TWO + "\n<!-- gate -->\n\nB."), "wrong.md:11: a download holds no text", "Take the gate"),
    "gate in linkedin": (
        offer(LINKEDIN.replace("follow-us", "wrong") + "\n<!-- gate -->\n\nB."), "wrong.md:8: a linkedin holds no text", "Take the gate",
    ),
    "bad link": (offer(LINKEDIN.replace("follow-us", "wrong").replace("www.linkedin.com", "example.org")), "wrong.md:4: 'https://example.org/company/example' is not", "Add `Link:"),
    "missing file": (offer(TWO.replace("plan.csv", "gone.csv")), "wrong.md:4: there is no file 'files/gone.csv'", "Put the file there"),
    "file outside": (offer(TWO.replace("files/", "../articles/")), "wrong.md:4: '../articles/plan.csv' lies outside", "Move the file below offers/"),
    "missing chapter": (offer(BOOK.format("book/gone.md")), "wrong.md:5: the chapter 'book/gone.md' cannot be read", "Put it beside"),
    "unknown article": (offer(BOOK.format("article:gone")), "wrong.md:5: there is no published article 'gone'", "slug of a published article"),
    "chapter twice": (offer(BOOK.format("article:plain, article:plain")), "wrong.md:5: the chapter 'article:plain' is named twice", "once"),
    "missing cover": (offer(BOOK.format("article:plain").replace("Chapters", "Cover: gone.png\nChapters")), "wrong.md:5: there is no picture 'gone.png'", "beside the offer"),
    "missing picture": (offer(ONE + "\n![A map](/images/gone.png)\n"), "wrong.md:19: the picture", "Put the file into the content folder"),
    "dead link": (offer(ONE + "\n[A]({filename}/articles/gone.md)\n"), "wrong.md:19: the link to '/articles/gone.md' leads nowhere", "from the content folder"),
    "static path": (conf("STATIC_PATHS = ['images', 'offers/files']\n"), "the-plan.md:4: plan.csv is held, but lies inside the static path 'offers/files'", "STATIC_PATHS"),
    "all offers are static": (conf("STATIC_PATHS = ['offers']\n"), "ten-checks.md:1: ten-checks.md is held, but lies inside the static path 'offers'", "STATIC_PATHS"),
    "linked": (post("See\n[it]({static}/offers/files/plan.csv)."), "wrong.md:7: this link would publish offers/files/plan.csv, which is held", "[[offer:SLUG]]"),
    "attached": (post("See\n[it]({attach}../offers/files/plan.csv)."), "wrong.md:7: this link would publish", "[[offer:SLUG]]"),
    "linked in a page": (
        lambda site: site.write("content/pages/wrong.md", "Title: W\n\n[it]({static}/offers/files/plan.csv)"), "wrong.md:3: this link would publish", "[[offer:SLUG]]",
    ),
    "copied": (lambda site: site.write("content/images/nice.csv", PLAN_CSV), "images/nice.csv:1: images/nice.csv would be published, and it is held", "STATIC_PATHS"),
    "offers as articles": (conf("ARTICLE_PATHS = ['articles', 'offers']\n"), "pelicanconf.py:10: ARTICLE_PATHS names 'offers'", "Take 'offers' out"),
    "consents": (conf("GATEPOST_CONSENTS = {'letters': 'Yes'}\n"), "pelicanconf.py:10: the permission 'letters' lacks", "GATEPOST_CONSENTS ="),
    "journey": (conf("GATEPOST_JOURNEY = 'always'\n"), "pelicanconf.py:10: GATEPOST_JOURNEY is 'always'", "Use one of: off, session"),
    "contact": (conf("GATEPOST_CONTACT = 'write to us'\n"), "pelicanconf.py:10: GATEPOST_CONTACT is 'write to us'", "hello@example.org"),
    "accent": (conf("GATEPOST_ACCENT = 'green'\n"), "pelicanconf.py:10: GATEPOST_ACCENT is 'green'", "#rrggbb"),
    "channels": (conf("GATEPOST_CHANNELS = ['example.org']\n"), "pelicanconf.py:10: GATEPOST_CHANNELS is not a dictionary", 'GATEPOST_CHANNELS = {"chamber.example"'),
    "listed channel": (
        conf("GATEPOST_CHANNELS = {\n    'fine.example': 'expert',\n    'chamber.example': 'refferal',\n}\n"),
        "pelicanconf.py:12: GATEPOST_CHANNELS gives 'chamber.example' the channel 'refferal', which there is not", "Did you mean 'referral'? Use one of: event,",
    ),
    "listed host": (
        conf("GATEPOST_CHANNELS = {\n    'https://chamber.example/': 'referral'}\n"),
        "pelicanconf.py:11: GATEPOST_CHANNELS names 'https://chamber.example/', which is not a host", "Write the host alone",
    ),
    "data folder": (conf("GATEPOST_DATA_DIR = 'output/data'\n"), "pelicanconf.py:10: the folder of held files", "Choose a folder outside"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_file_line_and_cure(site: Site, case: str):
    make, problem, cure = CASES[case]
    make(site)
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    line = next((str(mistake) for mistake in mistaken.value.mistakes if problem in str(mistake)), None)
    assert line, "\n".join(map(str, mistaken.value.mistakes))
    assert cure in line.split("Cure: ")[1]
    assert not site.output.exists()
    assert not (site.data / "catalogue.json").exists()


def test_no_offer_to_choose_from_is_a_mistake(tmp_path: Path):
    site = Site(tmp_path)
    site.configure()
    site.write("content/articles/one.md", article("one", "Open.", Offer="auto"))
    with pytest.raises(SiteMistaken, match=r"one\.md:5: there is no offer to choose from"):
        site.build()


def test_a_symbolic_link_does_not_get_a_held_file_out(site: Site):
    (site.folder / "content/images").mkdir()
    (site.folder / "content/images/map.csv").symlink_to(site.folder / "content/offers/files/plan.csv")
    with pytest.raises(SiteMistaken, match="would be published, and it is held"):
        site.build()


def test_all_mistakes_are_told_together_and_sorted(site: Site):
    for case in ("unknown offer", "unknown consent"):
        CASES[case][0](site)
    site.write("content/articles/another.md", article("another", "[[offer:x]]", Offer="y", Cta="z"))
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    assert len(mistaken.value.mistakes) == 5
    assert list(mistaken.value.mistakes) == sorted(mistaken.value.mistakes)


def state(site: Site) -> dict[str, str]:
    """What is published and what is held; what a build remembers for the next one is no part of it."""
    folders = (site.output, site.data)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files = [path for path in files if site.data / "cache" not in path.parents]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_plain_pelican_exits_with_an_error_and_leaves_the_last_good_site_as_it_was(site: Site):
    site.configure("DELETE_OUTPUT_DIRECTORY = True\n")
    site.write("output/stale.html", "from an older build")
    assert site.run().returncode == 0
    assert not (site.output / "stale.html").exists()
    before = state(site)
    CASES["unknown offer"][0](site)
    failed = site.run()
    assert failed.returncode == 1
    line = "content/articles/wrong.md:5: there is no offer 'ten-cheks'. Cure: Did you mean 'ten-checks'? Mend the name."
    assert line in failed.stderr.splitlines()
    assert "Traceback" not in failed.stderr + failed.stdout
    assert state(site) == before


def test_under_autoreload_a_mistake_is_told_once_and_the_watcher_waits(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    import pelican

    waits = []

    def one_change(*_: object) -> set[tuple[int, str]]:
        # What happens between two builds: the writer mends the file, then goes home.
        waits.append((site.output / "plain.html").exists())
        if len(waits) == 2:
            raise KeyboardInterrupt
        (site.folder / "content/articles/wrong.md").unlink()
        return {(1, "wrong.md")}

    CASES["unknown offer"][0](site)
    monkeypatch.setattr(pelican, "wait_for_changes", one_change)
    arguments = pelican.parse_arguments(["-r", "-s", str(site.folder / "pelicanconf.py")])
    with pytest.raises(KeyboardInterrupt):
        pelican.autoreload(arguments)
    assert waits == [False, True]
    assert capsys.readouterr().err.count("there is no offer 'ten-cheks'") == 1


def test_checking_tells_the_same_mistakes_and_writes_no_page(site: Site):
    assert site.run("-s", "pelicanconf.py", module="gatepost_pelican.check").returncode == 0
    CASES["unknown offer"][0](site)
    CASES["no consent"][0](site)
    checked = site.run("-s", "pelicanconf.py", module="gatepost_pelican.check")
    assert checked.returncode == 1
    assert [line.split(": ")[0] for line in checked.stdout.splitlines() if "[GP1" in line] == [
        "content/articles/wrong.md:5",
        "content/offers/wrong.md:1",
    ]
    assert not site.output.exists()
    assert not (site.data / "catalogue.json").exists()


def test_checking_a_site_without_the_plugin_says_so(site: Site):
    site.configure("PLUGINS = []\nARTICLE_PATHS = ['articles']\n")
    checked = site.run("-s", "pelicanconf.py", module="gatepost_pelican.check")
    assert checked.returncode == 1
    assert "the site does not use Gatepost" in checked.stdout
