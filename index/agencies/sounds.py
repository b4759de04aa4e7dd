"""How characters are read: sounds.csv, loaded once, so that no pinyin library is imported for a mistyped name."""

from __future__ import annotations

from functools import lru_cache

from index.agencies.gazetteer import data_lines


@lru_cache(maxsize=1)
def _readings() -> dict[str, tuple[str, ...]]:
    readings: dict[str, tuple[str, ...]] = {}
    for syllable, characters in data_lines("sounds.csv"):
        for character in characters:
            readings[character] = (*readings.get(character, ()), syllable)
    return readings


def sounds(character: str) -> tuple[str, ...]:
    """Its one or two commonest readings in pinyin without tones; () for one not in the table: 阳 → (yang,)."""
    return _readings().get(character, ())


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    """Each character with all that look like it."""
    alike: dict[str, str] = {}
    for family, *_ in data_lines("lookalikes.csv"):
        for character in family:
            alike[character] = alike.get(character, "") + family
    return alike


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are often mistaken for one another by eye: 育 肓, 未 末."""
    return other in _families().get(one, "")


def same_sound(one: str, other: str) -> bool:
    """Whether two characters can be read alike: 洲 州, 杨 阳, 成 城."""
    return not set(sounds(one)).isdisjoint(sounds(other))


def near_sound(one: str, other: str) -> bool:
    """Whether many speakers say them alike: 上 山, 三 山."""
    return not {_merged(s) for s in sounds(one)}.isdisjoint({_merged(s) for s in sounds(other)})


def _merged(syllable: str) -> str:
    for double, single in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(double):
            syllable = single + syllable[2:]
    return syllable[:-1] if syllable.endswith(("ang", "eng", "ing")) else syllable
