"""A blog from elsewhere is brought whole: words, dates, pictures and addresses; what cannot be is named."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from gatepost_pelican.importing import writing
from gatepost_pelican.importing.exports import CannotImport
from tests.moving import exports
from tests.plugin.sites import Site, everything_in

CONF = "ARTICLE_PATHS = ['articles']\nPAGE_PATHS = ['pages']\nSTATIC_PATHS = ['images']\n"
NOT_SHOWN = (b"PASSWORDED", b"PRIVATE words", b"BINNED", b"MEMBERSONLY", b"PAIDONLY")


def empty_site(folder: Path) -> Site:
    site = Site(folder)
    site.configure(CONF)
    (folder / "content").mkdir()
    return site


def brought(folder: Path, system: str, *options: str) -> tuple[Site, str]:
    """A site with that system's export in it, built."""
    (folder / "old").mkdir()
    export = getattr(exports, system)(folder / "old")
    site = empty_site(folder / "site")
    done = site.run("import", system, str(export), *options, module="gatepost.cli")
    assert done.returncode == 0, done.stdout + done.stderr
    built = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert built.returncode == 0, built.stdout + built.stderr
    return site, done.stdout


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    return brought(tmp_path_factory.mktemp("wordpress"), "wordpress")


@pytest.fixture(scope="module")
def ghost(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    return brought(tmp_path_factory.mktemp("ghost"), "ghost")


@pytest.fixture(scope="module")
def medium(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    return brought(tmp_path_factory.mktemp("medium"), "medium")


def source(site: Site, name: str) -> str:
    return (site.folder / "content" / name).read_text(encoding="utf-8")


def moved(site: Site) -> dict[str, str]:
    (table,) = site.folder.glob("import/*/moved.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["old"]: row["new"] for row in rows}


def test_wordpress_keeps_slug_date_terms_author_and_cover(wordpress: tuple[Site, str]) -> None:
    head = source(wordpress[0], "articles/post-10.md").split("\n\n")[0].splitlines()
    assert head == [
        "Title: Boats & lakes: a start", "Date: 2024-03-05 18:30+01:00", "Modified: 2024-04-01 10:00+02:00", "Slug: post-10",
        "Category: Gardens & ponds", "Tags: boats / small", "Authors: Ada Example", "Image: images/boat.jpg", "Image-Alt: A boat on the lake",
    ]  # fmt: skip


def test_wordpress_text_is_markdown_with_its_links_and_pictures_on_the_new_site(wordpress: tuple[Site, str]) -> None:
    site, _ = wordpress
    text = source(site, "articles/post-10.md")
    assert "First paragraph with **weight**  \nand a second line." in text
    assert (
        '<figure><img src="{static}/images/boat.jpg" alt="A boat"><figcaption>On the lake</figcaption></figure>' in text
    )
    assert "[the second one]({filename}/articles/second-post.md#part), [the page]({filename}/pages/über-uns.md)" in text
    assert "[a lost one](https://old.example/2020/lost/) and [elsewhere](https://elsewhere.example/x)" in text
    assert "```\nline one\n\nline  three <b>\n```" in text
    assert "https://www.youtube.com/watch?v=abc123" in text
    assert "alert(1)" not in text
    page = site.page("post-10.html")
    assert 'href="https://blog.example.org/second-post.html#part"' in page
    assert (site.output / "images/boat.jpg").stat().st_size > (
        site.folder.parent / "old/wp-content/uploads/2024/03/boat-300x200.jpg"
    ).stat().st_size
    second = source(site, "articles/second-post.md")
    assert "## A part {: #part }" in second
    assert '<h2 id="part">A part</h2>' in site.page("second-post.html")
    assert "Of \\*stars\\* & \\_lines\\_ in C:\\\\new." in second
    assert '```python\nif a < b:\n    print("*")\n```' in second
    assert '<td style="text-align: right;">12</td>' in second


def test_nobody_sees_what_was_not_public(wordpress: tuple[Site, str], ghost: tuple[Site, str]) -> None:
    for site, _ in (wordpress, ghost):
        for name, data in everything_in(site.output).items():
            assert not [word for word in NOT_SHOWN if word in data], name
    walled = source(ghost[0], "articles/walled.md")
    assert "Status: skip" in walled
    assert walled.index("Open teaser.") < walled.index("<!-- gate -->") < walled.index("MEMBERSONLY")
    assert not (wordpress[0].folder / "content/articles/post-16.md").exists()


def test_a_walled_post_is_a_gated_article_once_it_names_an_offer(ghost: tuple[Site, str], tmp_path: Path) -> None:
    from tests.plugin.sites import small_site

    site = small_site(tmp_path)
    text = source(ghost[0], "articles/walled.md").replace("Status: skip", "Offer: the-plan")
    site.write("content/articles/walled.md", text)
    site.build()
    assert "Open teaser." in site.page("walled.html")
    assert not [name for name, data in everything_in(site.output).items() if b"MEMBERSONLY" in data]


def test_every_old_address_leads_to_the_page_that_was_built(
    wordpress: tuple[Site, str], ghost: tuple[Site, str], medium: tuple[Site, str]
) -> None:
    for site, _ in (wordpress, ghost, medium):
        pairs = moved(site)
        assert pairs
        for new in pairs.values():
            assert (site.output / new.lstrip("/")).is_file(), new
    assert moved(wordpress[0])["/?p=12"] == "/pages/über-uns.html"
    assert moved(medium[0])["/@ada/some-words-abcdef012345"] == "/some-words.html"
    nginx = (wordpress[0].folder / "import/wordpress/nginx.conf").read_text()
    assert '    "/2024/03/07/second-post/" "/second-post.html";' in nginx
    assert '    "12" "/pages/%C3%BCber-uns.html";' in nginx
    assert "/climb/ /etcpasswd.html 301\n" in (wordpress[0].folder / "import/wordpress/_redirects").read_text()


def test_what_is_left_out_is_said_with_its_reason(wordpress: tuple[Site, str], ghost: tuple[Site, str]) -> None:
    said = wordpress[1]
    assert said.startswith("Brought 7 articles, 1 page, 1 picture.\n")
    for words in (
        "[contact-form-7] in “Boats & lakes: a start”",
        "1 product",
        "status 'trash'",
        "a script",
        "/2020/lost/",
        "second-post-2",
    ):
        assert words in said
    assert (
        wordpress[0].folder / "import/wordpress/missing-files.txt"
    ).read_text() == "https://old.example/wp-content/uploads/2024/03/gone.jpg\n"
    missing = ghost[0].folder / "import/ghost/missing-files.txt"
    assert missing.read_text() == "https://ghost.example/content/images/2024/05/gone.jpg\n"
    assert "1 member: an export cannot prove what they agreed to" in ghost[1]


def test_ghost_keeps_zone_excerpt_cards_and_drafts_of_its_new_editor(ghost: tuple[Site, str]) -> None:
    site, _ = ghost
    text = source(site, "articles/first.md")
    for line in (
        "Date: 2024-05-01 12:00+02:00",
        "Category: News",
        "Summary: What it says: \\*much\\*",
        "Image-Alt: A boat at noon",
        "Authors: Ada Example",
    ):
        assert f"\n{line}\n" in text
    assert "[A book mark](https://elsewhere.example/b)" in text
    assert "> ! Mind the [gap](https://elsewhere.example/g)" in text
    assert "![A boat]({static}/images/boat.jpg)" in text
    assert "inner" not in text
    draft = source(site, "articles/unseen.md")
    assert "Status: draft" in draft
    assert "**From the editor**" in draft
    assert (site.folder / "content/pages/about.md").is_file()


def test_ghost_drafts_of_its_elder_editor_keep_their_words_and_cards(ghost: tuple[Site, str]) -> None:
    _, _, text = source(ghost[0], "articles/elder.md").partition("## ")
    assert text == (
        "An elder part\n\nFrom *the old [editor](https://elsewhere.example/e)*  \n&lt;b>\n\n- one\n- two\n\n"
        "```python\nx = 1\n```\n\n![Afloat]({static}/images/boat.jpg)\n"
    )


def test_medium_keeps_links_between_own_posts_and_lines_of_listings(medium: tuple[Site, str]) -> None:
    text = source(medium[0], "articles/some-words.md")
    assert "[others]({filename}/articles/other-words.md)" in text
    assert "```\nx = 1\ny = 2\n```" in text
    assert "## Smaller" in text
    assert text.count("Some words") == 1
    assert "Status: draft" in source(medium[0], "articles/unsaid.md")


def test_a_second_time_nothing_changes_and_a_file_that_differs_is_not_written_over(tmp_path: Path) -> None:
    site, _ = brought(tmp_path, "ghost")
    export = str(tmp_path / "old/export.json")
    before = everything_in(site.folder / "content")
    assert site.run("import", "ghost", export, module="gatepost.cli").returncode == 0
    assert everything_in(site.folder / "content") == before
    site.write("content/articles/first.md", "Title: Mine\n\nMy own words.\n")
    (site.folder / "content/articles/unseen.md").unlink()
    refused = site.run("import", "ghost", export, module="gatepost.cli")
    assert refused.returncode == 1
    assert "content/articles/first.md" in refused.stderr
    assert "Nothing was written." in refused.stderr
    assert not (site.folder / "content/articles/unseen.md").exists()
    told = site.run("import", "ghost", export, "--dry-run", module="gatepost.cli")
    assert (told.returncode, "Would bring 5 articles" in told.stdout) == (0, True)
    assert "My own words." in source(site, "articles/first.md")
    assert site.run("import", "ghost", export, "--force", module="gatepost.cli").returncode == 0
    assert everything_in(site.folder / "content") == before
    assert not [*site.folder.glob(".gatepost-import-*")]


def test_pictures_that_were_missing_come_with_a_second_import_from_where_they_were_fetched_to(tmp_path: Path) -> None:
    site, said = brought(tmp_path, "medium")
    (address,) = (site.folder / "import/medium/missing-files.txt").read_text().split()
    assert "wget -x -P import/fetched -i import/medium/missing-files.txt" in said
    exports.photo(site.folder / "import/fetched" / address.removeprefix("https://"))
    options = ("--force", "--media", "import/fetched")
    done = site.run("import", "medium", str(tmp_path / "old/medium-export.zip"), *options, module="gatepost.cli")
    assert done.stdout.startswith("Brought 3 articles, 0 pages, 1 picture.")
    assert '<img src="{static}/images/1abc.jpeg"' in source(site, "articles/some-words.md")
    assert (site.folder / "content/images/1abc.jpeg").is_file()
    assert not (site.folder / "import/medium/missing-files.txt").exists()


def test_blogs_of_two_systems_come_into_one_site(tmp_path: Path) -> None:
    site, _ = brought(tmp_path, "ghost")
    done = site.run("import", "medium", str(exports.medium(tmp_path)), module="gatepost.cli")
    assert done.returncode == 0, done.stderr
    assert sorted(path.parent.name for path in site.folder.glob("import/*/moved.csv")) == ["ghost", "medium"]


def test_a_write_that_fails_half_way_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "first.md").write_bytes(b"mine")
    (tmp_path / "pages").write_bytes(b"a file where a folder is to be")
    before = everything_in(tmp_path)
    with pytest.raises(CannotImport, match="pages cannot be written"):
        writing.write({"first.md": b"theirs", "new.md": lambda: b"new", "pages/about.md": b"new"}, tmp_path)
    assert everything_in(tmp_path) == before
    (tmp_path / "pages").unlink()
    writing.write({"first.md": b"theirs", "pages/about.md": lambda: b"new"}, tmp_path)
    assert everything_in(tmp_path) == {"first.md": b"theirs", "pages/about.md": b"new"}


def test_check_finds_nothing_that_the_export_did_not_have(wordpress: tuple[Site, str], ghost: tuple[Site, str]) -> None:
    found = []
    for site, _ in (wordpress, ghost):
        done = site.run("check", "--format", "json", module="gatepost.cli")
        found.append({one["problem"] for one in json.loads(done.stdout)["findings"]})
    # That WordPress export has no excerpts.
    assert found == [{"there is no summary"}, set()]
