"""The report as a letter to an owner, in English like all of the owner's side."""

from __future__ import annotations

from gatepost.mail.letters.letter import LetterContext, LetterText

_SPAN = {"week": "every week", "month": "every month"}


def report(context: LetterContext) -> LetterText:
    """What a week or a month brought, and how sure that is."""
    regular = context.report
    assert regular is not None
    told, name = regular.told, regular.told.ended.name
    return LetterText(
        subject=told.subject,
        heading=name[0].upper() + name[1:],
        opening=told.first,
        figures=told.figures,
        sections=told.sections,
        button="Open the dashboard",
        button_url=regular.url,
        closing=(
            "Days are those of UTC. The articles and what is uncertain are told over all time, since a "
            f"{told.ended.every} says too little of a single article.",
            f"You chose this letter for {_SPAN[told.ended.every]}. Change that, or switch it off, under “Account” on the "
            f"dashboard, or with: gatepost owner letter {context.to} off",
        ),
        reason=f"You get this letter because you are an owner of {context.site_name} and asked for it.",
    )
