"""What a word of the form is: where it stands, what it is made of. No law."""

from __future__ import annotations

from bot.question import form
from bot.question.names import label
from bot.render.words import say
from bot.wording import data


def term_lines(codes: tuple[str, ...]) -> list[str]:
    """A sentence for each word, and how to ask for its figure."""
    return [*map(_explained, codes), say("out_of_scope.term", example=_name(codes[0]))]


def _name(code: str) -> str:
    measures = data("measures.toml")["measure"]
    return str(measures[code]["label"]) if code in measures else label(code)


def _explained(code: str) -> str:
    name = _name(code)
    if measure := data("measures.toml")["measure"].get(code):
        return say("term.measure", name=name, top=_sum(measure["top"]), bottom=_sum(measure["bottom"]))
    about = data("terms.toml")["about"].get(code) or _place(code)
    return say("term.row", name=name, about=about) + _made_of(code)


def _place(code: str) -> str:
    parent = data("fields.toml")["row"].get(form.split_code(code)[0])
    return say("term.under", parent=parent["label"]) if parent else say("term.printed")


def _sum(codes: list[str]) -> str:
    names = " + ".join(label(code.replace("{column}", "total")) for code in codes)
    return f"（{names}）" if len(codes) > 1 else names


def _made_of(code: str) -> str:
    """The rows of the form that a group adds up."""
    if code not in form.GROUPS:
        return ""
    rows = [each for each in data("fields.toml")["row"] if form.split_code(each)[0] == code]
    return say("term.parts", names="、".join(str(data("fields.toml")["row"][each]["label"]) for each in rows))
