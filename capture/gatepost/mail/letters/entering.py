"""The letters of a contest: that somebody is in, with the link to pass on, and that somebody has won."""

from __future__ import annotations

from gatepost.mail.letters.letter import FileLink, LetterContext, LetterText, Quote
from gatepost.offers import entered
from gatepost.offers.entered import Entered


def entry(context: LetterContext) -> LetterText:
    """You are in; or in already, or too late."""
    part = _part(context)
    if part.state == entered.LATE:
        return _late(context, part)
    t = context.words
    is_new = part.state == entered.IN
    subject = t("You are in: %(title)s", title=context.offer_title)
    friends = (FileLink(t("Your link for friends"), part.refer_url, ""),) if part.refer_url else ()
    already = t("You are in already: %(title)s", title=context.offer_title)
    return LetterText(
        subject=subject if is_new else already,
        heading=context.offer_title,
        opening=tuple(filter(None, (_counts(context, is_new), _ends(context, part), _friends(context, part)))),
        quotes=_facts(context, part),
        button=t("See my entry"),
        button_url=context.yours_url,
        more_files=(*friends, FileLink(t("How the winners are drawn, to check"), part.draw_url, "")),
        closing=(t("If it was not you who entered, do nothing, or stop all letters with the link below."),),
        reason=_reason(context),
    )


def won(context: LetterContext) -> LetterText:
    """You have won, and how the prize reaches you."""
    t, part = context.words, _part(context)
    return LetterText(
        subject=t("You have won: %(title)s", title=context.offer_title),
        heading=t("You have won"),
        opening=(
            t("Your entry in “%(title)s” was drawn. This is your prize: %(prize)s", title=context.offer_title, prize=part.prize),
            t("Please answer this letter, so that we know where to send it."),
        ),
        quotes=_ids(context, part),
        button=t("See the draw"),
        button_url=part.draw_url,
        closing=(
            t("The page shows how the winners were drawn, and no names."),
            t("If it was not you who entered, do nothing: then the prize goes to somebody else."),
        ),
        reason=_reason(context),
    )  # fmt: skip


def _late(context: LetterContext, part: Entered) -> LetterText:
    t = context.words
    return LetterText(
        subject=t("Too late this time: %(title)s", title=context.offer_title),
        heading=context.offer_title,
        opening=(
            t("The contest ended on %(moment)s, before the button was pressed.", moment=t.moment(part.ends_at, part.zone)),
            t("So there is no entry this time. We are sorry. Your address is confirmed all the same."),
        ),
        button=t("See how it was drawn") if part.is_drawn else t("See the contest"),
        button_url=part.draw_url,
        closing=(t("If it was not you who entered, do nothing, or stop all letters with the link below."),),
        reason=_reason(context),
    )  # fmt: skip


def _counts(context: LetterContext, is_new: bool) -> str:
    t = context.words
    if is_new:
        return t("Thank you. Your entry counts.")
    return t("One entry a person: this letter box is in the contest already, and nothing has changed.")


def _ends(context: LetterContext, part: Entered) -> str:
    t = context.words
    if part.is_over:
        return t("The contest ended on %(moment)s.", moment=t.moment(part.ends_at, part.zone))
    ends = t("Entries count until %(moment)s.", moment=t.moment(part.ends_at, part.zone))
    return f"{ends} {t('The draw comes after that. Whoever wins gets a letter.')}"


def _friends(context: LetterContext, part: Entered) -> str:
    if not part.refer_url:
        return ""
    return context.words(
        "Each friend who enters through your link brings you one more entry, up to %(most)s.", most=part.most
    )


def _facts(context: LetterContext, part: Entered) -> tuple[Quote, ...]:
    t = context.words
    seal = (Quote(t("SHA-256 of the sealed seed"), part.commitment),) if part.entries else ()
    return (Quote(t("Prize"), part.prize), *_ids(context, part), *seal)


def _ids(context: LetterContext, part: Entered) -> tuple[Quote, ...]:
    t = context.words
    label = t("Your entries") if part.earned else t("Your entry")
    return (Quote(label, "\n".join(part.entries)),) if part.entries else ()


def _reason(context: LetterContext) -> str:
    t = context.words
    return t("You get this letter because this address was confirmed at %(site)s.", site=context.site_name)


def _part(context: LetterContext) -> Entered:
    assert context.part is not None
    return context.part
