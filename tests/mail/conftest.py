"""Every test has a post office down the road."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gatepost.mail.smtp import Courier, Patience
from tests.mail.post_office import PostOffice

HURRIED = Patience(connect=2, answer=1, letter=2)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice(options={"enable_SMTPUTF8": True}) as opened:
        yield opened


@pytest.fixture
def courier(office: PostOffice) -> Courier:
    return Courier(office.settings(), HURRIED)
