"""The letter that asks the owner of an address whether a request was theirs."""

from __future__ import annotations

from gatepost.mail.letters.letter import FORGOTTEN_AFTER_DAYS, LetterContext, LetterText, while_reading


def confirm(context: LetterContext) -> LetterText:
    """Was this you?"""
    t = context.words
    return LetterText(
        subject=t("Please confirm: %(title)s", title=context.offer_title),
        heading=t("Was this you?"),
        opening=(
            " ".join(filter(None, (context.asked, while_reading(context)))),
            t(
                "Press the button if it was you. A page opens with one more button, and pressing that one confirms your "
                "address."
            ),
        ),
        button=context.confirm_words,
        button_url=context.confirm_url,
        closing=(
            t(
                "The link works until %(day)s, on any device. If you also ticked that we may write to you again, that "
                "permission begins when you confirm, and not before.",
                day=t.day(context.link_ends_on),
            ),
            t(
                "If it was not you, do nothing. Nothing more will come of this request, and an address that is never "
                "confirmed is forgotten after %(days)s days.",
                days=FORGOTTEN_AFTER_DAYS,
            ),
        ),
        reason=t("You get this letter because this address was typed into a form at %(site)s.", site=context.site_name),
    )
