from __future__ import annotations

import pytest

from tests.documents import Printed, printed

FIGURES = {
    "disclosure.rules.in_force": 3,
    "disclosure.normative.issued": 14,
    "disclosure.normative.repealed": 2,
    "disclosure.normative.in_force": 127,
    "disclosure.licences.decisions": 20608,
    "disclosure.penalties.decisions": 6644,
    "disclosure.coercion.decisions": 460,
    "disclosure.fees.amount": "7730.28",
    "requests.received.person": 215,
    "requests.received.company": 31,
    "requests.received.research": 4,
    "requests.received.other_org": 5,
    "requests.carried_in.person": 12,
    "requests.granted.person": 97,
    "requests.granted.company": 11,
    "requests.partly_granted.person": 18,
    "requests.refused.third_party.person": 6,
    "requests.refused.internal_affairs.company": 7,
    "requests.unavailable.not_held.person": 62,
    "requests.unavailable.not_held.other_org": 5,
    "requests.rejected.repeated.person": 9,
    "requests.rejected.reissue.company": 8,
    "requests.other.miscellaneous.person": 16,
    "requests.carried_out.person": 19,
    "review.upheld": 10,
    "review.corrected": 1,
    "litigation.direct.upheld": 4,
    "litigation.direct.pending": 2,
    "litigation.after_review.other": 1,
}


@pytest.fixture(scope="session")
def report() -> Printed:
    """A report with every kind of cell: numbers of one to five digits, money, blanks, dashes, a remark."""
    return printed(
        FIGURES,
        cells={
            "disclosure.rules.issued": "-",
            "disclosure.rules.repealed": "/",
            "requests.rejected.petition.research": "",
            "requests.other.fee_unpaid.person": "",
            "requests.other.fee_unpaid.company": "",
        },
        notes=("注：以上数据统计时间截至2024年12月31日。",),
        unit_line=True,
    )
