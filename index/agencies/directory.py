"""The directory of loaded agencies: what a name in a question means among them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from index.agencies.bodies import GOVERNMENT, GOVERNMENT_ENDINGS, bodies
from index.agencies.gazetteer import gazetteer
from index.agencies.groups import Members, is_department, make_group
from index.agencies.identify import identify
from index.agencies.latin import Latin
from index.agencies.lexicon import Lexicon
from index.agencies.model import Candidate, Division, Group, GroupKind, Known, Mention
from index.agencies.parse import Parser
from index.agencies.recognise import recognise
from index.agencies.repair import Repairer

if TYPE_CHECKING:
    from index.agencies.match import Shortlist
    from index.store.records import Agency


_FEW = 3
"""Candidates that a reading by the grammar may leave and still count as found."""
_REACH = 8
_LATER = 500
"""New agencies from which on the shortlist is built again."""
_MANY = 2000
"""Agencies above which the shortlist is built for offers."""


def _key(agency: Agency) -> tuple[str, str]:
    key = agency.key if "|" in agency.key else identify(agency.name).key
    place, _, body = key.partition("|")
    return place, body


def _words_of_place(name: str) -> str:
    """A place of its own for a name that does not say where it lies: 鼓楼区人民政府 → ~鼓楼区."""
    endings = sorted((*bodies().forms, *GOVERNMENT_ENDINGS), key=len, reverse=True)
    stem = next((name.removesuffix(e) for e in endings if name.endswith(e) and name != e), name)
    return f"~{stem}街道" if name.endswith("街道办事处") and not stem.endswith("街道") else f"~{stem}"


def _names(agency: Agency) -> tuple[object, ...]:
    return agency.name, agency.printed, agency.key


def _take_over(old: Directory, new: Directory, *names: str) -> None:
    """Gives what was built lazily for one directory to another."""
    new.__dict__.update({name: old.__dict__[name] for name in names if name in old.__dict__})


def _goes_on(text: str, mention: Mention) -> bool:
    """Whether a mistyped body seems to follow what was read: 灵武市 in 灵武市发展和改革木会."""
    behind = text[mention.end : mention.end + _REACH]
    likely = any(behind[i : i + 2] in bodies().pairs for i in range(len(behind) - 1))
    return likely and all(c.agency.key.endswith("|" + GOVERNMENT) for c in mention.candidates)


class Directory:
    """Immutable; when the index changes, build a new one from it (`renewed`)."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = tuple(sorted(agencies, key=lambda a: a.name))
        """The loaded agencies by name."""
        self._by_id = {a.id: a for a in self.agencies}
        self.groups_made: dict[tuple[GroupKind, str, str], Members] = {}
        """Members of the groups asked for lately, and what is missing of them; kept by groups.make_group."""
        self._later: frozenset[int] = frozenset()
        """Agencies that the shortlist, taken over from an earlier directory, does not know."""
        self._places: dict[int, str] = {}
        self._at: dict[tuple[str, str], Agency] = {}
        self._with_body: dict[str, list[tuple[str, Agency]]] = {}
        self._of_place: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            self._add(agency)

    def renewed(self, agencies: Iterable[Agency]) -> Directory:
        """The directory of these agencies, with what was built for this one where it still holds.

        After a load a few agencies are new or have another year: names of places and bodies stay, and to build the
        shortlist again would keep a question waiting for half a second at 20,000 agencies.
        """
        fresh = Directory(agencies)
        if fresh._of_place.keys() == self._of_place.keys() and fresh._raw_bodies() == self._raw_bodies():
            _take_over(self, fresh, "lexicon", "parser", "latin")
        known = self._by_id
        changed = {a.id for a in fresh.agencies if a.id not in known or _names(known[a.id]) != _names(a)}
        later = frozenset(self._later | changed)
        if len(later) <= _LATER:
            _take_over(self, fresh, "shortlist")
            fresh._later = later if "shortlist" in self.__dict__ else frozenset()
        return fresh

    def _raw_bodies(self) -> set[str]:
        """Bodies of no known kind, by their printed names."""
        return {body for body in self._with_body if body not in bodies().by_key}

    def _add(self, agency: Agency) -> None:
        place, body = _key(agency)
        if place.startswith("?"):
            place = _words_of_place(place[1:])
        self._places[agency.id] = place
        self._at.setdefault((place, body), agency)
        self._with_body.setdefault(body, []).append((place, agency))
        self._of_place.setdefault(place, []).append(agency)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Names of places and bodies."""
        return Lexicon(self._of_place, sorted(self._raw_bodies()))

    @cached_property
    def parser(self) -> Parser:
        """The grammar over this directory's names."""
        repairer = Repairer(self.lexicon)
        return Parser(self.lexicon, repairer.place_at, repairer.body_at)

    @cached_property
    def latin(self) -> Latin:
        """Its names in pinyin and English."""
        return Latin(self.lexicon)

    def prepare(self) -> None:
        """Builds now what the first mistyped or noisy name would wait for; for programs that keep running.

        What stands then is left out of garbage collection, which would pause answers over a hundred thousand names.
        """
        self.recognise("示列市公按局")
        self.match("示例市公安局")
        self.group("all", "11")
        self.group("districts", "11")
        self.departments_at("11")
        self.alternatives((), ("11",), "", 1)
        gc.collect()
        gc.freeze()

    def recognise(self, text: str, *, near: Sequence[int] = ()) -> tuple[Mention, ...]:
        """Every mention of a public body, a place or a group, in text order, without overlap.

        Send 简体, half width, without spaces between Chinese characters, years blanked out. `near`: ids of the
        agencies just spoken of; a bare name (乙区, 住建局, 市公安局) is looked for first under their places.
        南通市人社局 → one candidate; 鼓楼区 → every loaded 鼓楼区; 天津市, not loaded → no candidate but
        known=(天津市人民政府); 南通市各部门 → a group.
        """
        return recognise(self, text, near)

    def by_id(self, agency_id: int) -> Agency | None:
        """The loaded agency of that id."""
        return self._by_id.get(agency_id)

    def by_key(self, key: str) -> Agency | None:
        """The loaded agency of that identity."""
        place, _, body = key.partition("|")
        return self._at.get((place, body))

    def place_of(self, agency_id: int) -> str:
        """Code of the agency's place; '' for an unknown id."""
        return self._places.get(agency_id, "")

    def body_of(self, agency_id: int) -> str:
        """Kind of body of that agency, as in bodies.toml; '' for an unknown id."""
        agency = self._by_id.get(agency_id)
        return _key(agency)[1] if agency else ""

    def at_places(self, codes: Sequence[str], body: str) -> list[Agency]:
        """The loaded agencies of one kind at any of these places."""
        return [a for code in dict.fromkeys(codes) if (a := self._at.get((code, body))) is not None]

    def by_part(self, codes: Sequence[str], body: str) -> Agency | None:
        """规划局 where only a 自然资源和规划局 is loaded: the one department there whose name holds it."""
        kind = bodies().by_key.get(body)
        stems = [stem for stem in kind.stems if len(stem) > 1] if kind and kind.department and len(codes) == 1 else []
        found = {
            agency.id: agency
            for agency in (self.departments_at(codes[0]) if stems else ())
            if any(stem in agency.name and f"{stem}局" not in agency.name[:-1] for stem in stems)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def departments_at(self, code: str) -> list[Agency]:
        """The loaded 局 and 委员会 of one place."""
        return self._departments.get(code, [])

    @cached_property
    def _departments(self) -> dict[str, list[Agency]]:
        known = bodies().by_key
        found: dict[str, list[Agency]] = {}
        for (place, body), agency in self._at.items():
            if (body not in known or known[body].department) and agency.name.endswith(("局", "委员会")):
                found.setdefault(place, []).append(agency)
        return found

    def with_body(self, body: str) -> list[tuple[str, Agency]]:
        """(place code, agency) of all loaded agencies of one kind."""
        return self._with_body.get(body, [])

    @cached_property
    def shortlist(self) -> Shortlist:
        """All names and short names, for likeness; needs numpy."""
        return self._shortlist_of(self.agencies)

    @cached_property
    def _shortlist_later(self) -> Shortlist:
        return self._shortlist_of([a for a in self.agencies if a.id in self._later])

    def _shortlist_of(self, agencies: Iterable[Agency]) -> Shortlist:
        from index.agencies.match import Shortlist

        pairs = [(alias, agency.id) for agency in agencies for alias in self._aliases(agency)]
        return Shortlist([alias for alias, _ in pairs], [owner for _, owner in pairs])

    def _aliases(self, agency: Agency) -> list[str]:
        """镇江市丹徒区人力资源和社会保障局 → itself, 丹徒区人力资源和社会保障局, 镇江市丹徒区人社局, 丹徒人社局 …"""
        code, body = self.place_of(agency.id), self.body_of(agency.id)
        gaz = gazetteer()
        place = gaz.get(code)
        if place is None:
            return list(dict.fromkeys((agency.name, *agency.printed)))
        above = gaz.get(place.parent) if place.parent else None
        short = gaz.short_name(code) if place.level != "township" else ""
        heads = [place.name, (above.name if above else "") + place.name, short or place.name]
        tails = ["", "政府"] if body == GOVERNMENT else bodies().abbreviations(body)
        made = [head + tail for head in heads for tail in tails]
        return list(dict.fromkeys((agency.name, *agency.printed, place.name + bodies().official(body), *made)))

    def match(self, text: str, count: int = 5) -> tuple[Candidate, ...]:
        """The loaded agencies whose names look most like something in the text, likeliest first.

        By likeness alone: for offers, for repairs that are then checked, never for an answer by itself.
        """
        hits = self.shortlist.best(text, count)
        if self._later:
            from index.agencies.match import likeliest_first

            old = [hit for hit in self.shortlist.best(text, count + len(self._later)) if hit[0] not in self._later]
            hits = likeliest_first(text, [*old, *self._shortlist_later.best(text, count)])
        known = [(self._by_id[owner], score) for owner, score, _ in hits if owner in self._by_id][:count]
        return tuple(Candidate(agency, score, "typo" if score < 100 else "full") for agency, score in known)

    def find(self, text: str, count: int = 5) -> tuple[Candidate, ...]:
        """The agencies a noisy question names, likeliest first: what the grammar reads, else what looks like it."""
        mentions = self.recognise(text)
        if len(mentions) == 1 and 0 < len(mentions[0].candidates) <= _FEW and not _goes_on(text, mentions[0]):
            return mentions[0].candidates[:count]
        return self.match(text, count)

    def group(self, kind: GroupKind, place_code: str = "") -> Group:
        """The loaded agencies of a group: group('departments', '222401')."""
        place = gazetteer().get(place_code) if place_code else None
        return make_group(self, kind, place, "")

    def pool(self, kind: GroupKind, place: Division | None) -> Sequence[Agency]:
        """Agencies among which the members of a group are, by name; far fewer than all where there are many."""
        if kind == "departments" and place is not None:
            return self._of_place.get(place.code, ())
        if place is not None:
            under = self._under if kind in ("all", "departments") else self._governments_under
            return under.get(place.code, ())
        if kind in ("all", "departments"):
            return self.agencies
        return [agency for _, agency in self.with_body(GOVERNMENT)]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year of which some agency has a report."""
        return tuple(sorted({year for years in {agency.years for agency in self.agencies} for year in years}))

    @cached_property
    def _under(self) -> dict[str, list[Agency]]:
        """Agencies of each place and of all places within it."""
        return self._within(self.agencies)

    @cached_property
    def _governments_under(self) -> dict[str, list[Agency]]:
        """Governments of each place and of all places within it: few, where departments are many."""
        return self._within([agency for _, agency in self.with_body(GOVERNMENT)])

    def _within(self, agencies: Iterable[Agency]) -> dict[str, list[Agency]]:
        gaz = gazetteer()
        chains = {code: tuple(gaz.chain(code)) for code in self._of_place}
        found: dict[str, list[Agency]] = {}
        for agency in agencies:
            for code in chains[self._places[agency.id]]:
                found.setdefault(code, []).append(agency)
        return found

    def departments(self, agency_id: int) -> tuple[int, ...]:
        """Ids of the departments right under the place of that agency."""
        return tuple(a.id for a in self._of_place.get(self.place_of(agency_id), ()) if is_department(_key(a)[1]))

    def districts(self, agency_id: int) -> tuple[int, ...]:
        """Ids of the districts of the place of that agency."""
        return tuple(a.id for a in self.group("districts", self.place_of(agency_id)).members)

    def siblings(self, agency_id: int) -> tuple[int, ...]:
        """Ids of the agencies one would compare it with, by name, without itself.

        For a department the others of its place; for a government those under the same parent, else of the same rung.
        """
        agency = self.by_id(agency_id)
        if agency is None:
            return ()
        place, body = self.place_of(agency_id), self.body_of(agency_id)
        if body != GOVERNMENT:
            return tuple(i for i in self.departments(agency_id) if i != agency_id)
        gaz = gazetteer()
        parent = gaz.parent_code(place)
        level = getattr(gaz.get(place), "level", "")
        others = [(c, a) for c, a in self._with_body[GOVERNMENT] if a.id != agency_id]
        near = [a.id for c, a in others if gaz.parent_code(c) == parent]
        return tuple(near or [a.id for c, a in others if getattr(gaz.get(c), "level", "") == level])

    def pick(self, text: str, ids: Sequence[int]) -> tuple[int, ...]:
        """Which of these a reply means: 南京的, 徐州那个, 南通市的, 通化县, 大庆市大同区, a full name; () if none."""
        agencies = [a for i in ids if (a := self.by_id(i)) is not None]
        exact = [a for a in agencies if text in (a.name, *a.printed)]
        if exact:
            return tuple(a.id for a in exact)
        small = Directory(agencies)
        for mention in small.recognise(text):
            if 0 < len(mention.candidates) < len(agencies) or len(agencies) == len(mention.candidates) == 1:
                return mention.agency_ids
        return self._inside(text, agencies) or self._containing(text, agencies)

    def _inside(self, text: str, agencies: Sequence[Agency]) -> tuple[int, ...]:
        gaz = gazetteer()
        lexicon = self.lexicon
        for start in range(len(text)):
            for token in lexicon.places_at(text, start):
                hits = [a.id for a in agencies if any(gaz.within(self.place_of(a.id), c) for c in token.codes)]
                if 0 < len(hits) < len(agencies):
                    return tuple(hits)
        return ()

    def _containing(self, text: str, agencies: Sequence[Agency]) -> tuple[int, ...]:
        word = text.strip("的那个家吧呢啊，。,. ")
        hits = [a.id for a in agencies if len(word) >= 2 and word in a.name]
        return tuple(hits) if len(hits) < len(agencies) else ()

    def alternatives(
        self, known: Sequence[Known], codes: Sequence[str], body: str, count: int = 5
    ) -> tuple[Agency, ...]:
        """Loaded agencies to offer for what is not loaded: of the place, of its parents, of the same kind."""
        gaz = gazetteer()
        places = list(dict.fromkeys([*codes, *(k.place.code for k in known if k.place)]))
        found: dict[int, Agency] = {}
        below = self._governments_in
        if not body and any(item.name.endswith(("区", "县", "委员会")) for item in known):
            found.update((a.id, a) for place in places for a in below.get(place, [])[:count])
        for code in dict.fromkeys(c for place in places for c in gaz.chain(place)):
            here = self._of_place.get(code, [])
            alike = [a for a in here if is_department(self.body_of(a.id)) is bool(body)]
            found.update((a.id, a) for a in (*alike, *here))
        found.update((a.id, a) for place in places for a in self._under.get(place, [])[:count])
        if body and body != GOVERNMENT:
            found.update((a.id, a) for _, a in self.with_body(body)[:count])
        for item in () if found else known:
            found.update((a.id, a) for a in self.nearest(item.name, count))
        return tuple(found.values())[:count]

    @cached_property
    def _governments_in(self) -> dict[str, list[Agency]]:
        """Governments of the divisions right under each place."""
        parent = gazetteer().parent_code
        found: dict[str, list[Agency]] = {}
        for place, agency in self.with_body(GOVERNMENT):
            found.setdefault(parent(place), []).append(agency)
        return found

    def nearest(self, name: str, count: int = 5) -> tuple[Agency, ...]:
        """The loaded agencies whose names look most like this one; for offers, never for answers."""
        if len(self.agencies) > _MANY:
            return tuple(hit.agency for hit in self.match(name, count))
        from rapidfuzz import fuzz, process

        names = [a.name for a in self.agencies]
        return tuple(
            self.agencies[i]
            for _, _, i in process.extract(name, names, scorer=fuzz.ratio, limit=count, score_cutoff=45)
        )
