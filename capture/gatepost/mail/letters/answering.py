"""Letters about what somebody answered or asked: to the reader that it arrived, and to the owner that it waits."""

from __future__ import annotations

from gatepost.mail.letters.letter import LetterContext, LetterText, while_reading


def survey(context: LetterContext) -> LetterText:
    """Thank you, your answers count: with the files of the offer that they led to, or else with what was answered."""
    t, first, more = context.words, context.files[:1], context.files[1:]
    counts = t("Thank you. Your answers to “%(title)s” count from now on.", title=context.offer_title)
    led_to = t("They led to this: “%(title)s”.", title=context.ending_title) if first and context.ending_title else ""
    title = context.ending_title or context.offer_title
    return LetterText(
        subject=t("Here it is: %(title)s", title=title) if first else t("Your answers count: %(title)s", title=title),
        heading=title,
        opening=(" ".join(filter(None, (counts, led_to))), *(() if first else (t("This is what you answered:"),))),
        # Whoever waits for a file need not scroll past their own words.
        quotes=() if first else context.answers,
        button=t("Open it") if first else t("See your answers"),
        button_url=first[0].url if first else context.yours_url,
        button_note=", ".join(filter(None, (first[0].name, first[0].size))) if first else "",
        more_files=more,
        closing=tuple(filter(None, (_works(context) if first else "", _not_you(context)))),
        reason=_reason(context),
    )


def question(context: LetterContext) -> LetterText:
    """Your question has arrived, and this is what happens next."""
    t, follow_up = context.words, context.follow_up
    opening = (t("Thank you. Your question is on our desk."), while_reading(context))
    by = t("You hear from us by %(day)s.", day=t.day(follow_up.due_on)) if follow_up else ""
    return LetterText(
        subject=t("Your question has arrived: %(title)s", title=context.offer_title),
        heading=context.offer_title,
        opening=tuple(filter(None, (" ".join(filter(None, opening)), by, t("This is what you sent:")))),
        quotes=context.answers,
        button=t("See your question"),
        button_url=context.yours_url,
        closing=(_not_you(context),),
        reason=_reason(context),
    )


def question_notice(context: LetterContext) -> LetterText:
    """To an owner, in English like all of the owner's side: somebody waits for a call."""
    follow_up = context.follow_up
    assert follow_up is not None
    on = f" while reading “{context.article_title}”" if context.article_title else ""
    return LetterText(
        subject=f"A reader has a question: {context.offer_title}",
        heading="A reader has a question",
        opening=(f"{follow_up.email} asked this{on}, and has confirmed the address.",),
        quotes=context.answers,
        button="Open the follow-up",
        button_url=follow_up.url,
        closing=(
            f"It is due on {context.words.day(follow_up.due_on)}. Call, or write to {follow_up.email}; then mark it as done there.",
            "What was asked gives no permission for other letters, unless the box was ticked as well.",
        ),
        reason=f"You get this letter because you are an owner of {context.site_name}.",
    )


def _works(context: LetterContext) -> str:
    t, values = context.words, {"day": context.words.day(context.link_ends_on), "uses": context.uses}
    if len(context.files) > 1:
        return t("Each link opens until %(day)s, up to %(uses)s times, on any device and without a password.", **values)
    return t("The link opens until %(day)s, up to %(uses)s times, on any device and without a password.", **values)


def _not_you(context: LetterContext) -> str:
    t = context.words
    return t("If it was not you who sent this, do nothing, or stop all letters with the link below.")


def _reason(context: LetterContext) -> str:
    t = context.words
    return t("You get this letter because this address was confirmed at %(site)s.", site=context.site_name)
