"""The reference tells the truth: names in the documentation are the names in the code."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from gatepost.channels import CHANNELS, classify
from gatepost.cli import gatepost
from gatepost.offers import KINDS
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def first_cells(page: str, heading: str = "") -> set[str]:
    """The names in code style in the first column of a page's tables, below a heading if given."""
    text = (DOCS / page).read_text(encoding="utf-8")
    if heading:
        text = text.split(heading, 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def names_in(*folders: str) -> set[str]:
    text = "".join(p.read_text(encoding="utf-8") for folder in folders for p in (ROOT / folder).rglob("*.py"))
    return set(re.findall(r"[\"'](GATEPOST_[A-Z_]+|PORT)[\"']", text))


# Between `up` and the server process it starts; nobody sets these.
# The last is a setting of the site, which `gatepost new` reads there.
INTERNAL = {"GATEPOST_LOCAL", "GATEPOST_LIVE", "GATEPOST_OFFERS_PATH"}


def test_every_environment_variable_is_in_the_reference_and_no_other():
    documented = first_cells("settings.md", "## Environment")
    assert documented == names_in("capture/gatepost") - INTERNAL


def test_every_setting_of_the_plugin_is_in_the_reference_and_no_other():
    documented = first_cells("settings.md", "## The site")
    environment = first_cells("settings.md", "## Environment")
    shared = {"GATEPOST_CAPTURE_URL", "GATEPOST_DATA_DIR"}
    assert documented == names_in("plugins/gatepost_pelican") - (environment - shared)


def test_every_route_is_in_the_reference_and_no_other(engine):
    from gatepost.web import create_app

    app = create_app(engine)
    served = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method in ("GET", "POST") and not rule.rule.startswith(("/owner", "/_gatepost"))
    }
    documented = {tuple(name.split(" ", 1)) for name in first_cells("http.md") if " " in name}
    thanks = {("GET", rule) for _, rule in served if rule.startswith("/thanks")}
    assert documented | thanks == served | thanks


def test_every_command_and_option_is_in_the_command_line_reference():
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in commands(gatepost):
        assert f"`gatepost {name}" in text, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[-1] in text, f"{name} {parameter.opts}"


def test_the_command_line_reference_names_no_command_that_is_not_there():
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    known = {name for name, _ in commands(gatepost)}
    for name in re.findall(r"^\| `gatepost ([a-z ]+?)(?: [A-Z-].*?)?`", text, re.MULTILINE):
        assert name in known


def commands(group: click.Group, before: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += commands(command, f"{before}{name} ")
        else:
            found.append((f"{before}{name}", command))
    return found


def test_every_channel_stands_in_the_page_of_channels_with_its_class_in_the_order_of_the_rules():
    text = (DOCS / "channels.md").read_text(encoding="utf-8").split("## The rules")[1].split("Where we differ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", text, re.MULTILINE)
    assert rows == [(channel.name, channel.lead_class) for channel in CHANNELS.values()]


def test_every_medium_and_every_ads_parameter_of_the_page_of_channels_is_told_so():
    text = (DOCS / "channels.md").read_text(encoding="utf-8").split("## The rules")[1]
    rows = re.findall(r"^\| `([a-z-]+)` \| \w+ \| .*?`utm_medium` is ([^;|]+)", text, re.MULTILINE)
    assert len(rows) == 10
    for channel, media in rows:
        for medium in re.findall(r"`([a-z-]+)`", media.split(", or `utm_")[0]):
            assert classify(medium=medium) == channel, medium
    clicks = re.findall(r"`(\w+)`", text.split("the address carries ")[1].split(". What")[0])
    assert len(clicks) == 12
    assert all(CHANNELS[classify(click_id=click)].lead_class == "interest" for click in clicks)


def test_every_kind_of_offer_is_described():
    text = (DOCS / "content.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- \*\*`([a-z-]+)`\*\*", text, re.MULTILINE)) == set(KINDS)


@pytest.mark.parametrize(
    "page",
    sorted(DOCS.glob("*.md")) + [ROOT / n for n in ("README.md", "CONTRIBUTING.md", "SECURITY.md")],
    ids=lambda p: p.name,
)
def test_every_link_between_pages_leads_somewhere(page: Path):
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
        assert (page.parent / target).exists(), target


def test_the_changelog_speaks_of_the_version_that_is_packed():
    from gatepost import __version__

    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
