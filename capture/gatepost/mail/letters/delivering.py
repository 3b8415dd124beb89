"""The letter that brings the files that were asked for."""

from __future__ import annotations

from gatepost.mail.letters.letter import LetterContext, LetterText, while_reading


def delivery(context: LetterContext) -> LetterText:
    """One button for the first file, plain links for the others."""
    t, first, more = context.words, context.files[0], context.files[1:]
    opening = (t("Here is what you asked for."), while_reading(context))
    values = {"day": t.day(context.link_ends_on), "uses": context.uses}
    works = (
        t("Each link opens until %(day)s, up to %(uses)s times, on any device and without a password.", **values)
        if more
        else t("The link opens until %(day)s, up to %(uses)s times, on any device and without a password.", **values)
    )
    return LetterText(
        subject=t("Here it is: %(title)s", title=context.offer_title),
        heading=context.offer_title,
        opening=tuple(filter(None, (" ".join(filter(None, opening)), context.offer_summary))),
        button=t("Open it"),
        button_url=first.url,
        button_note=", ".join(filter(None, (first.name, first.size))),
        more_files=more,
        closing=(
            works + " " + t("Save what you open, and it stays yours."),
            t("If it was not you who asked, do nothing, or stop all letters with the link below."),
        ),
        reason=t("You get this letter because this address was confirmed at %(site)s.", site=context.site_name),
    )
