"""`gatepost new`: a file that builds at once, in the place where this site keeps such files."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from gatepost.cli import conf
from gatepost.offers import KINDS

_LONGEST = 80
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w-]*):[ \t]*(?P<value>.*)$")
_WRITE = "Write here."


@click.group()
def new() -> None:
    """Begin an article, a page or an offer."""


_slug_option = click.option("--slug", default="", help="The name in its address.  [default: made of the title]")
_edit_option = click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
_lang_option = click.option(
    "--lang", default="", metavar="TAG", help="Its language, such as de, where it is not the site's own."
)


@new.command("article")
@click.argument("title")
@_slug_option
@_lang_option
@click.option(
    "--translation-of",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of the same article in another language; needs --lang.",
)
@click.option("--category", default="", help="Its subject.  [default: what most articles here have]")
@click.option("--tags", default="", help="Its tags, with commas between.")
@click.option("--offer", default="", help="The slug of an offer, auto or none.  [default: auto]")
@click.option("--publish", is_flag=True, help="No draft: the next build publishes it.")
@_edit_option
def new_article(
    title: str,
    slug: str,
    lang: str,
    translation_of: Path | None,
    category: str,
    tags: str,
    offer: str,
    publish: bool,
    edit: bool,
) -> None:
    """Begin an article called TITLE, as a draft."""
    site = conf.read()
    original = _fields(translation_of, lang) if translation_of else {}
    name = _slug(slug or original.get("slug", "") or title)
    fields = [
        ("Title", _one_line(title)), ("Date", datetime.now(UTC).strftime("%Y-%m-%d")), ("Category", category or original.get("category", "") or site.usual_category()),
        ("Tags", tags or original.get("tags", "")), ("Slug", name), *([("Lang", _language(lang))] if lang else []), ("Summary", ""),
        ("Offer", offer or original.get("offer", "") or "auto"), *([] if publish else [("Status", "draft")]),
    ]  # fmt: skip
    path = site.articles / f"{name}{f'-{lang.lower()}' if lang else ''}.md"
    _write_new(path, f"{_head(fields)}\n{_WRITE} A line with [[offer:SLUG]] places an offer inside the text.\n")
    if not publish:
        _say_where(site.draft_address(name, lang))
    _open(path, edit)


@new.command("page")
@click.argument("title")
@_slug_option
@_lang_option
@_edit_option
def new_page(title: str, slug: str, lang: str, edit: bool) -> None:
    """Begin a page called TITLE, as a draft: what stands beside the articles, such as who you are."""
    site, name = conf.read(), _slug(slug or title)
    fields = [
        ("Title", _one_line(title)),
        ("Slug", name),
        *([("Lang", _language(lang))] if lang else []),
        ("Summary", ""),
        ("Status", "draft"),
    ]
    path = site.pages / f"{name}{f'-{lang.lower()}' if lang else ''}.md"
    _write_new(path, f"{_head(fields)}\n{_WRITE}\n")
    _say_where(site.draft_address(name, lang, page=True))
    _open(path, edit)


@new.command("offer")
@click.argument("title")
@click.option("--kind", type=click.Choice(list(KINDS)), default="checklist", show_default=True)
@_slug_option
@_edit_option
def new_offer(title: str, kind: str, slug: str, edit: bool) -> None:
    """Begin an offer called TITLE."""
    site, name = conf.read(), _slug(slug or title)
    begun, later = KINDS[kind], datetime.now(UTC) + timedelta(days=90)
    asks = "Consent: letters\n" if begun.asks else ""
    fields = begun.starter.format(slug=name, later=later.strftime("%Y-%m-%d"))
    head = f"Title: {_one_line(title)}\nSlug: {name}\nSummary:\nKind: {kind}\n{asks}{fields}"
    path = site.offers / f"{name}.md"
    _write_new(path, f"{head}\n{begun.body}")
    if kind == "ebook":
        _write_new(site.offers / name / "01-first.md", f"Title: The first chapter\n\n{_WRITE}\n")
    _say_where(f"offers/{name}.html")
    _open(path, edit)


def _head(fields: list[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}".rstrip() + "\n" for name, value in fields)


def _fields(path: Path, lang: str) -> dict[str, str]:
    """The metadata of a file, by names in small letters; its slug is that of its name where it says none."""
    if not lang:
        raise click.UsageError("A translation has a language: add --lang TAG, for example --lang de.")
    found = {"slug": path.stem}
    for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines():
        field = _FIELD.match(line)
        if field is None:
            break
        found[field["name"].lower()] = field["value"].strip()
    return found


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise click.UsageError(f"{tag!r} is no language tag. Use one such as de, fr or pt-br.")
    return tag.lower()


def _write_new(path: Path, text: str) -> None:
    if path.exists():
        raise click.UsageError(f"{path} exists already. Choose another title or --slug, or edit that file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Never over a file that came meanwhile.
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    click.echo(f"Wrote {path}")


def _say_where(address: str) -> None:
    click.echo(f"While `gatepost up` runs: http://127.0.0.1:8000/{address}")


def _open(path: Path, edit: bool) -> None:
    if edit:
        click.edit(filename=str(path))


def _one_line(title: str) -> str:
    return " ".join(title.split())


def _slug(title: str) -> str:
    """Letters of any script as those of an address, as Pelican makes them of a title."""
    from unidecode import unidecode

    words = re.findall(r"[a-z0-9]+", unidecode(title).lower().replace("'", ""))
    slug = "-".join(words)
    if len(slug) > _LONGEST:
        slug = slug[:_LONGEST].rsplit("-", 1)[0]
    if not slug:
        raise click.UsageError("The title has no letter a web address can hold. Give it a name: --slug NAME.")
    return slug
