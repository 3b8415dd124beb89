"""The words that readers see, in the languages there are: one catalogue a language beside this file, English inside the code.

Mark a sentence with `_("...")` in a template, `t("...")` in a letter, `said("...")` in a table; `%(name)s` are its
values. `make words` finds them all and brings the catalogues up to date.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

LANGUAGES: dict[str, str] = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
ENGLISH = "en"


def known(tag: str) -> str:
    """The language of a tag such as `de-AT` or `fr_CA`; English where there are no words for it."""
    short = tag.lower().replace("_", "-").split("-")[0]
    return short if short in LANGUAGES else ENGLISH


class Words:
    """One language: `words("Your %(noun)s", noun="file")`. A sentence that is not in its catalogue stays English.

    A day among the values is written as the language writes days; of a moment, the day in UTC.
    """

    def __init__(self, language: str, found: NullTranslations):
        self.language = language
        self._found = found
        self._days: dict[tuple[int, str], str] = {}

    def __call__(self, message: str, **values: object) -> str:
        text = self._found.gettext(message) if message else ""
        return text % {name: self._written(value) for name, value in values.items()} if values else text

    def _written(self, value: object) -> object:
        if isinstance(value, datetime):
            value = value.astimezone(UTC).date()
        return self.day(value) if isinstance(value, date) else value

    def several(self, one: str, many: str, n: int, **values: object) -> str:
        """The sentence for a number, which is `%(n)s` in it."""
        return self._found.ngettext(one, many, n) % {"n": n, **values}

    def day(self, day: date) -> str:
        """A day as a letter would write it: 24 November 2026, 24. November 2026, 24 novembre 2026."""
        return self._dated(day, _DAYS[self.language])

    def short_day(self, day: date) -> str:
        """A day in a list under its year: 24 Nov, 24. Nov., 24 nov."""
        return self._dated(day, "d. MMM" if self.language == "de" else "d MMM")

    def period(self, numbers: tuple[int, ...]) -> str:
        """A year, a month of a year, or a day, from one to three numbers: 2026, November 2026, 24 November 2026."""
        if len(numbers) > 2:
            return self.day(date(*numbers[:3]))
        of = "MMMM 'de' y" if self.language == "es" else "MMMM y"
        return self._dated(date(*numbers, 1), of) if len(numbers) == 2 else str(numbers[0])

    def _dated(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        key = (day.toordinal(), pattern)  # a build writes the same days over and over
        if key not in self._days:
            self._days[key] = format_date(day, self._first(day, pattern), locale=_LOCALES[self.language])
        return self._days[key]

    def _first(self, day: date, pattern: str) -> str:
        """French says "1er novembre", and "2 novembre"."""
        return pattern.replace("d ", "d'er' ") if self.language == "fr" and day.day == 1 else pattern

    def moment(self, at: datetime, zone: str) -> str:
        """A time of a meeting in its own zone, with the day of the week and the zone's name."""
        from babel.dates import format_datetime

        local, locale = at.astimezone(ZoneInfo(zone)), _LOCALES[self.language]
        pattern = self._first(local.date(), _MOMENTS[self.language])
        return f"{format_datetime(local, pattern, locale=locale)} ({_zone(local, zone, locale)})"

    def size(self, size: int) -> str:
        """Bytes for people, as "900 bytes", "12 kB", "1.2 MB" in English."""
        t = self
        if size < 1000:
            return t("%(n)s bytes", n=size)
        if size < 999_500:
            return t("%(n)s kB", n=f"{size / 1000:.0f}")
        return t("%(n)s MB", n=self.number(size / 1_000_000, 1))

    def number(self, value: float, places: int = 0) -> str:
        """A number as people of this language write it: 1,234.5 or 1.234,5."""
        from babel.numbers import format_decimal

        pattern = "#,##0." + "0" * places if places else "#,##0"
        return format_decimal(value, pattern, locale=_LOCALES[self.language])

    def name_of(self, tag: str) -> str:
        """A language in its own words, for those who read it: Deutsch, français, العربية; the tag where nobody knows it."""
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse(tag.replace("_", "-"), sep="-").get_display_name()
        except (ValueError, UnknownLocaleError):
            name = None
        return name or tag

    def clock(self, at: datetime, zone: str) -> str:
        """The time of day alone, for the end of a meeting that ends on the day it began: 18:30."""
        return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


@cache
def words(language: str) -> Words:
    """The words of a language tag."""
    chosen = known(language)
    return Words(chosen, NullTranslations() if chosen == ENGLISH else _read(chosen))


def _read(language: str) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    compiled = BytesIO()
    with files("gatepost.languages").joinpath(f"{language}.po").open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def _zone(local: datetime, zone: str, locale: str) -> str:
    from babel.dates import get_timezone_name

    city = zone.rpartition("/")[2].replace("_", " ")
    name = get_timezone_name(local, width="long", locale=locale)
    return name if city in ("UTC", "GMT") else f"{name}, {city}"


# British English: days before months, no comma; the others as their people write them.
_LOCALES = {"en": "en_GB", "de": "de", "fr": "fr", "es": "es"}
_DAYS = {"en": "d MMMM y", "de": "d. MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
_MOMENTS = {
    "en": "EEEE, d MMMM y, HH:mm",
    "de": "EEEE, d. MMMM y, HH:mm 'Uhr'",
    "fr": "EEEE d MMMM y, HH:mm",
    "es": "EEEE, d 'de' MMMM 'de' y, HH:mm",
}
