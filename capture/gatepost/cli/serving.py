"""For whoever runs it: `up` on one's own machine; `build`, `capture` and `worker` on a server; `doctor` for both."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path

import click

from gatepost import engine, settings
from gatepost.actions import crediting, mailing
from gatepost.cli import watching
from gatepost.cli.building import demand_site
from gatepost.cli.checks import CHECKS
from gatepost.live import Live
from gatepost.settings import BadSetting


@click.command()
@click.option("--watch/--no-watch", default=True, help="Rebuild when a file of the site changes.", show_default=True)
@click.option("--reload/--no-reload", default=True, help="Let open pages show what changed.", show_default=True)
def up(watch: bool, reload: bool) -> None:
    """Build the site, and serve it with the capture service on http://127.0.0.1:8000 (PORT changes the port).

    Keys and database are made in .gatepost/ if there are none. Without GATEPOST_SMTP_URL letters are not sent:
    read them at /mailbox.
    """
    demand_site("pelicanconf.py")
    chosen = settings.read(os.environ, local=True)
    demand_port("127.0.0.1", chosen.port)
    env = {**os.environ, "GATEPOST_SITE_URL": chosen.site_url, "GATEPOST_CAPTURE_URL": chosen.capture_url}
    wired = engine.start(chosen, upgrade=True)
    crediting.catch_up(wired.database)
    output = Path("output")
    if watching.build_once("pelicanconf.py", env):
        if not (watch and watching.is_built(chosen.data_dir, output)):
            raise click.ClickException("The site has mistakes, named above. Mend them and start again.")
        click.echo("What is shown is the last good site. Mend what is named above, and save.", err=True)
    stop, live = threading.Event(), Live(chosen.data_dir, output)
    live.tell("")
    threads = [threading.Thread(target=mailing.run, args=(wired, stop), name="letters")]
    if watch:
        threads.append(
            threading.Thread(target=watching.rebuild, args=(Path.cwd(), env, stop, live), name="watch", daemon=True)
        )
    for thread in threads:
        thread.start()
    click.echo(f"\nThe site:  http://127.0.0.1:{chosen.port}/")
    click.echo(f"The owner: http://127.0.0.1:{chosen.port}/owner/   (make yourself one: gatepost owner add EMAIL)")
    if chosen.smtp is None:
        click.echo(f"Letters:   http://127.0.0.1:{chosen.port}/mailbox")
    click.echo("Stop with Ctrl+C.\n")
    try:
        serve("127.0.0.1", chosen.port, workers=1, local=True, is_live=watch and reload)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)
        live.end()


@click.command()
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help="Processes that answer.  [default: 1 with SQLite, 2 with PostgreSQL]",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; a proxy stands before it."
)
def capture(workers: int | None, host: str) -> None:
    """Run the capture service for a public site (the port is PORT, 8000 if unset).

    Needs GATEPOST_SITE_URL, GATEPOST_CAPTURE_URL and GATEPOST_SECRET_KEYS, and a database brought up to date
    with `gatepost db upgrade`. Letters are sent by `gatepost worker`.
    """
    chosen = settings.read(os.environ)
    demand_port(host, chosen.port)
    # Everything that can be wrong stops the start here, before a process that answers readers exists.
    database = engine.start(chosen).database
    database.close()
    # A second process would wait for SQLite's one writer in growing sleeps; the slowest signups would take longer.
    serve(host, chosen.port, workers=workers or (1 if database.is_sqlite else 2), local=False)


@click.command()
def worker() -> None:
    """Send the letters owed over GATEPOST_SMTP_URL, and tidy up, until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    chosen = settings.read(os.environ)
    if chosen.smtp is None:
        raise BadSetting(
            "GATEPOST_SMTP_URL",
            "is not set, so no letter can be sent",
            "Set it to your mail server, for example smtp://user:password@mail.example.org:587",
        )
    wired = engine.start(chosen)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    mailing.run(wired, stop)


@click.command()
def doctor() -> None:
    """Look at this machine and these settings; name what is wrong and the cure. Exit 1 on a finding."""
    findings = 0
    for check in CHECKS:
        finding = check(os.environ)
        if finding:
            findings += finding.startswith("E")
            click.echo(finding)
    click.echo("All is well." if not findings else f"{findings} to mend.")
    sys.exit(1 if findings else 0)


def demand_port(host: str, port: int) -> None:
    """Raises BadSetting unless somebody can listen there: the server itself would end in a trace."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        problem = f"is {port}, and nobody can listen on {host}:{port}: {error.strerror or error}"
        raise BadSetting("PORT", problem, f"Stop what uses it, or choose another: PORT={port % 65535 + 1}") from None


def serve(
    host: str, port: int, *, workers: int, local: bool, output: Path = Path("output"), is_live: bool = False
) -> None:
    """Answer until stopped; `output` is the built site, where `local` serves it, too, and pages reload if it `is_live`."""
    # Imported here: Flask and its server are slow to load, and `gatepost new` has no use for them.
    from gatepost.web import serving as web

    web.run(host, port, workers=workers, local=local, output=output, is_live=is_live)
