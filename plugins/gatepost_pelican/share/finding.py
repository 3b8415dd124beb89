"""Finds what is to be shared, read as a build reads it."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.settings import read_settings

from gatepost_pelican import gate, moments
from gatepost_pelican.cards import landing_page
from gatepost_pelican.manuscripts import UNDATED
from gatepost_pelican.offers import WrittenOffer, plain
from gatepost_pelican.placing import Placing
from gatepost_pelican.share.outline import outline
from gatepost_pelican.share.sentences import sentences
from gatepost_pelican.share.subject import Goal, Section, Subject
from gatepost_pelican.work import Work

# Where a site that has no address yet is seen while one writes.
AT_HOME = "http://127.0.0.1:8000"


class CannotShare(Exception):
    """`cure` says what to do. `code` is the exit code: 2 where the command was wrong, 1 where the site is."""

    def __init__(self, problem: str, cure: str, code: int = 2):
        super().__init__(problem)
        self.cure = cure
        self.code = code


def read_site(settings_file: str) -> Work:
    """Everything that a site says, and not a file written. Raises CannotShare where it does not use Gatepost."""
    path = Path(settings_file).absolute()
    pelican = Pelican(read_settings(str(path)))
    try:
        build = moments.of(pelican.settings)
    except KeyError:
        cure = 'Add a line `PLUGINS = ["gatepost_pelican"]`'
        raise CannotShare(f"{settings_file}: the site does not use Gatepost", cure, 1) from None
    build.only_reads = True
    try:
        pelican.run()
    except moments.WasRead as read:
        return read.work
    raise CannotShare("the site has neither articles nor offers", "Write one: gatepost new article TITLE", 1)


def find(work: Work, name: str, items: int | None) -> Subject:
    """The article or the offer with this slug, or of this file. `items` of a checklist are shown; None: nothing held.

    Raises CannotShare.
    """
    articles = [placing for placing in work.placings if placing.is_article]
    path = Path(name).absolute()
    placing = next((one for one in articles if Path(one.content.source_path) == path), None)
    offer = next((one for one in work.written if one.source.path == path), None)
    placing = placing or (None if offer else _article_called(articles, name))
    offer = offer or (None if placing else work.by_slug.get(name))
    if placing is not None:
        _demand_no_mistake(work, Path(placing.content.source_path))
        if items is not None:
            raise CannotShare(f"{name} is an article", "Leave `--items` out: it is for checklists.")
        return _of_article(work, placing)
    if offer is not None:
        _demand_no_mistake(work, offer.source.path)
        return _of_offer(work, offer, items)
    raise _unknown(work, articles, name)


def _article_called(articles: list[Placing], name: str) -> Placing | None:
    found = [one for one in articles if name in (one.key, one.content.slug)]
    # A translation has its original's name; the original is meant.
    found.sort(key=lambda one: (one.key != name, not one.content.in_default_lang))
    return found[0] if found else None


def _demand_no_mistake(work: Work, path: Path) -> None:
    mistake = next((one for one in sorted(set(work.mistakes)) if one.path == path), None)
    if mistake is not None:
        raise CannotShare(f"{path.name}:{mistake.line}: {mistake.problem}", mistake.cure, 1)


def _unknown(work: Work, articles: list[Placing], name: str) -> CannotShare:
    known = sorted({one.content.slug for one in articles} | set(work.by_slug))
    near = difflib.get_close_matches(Path(name).stem, known, n=1)
    cure = f"Did you mean {near[0]!r}?" if near else "Name the slug or the file of one."
    return CannotShare(f"there is no article and no offer {name!r}", cure)


def _of_article(work: Work, placing: Placing) -> Subject:
    content, settings = placing.content, work.settings
    title = plain(content.title)
    offered = next((work.by_slug[slug] for slug in placing.slugs if work.by_slug[slug].asks), None)
    warnings = _no_address(work)
    if content.status == "draft":
        warnings = (*warnings, f"{content.slug} is a draft: publish it before you post.")
    return Subject(
        name=_name(work, content),
        title=title,
        summary=sentences(plain(content.metadata.get("summary", ""))),
        language=content.lang,
        author=str(getattr(content, "author", "") or settings.author),
        site_name=plain(settings.site_name),
        accent=settings.accent,
        dated=content.date.date() if hasattr(content, "date") else UNDATED,
        address=f"{_home(work)}/{_address(content)}",
        tags=tuple(str(tag) for tag in getattr(content, "tags", ())),
        # What stands behind a gate was cut away before Markdown read it.
        sections=outline(gate.PLACEHOLDER.sub("", content._content), title),
        offer=_goal(work, offered) if offered else None,
        warnings=warnings,
    )


def _name(work: Work, content: Any) -> str:
    """The slug, and the language of a translation beside it: both kits may be made, and their readers told apart."""
    same = [one for one in work.placings if one.is_article and one.content.slug == content.slug]
    return str(content.slug) if content.in_default_lang or len(same) == 1 else f"{content.slug}-{content.lang}"


def _address(content: Any) -> str:
    """Where an article is, or will be once it is no draft any more."""
    if content.status != "draft":
        return str(content.url)
    name = "ARTICLE_URL" if content.in_default_lang else "ARTICLE_LANG_URL"
    return str(getattr(content, "override_url", "") or content.settings[name].format(**content.url_format))


def _of_offer(work: Work, offer: WrittenOffer, items: int | None) -> Subject:
    settings, draft = work.settings, offer.draft
    if items is not None and draft.kind != "checklist":
        raise CannotShare(f"{offer.slug} is no checklist", "Leave `--items` out: only a checklist has items.")
    groups = _groups(outline(offer.held, draft.title), items) if items is not None else ()
    return Subject(
        name=offer.slug,
        title=draft.title,
        summary=sentences(draft.summary),
        language=draft.language,
        author=offer.teaser.field("author") or settings.author,
        site_name=plain(settings.site_name),
        accent=settings.accent,
        dated=offer.teaser.written_on or UNDATED,
        address=_goal(work, offer).address,
        tags=tuple(str(tag) for tag in offer.teaser.metadata.get("tags", ())),
        sections=outline(offer.teaser.html, draft.title),
        is_offer=True,
        groups=groups,
        warnings=_no_address(work),
    )


def _groups(sections: tuple[Section, ...], items: int) -> tuple[Section, ...]:
    """The checklist's own groups, with the first points of each in turn, `items` in all; `paragraphs` are left out."""
    lists = [section for section in sections if section.boxes]
    shown = dict.fromkeys(range(len(lists)), 0)
    while items > 0 and any(shown[at] < len(one.points) for at, one in enumerate(lists)):
        for at, one in enumerate(lists):
            if items > 0 and shown[at] < len(one.points):
                shown[at] += 1
                items -= 1
    return tuple(
        Section(one.title, points=one.points[: shown[at]], boxes=True, left=len(one.points) - shown[at])
        for at, one in enumerate(lists)
    )


def _goal(work: Work, offer: WrittenOffer) -> Goal:
    return Goal(offer.draft.title, f"{_home(work)}/{landing_page(offer.slug)}")


def _home(work: Work) -> str:
    url = work.settings.site_url
    return url if url.startswith(("http://", "https://")) else AT_HOME


def _no_address(work: Work) -> tuple[str, ...]:
    if _home(work) != AT_HOME:
        return ()
    return (
        f"the site has no address of its own, so links lead to {AT_HOME}: set GATEPOST_SITE_URL (SITEURL) before you post.",
    )
