"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines that they are about."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gatepost_pelican.checking.finding import Finding, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SITEROOT"
# A new way of making fingerprints needs a new number, or every finding would be new to those who keep them.
FINGERPRINT = "gatepostFinding/v1"


def log(findings: Sequence[Finding], rules: Mapping[str, Rule], root: Path) -> str:
    """One run over a site in the folder `root`. Files below it are named from there, and no path of the machine is told."""
    codes = list(rules)
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "gatepost check", **_version(), "rules": [_rule(rules[code]) for code in codes]}},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of the site"}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(one, rules[one.code], codes.index(one.code), root, seen) for one in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _version() -> dict[str, str]:
    try:
        return {"version": version("gatepost")}
    except PackageNotFoundError:
        return {}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": f"{rule.says}."},
        "fullDescription": {"text": rule.more},
        "help": {"text": rule.more},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(finding: Finding, rule: Rule, index: int, root: Path, seen: Counter[str]) -> dict[str, Any]:
    place = _location(finding.path, root)
    # Without its line, so that a finding stays the same one while the text above it grows.
    said = f"{finding.code}\n{place.get('uri')}\n{finding.problem}"
    seen[said] += 1
    region = {"startLine": finding.line, **({"startColumn": finding.column} if finding.column else {})}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": str(rule.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {FINGERPRINT: sha256(f"{said}\n{seen[said]}".encode()).hexdigest()[:32]},
    }


def _location(path: Path, root: Path) -> dict[str, str]:
    if path.is_relative_to(root):
        return {"uri": quote(path.relative_to(root).as_posix()), "uriBaseId": ROOT}
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
