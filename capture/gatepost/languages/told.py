"""Errors whose sentences reach a reader: English for logs, and in any other language for the page that shows them."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.languages import ENGLISH, Words, words

# A sentence marked with `said("...")`, and the values that it names.
Sentence = tuple[str, Mapping[str, object]]


class Told(Exception):
    """An error that a reader may be told of. The sentence and the `cure` are marked with `said("...")`.

    `values` are what the sentence names by `%(name)s`; a day in them is written as the language writes days.
    """

    cure = ""

    def __init__(self, sentence: str, **values: object):
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return words(ENGLISH)(self.sentence, **self.values)

    def told(self, t: Words) -> str:
        """What was wrong and what helps, in a language."""
        return " ".join(filter(None, (t(self.sentence, **self.values), t(self.cure))))
