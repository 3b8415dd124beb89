"""What was imported looks as it did: Markdown written from a tree renders to that tree again."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from hypothesis import given, settings

from gatepost_pelican.importing import markdown, tree
from gatepost_pelican.importing.tidying import tidied
from tests.moving.trees import TEXTS, canonical, rendered


def again(root: Element) -> Element:
    """The tree as a browser would read its HTML: it may differ from one built by hand."""
    return tidied(tree.parsed("".join(tree.as_html(child) for child in root)))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(TEXTS)
def test_markdown_of_a_tree_renders_to_the_same_tree(text: Element) -> None:
    before = again(text)
    written = markdown.written(before)
    assert canonical(tidied(rendered(written))) == canonical(before), written
