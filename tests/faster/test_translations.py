"""Translations are found in parts, and they are those that Pelican finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican import generators, utils

from gatepost_pelican.faster import translations

NAMES = st.sampled_from(["same", "other", *(f"article-{number}" for number in range(30))])


@dataclass(eq=False)
class Text:
    """What Pelican asks of an article here."""

    slug: str
    lang: str
    in_default_lang: bool
    metadata: dict[str, str]
    source_path: str = "there.md"
    translations: list[Any] = field(default_factory=list)


@st.composite
def texts(draw: st.DrawFn) -> list[Text]:
    made = []
    for number in range(draw(st.integers(0, 60))):
        lang = draw(st.sampled_from(["en", "de", "fr"]))
        metadata = draw(st.sampled_from([{}, {}, {"translation": "true"}, {"translation": "false"}]))
        made.append(Text(draw(NAMES), lang, lang == "en", metadata, f"{number}.md"))
    return made


@given(found=texts(), names=st.sampled_from(["slug", {"slug"}, {"slug", "lang"}, None, ""]), part=st.integers(1, 40))
def test_parts_give_what_the_whole_gives(found: list[Text], names: Any, part: int) -> None:
    ours, theirs = list(found), list(found)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(translations, "PART", part)
        quick = translations.in_parts(ours, names)
    told = {id(one): list(one.translations) for one in found}

    assert quick == utils.process_translations(theirs, names)
    assert ours == theirs
    assert told == {id(one): list(one.translations) for one in found}


@pytest.mark.parametrize("names", [7, "nothing"])
def test_a_wrong_setting_is_told_in_pelicans_words(names: Any) -> None:
    text = [Text("one", "en", True, {})]
    with pytest.raises((TypeError, AttributeError)) as theirs:
        utils.process_translations(text, names)
    with pytest.raises(type(theirs.value)) as ours:
        translations.in_parts(text, names)

    assert str(ours.value) == str(theirs.value)


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_nothing_stays_in_pelican(ends: str) -> None:
    seen = []

    class Generator:
        def generate_context(self) -> None:
            seen.append(generators.process_translations)
            if ends == "badly":
                raise OSError("no article")

    generator = Generator()
    translations.quicken(generator)
    if ends == "badly":
        with pytest.raises(OSError, match="no article"):
            generator.generate_context()
    else:
        generator.generate_context()

    assert seen == [translations.in_parts]
    assert generators.process_translations is utils.process_translations


def test_what_somebody_else_put_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def own(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(generators, "process_translations", own)

    class Generator:
        def generate_context(self) -> None:
            assert generators.process_translations is own

    generator = Generator()
    translations.quicken(generator)
    generator.generate_context()

    assert generators.process_translations is own
