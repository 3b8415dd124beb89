"""Letters about a seat: it is kept or waited for, it has become free, the date moved, it begins soon."""

from __future__ import annotations

from gatepost.mail.letters.letter import FileLink, LetterContext, LetterText


def seat(context: LetterContext) -> LetterText:
    """Your seat is kept; or, where all are taken, you are in the queue."""
    t, when = context.words, _when(context)
    if context.is_waiting:
        return _letter(
            context,
            t("All seats are taken: %(title)s", title=context.offer_title),
            (
                t(
                    "All seats are taken, so you stand in the queue. Should one become free, it is yours, and you hear from us at once."
                ),
                when,
            ),
        )
    return _letter(
        context,
        t("Your seat is kept: %(title)s", title=context.offer_title),
        (t("Your seat is kept."), when, *_where(context), t("The date for your calendar is attached.")),
    )


def seat_free(context: LetterContext) -> LetterText:
    """You stood in the queue, and now there is a seat."""
    t = context.words
    return _letter(
        context,
        t("A seat has become free: %(title)s", title=context.offer_title),
        (
            t("A seat has become free, and it is yours."),
            _when(context),
            *_where(context),
            t(
                "The date for your calendar is attached. If you cannot come, please give the seat back: others wait for it."
            ),
        ),
    )


def moved(context: LetterContext) -> LetterText:
    """It takes place at another time than the last letter said."""
    t = context.words
    kept = (
        t("You stay in the queue.")
        if context.is_waiting
        else t("Your seat stays kept. The attached date takes the place of the old one.")
    )
    return _letter(
        context,
        t("Another date: %(title)s", title=context.offer_title),
        (t("The date has moved."), _when(context), *_where(context), kept),
    )


def reminder(context: LetterContext) -> LetterText:
    """It is tomorrow, or in an hour."""
    t = context.words
    subject = (
        t("Tomorrow: %(title)s", title=context.offer_title)
        if context.is_day_before
        else t("In an hour: %(title)s", title=context.offer_title)
    )
    return _letter(context, subject, (_when(context), *_where(context)))


def _letter(context: LetterContext, subject: str, opening: tuple[str, ...]) -> LetterText:
    t, meeting = context.words, context.meeting
    seat_page = FileLink(t("Your seat: see it, or give it back"), context.yours_url, "")
    joins = bool(meeting and meeting.link and not context.is_waiting)
    return LetterText(
        subject=subject,
        heading=context.offer_title,
        opening=opening,
        button=t("Join") if joins else t("See your seat"),
        button_url=meeting.link if joins and meeting else context.yours_url,
        closing=(
            t("Cannot come? Please give your seat back on its page, so that somebody else can have it."),
            t("If it was not you who asked, do nothing, or stop all letters with the link below."),
        ),
        reason=t("You get this letter because this address was confirmed at %(site)s.", site=context.site_name),
        more_files=(*((seat_page,) if joins else ()), *context.files),
        attachments=(context.calendar,) if context.calendar else (),
    )


def _when(context: LetterContext) -> str:
    t, meeting = context.words, context.meeting
    return t("It begins on %(when)s.", when=t.moment(meeting.starts_at, meeting.zone)) if meeting else ""


def _where(context: LetterContext) -> tuple[str, ...]:
    t, meeting = context.words, context.meeting
    return (t("Where: %(place)s", place=meeting.place),) if meeting and meeting.place else ()
