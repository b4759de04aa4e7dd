"""One question cut into its recognised stretches: years, agencies, words; the rest stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.question.tokens import Span, Token, tokenise
from bot.question.years import YearMention, find_years
from bot.wording import Entry
from index.agencies import Directory, Mention


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's stretches, in text order."""

    text: str
    """Normalised."""
    years: tuple[YearMention, ...]
    mentions: tuple[Mention, ...]
    tokens: tuple[Token, ...]

    def has(self, *operations: str) -> bool:
        """Whether any token may mean one of these operations."""
        return any(token.has(*operations) for token in self.tokens)

    def has_unit(self, *units: str) -> bool:
        return any(code in units for token in self.tokens for code in token.codes("unit"))

    @property
    def unknown(self) -> tuple[str, ...]:
        """What no known word covers."""
        return tuple(token.text for token in self.tokens if token.kind == "unknown")

    @property
    def repaired(self) -> tuple[tuple[str, str], ...]:
        return tuple((token.text, token.repaired) for token in self.tokens if token.repaired)


def read(text: str, directory: Directory, today: date, near: Sequence[int] = ()) -> Reading:
    """Normalised text → its stretches. Years first, so that their digits do not disturb names."""
    years = find_years(text, today)
    blanked = list(text)
    for year in years:
        blanked[year.start : year.end] = " " * (year.end - year.start)
    mentions = directory.recognise("".join(blanked), near=near)
    spans = [Span(each.start, each.end, "year", number) for number, each in enumerate(years)]
    spans += [Span(each.start, each.end, "agency", number) for number, each in enumerate(mentions)]
    spans.sort(key=lambda span: span.start)
    tokens = tuple(_carrying(token, years) for token in tokenise(text, spans))
    return Reading(text, years, tuple(mentions), tokens)


def _carrying(token: Token, years: Sequence[YearMention]) -> Token:
    """留到2024年 says 结转下年, 从2022年转来 says 上年结转."""
    carry = years[token.index].carry if token.kind == "year" else ""
    if carry not in ("in", "out"):
        return token
    return replace(token, entries=(Entry("row", f"requests.carried_{carry}"),))


def cut(reading: Reading, tokens: Sequence[Token]) -> Reading:
    """The same reading with only these tokens."""
    return replace(reading, tokens=tuple(tokens))


def without_names(reading: Reading) -> str:
    """The text with agencies blanked out, for judging what it is about."""
    text = list(reading.text)
    for mention in reading.mentions:
        if mention.kind == "agency" and (mention.candidates or any(known.real for known in mention.known)):
            text[mention.start : mention.end] = "□" * (mention.end - mention.start)
    return "".join(text)
