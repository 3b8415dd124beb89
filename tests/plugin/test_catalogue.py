"""What the capture service is told, and when."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest

from gatepost import catalogue
from gatepost.offers import Money
from tests.plugin.sites import BOOK_SITE, CHECKLIST, CONSENTS, PLAN_CSV, Site, article, small_site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("catalogue"))
    for name, text in BOOK_SITE.items():
        site.write(name, text)
    site.write("content/articles/draft.md", article("draft", "Not yet.", Status="draft"))
    site.write("content/articles/hidden.md", article("hidden", "Here.", Status="hidden", Tags="one, two"))
    site.build()
    return site


def test_articles_are_those_that_can_be_reached(built: Site):
    articles = built.catalogue.articles
    assert set(articles) == {"plain", "inline", "gated", "hidden"}
    hidden = articles["hidden"]
    assert (hidden.title, hidden.url, hidden.category) == ("About hidden", "/hidden.html", "Writing")
    assert (hidden.tags, hidden.published_on) == (("one", "two"), "2026-05-01")
    assert (articles["plain"].offers, articles["plain"].rest) == (("ten-checks",), None)
    assert articles["inline"].offers == ("the-plan", "follow-us")


def test_an_offer_tells_everything_that_a_signup_needs(built: Site):
    offer = built.catalogue.offers["ten-checks"]
    assert (offer.title, offer.summary) == ("Before you publish: ten checks", "Ten checks for one article.")
    assert (offer.kind, offer.url, offer.value) == ("checklist", "/offers/ten-checks.html", Money(4000, "EUR"))
    assert offer.expires_days == 30
    assert [wording.text for wording in offer.wordings] == [CONSENTS["letters"]["wording"]]
    assert built.catalogue.wordings[offer.wordings[0].hash] == offer.wordings[0]


def test_held_files_lie_under_the_hash_of_their_bytes_with_names_people_can_read(built: Site):
    offers = built.catalogue.offers
    files = {file.name: file for offer in offers.values() for file in offer.files}
    assert set(files) == {
        "Before you publish - ten checks.pdf",
        "Before you publish - ten checks.json",
        "plan.csv",
        "Über 100 Bücher.pdf",
        "Über 100 Bücher.epub",
    }
    for file in files.values():
        data = catalogue.held_path(built.data, file.id).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file.id, file.size)
    assert files["plan.csv"].media_type == "text/csv"
    assert catalogue.held_path(built.data, files["plan.csv"].id).read_bytes() == PLAN_CSV.encode()
    assert [file.media_type for file in offers["the-book"].files] == ["application/pdf", "application/epub+zip"]


def test_the_owners_hosts_are_told_as_browsers_name_them(site: Site):
    site.configure("GATEPOST_CHANNELS = {'WWW.Chamber.example': 'referral', 'münchen.example': 'expert'}\n")
    site.build()
    assert site.catalogue.channels == {"chamber.example": "referral", "xn--mnchen-3ya.example": "expert"}


def test_a_catalogue_of_a_build_before_there_were_such_lists_is_still_read(site: Site):
    site.build()
    path = site.data / catalogue.FILE_NAME
    raw = json.loads(path.read_text())
    del raw["channels"]
    path.write_text(json.dumps(raw))
    assert catalogue.read(site.data).channels == {}


def test_a_linkedin_call_holds_nothing_and_asks_nothing(built: Site):
    offer = built.catalogue.offers["follow-us"]
    assert (offer.files, offer.wordings) == ((), ())
    assert offer.link == "https://www.linkedin.com/company/example"


def test_the_book_has_its_chapters_in_order_and_a_gated_article_whole(built: Site):
    from pypdf import PdfReader

    pdf = built.catalogue.offers["the-book"].files[0]
    text = " ".join(page.extract_text() for page in PdfReader(catalogue.held_path(built.data, pdf.id)).pages)
    words = ("HELDFOREWORD", "HELDCHAPTER", "Words of the plain article", "HELDREST")
    assert [text.index(word) for word in words] == sorted(text.index(word) for word in words)
    assert "[[offer" not in text


def without_time(site: Site) -> dict[str, object]:
    return {**json.loads((site.data / "catalogue.json").read_text()), "built_at": None}


def test_the_same_site_gives_the_same_catalogue_and_the_same_files(built: Site, tmp_path: Path):
    first = without_time(built)
    held = sorted(path.name for path in (built.data / "held").iterdir())
    built.build()
    assert without_time(built) == first
    built.build(GATEPOST_DATA_DIR=str(tmp_path / "fresh"))
    fresh = json.loads((tmp_path / "fresh/catalogue.json").read_text())
    assert {**fresh, "built_at": None} == first
    assert sorted(path.name for path in (tmp_path / "fresh/held").iterdir()) == held


def test_a_new_article_changes_no_file_that_was_given_before(site: Site):
    site.build()
    before = {slug: offer.files for slug, offer in site.catalogue.offers.items()}
    site.write("content/articles/newer.md", article("newer", "N.", Offer="ten-checks", Date="2026-10-10"))
    site.build()
    assert {slug: offer.files for slug, offer in site.catalogue.offers.items()} == before


def test_a_damaged_held_file_is_made_whole_by_the_next_build(site: Site):
    site.build()
    (file,) = site.catalogue.offers["the-plan"].files
    path = catalogue.held_path(site.data, file.id)
    path.write_bytes(b"half")
    site.build()
    assert path.read_bytes() == PLAN_CSV.encode()


def test_a_wording_and_a_file_once_given_outlive_their_offer(site: Site):
    site.build()
    old = site.catalogue
    file, _ = old.offers["ten-checks"].files
    site.write("content/offers/ten-checks.md", CHECKLIST.replace("Count them again", "Count them twice"))
    newer = {"letters": {"version": "2027-01", "wording": "Yes, write to me twice."}}
    site.build(GATEPOST_CONSENTS=newer)
    new = site.catalogue
    assert set(old.wordings) < set(new.wordings)
    assert new.offers["ten-checks"].files[0].id != file.id
    assert catalogue.held_path(site.data, file.id).is_file()


def test_a_sentence_as_consent_is_a_wording_of_its_own(site: Site):
    site.write(
        "content/offers/ten-checks.md", CHECKLIST.replace("Consent: letters", "Consent: Yes, send me letters, too.")
    )
    site.build()
    (wording,) = site.catalogue.offers["ten-checks"].wordings
    assert (wording.purpose, wording.text) == ("letters", "Yes, send me letters, too.")
    assert wording.version
    assert f'value="{wording.hash}"' in site.page("plain.html")


def test_a_reader_of_the_catalogue_never_sees_half_of_one(site: Site):
    site.build()
    stop, reads, failures = threading.Event(), [0], list[Exception]()

    def read() -> None:
        while not stop.is_set():
            try:
                assert set(catalogue.read(site.data).offers) == {"ten-checks", "the-plan", "follow-us"}
                reads[0] += 1
            except Exception as error:
                failures.append(error)
                return

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(10):
        site.write("content/articles/plain.md", article("plain", f"Words {number}", Offer="ten-checks"))
        site.build()
    stop.set()
    reader.join()
    assert not failures
    assert reads[0] > 10


def test_an_unreadable_catalogue_is_put_aside_and_not_lost(site: Site):
    site.write(".gatepost/catalogue.json", "{ not json")
    site.build()
    assert set(site.catalogue.offers) == {"ten-checks", "the-plan", "follow-us"}
    assert (site.data / "catalogue.json.unreadable").read_text() == "{ not json"


def test_the_data_folder_lies_beside_the_settings_wherever_the_build_is_started(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    site.build()
    assert (site.data / "catalogue.json").is_file()
    assert not list(elsewhere.iterdir())
