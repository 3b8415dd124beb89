"""WordPress: the XML file of Tools > Export."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

from gatepost_pelican.importing import addresses, shortcodes
from gatepost_pelican.importing.exports import ARTICLE, DRAFT, PAGE, PUBLISHED, SKIP, Export, LeftOut, Post
from gatepost_pelican.importing.shortcodes import Attachment
from gatepost_pelican.importing.wxr import Item, Reader

_KINDS = {"post": ARTICLE, "page": PAGE}
# Known to every site, and no content of its writers.
_INNER = frozenset(("attachment", "wp_block"))
_STATUS = {
    "publish": (PUBLISHED, ""),
    "draft": (DRAFT, ""),
    "pending": (DRAFT, "It waited for review in WordPress."),
    "future": (DRAFT, "It was scheduled in WordPress for its date: publish it by hand when its day has come."),
    "private": (
        SKIP,
        "It was private in WordPress, so no page is made of it: set `Status: published` to show it to everybody.",
    ),
}
_DYNAMIC = re.compile(r"<!--\s+wp:([a-z][\w/-]*)\s+(\{(?:(?!-->).)*?\}\s+)?/-->", re.DOTALL)
_NONE_SET = frozenset(("uncategorized", "uncategorised", "allgemein", "non classé", "sin categoría"))
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_seopress_titles_desc")


@dataclass
class _Known:
    """What posts refer to and what may stand after them in the file."""

    attachments: dict[str, Attachment] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)


def opened(path: Path) -> Export:
    """The export in that file. Raises CannotImport."""
    known = _known(path)
    export = Export("wordpress", (), frozenset(known.hosts))
    export.posts = _posts(path, known, export.left_out)
    return export


def _known(path: Path) -> _Known:
    reader, known = Reader(path), _Known()
    for item in reader.items():
        if item.get("wp:post_type") == "attachment":
            known.attachments[item.get("wp:post_id")] = Attachment(
                item.get("wp:attachment_url") or item.get("guid"),
                item.first("_wp_attachment_image_alt"),
                item.get("excerpt:encoded"),
            )
        elif item.get("wp:post_type") == "wp_block":
            known.blocks[item.get("wp:post_id")] = item.get("content:encoded")
    known.authors = reader.authors
    own = (reader.channel.get(name, "") for name in ("link", "wp:base_site_url", "wp:base_blog_url"))
    known.hosts = {host for host in map(addresses.host, own) if host}
    return known


def _posts(path: Path, known: _Known, left_out: list[LeftOut]) -> Iterator[Post]:
    others: Counter[tuple[str, str]] = Counter()
    comments = 0
    for item in Reader(path).items():
        kind, status = item.get("wp:post_type"), item.get("wp:status")
        comments += item.comments
        if kind in _INNER:
            continue
        if kind not in _KINDS:
            others[f"{kind or 'unknown'} (a type of its own)", "only posts and pages have a place in a blog"] += 1
        elif status not in _STATUS:
            others[
                f"{kind} with the status {status!r}", "nobody could read it, or it is a copy that WordPress kept"
            ] += 1
        else:
            yield _post(item, known, left_out)
    left_out.extend(LeftOut(f"{count} {what}", why) for (what, why), count in sorted(others.items()))
    if comments:
        left_out.append(LeftOut(f"{comments} comments", "the new site has none; they stay in your export file"))


def _post(item: Item, known: _Known, left_out: list[LeftOut]) -> Post:
    status, note = _STATUS[item.get("wp:status")]
    notes = [note] if note else []
    if item.get("wp:post_password") and status == PUBLISHED:
        status = SKIP
        notes.append(
            "It had a password in WordPress, so no page is made of it: put it behind an offer, or set `Status: published`."
        )
    date = _date(item, "post_date") or _published(item)
    category, tags = _categories(item)
    thumbnail = known.attachments.get(item.first("_thumbnail_id"), Attachment())
    title = html.unescape(item.get("title"))
    return Post(
        number=item.get("wp:post_id"),
        kind=_KINDS[item.get("wp:post_type")],
        title=title,
        slug=item.get("wp:post_name"),
        html=_content(item, known, left_out, title),
        date=date,
        modified=_date(item, "post_modified"),
        category=category,
        tags=tags,
        authors=tuple(name for name in (known.authors.get(item.get("dc:creator")) or item.get("dc:creator"),) if name),
        summary=item.get("excerpt:encoded") or next(filter(None, map(item.first, _DESCRIPTIONS)), ""),
        status=status,
        notes=tuple(notes),
        addresses=_addresses(item) if status == PUBLISHED else (),
        picture=thumbnail.address,
        picture_alt=thumbnail.alt,
        picture_caption=thumbnail.caption,
        is_classic="<!-- wp:" not in item.get("content:encoded"),
    )


def _content(item: Item, known: _Known, left_out: list[LeftOut], title: str) -> str:
    text = item.get("content:encoded")

    def filled(found: re.Match[str]) -> str:
        reference = re.search(r"\"ref\"\s*:\s*(\d+)", found[2] or "")
        if found[1] == "block" and reference and reference[1] in known.blocks:
            return known.blocks[reference[1]]
        if found[1] not in ("footnotes", "more", "nextpage", "separator", "spacer"):
            left_out.append(LeftOut(f"the block {found[1]}", "WordPress fills it when somebody reads the page", title))
        return ""

    text = _DYNAMIC.sub(filled, text)
    return shortcodes.replaced(text, known.attachments, left_out, title) + _footnotes(item)


def _footnotes(item: Item) -> str:
    """The block editor keeps footnotes beside the text."""
    try:
        notes = json.loads(item.first("footnotes") or "[]")
        rows = "".join(f'<li id="{html.escape(str(one["id"]))}">{one["content"]}</li>' for one in notes)
    except (ValueError, TypeError, KeyError):
        return ""
    return f"<ol>{rows}</ol>" if rows else ""


def _categories(item: Item) -> tuple[str, tuple[str, ...]]:
    """The first category, and the other ones among the tags: a Pelican article has one."""
    named = [html.unescape(name) for domain, name in item.categories if domain == "category" and name]
    chosen = [name for name in named if name.casefold() not in _NONE_SET]
    tags = [html.unescape(name) for domain, name in item.categories if domain == "post_tag" and name]
    return (chosen[0] if chosen else ""), tuple(dict.fromkeys((*tags, *chosen[1:])))


def _addresses(item: Item) -> tuple[str, ...]:
    """Where it stood, the address that WordPress showed first; old slugs, and the short one with its number."""
    link = addresses.split(item.get("link"))
    path = link.path + (f"?{link.query}" if link.query else "")
    folder = link.path.rstrip("/").rpartition("/")[0]
    older = [f"{folder}/{slug}/" for slug in item.meta.get("_wp_old_slug", ()) if slug and not link.query]
    guid = addresses.split(item.get("guid"))
    return tuple(dict.fromkeys(one for one in (path, *older, f"/?{guid.query}" if guid.query else "") if len(one) > 1))


def _date(item: Item, name: str) -> datetime | None:
    """The date with its zone: what the clock on the wall said, and how far that was from Greenwich."""
    local, utc = _moment(item.get(f"wp:{name}")), _moment(item.get(f"wp:{name}_gmt"))
    if local is None or utc is None:
        return local or (utc.replace(tzinfo=timezone.utc) if utc else None)  # noqa: UP017
    away = local - utc
    return local.replace(tzinfo=timezone(away)) if abs(away) <= timedelta(hours=15) else local


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None


def _published(item: Item) -> datetime | None:
    try:
        return parsedate_to_datetime(item.get("pubDate"))
    except (ValueError, TypeError):
        return None
