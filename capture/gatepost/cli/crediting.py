"""Credit for journeys from elsewhere, on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from gatepost.attribution import MODELS

# Bytes that take more than a second.
_LARGE = 10_000_000


class _Refused(click.ClickException):
    exit_code = 2


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--model", "models", type=click.Choice(list(MODELS)), multiple=True, help="Only this model; may be repeated."
)
@click.option(
    "--input", "kind", type=click.Choice(["csv", "jsonl"]), default=None, help="What FILE is, if its name misleads."
)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default=Path("-"))
def credit(file: Path, models: tuple[str, ...], kind: str | None, form: str, output: Path) -> None:
    """Apply every model of attribution to the journeys in FILE (- for standard input).

    FILE is a CSV of path,total_conversions,total_null[,total_conversion_value], touches split by ">", or JSON lines of
    {lead, touches: [{t, article, channel}], converted_at, value}. Touches count for 90 days before the conversion.

    A path in CSV knows no times and no channels: there time_decay is the same as linear, and last_non_direct the same as
    last, unless a touch is itself named direct.
    """
    from gatepost.actions import crediting_files

    try:
        with _opened(file) as lines:
            rows = crediting_files.credit(lines, models=models, kind=kind or "", ending=file.suffix)
    except crediting_files.LineUnreadable as refused:
        name = "standard input" if str(file) == "-" else file
        raise _Refused(f"{name}: {refused}\n{refused.cure}") from None
    text = crediting_files.as_csv(rows) if form == "csv" else crediting_files.as_json(rows)
    _write(text, output)


@contextmanager
def _opened(file: Path) -> Iterator[Iterable[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    with file.open("rb") as stream:
        yield _shown(stream, file.stat().st_size)


def _shown(stream: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same lines; how far they are read is shown where that takes more than a moment and somebody looks."""
    if size < _LARGE or not sys.stderr.isatty():
        yield from stream
        return
    with click.progressbar(length=size, label="Reading", file=sys.stderr) as bar:
        read = 0
        for number, line in enumerate(stream):
            yield line
            read += len(line)
            if number % 10_000 == 0:
                bar.update(read)
                read = 0
        bar.update(read)


def _write(text: str, output: Path) -> None:
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    # Whoever reads the file meanwhile, or a full disk, never leaves half of it. A device or a pipe cannot be renamed.
    target = output.resolve()
    is_plain = target.is_file() or not target.exists()
    written = target.with_name(f"{target.name}.part") if is_plain else target
    try:
        written.write_text(text, encoding="utf-8", newline="")
        if is_plain:
            os.replace(written, target)
    except OSError as trouble:
        if is_plain:
            written.unlink(missing_ok=True)
        raise _Refused(f"{output} cannot be written: {trouble.strerror}. Name another file with -o.") from None
