"""Which public body a name means: gazetteer, identities, and the directory of loaded agencies.

    identify("镇江市丹徒区人民政府").key == identify("丹徒区人民政府").key
    directory = Directory(index.agencies())
    for mention in directory.recognise("南通市人社局和教育局谁收到的申请多"): ...

`recognise(text, near=ids)` gives the mentions of a question in text order; what is left when their spans are cut out is
the caller's. `pick(text, ids)` reads a reply to a list (南京的, 徐州那个, 通化县). `siblings`, `nearest`, `by_id`,
`by_key`, `departments`, `districts` serve offers and buttons.
"""

from index.agencies.directory import Directory
from index.agencies.identify import identify
from index.agencies.kin import is_all_of, kin_label
from index.agencies.model import Candidate, Division, Group, Identity, Known, Mention

__all__ = [
    "Candidate",
    "Directory",
    "Division",
    "Group",
    "Identity",
    "Known",
    "Mention",
    "identify",
    "is_all_of",
    "kin_label",
]
