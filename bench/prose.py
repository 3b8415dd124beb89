"""Plain prose in any amount: no meaning, but sentences, lists, links and code as a small firm's blog has them."""

from __future__ import annotations

import random

WORDS = """
a about address after again all always an and answer any article as ask at away back because been before begin
between book both box bring business but by call can careful case change chapter choose clear client close come
comes cost could count day decide deal different do does done door down draft each early easy end enough even every
example expert fair fall far few figure find firm first follow for form found from full gate get give given go good
great group half hand has have heading hear help here hold home honest hour how if in interest into is it item its
judge keep kind know large last late lead learn least leave less letter life like line link list little local long
look made mail make man many mark market matter mean meet might mind minute money month more most much must name near
need never new next no not note now number of off offer often old on once one only open or order other our out over
own page paper part pay people per permission person piece place plain plan point post price print promise proof
public put question quiet quite rate read reader reason receive record referral reply report rest result right room
rule sale same say search second see sell send sentence serve set shelf short should show side simple since site
small so some soon speak spend stand start state step still stop story street such sure table take talk tell text
than that the their them then there these they thing think this those though three through time to today together
told too top touch toward trade true trust try turn two under until up use useful value very visit wait walk want
was way week well went were what when where which while who whole why will with without word work worth would write
writer year yes yet you your
""".split()  # noqa: SIM905 - read as a text, not as a list
CODE = '''```python
def worth(leads: int, clients: int, value: float) -> float:
    """What one lead of this kind is worth, on average."""
    if leads == 0:
        return 0.0
    return clients * value / leads


for kind, row in {"cultivated": (40, 6, 900.0), "interest": (90, 3, 700.0)}.items():
    print(f"{kind:>12} {worth(*row):8.2f}")
```'''


def sentence(dice: random.Random, length: int) -> str:
    """So many words, a capital letter, a full stop."""
    chosen = dice.choices(WORDS, k=length)
    if length > 9:
        chosen[length // 2] += ","
        if dice.random() < 0.2:
            chosen[1] = f"**{chosen[1]}**"
    text = " ".join(chosen)
    return text[0].upper() + text[1:] + "."


def paragraph(dice: random.Random, length: int) -> str:
    """About as many words as asked for, in sentences of 8 to 18."""
    made: list[str] = []
    while length > 0:
        size = min(max(length, 3), dice.randint(8, 18))
        made.append(sentence(dice, size))
        length -= size
    return " ".join(made)


def markdown(dice: random.Random, words: int, *, code: bool = False) -> str:
    """A text of about so many words: paragraphs of 60, a heading every 180, one list, one link, code if asked for."""
    blocks: list[str] = []
    for number in range(max(words // 60, 1)):
        if number and number % 3 == 0:
            blocks.append(f"## {sentence(dice, 4).rstrip('.')}")
        blocks.append(paragraph(dice, 60 - (24 if number == 1 else 0)))
        if number == 1:
            blocks.append("\n".join(f"- {sentence(dice, 8)}" for _ in range(3)))
        if number == 2:
            blocks.append(f"See [{dice.choice(WORDS)} {dice.choice(WORDS)}](https://example.org/{dice.choice(WORDS)}).")
        if number == 3 and code:
            blocks.append(CODE)
    return "\n\n".join(blocks) + "\n"
