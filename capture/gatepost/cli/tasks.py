"""Follow-ups on the command line: who waits for a call, and that it was made."""

from __future__ import annotations

import json
from textwrap import indent
from typing import Any
from uuid import UUID

import click

from gatepost.actions import following_up
from gatepost.actions.following_up import FollowUps
from gatepost.cli.wiring import engine_without_links
from gatepost.store.tasks import Asked

# Less of an id would fit too many: it begins with the time.
SHORTEST = 8


@click.group()
def tasks() -> None:
    """Follow-ups: what you promised to whom."""


@tasks.command("list")
@click.option("--all", "with_done", is_flag=True, help="Those that are done as well.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of words.")
def list_(with_done: bool, as_json: bool) -> None:
    """Open follow-ups with what was asked, the first due first."""
    wired = engine_without_links()
    found, now = following_up.listed(wired, with_done=with_done), wired.now()
    rows = [_row(found, one, is_overdue=following_up.is_overdue(one, now)) for one in found.asked]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        for row in rows:
            _print(row)
        click.echo(f"{found.open} open, {found.done} done.")


@tasks.command("done")
@click.argument("task_id", metavar="ID")
@click.option("--note", default=None, help="What came of it.")
def done(task_id: str, note: str | None) -> None:
    """Mark the follow-up ID as done; its first eight characters or more are enough."""
    wired = engine_without_links()
    fitting = [one for one in following_up.listed(wired, with_done=True).asked if _fits(one.task.id, task_id)]
    if len(fitting) != 1:
        problem = "Several follow-ups have ids that begin so" if fitting else "No follow-up has this id"
        raise click.ClickException(f"{problem}. `gatepost tasks list --all` shows every one.")
    following_up.settle(wired, fitting[0].task.id, is_done=True, note=note)
    click.echo(f"Done: {fitting[0].email or '(erased)'}.")


def _fits(task_id: UUID, typed: str) -> bool:
    return len(typed) >= SHORTEST and task_id.hex.startswith(typed.lower().replace("-", ""))


def _row(found: FollowUps, one: Asked, *, is_overdue: bool) -> dict[str, Any]:
    task = one.task
    return {
        "id": str(task.id),
        "what": task.what,
        "email": one.email,
        "offer": one.offer,
        "article": one.article,
        "made_at": task.made_at.isoformat(),
        "due_at": task.due_at.isoformat(),
        "done_at": task.done_at.isoformat() if task.done_at else "",
        "is_overdue": is_overdue,
        "note": task.note,
        "answers": {said.label: said.text for said in found.answers[task.id]},
    }


def _print(row: dict[str, Any]) -> None:
    """One follow-up as a paragraph: a table would break what was asked into columns of a few letters."""
    due = f"due {row['due_at'][:16].replace('T', ' ')} UTC{', overdue' if row['is_overdue'] else ''}"
    when = f"done {row['done_at'][:10]}" if row["done_at"] else due
    click.echo(f"{row['id']}  {row['email'] or '(erased)'}, {when}")
    for label, text in row["answers"].items():
        click.echo(f"  {label}\n{indent(text, '    ')}")
    if row["note"]:
        click.echo(f"  Note\n{indent(row['note'], '    ')}")
    click.echo()
