"""What is said round a question and asks nothing: 老师好，打扰一下，…，急用."""

from __future__ import annotations

import re
from functools import cache

from bot.question import scope
from bot.question.tokens import Token, tokenise
from bot.wording import data
from bot.wording.expand import expand
from index.agencies import Directory

SHORTEST = 4
"""Characters that a question has at least."""
LONGEST_NAME = 24
LONGEST_REMARK = 40

_MARKS = re.compile(r"([，。！；？]+)")
_DATED = re.compile(r"[\d年月季周]")
_LIMITS = re.compile(
    r"^(?:关于|对|就|在|按|从|由|以|除|若|如果|假如|其中|仅|只|不|涉及|针对|因|经|被|向|那|换|再)|(?:的|方面|类|中|里|上|内|期间|时|呢)$"
)
"""How a clause begins or ends that says of what the question is asked."""
_SPEAKER = re.compile(r"^(?:我|本人|俺|咱|偶|在下|家里)")
_IDLE = frozenset({"asks", "said", "follow", "origin", "separator", "and", "negation", "reports", "loaded", "fast"})
"""Operations that a remark may hold without asking anything."""


def without_lead_in(text: str, directory: Directory) -> str:
    """作为甲市居民我想问2024年不予公开多少: the place stays where the question itself names none."""
    rest = scope.without_lead_in(text)
    lead = text.removesuffix(rest) if rest != text else ""
    if not lead or not text.endswith(rest) or directory.recognise(rest):
        return rest
    named = [each.text for each in directory.recognise(lead) if each.kind == "agency" and each.candidates]
    return named[0] + _OURS.sub("", rest) if len(named) == 1 else rest


_OURS = re.compile("^(?:我|俺|咱)们?(?:那|这)?(?:县|市|区|镇|乡|里|儿|边)?(?=去|今|前|20)")


def without_asides(text: str, directory: Directory) -> str:
    """The text without the remarks before its question and the closing words behind it."""
    text = _without_tail(_without_clauses(text, directory))
    return _without_opening(text, directory)


def without_courtesy(text: str) -> str:
    """第二个 of 麻烦帮我查一下，第二个，谢谢: a short answer without the clauses and words of courtesy round it."""
    pieces = [piece for piece in re.split("[，。！？；]+", text) if piece and not _is_courtesy(piece)]
    if len(pieces) != 1:
        return text
    tokens = tokenise(pieces[0], ())
    at = next((token.start for token in tokens if not _is_polite(token)), 0)
    return _without_tail(pieces[0][at:])


def _is_courtesy(piece: str) -> bool:
    tokens = tokenise(piece, ())
    if _opening().fullmatch(piece) or all(_is_polite(token) for token in tokens):
        return True
    closing = any(re.search(pattern, piece) for pattern in data("scope.toml")["closing"]["pattern"])
    return closing and len(piece) <= SHORTEST and all(_is_idle(token) for token in tokens)


def _is_polite(token: Token) -> bool:
    return any(entry.kind == "filler" and entry.code == "polite" for entry in token.entries)


def _without_tail(text: str) -> str:
    """Closing words that are a clause, or follow a count without a comma: …几件感谢; not in …，加急的."""
    match = _tail().search(text)
    return text[: match.start()] if match and match.start() >= SHORTEST else text


def _without_opening(text: str, directory: Directory) -> str:
    """What leads to the agency's name without a comma: 领导要｜甲市…, 老师好｜甲市…."""
    first = next((each for each in directory.recognise(text) if each.kind == "agency"), None)
    if first is not None and first.start and _is_remark(text[: first.start].strip("，。！ ")):
        return text[first.start :]
    greeting, asking = _opening().match(text), _leading().match(text)
    for match in (greeting, asking):
        idle = match is not None and (match is greeting or _asks_nothing(match[0], directory))
        if match and idle and _named_next(text, match.end(), directory):
            return text[match.end() :]
    return text


def _named_next(text: str, at: int, directory: Directory) -> bool:
    """Whether an agency's name begins there, and no name before it goes on."""
    if at >= len(text) or directory.recognise(text[:at]):
        return False
    return any(each.start == 0 and each.kind == "agency" for each in directory.recognise(text[at : at + LONGEST_NAME]))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of('opening', 'say')}|[，！。 ])+")


@cache
def _leading() -> re.Pattern[str]:
    """A few words that end with one of asking or telling."""
    return re.compile(rf"[^，。！？\d]{{0,8}}(?:{_any_of('opening', 'ends')})")


@cache
def _tail() -> re.Pattern[str]:
    words = f"(?:{_any_of('tail', 'say')})+[啊呀哦吧啦！？。]*"
    return re.compile(f"(?:(?:，{words})+|(?<=[件次起份宗条篇个元少几请量数吗呢呀啊]){words})$")


def _any_of(section: str, key: str) -> str:
    said = {spelling for pattern in data("scope.toml")[section][key] for spelling in expand(pattern)}
    return "|".join(map(re.escape, sorted(said, key=len, reverse=True)))


def _without_clauses(text: str, directory: Directory) -> str:
    pieces = _MARKS.split(text)
    while len(pieces) > 2 and _opens(pieces[0], directory):
        pieces = pieces[2:]
    while len(pieces) > 2 and (not pieces[-1] or (_closes(pieces[-1], directory) and not _is_tag(pieces))):
        pieces = pieces[:-2]
    return "".join(pieces)


_CLAIM = re.compile(r"\d[\d.]*[万千]?(?:件|起|次|份|宗|万元|%)")


def _is_tag(pieces: list[str]) -> bool:
    """…收到了626件申请，准确吗: the closing words ask whether the number is so."""
    rest, tokens = "".join(pieces[:-1]), tokenise(pieces[-1], ())
    asked = any(token.has("quantity", "asks") for token in tokenise(rest, ()))
    return not asked and _CLAIM.search(rest) is not None and any(token.has("asks") for token in tokens)


def _opens(piece: str, directory: Directory) -> bool:
    """A clause in front with unknown words, but no agency, year, number, item, wish or limit."""
    if not piece or _opening().fullmatch(piece) or _is_remark(piece):
        return True
    if all(_is_polite(token) for token in tokenise(piece, ())):
        return True
    if _leading().fullmatch(piece) and _asks_nothing(piece, directory):
        return True
    if _LIMITS.search(piece) or not _asks_nothing(piece, directory):
        return False
    tokens = tokenise(piece, ())
    if _SPEAKER.match(piece):
        return True
    unknown = any(token.kind == "unknown" for token in tokens)
    return unknown and not any(token.narrows for token in tokens)


def _is_remark(piece: str) -> bool:
    """Nothing but words of talk, at least one of which asks, tells or says what for: 领导让我报一下, 我记一下."""
    core, words, longest = _talk()
    if piece.endswith("的") and piece not in words:
        return False  # 记者的, 有材料的 say which of them
    reached = {0}
    for start in range(len(piece) if len(piece) <= LONGEST_REMARK else 0):
        if start in reached:
            reached |= {end for end in range(start + 1, start + longest + 1) if piece[start:end] in words}
    return len(piece) in reached and any(word in piece for word in core)


@cache
def _talk() -> tuple[tuple[str, ...], frozenset[str], int]:
    """Words that make a remark, all words of one, and the length of the longest."""
    words = data("scope.toml")["remark"]
    known = frozenset((*words["core"], *words["rest"]))
    return tuple(words["core"]), known, max(map(len, known))


def _closes(piece: str, directory: Directory) -> bool:
    """A clause behind that holds one of the known closing words; a new noun there might limit the question."""
    if _is_remark(piece):
        return True
    closing = any(re.search(pattern, piece) for pattern in data("scope.toml")["closing"]["pattern"])
    return closing and _asks_nothing(piece, directory) and not any(token.narrows for token in tokenise(piece, ()))


def _asks_nothing(piece: str, directory: Directory) -> bool:
    outside = scope.out_of_scope(piece)
    if _DATED.search(piece) or (outside and outside.reason != "chat"):
        return False
    return all(_is_idle(token) for token in tokenise(piece, ())) and not directory.recognise(piece)


def _is_idle(token: Token) -> bool:
    if token.kind not in ("word", "unknown", "mark"):
        return False
    return all(
        entry.kind in ("filler", "narrowing", "unit") or (entry.kind == "operation" and entry.code in _IDLE)
        for entry in token.entries
    )
