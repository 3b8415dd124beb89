"""What machines see of a built site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.plugin.sites import Site

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
_META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')


def listed(path: Path) -> dict[str, Any]:
    """The addresses that a sitemap lists, with their entries."""
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{{{SPACE['s']}}}urlset"
    return {str(one.findtext("s:loc", namespaces=SPACE)): one for one in root}


def versions(entry: Any) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", SPACE)}


def said(page: str) -> dict[str, list[str]]:
    """What stands in the page's <meta>, by name."""
    found: dict[str, list[str]] = {}
    for name, text in _META.findall(page.split("</head>", maxsplit=1)[0]):
        found.setdefault(name, []).append(text)
    return found


def graph(page: str) -> dict[str, dict[str, Any]]:
    """The nodes of the page's JSON-LD by type; it stands in one script, or in none."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(scripts) < 2
    found = json.loads(scripts[0]) if scripts else {"@graph": []}
    nodes = found.get("@graph", [found])
    return {node["@type"]: node for node in nodes}


def canonical(page: str) -> str:
    found = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    assert len(found) < 2
    return found[0] if found else ""


def pages(site: Site) -> dict[str, str]:
    """Every page by its path."""
    return {
        path.relative_to(site.output).as_posix(): path.read_text("utf-8")
        for path in sorted(site.output.rglob("*.html"))
    }
