"""What is wrong is said by name, with its place and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost_pelican.compile import (
    COMPILERS,
    Chapter,
    CompileError,
    ManuscriptIncomplete,
    MarkupUnsupported,
    PictureBroken,
    PictureMissing,
)

from .conftest import Make, png


@pytest.mark.parametrize("name", COMPILERS)
def test_a_missing_picture_is_named_with_its_chapter_and_cure(name: str, manuscript: Make) -> None:
    with pytest.raises(PictureMissing) as caught:
        COMPILERS[name].compile(manuscript(Chapter("First steps", '<p><img src="gone.png" alt=""></p>')))
    for piece in ("clients-by-writing", "First steps", "gone.png", "content folder"):
        assert piece in str(caught.value)
    assert caught.value.cure


@pytest.mark.parametrize(
    "source", ["../secret.png", "/../secret.png", "%2e%2e/secret.png", "pictures/../../secret.png"]
)
def test_a_picture_outside_the_content_folder_is_not_there(source: str, manuscript: Make, pictures: Path) -> None:
    (pictures.parent / "secret.png").write_bytes(png())
    with pytest.raises(PictureMissing):
        COMPILERS["ebook.epub"].compile(manuscript(Chapter("A", f'<img src="{source}">')))


def test_a_link_out_of_the_content_folder_is_not_followed(manuscript: Make, pictures: Path) -> None:
    (pictures.parent / "secret.png").write_bytes(png())
    (pictures / "door.png").symlink_to(pictures.parent / "secret.png")
    with pytest.raises(PictureMissing):
        COMPILERS["ebook.pdf"].compile(manuscript(Chapter("A", '<img src="door.png">')))


@pytest.mark.parametrize("source", ["https://elsewhere.example.net/a.png", "//elsewhere.example.net/a.png", "data:,x"])
def test_a_picture_on_another_server_is_refused(source: str, manuscript: Make) -> None:
    with pytest.raises(MarkupUnsupported, match="content folder"):
        COMPILERS["article.pdf"].compile(manuscript(Chapter("A", f'<img src="{source}">')))


@pytest.mark.parametrize(
    "source", ["https://blog.example.org/pictures/chart.png", "/pictures/chart.png?v=2", "pictures/ch%61rt.png"]
)
def test_a_picture_is_found_by_every_name_that_a_page_gives_it(source: str, manuscript: Make) -> None:
    assert COMPILERS["article.pdf"].compile(manuscript(Chapter("A", f'<img src="{source}">')))


@pytest.mark.parametrize("name", ["ebook.pdf", "ebook.epub"])
@pytest.mark.parametrize("data", [b"", b"not a picture", b"RIFF....WEBP"])
def test_a_file_that_is_no_picture_is_named(name: str, data: bytes, manuscript: Make, pictures: Path) -> None:
    (pictures / "bad.png").write_bytes(data)
    with pytest.raises(PictureBroken, match=r"bad\.png.*PNG"):
        COMPILERS[name].compile(manuscript(Chapter("A", '<img src="bad.png">')))


def test_a_picture_cut_short_is_named(manuscript: Make, pictures: Path) -> None:
    (pictures / "cut.png").write_bytes(png(40, 40)[:50])
    with pytest.raises(PictureBroken, match=r"cut\.png"):
        COMPILERS["ebook.pdf"].compile(manuscript(Chapter("A", '<p>x</p><img src="cut.png" alt="cut">')))


def test_a_missing_cover_is_named(manuscript: Make, tmp_path: Path) -> None:
    for name in ("ebook.pdf", "ebook.epub"):
        with pytest.raises(PictureMissing, match="cover"):
            COMPILERS[name].compile(manuscript(cover=tmp_path / "cover.jpg"))


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"accent": "green"}, {"accent": "#0b6e4"}, {"chapters": ()}], ids=str
)
def test_a_manuscript_without_what_every_file_needs_is_refused(wrong: dict[str, object], manuscript: Make) -> None:
    with pytest.raises(ManuscriptIncomplete) as caught:
        manuscript(**wrong)
    assert isinstance(caught.value, CompileError)
    assert caught.value.cure in str(caught.value)
