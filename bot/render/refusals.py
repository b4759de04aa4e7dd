"""Sentences for what is not answered: what was understood, what was not, what there is instead."""

from __future__ import annotations

from bot.answers.model import Answer, Result
from bot.question.query import Item
from bot.render.terms import term_lines
from bot.render.words import item_name, number_text, say
from bot.wording import data


def refusal_lines(answer: Answer) -> list[str]:
    """The lines of any outcome but answer."""
    return {
        "clarify": _clarify, "no_report": _no_report, "not_in_report": _not_in_report,
        "out_of_scope": _out_of_scope, "help": _help,
    }[answer.outcome](answer)  # fmt: skip


def _clarify(answer: Answer) -> list[str]:
    if answer.candidates:
        mention = answer.facts.get("mention", "")
        key = "clarify.candidates" if len(answer.candidates) > 1 else "clarify.doubt"
        head = say(key, mention=mention, count=len(answer.candidates))
        rows = [
            say("clarify.candidate", number=number, name=name) for number, (_, name) in enumerate(answer.candidates, 1)
        ]
        return [head, *rows]
    if answer.verdict == "within":
        return [say("clarify.within", **answer.facts)]
    if answer.verdict == "none":
        return [say("clarify.none")]
    if answer.verdict == "item":
        return [say("clarify.item", agency="")]
    return [say("clarify.agency")]


def _items(items: tuple[Item, ...]) -> str:
    return "、".join(item_name(item) for item in items)


def _no_report(answer: Answer) -> list[str]:
    facts = answer.facts
    offered = [offer.name for offer in answer.offers if offer.kind == "agency"]
    if answer.verdict == "agency":
        found = [say("no_report.agency", names="、".join(facts.get("names", ())) or "")]
        if offered:
            found.append(say("no_report.nearest", names="、".join(offered)))
    else:
        years = "、".join(map(str, facts.get("years", ())))
        names = facts.get("agency_names") or "、".join(dict.fromkeys(each.agency for each in answer.results))
        found = [
            say("no_report.year", agency=names, years=years) if names else say("no_report.year_plain", years=years)
        ]
        if facts.get("have"):
            found.append(say("no_report.have", years="、".join(map(str, facts["have"]))))
    items = answer.query.items if answer.query else ()
    return [*found, say("no_report.understood", items=_items(items))] if items else found


def _not_in_report(answer: Answer) -> list[str]:
    if answer.kind == "yoy" and answer.verdict == "from_zero":
        now, then = answer.results[:2]
        values = {"agency": now.agency, "year": now.year, "earlier": then.year, "item": item_name(now.item)}
        return [
            say(
                "yoy.from_zero", now=number_text(now.value, now.unit), then=number_text(then.value, then.unit), **values
            )
        ]
    if answer.verdict == "item":
        items = answer.query.items if answer.query else ()
        found = _not_understood(answer)
        understood = _items(items)
        return [
            *found,
            *([say("not_in_report.report", understood=understood)] if understood else []),
            say("not_in_report.form"),
        ]
    if answer.verdict in ("prose", "reason", "unlike", "unmentioned", "document", "one_year", "apart"):
        facts = answer.facts
        return [
            say(
                f"not_in_report.{answer.verdict}",
                agency=facts.get("agency_names", ""),
                year="、".join(map(str, facts.get("asked_years") or facts.get("years", ()))),
                words="”“".join(facts.get("words", ())),
            )
        ]
    return [_lack(result) for result in answer.results if result.problem] or [say("not_in_report.form")]


def _not_understood(answer: Answer) -> list[str]:
    """What was typed and not understood; what was understood and stands nowhere on the form is no such word."""
    unknown = tuple(answer.facts.get("unknown", ()))
    text = str(answer.trace.get("text", ""))
    typed = [word for word in unknown if word in text]
    cells = [word for word in unknown if word not in text]
    found = [say("not_in_report.item", unknown="、".join(typed))] if typed else []
    return found + ([say("not_in_report.cells", cells="”“".join(cells))] if cells else [])


def _lack(result: Result) -> str:
    if result.problem == "no_report":
        return say("no_report.year", agency=result.agency, years=result.year)
    values = {"agency": result.agency, "year": result.year, "item": item_name(result.item)}
    if result.problem == "zero":
        return say("not_in_report.zero", bottom="0", **values)
    return say(f"not_in_report.{result.problem}", **values)


def _out_of_scope(answer: Answer) -> list[str]:
    if answer.verdict == "term":
        return term_lines(answer.facts["names"])
    if answer.verdict in data("replies.toml")["out_of_scope"]:
        return [
            say(
                f"out_of_scope.{answer.verdict}",
                **{key: answer.facts[key] for key in ("length", "most") if key in answer.facts},
            )
        ]
    return [say("out_of_scope.default")]


def _help(answer: Answer) -> list[str]:
    return [say(f"help.{answer.verdict}" if answer.verdict in data("replies.toml")["help"] else "help.help")]
