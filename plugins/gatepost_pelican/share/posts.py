"""The texts of a kit, plain as LinkedIn shows them: no Markdown, and a link in the last line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.offers.linkedin import marked
from gatepost_pelican.share.links import link
from gatepost_pelican.share.phrases import phrases_for
from gatepost_pelican.share.sentences import cut, fitting, sentences
from gatepost_pelican.share.subject import Section, Subject

# In characters, hashtags and link not counted. LinkedIn folds a post after about two hundred; it takes 3,000 in all.
SHORT, SHORT_WANTED = 200, 140
MEDIUM = 600
LONG, LONG_WANTED = 2000, 1300
POINT = 200
LIMIT = 3000
MOST_TAGS = 4
_WORD = re.compile(r"\w+")


def posts(subject: Subject) -> dict[str, str]:
    """Every text by the name of its file."""
    return {
        "post-short.txt": _whole(subject, _short(subject), "short"),
        "post-medium.txt": _whole(subject, _medium(subject), "medium"),
        "post-long.txt": _whole(subject, _long(subject), "long"),
        "comment.txt": _comment(subject),
    }


def length(text: str) -> int:
    """As LinkedIn counts: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def hashtags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tags as hashtags: their words run together, each with a capital; MOST_TAGS at most, and none that is only digits."""
    found: dict[str, str] = {}
    for tag in tags:
        parts = _WORD.findall(tag.replace("_", " "))
        name = "".join(part[:1].upper() + part[1:] for part in parts)
        if name and not name.isdecimal():
            found.setdefault(name.casefold(), f"#{name}")
    return tuple(found.values())[:MOST_TAGS]


def _whole(subject: Subject, words: str, place: str) -> str:
    tags, address = " ".join(hashtags(subject.tags)), link(subject, place)
    rest = "".join(f"\n\n{part}" for part in (tags, address) if part) + "\n"
    if length(words + rest) > LIMIT:
        words = cut_to(words, LIMIT - length(rest))
    return words + rest


def cut_to(words: str, room: int) -> str:
    """Whole lines of a text, as LinkedIn counts them, and what fits of the first one that does not."""
    kept: list[str] = []
    for line in words.split("\n"):
        left = room - length("\n".join([*kept, ""]))
        if length(line) > left:
            # Half, since a letter may count twice.
            kept.append(cut(line, max(left // 2, 1)) if left > 1 else "")
            break
        kept.append(line)
    return "\n".join(kept).rstrip()


def _short(subject: Subject) -> str:
    lead = _lead(subject)
    text = fitting(subject.summary or lead or (subject.title,), SHORT)
    titled = f"{subject.title}\n\n{text}"
    if len(text) < SHORT_WANTED and text != subject.title and len(titled) <= SHORT:
        text = titled
    for sentence in lead if len(text) < SHORT_WANTED and subject.summary else ():
        if len(f"{text} {sentence}") > SHORT:
            break
        text = f"{text} {sentence}"
    return text


def _medium(subject: Subject) -> str:
    """The headings say what there is to read; the lead is told as far as there is room beside them."""
    text = _opening(subject, MEDIUM)
    titles = [f"• {section.title}" for section in subject.sections if section.title and not section.is_empty]
    listed = fitting(titles, _room(text), "\n") if len(titles) > 1 else ""
    lead, room = "", _room(_with(text, listed, MEDIUM))
    for sentence in _lead(subject):
        if len(f"{lead} {sentence}") > room:
            break
        lead = f"{lead} {sentence}".strip()
    return _with(_with(text, lead, MEDIUM), listed, MEDIUM)


def _room(text: str) -> int:
    return max(MEDIUM - len(text) - 2, 1)


def _long(subject: Subject) -> str:
    text, said = _deep(subject, 1)
    for depth in range(2, 12):
        longer, more = _deep(subject, depth)
        # To say more of some sections is not worth leaving others out.
        if len(text) >= LONG_WANTED or more < said or len(longer) < len(text):
            break
        text, said = longer, more
    return text


def _deep(subject: Subject, depth: int) -> tuple[str, int]:
    """Opening and every section with `depth` sentences and two points more than that; and how many sections had room."""
    end = _take(subject)
    room = LONG - len(end) - 2 if end else LONG
    text, said = _opening(subject, room), 0
    for part in _parts(subject, depth):
        longer = _with(text, part, room)
        said += longer != text
        text = longer
    return _with(text, end, LONG), said


def _parts(subject: Subject, depth: int) -> Iterator[str]:
    for section in subject.sections:
        paragraph = " ".join(_sentences(section)[:depth])
        points = "\n".join(f"• {fitting(sentences(point), POINT)}" for point in section.points[: depth + 2])
        lines = [section.title, paragraph, section.lead_in if points else "", points]
        if paragraph or points:
            yield "\n".join(filter(None, lines))


def _sentences(section: Section) -> list[str]:
    """All sentences but those that wait for a list."""
    return [one for paragraph in section.paragraphs for one in paragraph if not one.endswith(":")]


def _opening(subject: Subject, limit: int) -> str:
    summary = " ".join(subject.summary)
    return _with(cut(subject.title, limit), summary, limit)


def _with(text: str, more: str, limit: int) -> str:
    longer = f"{text}\n\n{more}" if more else text
    return longer if len(longer) <= limit else text


def _lead(subject: Subject) -> tuple[str, ...]:
    return tuple(one for section in subject.sections for one in _sentences(section))


def _take(subject: Subject) -> str:
    return f"{phrases_for(subject.language).take}: {subject.offer.title}" if subject.offer else ""


def _comment(subject: Subject) -> str:
    phrases = phrases_for(subject.language)
    lines = [f"{phrases.here if subject.is_offer else phrases.whole}: {link(subject, 'comment')}"]
    if subject.offer is not None:
        address = marked(subject.offer.address, subject.name, "comment")
        lines.append(f"{phrases.take}: {subject.offer.title}\n{address}")
    return "\n\n".join(lines) + "\n"
