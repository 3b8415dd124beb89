"""What a test says in plain words."""

from __future__ import annotations

import math

from gatepost.offers import NOW, Variant
from gatepost.report.words import many, percent
from gatepost.trials.result import FEWER, MORE, NOTHING, SAME, UNEVEN, Compared, Result, apart
from gatepost.trials.sizing import MOST_LEADS, Size

AS_IT_STANDS, AS_IT_STOOD = "the offer as it stands", "the offer as it stood"
_LONGEST = 60
# Beyond that nobody plans.
_MOST_DAYS = 3650
_PLACES = {"inline": "in the text", "end": "at the end"}
_FORMS = {"name": "asking for a name", "address": "asking for the address only"}


def called(variant: Variant) -> str:
    """What a variant is called: the text that differs, in quotes, else what else does; never empty."""
    if variant.key == NOW:
        return AS_IT_STANDS
    text = variant.button or variant.title or variant.summary
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
    place = _PLACES.get(variant.place, variant.place)
    form = _FORMS.get(variant.form, variant.form)
    parts = [part for part in (f"“{short}”" if short else "", place, form) if part]
    return ", ".join(parts) or variant.key


def change(ratio: float) -> str:
    """A ratio of two rates as a change: "8 % more", "2.5 times as many"."""
    if ratio >= 2:
        return f"{ratio:.1f} times as many" if math.isfinite(ratio) else "any number more"
    return f"{percent(ratio - 1)} more" if ratio >= 1 else f"{percent(1 - ratio)} fewer"


def ends(one: Compared) -> str:
    """The ends of what is likely, in words."""
    return f"{change(one.low)} to {change(one.high)}"


def pair(one: Compared, name: str) -> str:
    """What is known of one variant."""
    if one.verdict == MORE:
        return f"{first_up(name)} brings more: {_found(one)}; likely is {ends(one)}."
    if one.verdict == FEWER:
        return f"{first_up(name)} brings less: {_found(one)}; likely is {ends(one)}."
    if one.verdict == SAME:
        return f"No difference larger than {percent(apart(one))} is likely between {name} and {AS_IT_STANDS}."
    if one.ratio is None:
        return f"Too early: neither {name} nor {AS_IT_STANDS} has brought a confirmed lead."
    return f"Too early: {name} may bring {_span(one)}."


def whole(found: Result, names: dict[str, str], size: Size | None = None) -> str:
    """The result of a test in a sentence or two, with what to do. `size` is what is still expected of it."""
    if found.verdict == UNEVEN:
        return _uneven(found, names)
    if found.verdict == NOTHING:
        return f"Nobody has seen it yet. {planned(size)}".strip() if size else "Nobody has seen it yet."
    if found.verdict == FEWER:
        return (
            f"{first_up(AS_IT_STANDS)} brings most. Take the other {'one' if len(found.compared) == 1 else 'ones'} out."
        )
    best = found.best
    said = pair(best, names.get(best.key, best.key))
    if found.verdict == MORE:
        return f"{said} Make it the offer's own, and the test is over."
    if found.verdict == SAME:
        return f"{_most_apart(found, names)} Take the one that you like, and the test is over."
    return f"{said} {_still(found, size)}".strip()


def ended(found: Result, names: dict[str, str]) -> str:
    """The result of a test that is over."""
    if found.verdict == MORE:
        return pair(found.best, names[found.best.key])
    if found.verdict == FEWER:
        return f"{first_up(AS_IT_STOOD)} brought most."
    if found.verdict == SAME:
        return _most_apart(found, names)
    if found.verdict == UNEVEN:
        return "Not to be believed: readers were not split evenly."
    if found.verdict == NOTHING:
        return "Nobody saw it." if not found.readers else "Nobody saw any other look of it."
    return f"It ended too early: {names[found.best.key]} may have brought {_span(found.best)}."


def planned(size: Size) -> str:
    """How large a test has to be for a difference to show."""
    lift = lifted(size.lift)
    if size.leads >= MOST_LEADS:
        return f"A variant that brings {lift} would not show."
    if size.readers is None:
        return f"A variant that brings {lift} shows after about {about(size.leads)} confirmed leads."
    after = f"after about {about(size.readers)} readers"
    return f"A variant that brings {lift} shows {after}{_in(size.days)}."


def taken(size: Size) -> str:
    """The same as short as a cell of a table."""
    if size.readers is None:
        return f"{size.leads:,} leads"
    return f"{about(size.readers)} readers" + (f", {days(size.days)}" if size.days is not None else "")


def days(count: int | None) -> str:
    """A number of days as one plans by it; "" where it is not known."""
    if count is None:
        return ""
    if count > _MOST_DAYS:
        return "over ten years"
    if count <= 60:
        return many(count, "day")
    return f"{round(count / 30.4):,} months" if count <= 730 else f"{count / 365.25:.1f} years"


def _in(count: int | None) -> str:
    return f", that is {days(count)} at the present readership" if count is not None else ""


def _found(one: Compared) -> str:
    found = one.ratio or 0.0
    if not math.isfinite(found):
        return f"all {one.counts.confirmed:,} confirmed leads, and {AS_IT_STANDS} none"
    link = "of" if found >= 2 else "than"
    said = f"{found:.1f} times the" if found >= 2 else change(found)
    return f"{said} confirmed leads {link} {AS_IT_STANDS}"


def _span(one: Compared) -> str:
    if not math.isfinite(one.high):
        return f"anything from {change(one.low)} upwards" if one.low > 0 else "anything"
    return f"anything from {change(one.low)} to {change(one.high)}"


def _most_apart(found: Result, names: dict[str, str]) -> str:
    most = max((one for one in found.compared if one.verdict == SAME), key=apart)
    return pair(most, names.get(most.key, most.key))


def _still(found: Result, size: Size | None) -> str:
    if size is None:
        return ""
    seen = f"{many(found.readers, 'reader')} so far."
    if size.readers is not None and found.readers >= size.readers:
        return f"{seen} A variant that brings {lifted(size.lift)} would as likely as not have shown by now."
    return f"{planned(size)} {seen}"


def _uneven(found: Result, names: dict[str, str]) -> str:
    split = ", ".join(f"{names.get(key, key)} {count:,}" for key, count in found.split.seen.items())
    return (
        "Do not believe this test: readers were not split evenly. "
        f"Each look should have been seen by as many, and they were: {split}. "
        "Something keeps one of them from being shown or counted; mend it, and change a word to begin anew."
    )


def lifted(lift: float) -> str:
    """A difference as people say it."""
    return {0.25: "a quarter more", 0.5: "half as many again", 1.0: "twice as many"}.get(lift, f"{percent(lift)} more")


def about(count: int) -> str:
    """A guess to two figures: nobody should take it for more than it is."""
    return f"{round(count, -max(len(str(count)) - 2, 0)):,}"


def first_up(text: str) -> str:
    """A text at the beginning of a sentence or of a cell."""
    return text[:1].upper() + text[1:]
