"""The desk's cast: everybody can sign in, and some matters stand where a test wants them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from huiyin.record.cases.given import Given
from huiyin.record.cases.registering.registration import Registered
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move

# the boxes that cn-xinfang wants ticked
TO_ACCEPT = {"confirm_pending_elsewhere": "on", "confirm_recusal": "on"}
TO_REPLY = {"confirm_recusal": "on"}


@dataclass(frozen=True)
class Matter:
    """A case and what its complainant holds."""

    number: str
    code: str


def filed(registered: Registered) -> Matter:
    return Matter(registered.case_number, registered.receipt_code or "")


@pytest.fixture
def new_matter(office: Office) -> Matter:
    """Li Mei's complaint, just filed: Registrar Wu has it."""
    return filed(file_complaint(complaint(), key=None, digest="new"))


@pytest.fixture
def with_zhao(office: Office) -> Matter:
    """Li Mei's complaint, accepted and given to Officer Zhao."""
    matter = filed(file_complaint(complaint(subject="夜间卡车轰鸣"), key=None, digest="zhao"))
    make_move(matter.number, "accept", by=office.wu)
    make_move(matter.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return matter


@pytest.fixture
def about_qian(office: Office) -> Matter:
    """A complaint about how Chief Qian behaved: the desk outside has it."""
    return filed(file_complaint(against_qian(), key=None, digest="qian"))
