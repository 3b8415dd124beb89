"""The few words that a kit says by itself, in the languages that it knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """`swipe` asks to leaf through, `whole` leads to an article and `here` to an offer; `more` and `most` count items."""

    swipe: str
    whole: str
    here: str
    take: str
    more: str


ENGLISH = Phrases("Swipe", "Read it whole", "Get it here", "To take along", "And {count} more in the list")
PHRASES = {
    "en": ENGLISH,
    "de": Phrases("Weiter", "Ganz lesen", "Hier zu haben", "Zum Mitnehmen", "Noch {count} auf der Liste"),
    "fr": Phrases("À suivre", "À lire en entier", "À obtenir ici", "À emporter", "Et {count} de plus dans la liste"),
    "es": Phrases("Desliza", "Léelo entero", "Consíguelo aquí", "Para llevar", "Y {count} más en la lista"),
}


def phrases_for(lang: str) -> Phrases:
    """The phrases of a language tag; English where the language is not in the table."""
    return PHRASES.get(lang.lower().replace("_", "-").split("-")[0], ENGLISH)
