"""Ghost: the JSON file of Settings > Import/Export."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gatepost_pelican.importing import addresses, lexical, mobiledoc
from gatepost_pelican.importing.exports import (
    ARTICLE,
    DRAFT,
    PAGE,
    PUBLISHED,
    SKIP,
    CannotImport,
    Export,
    LeftOut,
    Post,
)

LARGEST = 512 * 1024 * 1024
# What Ghost writes where the address of the site belongs.
SITE = "__GHOST_URL__"
WALL = "<!--members-only-->"

_STATUS = {
    "published": (PUBLISHED, ""),
    "draft": (DRAFT, ""),
    "scheduled": (DRAFT, "It was scheduled in Ghost for its date: publish it by hand when its day has come."),
    "sent": (DRAFT, "It was sent as a letter only and stood on no page in Ghost."),
}
_PAID = {"members": "members", "paid": "paying members", "tiers": "members of some tiers", "filter": "some members"}


@dataclass
class _Tables:
    """The tables of an export by what a post asks for."""

    posts: list[Mapping[str, Any]] = field(default_factory=list)
    meta: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    tags: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    authors: dict[str, list[str]] = field(default_factory=dict)
    zone: ZoneInfo | None = None
    hosts: frozenset[str] = frozenset()


def opened(path: Path) -> Export:
    """The export in that file. Raises CannotImport."""
    data = _data(path)
    tables = _tables(data)
    export = Export("ghost", (), tables.hosts)
    export.left_out.extend(_not_content(data))
    export.posts = _posts(tables, export.left_out)
    return export


def _data(path: Path) -> Mapping[str, Any]:
    if path.stat().st_size > LARGEST:
        raise CannotImport(
            f"{path.name} is larger than {LARGEST >> 20} MB", "Export without members and analytics, if you can"
        )
    try:
        read = json.loads(path.read_bytes().decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise CannotImport(
            f"{path.name} is no whole JSON: {error}", "Export again in Ghost: Settings > Import/Export"
        ) from error
    db = read.get("db") if isinstance(read, dict) else None
    whole = db[0] if isinstance(db, list) and db else read
    data = whole.get("data") if isinstance(whole, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("posts"), list):
        raise CannotImport(
            f"{path.name} is JSON, but no export of Ghost", "Name the file of Settings > Import/Export > Export content"
        )
    return data


def _rows(data: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _tables(data: Mapping[str, Any]) -> _Tables:
    settings = {str(row.get("key")): str(row.get("value") or "") for row in _rows(data, "settings")}
    host = addresses.host(settings.get("url", ""))
    tags = {str(row.get("id")): row for row in _rows(data, "tags")}
    names = {str(row.get("id")): str(row.get("name") or "") for row in _rows(data, "users")}
    tables = _Tables(
        posts=_rows(data, "posts"),
        meta={str(row.get("post_id")): row for row in _rows(data, "posts_meta")},
        zone=_zone(settings.get("timezone") or settings.get("active_timezone") or ""),
        hosts=frozenset((host,)) if host else frozenset(),
    )
    linked, written = defaultdict(list), defaultdict(list)
    for row in sorted(_rows(data, "posts_tags"), key=_order):
        if str(row.get("tag_id")) in tags:
            linked[str(row.get("post_id"))].append(tags[str(row.get("tag_id"))])
    for row in sorted(_rows(data, "posts_authors"), key=_order):
        written[str(row.get("post_id"))].append(names.get(str(row.get("author_id")), ""))
    for post in (post for post in tables.posts if post.get("author_id") and str(post.get("id")) not in written):
        written[str(post.get("id"))].append(names.get(str(post["author_id"]), ""))
    tables.tags, tables.authors = dict(linked), dict(written)
    return tables


def _order(row: Mapping[str, Any]) -> int:
    order = row.get("sort_order")
    return order if isinstance(order, int) else 0


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError):
        return None


def _not_content(data: Mapping[str, Any]) -> Iterator[LeftOut]:
    members = len(_rows(data, "members"))
    if members:
        why = "an export cannot prove what they agreed to: invite them to sign up"
        yield LeftOut(f"{members} member{'' if members == 1 else 's'}", why)
    if any(str(row.get("name", "")).startswith("#") for row in _rows(data, "tags")):
        yield LeftOut("internal tags (those that begin with #)", "readers never saw them")


def _posts(tables: _Tables, left_out: list[LeftOut]) -> Iterator[Post]:
    for row in tables.posts:
        post = _post(row, tables, left_out)
        if post is not None:
            yield post


def _post(row: Mapping[str, Any], tables: _Tables, left_out: list[LeftOut]) -> Post | None:
    number, title = str(row.get("id") or row.get("uuid") or ""), _text(row, "title")
    if _text(row, "status") not in _STATUS:
        left_out.append(
            LeftOut(f"a post with the status {_text(row, 'status')!r}", "it is unknown what that means", title)
        )
        return None
    meta = tables.meta.get(number, {})
    status, notes, is_gated = _standing(row, meta)
    html = _text(row, "html") or lexical.as_html(_text(row, "lexical")) or mobiledoc.as_html(_text(row, "mobiledoc"))
    _unseen(row, html, left_out, title)
    names = [str(tag.get("name") or "") for tag in tables.tags.get(number, ()) if _is_shown(tag)]
    slug = _text(row, "slug")
    return Post(
        number=number,
        kind=PAGE if row.get("type") == "page" or row.get("page") in (1, True) else ARTICLE,
        title=title,
        slug=slug,
        html=html,
        date=_moment(row.get("published_at") or row.get("created_at"), tables.zone),
        modified=_moment(row.get("updated_at"), tables.zone),
        category=names[0] if names else "",
        tags=tuple(dict.fromkeys(names)),
        authors=tuple(name for name in tables.authors.get(number, ()) if name),
        summary=_text(row, "custom_excerpt") or _text(meta, "meta_description") or _text(row, "meta_description"),
        status=status,
        notes=notes,
        addresses=(f"/{slug}/",) if status in (PUBLISHED, SKIP) and slug else (),
        picture=_text(row, "feature_image") or _text(row, "image"),
        picture_alt=_text(meta, "feature_image_alt"),
        picture_caption=_text(meta, "feature_image_caption"),
        is_gated=is_gated,
    )


def _standing(row: Mapping[str, Any], meta: Mapping[str, Any]) -> tuple[str, tuple[str, ...], bool]:
    """Its status, what its writer must know, and whether readers had to pay or log in."""
    status, note = _STATUS[_text(row, "status")]
    gated_for = _PAID.get(_text(row, "visibility"), "")
    notes = [note] if note else []
    if gated_for:
        notes.append(
            f"Only {gated_for} could read all of it in Ghost, so no page is made of it: "
            "name an offer (`Offer: SLUG`), and set `Status: published`; what stands below the gate stays held."
        )
        status = SKIP
    if meta.get("email_only"):
        notes.append("In Ghost it was sent as a letter and stood on no page.")
        status = DRAFT if status == PUBLISHED else status
    return status, tuple(notes), bool(gated_for)


def _unseen(row: Mapping[str, Any], html: str, left_out: list[LeftOut], title: str) -> None:
    """Parts that Ghost itself does not put into the page."""
    source = _text(row, "lexical") + _text(row, "mobiledoc")
    if '"email-cta"' in source or '"type":"email"' in source or '["email"' in source:
        left_out.append(LeftOut("a card for letters only", "it stood on no page in Ghost", title))
    if any(_text(row, name).strip() for name in ("codeinjection_head", "codeinjection_foot")):
        left_out.append(LeftOut("injected code", "pages carry no script or style that is not the theme's", title))
    if not html.strip() and (source + _text(row, "plaintext")).strip():
        left_out.append(LeftOut("its text", "the export holds it in no form that can be read; copy it by hand", title))


def _is_shown(tag: Mapping[str, Any]) -> bool:
    return (
        tag.get("visibility", "public") != "internal" and bool(tag.get("name")) and not str(tag["name"]).startswith("#")
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _moment(value: Any, zone: ZoneInfo | None) -> datetime | None:
    try:
        if isinstance(value, int | float):
            moment = datetime.fromtimestamp(value / 1000, UTC)
        else:
            moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    moment = moment.replace(microsecond=0)
    return moment.astimezone(zone) if zone else moment
