"""The few words that a book says by itself, in the languages that it knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MONTHS_EN = "January February March April May June July August September October November December"
MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"


@dataclass(frozen=True)
class Words:
    contents: str
    cover: str
    foreword: str
    notes: str
    published: str
    updated: str
    online: str
    page_of: str
    case_study: str
    client: str
    result: str
    quotes: tuple[str, str]
    day: str
    months: tuple[str, ...]

    def date(self, day: date) -> str:
        """A day as a letter would write it."""
        return self.day.format(day=day.day, month=self.months[day.month - 1], year=day.year)


ENGLISH = Words(
    "Contents", "Cover", "Foreword", "Notes", "Published {date}", "revised {date}", "Read it online",
    "{page} of {pages}", "Case study", "Client", "Result", ("“", "”"), "{day} {month} {year}", tuple(MONTHS_EN.split()),
)  # fmt: skip
WORDS = {
    "en": ENGLISH,
    "de": Words(
        "Inhalt", "Umschlag", "Vorwort", "Anmerkungen", "Veröffentlicht am {date}", "überarbeitet am {date}",
        "Online lesen", "{page} von {pages}", "Fallstudie", "Kunde", "Ergebnis", ("„", "“"), "{day}. {month} {year}", tuple(MONTHS_DE.split()),
    ),
    "fr": Words(
        "Sommaire", "Couverture", "Avant-propos", "Notes", "Publié le {date}", "revu le {date}",
        "Lire en ligne", "{page} sur {pages}", "Étude de cas", "Client", "Résultat", ("«\xa0", "\xa0»"), "{day} {month} {year}", tuple(MONTHS_FR.split()),
    ),
    "es": Words(
        "Índice", "Portada", "Prólogo", "Notas", "Publicado el {date}", "revisado el {date}",
        "Leer en línea", "{page} de {pages}", "Caso práctico", "Cliente", "Resultado", ("«", "»"), "{day} de {month} de {year}", tuple(MONTHS_ES.split()),
    ),
}  # fmt: skip


def words_for(lang: str) -> Words:
    """The words of a language tag; English where the language is not in the table."""
    return WORDS.get(lang.lower().replace("_", "-").split("-")[0], ENGLISH)
