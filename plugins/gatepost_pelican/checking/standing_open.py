"""What is held and stands in the open all the same: in an article, a page, a teaser, a summary or a file for everybody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gatepost_pelican import gate, sources
from gatepost_pelican.checking import markup
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import Site, Written
from gatepost_pelican.mistakes import SourceMistake, shown
from gatepost_pelican.offers import ARTICLE

# Shorter sentences are said twice by chance; and a run of so many words is found again if one in some is changed.
SHORTEST, RUN = 10, 5
# How many of a sentence's runs have to stand there: all, or enough that somebody wrote it twice.
NEAR = 0.6
RULES = (
    Rule(
        "GP701",
        Severity.ERROR,
        "A held sentence stands in the open",
        f"A sentence of {SHORTEST} words or more from behind a gate, from a chapter or from a text file that is given in return, stands word for "
        "word in the open part of an article, a page, a teaser, a summary or a static file. Case, marks and line breaks do not "
        "count. Articles that a book takes as chapters are in the open on purpose.",
    ),
    Rule(
        "GP702",
        Severity.WARNING,
        "A held sentence nearly stands in the open",
        f"As before, with a few words changed: {NEAR:.0%} of its runs of {RUN} words are found there.",
    ),
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE = re.compile(r"(?<=[.!?:;…。！？])[\"'”’)\]]*\s+")
_TEXTS = frozenset({".txt", ".md", ".csv", ".tsv", ".html", ".htm", ".json", ".xml", ".rst", ".tex", ".vtt", ".srt"})
_LARGEST = 2_000_000
Run = tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One that is held, as words without case. `path` is the file that it stands in."""

    path: Path
    words: tuple[str, ...]

    @cached_property
    def runs(self) -> frozenset[Run]:
        return frozenset(_runs(self.words))


@dataclass(frozen=True)
class Found:
    sentence: Sentence
    is_whole: bool


def find(site: Site) -> Iterator[Finding]:
    """A finding for each two files of which one gives away what the other holds, at the first sentence that does."""
    sentences = list(_held(site))
    by_run: dict[Run, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for run in sentence.runs:
            by_run[run].append(number)
    if not by_run:
        return
    wanted = frozenset(by_run)
    for path, parts in _open(site):
        words = [word for part in parts for word in (*words_of(part), "")]
        hits = wanted.intersection(_runs(words))
        if hits:
            yield from _told(path, list(_matches(sentences, by_run, hits, words)))


def _told(path: Path, found: Sequence[Found]) -> Iterator[Finding]:
    by_file: dict[Path, list[Found]] = defaultdict(list)
    for one in found:
        by_file[one.sentence.path].append(one)
    written = Written(sources.opened(path))
    for other, all_ in sorted(by_file.items()):
        whole = [one for one in all_ if one.is_whole]
        first = min(_place(written, one, open_part=other == path) for one in whole or all_)
        where = _place(Written(sources.opened(other)), (whole or all_)[0], held_part=other == path)[0]
        count = len(whole or all_)
        many = "A sentence" if count == 1 else f"{count} sentences"
        how = "" if whole else "nearly "
        held = "the same file" if other == path else shown(other)
        verb = "stands" if count == 1 else "stand"
        problem = f"{many[0].lower()}{many[1:]} held in {held} (line {where}) {how}{verb} here, in the open"
        cure = "Take it out here, or move the gate"
        yield written.finding("GP701" if whole else "GP702", first, problem, cure)


def _matches(
    sentences: Sequence[Sentence], by_run: dict[Run, list[int]], hits: Iterable[Run], words: Sequence[str]
) -> Iterator[Found]:
    counts: dict[int, int] = defaultdict(int)
    for run in hits:
        for number in by_run[run]:
            counts[number] += 1
    whole = f" {' '.join(words)} "
    for number, count in sorted(counts.items()):
        sentence = sentences[number]
        share = count / len(sentence.runs)
        if share == 1 and f" {' '.join(sentence.words)} " in whole:
            yield Found(sentence, is_whole=True)
        elif share >= NEAR:
            yield Found(sentence, is_whole=False)


def _place(written: Written, found: Found, open_part: bool = False, held_part: bool = False) -> tuple[int, int]:
    """Where a sentence stands in a file, by the first of its runs that does; before the gate or behind it, if asked."""
    text = written.source.text
    match = re.search(gate.GATE.pattern, text, re.IGNORECASE) if open_part or held_part else None
    begin, end = (match.end() if match and held_part else 0, match.start() if match and open_part else len(text))
    words = found.sentence.words
    for start in range(0, max(1, len(words) - RUN + 1)):
        pattern = r"[\W_]+".join(map(re.escape, words[start : start + RUN]))
        place = re.compile(pattern, re.IGNORECASE).search(text, begin, end)
        if place:
            return written.at(place.start())
    return 1, 0


def words_of(text: str) -> list[str]:
    """Words in one case and with one apostrophe."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def _runs(words: Sequence[str]) -> Iterable[Run]:
    # Empty words part one paragraph from the next, and stand in no sentence: such runs match nothing.
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _held(site: Site) -> Iterator[Sentence]:
    seen: set[tuple[str, ...]] = set()
    for path, parts in _held_texts(site):
        for part in parts:
            for words in (tuple(words_of(one)) for one in _SENTENCE.split(part)):
                if len(words) >= SHORTEST and words not in seen:
                    seen.add(words)
                    yield Sentence(path, words)


def _held_texts(site: Site) -> Iterator[tuple[Path, Iterable[str]]]:
    reader = site.work.reader
    for offer in site.work.written:
        yield offer.source.path, markup.blocks(markup.without_comments(offer.held))
        for name in (name for name in offer.draft.chapters if not name.startswith(ARTICLE)):
            source = sources.read(site.settings.offers / name)
            if not isinstance(source, SourceMistake):
                text = reader.read(source, "whole").html
                yield source.path, markup.blocks(markup.without_comments(text))
        for path in (site.settings.offers / name for name in offer.draft.files):
            yield path, _cells(path)
    for placing in site.placings:
        if placing.is_article and gate.COUNT in placing.content.metadata:
            source = sources.opened(placing.content.source_path)
            yield source.path, markup.blocks(markup.without_comments(reader.read(source, "held").html))


def _open(site: Site) -> Iterator[tuple[Path, Iterable[str]]]:
    for text in site.published:
        summary = str(text.content.metadata.get("summary") or "")
        yield Path(text.content.source_path), [*markup.blocks(text.markup), markup.text(summary)]
    for file in site.contents.static:
        yield Path(file.source_path), _lines(Path(file.source_path))


def _lines(path: Path) -> Sequence[str]:
    """The paragraphs of a file that is text; nothing of any other."""
    try:
        if path.suffix.lower() not in _TEXTS or path.stat().st_size > _LARGEST:
            return ()
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ()
    if path.suffix.lower() in (".html", ".htm", ".xml"):
        return list(markup.blocks(markup.without_comments(text)))
    return re.split(r"\n\s*\n", text) if path.suffix.lower() in (".txt", ".md", ".rst", ".tex") else text.splitlines()


def _cells(path: Path) -> Iterable[str]:
    """The same, of a table cell by cell: a sentence in it stands beside numbers that nobody copies."""
    for line in _lines(path):
        yield from re.split(r"[,;\t](?=\S)", line) if path.suffix.lower() in (".csv", ".tsv") else (line,)


CHECK = Check(find, RULES)
