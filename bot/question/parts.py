"""A question cut into parts, and what each part names; weak wordings give way to stronger ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.question import form
from bot.question.query import Item
from bot.question.tokens import Token
from bot.wording.lexicon import STRONG, WEAK_VERB, data, lexicon


@dataclass(slots=True)
class Part:
    """What one part of a question names; filled while reading it."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    columns: list[tuple[str, int]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    prose: list[Item] = field(default_factory=list)
    rate_at: int = -1
    """How many rows, columns and fields came before 占 or 比例; -1 without."""
    shares_of: bool = False
    """占 comes before anything named: 占办结总数的百分比 is about what was spoken of before."""
    quantity: bool = False
    of_which: bool = False
    each: bool = False
    requests: bool = False
    """申请 itself is named."""
    full: bool = False
    """公开 is said to be a whole one: 予以公开, 全部公开."""
    order: list[str] = field(default_factory=list)
    """Codes in the order they came."""
    words: set[str] = field(default_factory=set)
    """Its words as written."""
    apart: bool = False
    """自然人申请 as one word: an item by itself, whose column goes no further."""
    verbal: bool = False
    """Only a verb of handling says what is asked: 办, 收."""
    opened_by: str = ""
    """What parts it from the one before: ，, 和, 比."""

    @property
    def names_something(self) -> bool:
        return bool(self.rows or self.columns or self.fields or self.measures or self.prose)


def read_parts(tokens: Sequence[Token], rate: bool) -> list[Part]:
    parts = [Part()]
    last_quantity = max((i for i, token in enumerate(tokens) if token.has("quantity")), default=-1)
    for position, token in enumerate(tokens):
        if token.text.startswith("单位") and len(token.text) > 2 and position and _counts_bodies(tokens[position - 1]):
            token = replace(token, entries=lexicon().entries.get(token.text[2:], ()))  # 哪些单位｜申请
        row = _strong_row(token)
        if (_parts(tokens, position, parts[-1]) and not _named(token)) or (
            parts[-1].quantity and parts[-1].names_something and row and last_quantity > position
        ):
            parts.append(Part(opened_by=token.text))
        before = tokens[position - 1] if position else None
        parts[-1].apart |= before is not None and bool(before.codes("column")) and token.text.startswith("申请")
        _take(parts[-1], token, rate, position + 1 < len(tokens) and tokens[position + 1].kind == "number")
        if token.text == "单位" and (_beside_applicant(tokens, position) or _applies(tokens, position)):
            parts[-1].columns.append(("organisations", STRONG))
            parts[-1].order.append("organisations")
    return parts


def _parts(tokens: Sequence[Token], position: int, part: Part) -> bool:
    """Whether what follows is named for itself; not in 企业的申请当中，不予公开的."""
    token = tokens[position]
    if token.has("separator"):
        return not (token.text == "，" and position > 0 and tokens[position - 1].has("of_which"))
    return token.has("than") and part.names_something


def _counts_bodies(token: Token) -> bool:
    """哪些｜单位, 几家｜单位, 各｜单位."""
    return token.has("who", "each") or token.text[-1] in "几家个各每"


def _beside_applicant(tokens: Sequence[Token], position: int) -> bool:
    """单位和个人各多少: 单位 is an applicant where it stands beside one."""
    for step in (1, -1):
        near, far = position + step, position + 2 * step
        if (
            0 <= far < len(tokens)
            and tokens[near].has("separator")
            and set(tokens[far].codes("column")) & set(form.APPLICANTS)
        ):
            return True
    return False


def _applies(tokens: Sequence[Token], position: int) -> bool:
    """没办完的申请里｜单位｜的有几件: 单位 applied, unless counted, pointed at (这个单位) or a unit (单位：件)."""
    behind = [token for token in tokens[position + 1 :] if token.kind != "mark"]
    if position == 0:
        rest = [token for token in behind if "particles" not in token.codes("filler")]
        return not rest or any(_named(token) for token in rest)
    if not behind or "unit_count" in behind[0].codes("filler"):
        return False
    before = tokens[position - 1]
    counted = (
        _counts_bodies(before) or before.has("quantity", "number", "top") or before.text[-1] in "该这那本贵此哪两俩"
    )
    return not counted and any(_named(token) for token in tokens)


def _named(token: Token) -> bool:
    return any(entry.kind in ("row", "column", "field", "measure") for entry in token.entries)


def _strong_row(token: Token) -> bool:
    return any(entry.kind in ("row", "field", "measure") and entry.strength > WEAK_VERB for entry in token.entries)


_APPLIED = re.compile("申请|提|递")
_WHOLLY = re.compile("予以|全部|完全|全公开|同意")


def publishes(part: Part, things: str) -> bool:
    """Whether it only says 发布, 公布 of things that are no documents of the form: 发布相关信息多少条."""
    posts = data("prose.toml")["count"]["posts"]
    named = part.rows or part.fields or part.measures or part.prose
    return not named and not part.words.isdisjoint(posts["verbs"]) and not part.words.isdisjoint(posts[things])


def _take(part: Part, token: Token, rate: bool, before_number: bool) -> None:
    part.words.add(token.text)
    if token.has("quantity"):
        part.quantity = True
    if token.has("each"):
        part.each = True
    if "申请" in token.text and any(entry.kind == "row" for entry in token.entries):
        part.requests = True
    if token.has("of_which"):
        part.of_which = True
    if rate and token.has("rate", "percent") and part.rate_at < 0:
        part.rate_at = len(part.order)
        part.shares_of = part.rate_at == 0 and token.text in ("占", "占了", "占到")
    if any(entry.kind == "row" for entry in token.entries):
        part.verbal = token.text in ("办", "收", "办理", "处理", "接", "收到", "接到", "受理") and not part.rows
    if _WHOLLY.search(token.text):
        part.full = True
    if before_number and token.has("under"):
        return  # 不足20件 compares, and names no shortcomings
    taken = False
    for entry in token.entries:
        if entry.kind == "row":
            part.rows.append((entry.code, entry.strength))
        elif entry.kind == "column":
            if entry.code == "organisations" and _APPLIED.search(token.text):
                part.rows.append(("requests.received", WEAK_VERB))  # 单位提出的｜信息｜公开多少件
            part.columns.append((entry.code, 1 if taken else entry.strength))
        elif entry.kind == "field":
            part.fields.append(entry.code)
        elif entry.kind == "measure" and part.rate_at > 0 and part.order:
            row = form.split_code(data("measures.toml")["measure"][entry.code]["top"][0].replace("{column}", "total"))[
                0
            ]
            part.rows.append((row, entry.strength))
            part.order.append(row)
            continue
        elif entry.kind == "measure":
            part.measures.append(entry.code)
        elif entry.kind == "section":
            part.prose.append(Item("section", entry.code))
        elif entry.kind == "count":
            part.prose.append(Item("count", entry.code, words=token.text))
        else:
            continue
        taken = True
        part.order.append(entry.code)


def settle(part: Part) -> None:
    """Weak wordings give way, general rows give way to particular ones, prose takes its verbs along."""
    if publishes(part, "information"):
        part.prose.append(Item("count", "posts"))
    if part.prose:
        part.prose = [each for each in part.prose if each.code != "posts"] or part.prose
        part.rows = [(code, s) for code, s in part.rows if s > WEAK_VERB and not _is_verb_row(code)]
        part.columns = (
            []
            if all(item.kind == "section" for item in part.prose)
            else [(c, s) for c, s in part.columns if s > 2 and c not in _VERB_COLUMNS]
        )
        if any(item.kind == "section" for item in part.prose):
            part.rows, part.fields = [], []
        return
    if part.measures or part.fields:
        part.rows = [
            (code, s)
            for code, s in part.rows
            if s > WEAK_VERB and code not in ("requests.received", "requests.handled")
        ]
        if part.measures:
            part.rows, part.rate_at = [], -1
    if any(code.startswith("requests.refused") for code, _ in part.rows):
        part.rows = [(code, s) for code, s in part.rows if code != "requests.granted"]
    withheld = [(code, STRONG) for code, _ in part.rows if code.startswith("requests.refused")]
    part.rows = _strongest(part.rows)
    tables = {code.split(".")[0] for code, _ in part.rows}
    if tables == {"requests"}:
        part.columns = [(c, s) for c, s in part.columns if c not in _VERB_COLUMNS]  # 作出予以公开决定
    documents = any(code in ("disclosure.rules", "disclosure.normative") for code, _ in part.rows)
    if not documents and part.rows:
        part.columns = [(c, s) for c, s in part.columns if s > WEAK_VERB]
    if documents:
        part.rows = [(c, s) for c, s in part.rows if c not in _WITH_DOCUMENTS] + withheld
    _general_rows(part)


def _strongest(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Only the strongest wordings; but in 明确答复不公开的 the answer only leads to its outcome."""
    strongest = max((s for _, s in rows), default=0)
    kept = [(code, s) for code, s in rows if s == strongest]
    outcomes = [(code, STRONG) for code, s in rows if s == WEAK_VERB and code.startswith("requests.refused")]
    if strongest == STRONG and outcomes and {code for code, _ in kept} <= {"requests.handled", "requests.received"}:
        return outcomes
    return kept


_VERB_COLUMNS = ("issued", "made", "decisions")


def _is_verb_row(code: str) -> bool:
    return code in ("requests.received", "requests.handled", "requests.granted", "disclosure.fees")


def _general_rows(part: Part) -> None:
    """收到的申请里不予公开的 is 不予公开; 不予公开里国家秘密的 is 国家秘密."""
    codes = list(dict.fromkeys(code for code, _ in part.rows))
    applied = part.requests and "disclosure.licences" in codes  # 收到多少许可申请: decisions are something else
    if any(not code.startswith("requests.") for code in codes) and not applied:
        codes = [code for code in codes if code != "requests.received"]
    if any(code in _DECIDED for code in codes) and not applied:
        codes = [code for code in codes if code != "requests.handled"]
    outcomes = [code for code in codes if code.startswith(form.OUTCOMES)]
    if outcomes and part.rate_at < 0:
        codes = [code for code in codes if code not in ("requests.received", "requests.handled")]
    carried = [code for code in codes if code.startswith("requests.carried")]
    if carried and part.rate_at < 0:
        codes = [code for code in codes if code != "requests.received"]
    if "requests.handled" in codes and part.rate_at < 0:
        codes = [code for code in codes if code != "requests.received"]
    if part.rate_at < 0:
        codes = [code for code in codes if not any(other.startswith(code + ".") for other in codes)]
        codes = _narrow_outcomes(codes)
    part.rows = [(code, 3) for code in codes]
    _narrow_fields(part)


_WITH_DOCUMENTS = ("requests.received", "requests.handled", "requests.granted")
"""公开了几件规范性文件; but 不公开的规范性文件 is on no form."""
_DECIDED = ("disclosure.licences", "disclosure.penalties", "disclosure.coercion")
"""许可办理数量: handling these is deciding them."""


def _narrow_outcomes(codes: list[str]) -> list[str]:
    """因国家秘密不公开的: the refusal only says what the reason leads to. 不予处理的重复申请 likewise."""
    particular = [code for code in codes if code.count(".") == 2 and code.startswith("requests.")]
    if not particular:
        return codes
    return [
        code
        for code in codes
        if code not in ("requests.refused", "requests.unavailable", "requests.rejected", "requests.granted")
    ]


def _narrow_fields(part: Part) -> None:
    """直接起诉 + 败诉 is the corrected column of direct litigation."""
    fields: list[str] = []
    for code in part.fields:
        row, column = form.split_code(code)
        narrower = [each for each, _ in part.rows if each.startswith(row + ".")]
        fields.extend(f"{each}.{column}" for each in narrower) if narrower else fields.append(code)
        part.rows = [(each, s) for each, s in part.rows if each != row and each not in narrower]
        part.columns = [(each, s) for each, s in part.columns if each != column]
    part.fields = fields
