"""What an administrator sees of a file before it counts: report and index → plain data → message. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.chat.callbacks import pack
from bot.chat.doubts import doubts
from bot.chat.send import Outgoing, Row
from bot.memory.uploads import Upload
from bot.wording.chat import Language, own, say
from index import forms
from index.report import Figure, Report
from index.store import Index, Source
from index.store.identity import key_of

SHOWN = 8
"""Lines of each list in a preview; the rest is counted."""
KEPT = 40
"""Lines of each list that are kept with an upload."""
LISTED = 40
"""Files shown one by one in a summary."""
BUTTONS = 12
"""Files of a summary that get a button of their own."""

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that another revision prints otherwise."""

    code: str
    old: str
    new: str


def summarise(index: Index, report: Report, sha256: str) -> dict[str, Any]:
    """What the preview shows, as JSON for the memory."""
    source = stored(index, report.agency, report.year)
    figures = report.figures.values()
    failed = [check for check in report.checks if not check.holds]
    return {
        "agency": report.agency,
        "year": report.year,
        "figures": sum(figure.status != "blank" for figure in figures),
        "derived": sum(figure.status == "derived" for figure in figures),
        "blank": sum(figure.status == "blank" for figure in figures),
        "unread": len(report.unread),
        "unread_lines": [[each.text, each.why] for each in report.unread[:KEPT]],
        "checks": len(report.checks),
        "failed": len(failed),
        "failed_lines": [[check.label, _numbers(check)] for check in failed[:KEPT]],
        "notes": list(report.notes[:KEPT]),
        "doubts": doubts(report),
        "namesakes": namesakes(index, report),
        "known": "new" if source is None else "same" if source.sha256 == sha256 else "other",
        "revision": source.revision if source else 0,
        **_changes(index, source, report),
    }


def namesakes(index: Index, report: Report) -> list[int]:
    """Years of the loaded agency that a name like 太平镇 or 区统计局 does not tell from another; [] without doubt."""
    from index import whose  # loads the gazetteer

    if whose.doubt(index, report) is None:
        return []
    key = key_of(report.agency)
    return sorted({year for each in index.agencies() if each.key == key for year in each.years})


def _changes(index: Index, source: Source | None, report: Report) -> dict[str, Any]:
    found = differences(index.reading(source.report_id), report.figures) if source else []
    lines = [[forms.field(each.code).label, each.old, each.new] for each in found[:KEPT]]
    return {"differences": len(found), "difference_lines": lines}


def stored(index: Index, agency: str, year: int) -> Source | None:
    """The report that counts now for this agency and year."""
    key = key_of(agency)
    known = next((each for each in index.agencies() if each.key == key), None)
    return index.source(known.id, year) if known else None


def differences(old: Mapping[str, Figure], new: Mapping[str, Figure]) -> list[Difference]:
    """Cells that differ, in the order of the form."""
    codes = [code for code in forms.fields() if code in old or code in new]
    pairs = ((code, _shown(old.get(code)), _shown(new.get(code))) for code in codes)
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return say("upload.absent")
    if figure.value is None:
        return say("upload.blank")
    return f"{figure.value:f}".rstrip("0").rstrip(".") if isinstance(figure.value, Decimal) else str(figure.value)


def _numbers(check: Any) -> str:
    left = " + ".join(str(value) for value in check.left.values())
    right = " + ".join(str(value) for value in check.right.values())
    return say("upload.numbers", left=left, right=right, gap=abs(check.gap))


def preview(upload: Upload, tongue: Language, *, back: bool = False) -> Outgoing:
    """One file with everything worth knowing before ✅, or what became of it."""
    if upload.state == "reading":
        return Outgoing(say("upload.reading", tongue, file=upload.file))
    if upload.state == "failed":
        reason = upload.summary.get("error", "")
        rows: tuple[Row, ...] = ((_button("upload.name", "un", upload, tongue),),)
        rows = rows if upload.summary.get("missing") else ()
        text = say("upload.failed", tongue, file=upload.file, reason=reason)
        return Outgoing(text, (*rows, *_back(upload, tongue, back)))
    if upload.state != "pending":
        return Outgoing(_settled(upload, tongue), _back(upload, tongue, back))
    parts = [_head(upload, tongue), _checks(upload.summary, tongue), _remarks(upload.summary, tongue)]
    parts += [_known(upload.summary, tongue), _namesakes(upload, tongue) or say("upload.prompt", tongue)]
    more: Row = (_button("upload.name", "un", upload, tongue),)
    if upload.summary.get("doubts"):
        more = (*more, _button("upload.pictures", "up", upload, tongue))
    store = ("upload.store_same", "uy") if is_unclear(upload) else ("upload.store", "us")
    rows = ((_button(*store, upload, tongue), _button("upload.drop", "ud", upload, tongue)), more)
    return Outgoing("\n\n".join(part for part in parts if part), (*rows, *_back(upload, tongue, back)))


def summary(uploads: Sequence[Upload], tongue: Language) -> Outgoing:
    """Several files: a line each, a button for those that need a look, and one for all that do not."""
    reading = [each for each in uploads if each.state == "reading"]
    pending = [each for each in uploads if each.state == "pending"]
    if reading and not pending and len(reading) == len(uploads):
        return Outgoing(say("upload.reading_many", tongue, total=len(uploads), done=0))
    head = say(
        "upload.summary",
        tongue,
        total=len(uploads),
        pending=len(pending),
        stored=sum(each.state == "stored" for each in uploads),
        failed=sum(each.state == "failed" for each in uploads),
    )
    lines = [f"<b>{head}</b>", *(_line(each, tongue) for each in uploads[:LISTED])]
    if len(uploads) > LISTED:
        lines.append(say("upload.more_lines", tongue, count=len(uploads) - LISTED))
    lines += _samples(uploads, tongue)
    return Outgoing("\n".join(lines), tuple(_summary_rows(uploads, pending, tongue)))


def is_unclear(upload: Upload) -> bool:
    """Whether its agency's name fits another body that is loaded, and nobody has said which it is."""
    return upload.agency is None and bool(upload.summary.get("namesakes"))


def is_doubtful(upload: Upload) -> bool:
    """Whether somebody should look at it before it is stored."""
    about = upload.summary
    return is_unclear(upload) or bool(
        about.get("failed") or about.get("unread") or about.get("notes") or about.get("known") == "other"
    )


def _summary_rows(uploads: Sequence[Upload], pending: Sequence[Upload], tongue: Language) -> list[Row]:
    look = [each for each in uploads if each.state == "pending" and is_doubtful(each)]
    look += [each for each in uploads if each.state == "failed" and each.summary.get("missing")]
    rows: list[Row] = [((_look_label(each, tongue), pack("ul", each.id)),) for each in look[:BUTTONS]]
    good = len(pending) - sum(is_doubtful(each) for each in pending)
    if good:
        rows.append(((say("upload.store_good", tongue, count=good), pack("ua", pending[0].id)),))
    if pending:
        rows.append(((say("upload.drop_all", tongue), pack("ux", pending[0].id)),))
    return rows


def _look_label(upload: Upload, tongue: Language) -> str:
    about = upload.summary
    return say("upload.look", tongue, agency_html=about.get("agency") or upload.file, year=about.get("year") or "")


def _line(upload: Upload, tongue: Language) -> str:
    about: dict[str, Any] = {"agency": "", "year": "", "figures": 0, "failed": 0, "unread": 0, "error": ""}
    about |= {key: value for key, value in upload.summary.items() if key in about}
    key = {
        "reading": "reading_line",
        "failed": "failed_line",
        "dropped": "dropped_line",
        "stored": "stored_line",
        "undone": "undone_line",
        "pending": _pending_key(upload),
    }[upload.state]
    return say(f"upload.{key}", tongue, file=upload.file, reason=about["error"], **about)


def _pending_key(upload: Upload) -> str:
    if is_unclear(upload):
        return "pending_unclear"
    return "pending_doubt" if upload.summary.get("failed") or upload.summary.get("unread") else "pending_line"


def _settled(upload: Upload, tongue: Language) -> str:
    about = upload.summary
    if upload.state == "dropped":
        return say("upload.dropped", tongue, file=upload.file)
    key = {"unchanged": "stored_same"}.get(str(about.get("saved")), "stored")
    key = "undone_line" if upload.state == "undone" else key
    names = ("agency", "year", "figures", "revision")
    text = say(f"upload.{key}", tongue, **{name: about.get(name) for name in names})
    return "\n".join([text, *_samples([upload], tongue)])


def _samples(uploads: Sequence[Upload], tongue: Language) -> list[str]:
    """That the sample reports have left, which the first report of one's own made them do."""
    stored: list[Any] = [each.summary.get("samples") or () for each in uploads if each.state == "stored"]
    gone = sum(map(len, stored))
    return [say("upload.samples_gone", tongue, count=gone)] if gone else []


def _namesakes(upload: Upload, tongue: Language) -> str:
    if not is_unclear(upload):
        return ""
    about: Data = upload.summary
    years = "、".join(map(str, about["namesakes"]))
    return say("upload.namesakes", tongue, agency=about["agency"], years=years)


def _head(upload: Upload, tongue: Language) -> str:
    names = ("agency", "year", "figures", "derived", "blank", "unread")
    return say("upload.preview", tongue, file=upload.file, **{name: upload.summary[name] for name in names}).strip()


def _checks(about: Data, tongue: Language) -> str:
    if not about["failed"]:
        return say("upload.checks_hold", tongue, count=about["checks"]) if about["checks"] else ""
    head = say("upload.checks_fail", tongue, count=about["checks"], failed=about["failed"])
    lines = about["failed_lines"]
    return head + _listed(
        lines,
        about["failed"],
        lambda pair: say("upload.check_line", tongue, label=own(pair[0], tongue), detail=pair[1]),
        tongue,
    )


def _remarks(about: Data, tongue: Language) -> str:
    unread = _listed(
        about["unread_lines"],
        about["unread"],
        lambda pair: say("upload.unread_line", tongue, text=pair[0][:60], why=pair[1]),
        tongue,
    )
    notes = "".join(f"\n{say('upload.note_line', tongue, note=note)}" for note in about["notes"][:SHOWN])
    return (unread + notes).strip()


def _known(about: Data, tongue: Language) -> str:
    if about["known"] == "new":
        return say("upload.new_report", tongue)
    if about["known"] == "same":
        return say("upload.known_same", tongue)
    head = say("upload.known_other", tongue, **{name: about[name] for name in ("agency", "year", "revision")})
    if not about["differences"]:
        return f"{head}\n{say('upload.no_difference', tongue)}"
    return head + _listed(
        about["difference_lines"],
        about["differences"],
        lambda line: say("upload.difference", tongue, label=own(line[0], tongue), old=line[1], new=line[2]),
        tongue,
    )


def _listed(lines: Sequence[Any], count: int, worded: Callable[[Any], str], tongue: Language) -> str:
    shown = [worded(line) for line in lines[:SHOWN]]
    if count > len(shown) > 0:
        shown.append(say("upload.more_lines", tongue, count=count - len(shown)))
    return "".join(f"\n{line}" for line in shown)


def _button(key: str, kind: str, upload: Upload, tongue: Language) -> tuple[str, str]:
    return say(key, tongue), pack(kind, upload.id)


def _back(upload: Upload, tongue: Language, back: bool) -> tuple[Row, ...]:
    return ((_button("upload.back", "ub", upload, tongue),),) if back else ()
