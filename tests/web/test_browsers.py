"""Browsers that forget what scripts kept after seven days: known when a reader asks, and not remembered by name."""

from __future__ import annotations

import pytest

from gatepost.store import leads
from gatepost.web.browsers import forgets
from tests.web.conftest import PERSON, whole_database

SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "is_forgetful"),
    [
        (SAFARI, True),
        (f"{PHONE} Version/19.1 Mobile/15E148 Safari/604.1", True),
        (f"{PHONE} CriOS/146.0.0.0 Mobile/15E148 Safari/604.1", True),
        (f"{PHONE} FxiOS/150.0 Mobile/15E148 Safari/605.1.15", True),
        (f"{PHONE} Mobile/15E148 [LinkedInApp]/9.31", True),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1", True),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/146 Version/11.1.1 Safari/605.1.15", True),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/150.0 Safari/605.1.15", True),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)", True),
        (PERSON, False),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36", False),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0", False),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0 Mobile Safari/537.36 [LinkedInApp]", False),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0 Safari/537.36 Edg/146.0", False),
        ("", False),
    ],
)  # fmt: skip
def test_browsers_that_forget_after_seven_days_are_known(agent, is_forgetful):
    assert forgets(agent) is is_forgetful


def test_a_signup_notes_that_its_browser_forgets_and_not_which_it_is(ada, engine):
    ada.client.environ_base["HTTP_USER_AGENT"] = SAFARI
    ada.asks()
    assert ada.signups()[0].forgetful
    assert "Macintosh" not in whole_database(engine)
    with engine.database.reading() as tx:
        assert leads.signups_of(tx, ada.known().id)[0].forgetful
