"""Why things were not counted: a plain sentence for every reason that the code can give, and its cure where there is one."""

from __future__ import annotations

from dataclasses import dataclass

# What a reason is about. Of touches, a share of all that arrived can be told.
TOUCH, JOURNEY, REQUEST = "touch", "journey", "request"
ABOUT = {
    TOUCH: "Touches not counted",
    JOURNEY: "Entries of journeys without credit",
    REQUEST: "Parts of requests left out",
}


@dataclass(frozen=True)
class Reason:
    """`about` is one of ABOUT. `cure` is "" where nothing need be done: it is as it should be, or it is the reader's choice."""

    about: str
    says: str
    cure: str = ""


# How a cure begins that only a crowd needs.
IF_MANY = "If there are many, "
_BUILD = "Build and deploy the site and the catalogue together: gatepost build."
_KEYS = "After a change of GATEPOST_SECRET_KEYS keep the old key behind the new one."
_CLOCK = f"{IF_MANY}compare this machine's clock with the true time."

REASONS: dict[str, Reason] = {
    # The whole beacon, before it is looked at.
    "crawler": Reason(TOUCH, "Sent by a crawler, or by a program without a name."),
    "prefetch": Reason(TOUCH, "The page was fetched in advance and perhaps never seen."),
    "prerender": Reason(TOUCH, "The page was prepared in advance; when it is shown, it counts."),
    "webdriver": Reason(TOUCH, "The browser was driven by a program, such as a test."),
    "privacy-signal": Reason(TOUCH, "The reader's browser asks not to be measured (GPC or DNT)."),
    "origin": Reason(
        TOUCH,
        "Sent by a page of another address.",
        "If that address is yours, add it to GATEPOST_ORIGINS.",
    ),
    # One touch, by what it names.
    "unknown-rung": Reason(TOUCH, "Names a rung that there is not: an old or a foreign script.", _BUILD),
    "unknown-article": Reason(TOUCH, "Names an article that the catalogue does not have.", _BUILD),
    "unknown-previous": Reason(TOUCH, "The read counts; the article before it is not in the catalogue any more."),
    "unknown-offer": Reason(TOUCH, "Names an offer that the catalogue does not have.", _BUILD),
    "unknown-trial": Reason(TOUCH, "Belongs to a test that does not run any more, from a page in a cache."),
    "unknown-variant": Reason(TOUCH, "Names a variant that the test does not have.", _BUILD),
    # One read, by its time.
    "start-missing": Reason(
        TOUCH,
        "A read without proof of when the page was opened: its script could not ask, or it is a copy.",
        f"{IF_MANY}look whether POST /touch is reached from the site, and whether a cache keeps an old script.",
    ),
    "start-forged": Reason(TOUCH, "A read whose proof of when it began is not ours.", _KEYS),
    "start-old": Reason(TOUCH, "A read of a page opened more than a day ago, or in the future.", _CLOCK),
    "start-reused": Reason(TOUCH, "A second read with the same proof: one page opened is one read."),
    "too-fast": Reason(TOUCH, "A read that took less than ten seconds by our own clock."),
    # A journey, sent with a request.
    "journey-unreadable": Reason(JOURNEY, "An entry that could not be read.", _BUILD),
    "journey-future": Reason(JOURNEY, "Read in the future by the reader's clock.", _CLOCK),
    "journey-too-old": Reason(JOURNEY, "Read more than 90 days before the request."),
    "journey-unknown-article": Reason(JOURNEY, "An article that the catalogue does not have any more."),
    "receipt-missing": Reason(
        JOURNEY,
        "A read that was never proven: a beacon did not arrive.",
        f"{IF_MANY}look whether POST /touch is reached from the site.",
    ),
    "receipt-forged": Reason(JOURNEY, "A receipt that is not ours, or was changed.", _KEYS),
    "receipt-reused": Reason(JOURNEY, "A receipt that another lead handed in before."),
    "receipt-repeated": Reason(JOURNEY, "The same receipt twice in one journey."),
    # A request.
    "honeypot": Reason(REQUEST, "A program filled in the field that people do not see; nothing was stored."),
    "mailbox-limit": Reason(REQUEST, "One letter box asked too often in a day; no further letter was owed."),
    "unknown-wording": Reason(REQUEST, "A permission to a sentence that is not known; it was not stored.", _BUILD),
    "unknown-purpose": Reason(REQUEST, "A permission that the offer does not ask for; it was not stored.", _BUILD),
    "unknown-question": Reason(REQUEST, "An answer to a question that the offer does not ask.", _BUILD),
    "referral-forged": Reason(REQUEST, "A friend's link that is not ours, or for another contest.", _KEYS),
    "referral-unknown": Reason(REQUEST, "A friend's link with a request for an offer that is no contest."),
    "referral-not-in": Reason(REQUEST, "A friend's link of somebody who is not in the contest any more."),
    "referral-limit": Reason(REQUEST, "A friend more than a contest rewards."),
}


def reason(key: str) -> Reason:
    """The reason of a key; of one from another version, the key itself."""
    return REASONS.get(key, Reason(TOUCH, f"“{key}”, a reason of another version of Gatepost."))
