"""Variants of a call to action as writers write them, one a line: a word that names it, then what it has otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gatepost.offers.kind import LONGEST_TITLE, Draft, Mistake
from gatepost.offers.questions import nearest
from gatepost.offers.trial import NOW, Trial, Variant

# With more of them each is shown so seldom that a small site learns nothing in a year.
MOST_VARIANTS = 5
EXAMPLE = "short | button: Send me the list"

END, INLINE = "end", "inline"
ADDRESS, NAME = "address", "name"
# What may vary: the longest text of each, or the words there are to choose from.
LONGEST = {"title": LONGEST_TITLE, "summary": 1000, "button": 80}
CHOICES = {"place": (END, INLINE), "form": (ADDRESS, NAME)}

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY_LENGTH = 32


@dataclass
class Read:
    """Variants in their order, without the offer as it stands, and everything that is wrong with their lines."""

    variants: list[Variant] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


class _Wrong(Exception):
    """What is wrong with one line, and its cure."""


def read(draft: Draft) -> Read:
    """The variants of the lines of `Variants:`. A mistake's field is the line itself."""
    lines = draft.fields.get("variants", ())
    found = Read()
    if len(lines) > MOST_VARIANTS:
        problem = f"these are {len(lines)} variants, and a test has {MOST_VARIANTS} at most"
        cure = "Keep the most different ones: each more makes the test longer."
        found.mistakes.append(Mistake(lines[MOST_VARIANTS], problem, cure))
    of_line: list[tuple[str, Variant]] = []
    for line in lines:
        try:
            of_line.append((line, _changing(_variant(line), draft)))
        except _Wrong as wrong:
            found.mistakes.append(Mistake(line, *wrong.args))
    found.variants.extend(variant for _, variant in of_line)
    found.mistakes.extend(_twice(of_line))
    return found


def trial(slug: str, draft: Draft) -> Trial | None:
    """The test that a draft without a mistake asks for; None where it has no variants."""
    found = read(draft).variants
    return Trial.of(slug, found, texts=(draft.title, draft.summary, draft.line("form"))) if found else None


def asks_name(draft: Draft) -> bool:
    """Does the form of the offer as it stands ask for a name?"""
    return draft.line("form").casefold() == NAME


def check(draft: Draft, asks: bool) -> Iterator[Mistake]:
    """What is wrong with `Form:` and `Variants:`. `asks`: the kind has a form."""
    if draft.line("form") and draft.line("form").casefold() not in CHOICES["form"]:
        cure = "Write `Form: name` where the form asks for a name as well, or take the line out."
        yield Mistake("Form", f"there is no form {draft.line('form')!r}", cure)
    if draft.fields.get("variants") and not asks:
        problem = f"a {draft.kind} has no form, so nobody could tell which variant works"
        yield Mistake("Variants", problem, "Take the `Variants:` out, or test an offer that has a form.")
        return
    yield from read(draft).mistakes


def _variant(line: str) -> Variant:
    key, *parts = (part.strip() for part in line.split("|"))
    if key == NOW:
        cure = f"Name it by another word. The offer as it stands takes part by itself: `{EXAMPLE}`"
        raise _Wrong(f"`{NOW}` is the offer as it stands", cure)
    if len(key) > _KEY_LENGTH or not _KEY.fullmatch(key):
        cure = f"Begin with a word of small letters, digits and hyphens, {_KEY_LENGTH} at most, and a bar: `{EXAMPLE}`"
        raise _Wrong(f"{key!r} cannot name a variant", cure)
    changes: dict[str, str] = {}
    for part in parts:
        name, text = _change(part)
        if name in changes:
            raise _Wrong(f"the variant {key!r} has two texts for `{name}`", "Keep one of the two.")
        changes[name] = text
    if not changes:
        raise _Wrong(f"the variant {key!r} changes nothing", f"Write what it has otherwise behind a bar: `{EXAMPLE}`")
    return Variant(key, **changes)


def _change(part: str) -> tuple[str, str]:
    name, colon, text = part.partition(":")
    name, text = name.strip().casefold(), " ".join(text.split())
    known = (*LONGEST, *CHOICES)
    if not colon:
        cure = f"Write what changes, a colon and the text: `{EXAMPLE}`. No text can hold a bar."
        raise _Wrong(f"{part!r} does not say what it changes", cure)
    if name not in known:
        raise _Wrong(f"no variant can change {name!r}", nearest(name, known))
    if not text:
        raise _Wrong(f"`{name}:` has no text", "Write the text behind the colon, or take the piece out.")
    if name in CHOICES:
        if text.casefold() not in CHOICES[name]:
            raise _Wrong(f"there is no {name} {text!r}", f"Use one of: {', '.join(CHOICES[name])}.")
        return name, text.casefold()
    if len(text) > LONGEST[name]:
        raise _Wrong(f"the {name} has {len(text)} characters", f"Shorten it to {LONGEST[name]}.")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        raise _Wrong(f"the {name} holds a control character", "Take it out.")
    return name, text


def _changing(variant: Variant, draft: Draft) -> Variant:
    """The variant without what the offer has anyway. Raises _Wrong where nothing is left."""
    form = NAME if asks_name(draft) else ADDRESS
    same = {
        name: ""
        for name, own in (("title", draft.title), ("summary", draft.summary), ("form", form))
        if getattr(variant, name) == own
    }
    left = replace(variant, **same)
    if _looks(left) == _looks(Variant(NOW)):
        cure = f"Change something that a reader sees: {', '.join((*LONGEST, *CHOICES))}."
        raise _Wrong(f"the variant {variant.key!r} is the offer as it stands", cure)
    return left


def _twice(of_line: Sequence[tuple[str, Variant]]) -> Iterator[Mistake]:
    """Variants that could not be told apart: the same word, or the same look."""
    keys: set[str] = set()
    looks: dict[tuple[str, ...], str] = {}
    for line, variant in of_line:
        if variant.key in keys:
            yield Mistake(line, f"the variant {variant.key!r} stands there twice", "Give one of them another word.")
        elif _looks(variant) in looks:
            problem = f"{variant.key!r} looks as {looks[_looks(variant)]!r} does"
            yield Mistake(line, problem, "Keep one of the two.")
        keys.add(variant.key)
        looks.setdefault(_looks(variant), variant.key)


def _looks(variant: Variant) -> tuple[str, ...]:
    return (variant.title, variant.summary, variant.button, variant.place, variant.form)
