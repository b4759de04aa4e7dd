"""What was recognised in a question, for `explain` and bug reports."""

from __future__ import annotations

from typing import Any

from bot.question.reading import Reading


def trace_of(reading: Reading, more: dict[str, Any]) -> dict[str, Any]:
    """What was recognised, for explain and bug reports."""
    return {
        "text": reading.text,
        "years": [{"text": each.text, "kind": each.kind, "years": list(each.years)} for each in reading.years],
        "agencies": [_mention(mention) for mention in reading.mentions],
        "words": [
            _word(token)
            for token in reading.tokens
            if token.kind == "word" and any(e.kind not in ("filler",) for e in token.entries)
        ],
        "unknown": list(reading.unknown),
        **more,
    }


def _mention(mention: Any) -> dict[str, Any]:
    return {
        "text": mention.text,
        "kind": mention.kind,
        "candidates": [
            {"agency": c.agency.name, "score": round(c.score, 1), "how": c.how} for c in mention.candidates[:10]
        ],
        "known": [known.name for known in mention.known],
        **({"group": mention.group.label, "members": len(mention.group.members)} if mention.group else {}),
    }


def _word(token: Any) -> dict[str, Any]:
    meanings = [f"{entry.kind}:{entry.code}" for entry in token.entries if entry.kind != "filler"]
    return {"text": token.text, "means": meanings, **({"repaired": token.repaired} if token.repaired else {})}
