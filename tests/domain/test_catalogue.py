"""The catalogue is whole or the last good one, whoever reads it and whenever."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gatepost import catalogue
from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable, Follower
from tests.conftest import small_catalogue

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_catalogue_comes_back_as_it_was_written(tmp_path):
    written = small_catalogue(tmp_path, NOW)
    assert catalogue.read(tmp_path) == written


def test_without_a_build_the_cure_is_a_build(tmp_path):
    with pytest.raises(CatalogueMissing) as refused:
        Follower(tmp_path).current()
    assert "gatepost build" in refused.value.cure


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1}', "\x00"])
def test_half_a_file_or_another_version_is_refused_by_name(tmp_path, text):
    (tmp_path / catalogue.FILE_NAME).write_text(text)
    with pytest.raises(CatalogueUnreadable):
        catalogue.read(tmp_path)


def test_a_running_service_sees_the_next_build_without_a_restart(tmp_path):
    first = small_catalogue(tmp_path, NOW)
    follower = Follower(tmp_path)
    assert follower.current() == first
    catalogue.write(replace(first, site_name="Renamed"), tmp_path)
    assert follower.current().site_name == "Renamed"


def test_the_last_good_catalogue_serves_on_when_the_file_is_broken_or_gone(tmp_path):
    first = small_catalogue(tmp_path, NOW)
    follower = Follower(tmp_path)
    assert follower.current() == first
    (tmp_path / catalogue.FILE_NAME).write_text("half a fi")
    assert follower.current() == first
    (tmp_path / catalogue.FILE_NAME).unlink()
    assert follower.current() == first


def test_a_reader_during_a_hundred_rewrites_never_meets_half_a_catalogue(tmp_path):
    first = small_catalogue(tmp_path, NOW)
    done, troubles = threading.Event(), []

    def read_on() -> None:
        while not done.is_set():
            try:
                catalogue.read(tmp_path)
            except Exception as trouble:
                troubles.append(trouble)

    reader = threading.Thread(target=read_on)
    reader.start()
    for n in range(100):
        catalogue.write(replace(first, built_at=NOW + timedelta(seconds=n)), tmp_path)
    done.set()
    reader.join()
    assert troubles == []
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".catalogue")] == []
