"""Every sentence marked for readers stands in every catalogue, translated, with the same values in it."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from gatepost.languages import ENGLISH, LANGUAGES, words
from tests.conftest import ROOT

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
in_each = pytest.mark.parametrize("language", OTHERS)


@cache
def making() -> ModuleType:
    """What `make words` runs."""
    spec = importlib.util.spec_from_file_location("making_words", ROOT / ".ci" / "words.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def extracted() -> Catalog:
    """Every sentence of the tree, looked for once."""
    return making().extract()


def written(language: str) -> bytes:
    return (ROOT / "capture/gatepost/languages" / f"{language}.po").read_bytes()


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO(written(language)), locale=language, abort_invalid=True)


def sentences(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each English form beside its translation, where there is one."""
    for message in sentences(language):
        for english, one in zip(forms(message.id), forms(message.string), strict=True):
            if one:
                yield english, one


def values(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))


def test_the_search_finds_sentences_in_code_tables_and_templates():
    found = extracted()
    for sentence in ("Was this you?", "Send me the checklist", "Stop all letters", "Read next", "%(n)s article"):
        assert sentence in found
    assert found["%(n)s article"].id == ("%(n)s article", "%(n)s articles")
    assert len(found) > 300


@in_each
def test_make_words_has_nothing_to_change(language):
    assert making().updated(language, extracted()) == written(language), "run `make words`"


@in_each
def test_every_sentence_is_translated_and_none_is_only_a_guess(language):
    open_ones = [message.id for message in sentences(language) if message.fuzzy or not all(forms(message.string))]
    assert not open_ones
    assert not catalogue(language).obsolete


@in_each
def test_a_translation_names_the_same_values(language):
    for english, one in pairs(language):
        assert values(one) == values(english), one
        # Any other percent sign would be taken for the beginning of a value.
        assert not values(one) or "%" not in re.sub(r"%\(\w+\)s", "", one), one


@in_each
def test_a_translation_can_stand_in_any_attribute_and_keeps_its_ends(language):
    for english, one in pairs(language):
        assert not set('<>&"') & set(one), one
        assert one == one.strip(), one
        assert english.endswith(("…", ":")) == one.endswith(("…", ":")), one


@in_each
def test_quotes_are_those_of_the_language(language):
    own = {"de": "„“", "fr": "«»", "es": "«»"}[language]
    for english, one in pairs(language):
        assert ("“" in english) == (own[0] in one), one
        assert not set("'”") & set(one), one
        assert language == "de" or "“" not in one, one


def test_french_marks_stand_off_by_blanks_that_do_not_break():
    for _, one in pairs("fr"):
        assert not re.search("«[^\u202f]|[^\u202f]»|[^\u202f\u00a0][;!?]|[^\u00a0]:(?!/)", one), one


@in_each
def test_a_button_is_hardly_longer_than_in_english(language):
    from gatepost.offers import KINDS

    t = words(language)
    for kind in KINDS.values():
        for button in (kind.button, kind.press, kind.confirm):
            assert len(t(button)) <= 34, t(button)


def test_a_changed_sentence_keeps_its_old_translation_as_a_guess():
    module = making()
    found = dict(module.extract())
    marked = found.pop("Stop all letters")
    found["Stop all of the letters"] = module.Marked("Stop all of the letters", marked.files)
    text = module.updated("de", found).decode()
    assert '#, fuzzy\nmsgid "Stop all of the letters"\nmsgstr "Alle E-Mails abbestellen"' in text
    assert '"Stop all letters"' not in text
