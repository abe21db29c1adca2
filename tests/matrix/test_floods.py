"""Wrong codes: they look alike, cost one bounded argon2id each, and slow nobody else. The long ones run with --full."""

from __future__ import annotations

import datetime
import math
import os
import random
import statistics
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client

from huiyin.record import clock, keyring
from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.codes import receipts, slow_answer
from huiyin.record.cases.deeds import erasing
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, CaseLink
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.rules.receipt import make_case_number
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_move, make_office
from tests.front.portal.visits import ANSWERS, without_token
from tests.journeys.town import running_town
from tests.matrix import town as matrix
from tests.sealed import recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
UNKNOWN = make_case_number("123456789")
PAIRS, CUT = (
    int(os.environ.get("HUIYIN_TIMING_PAIRS", "5000")),
    4.5,
)  # dudect: a difference that can be measured shows as |t| over 4.5


def test_a_slip_of_the_finger_never_costs_argon2() -> None:
    make_office()
    filed = file_complaint(complaint(), key=None, digest="x")
    code = (filed.receipt_code or "").replace(" ", "")
    slips = [code[:at] + str((int(code[at]) + 1) % 10) + code[at + 1 :] for at in range(0, 20, 3)]
    with patch.object(keyring, "stretch") as argon2:
        for slip in slips:
            with pytest.raises(Refusal):
                receipts.check(filed.case_number, slip, source="here")
        assert not argon2.called
        with pytest.raises(Refusal):
            receipts.check(filed.case_number, receipts.new_code(), source="here")
        assert argon2.call_count == 1


def test_a_thread_is_left_for_pages_and_a_place_for_who_did_not_fail() -> None:
    slow_answer._recent.clear()
    with patch.object(slow_answer, "_waiting", 2), patch.object(keyring, "stretch") as argon2:
        slow_answer.spend("village")
        with pytest.raises(Refusal, match="busy"):
            slow_answer.spend("village")
        slow_answer.spend("somebody else")
        assert argon2.call_count == 2
    with patch.object(slow_answer, "_waiting", 3), pytest.raises(Refusal, match="busy"):
        slow_answer.spend("a third")
    slow_answer._recent.clear()


@pytest.mark.slow
def test_the_number_of_a_matter_of_any_kind_and_of_none_give_the_same_bytes() -> None:
    with recovery_set():
        numbers = numbers_of_every_kind()
    wrong = receipts.new_code()
    pages = set()
    for number in numbers.values():
        slow_answer._recent.clear()
        page = Client().post("/track/", {"case_number": number, "receipt_code": wrong})
        said = without_token(page).replace(number.encode(), b"-").replace(number.replace("-", "").encode(), b"-")
        pages.add((page.status_code, said))
        api = Client().post(
            "/api/v1/track", {"case_number": number, "receipt_code": wrong}, content_type="application/json"
        )
        pages.add((api.status_code, api.content))
    assert len(pages) == 2, "one page, one problem"


def welch(left: list[float], right: list[float]) -> float:
    """Welch's t of two series, the slowest tenth of both left out: the machine's own doing, not the program's."""
    cut = sorted(left + right)[int(len(left + right) * 0.9)]
    left, right = [each for each in left if each <= cut], [each for each in right if each <= cut]
    spread = math.sqrt(statistics.variance(left) / len(left) + statistics.variance(right) / len(right))
    return (statistics.fmean(left) - statistics.fmean(right)) / spread


def numbers_of_every_kind() -> dict[str, str]:
    """A matter of every kind that a number can lead to, and the number of none. Needs a recovery set."""
    town = matrix.build()
    review = contested(town)
    matrix.seal(town)
    return {
        "ordinary": town.numbers["own"], "ended": town.numbers["closed"], "about the chief": town.numbers["conflicted"],
        "sealed": town.numbers["sealed"], "erased": erased(town), "review": review, "unknown": UNKNOWN,
    }  # fmt: skip


NOTICE = Given("不予受理的理由", "litigation", "court", legal_basis="规则")


def contested(town: matrix.MatrixTown) -> str:
    """The number of a review, which has no receipt of its own."""
    filed = file_complaint(complaint(), key=None, digest="to be reviewed")
    with matrix.quick():
        make_move(filed.case_number, "decline", by=town.office.wu, given=NOTICE)
        holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
        moves.move_as_complainant(holder, "contest", given=Given(reason="我认为应当受理"))
    return str(CaseLink.objects.get(from_case__number=filed.case_number).to_case.number)


def erased(town: matrix.MatrixTown) -> str:
    """A sealed matter that ended long ago, and whose words two people have erased."""
    office = town.office
    filed = file_complaint(complaint(confidentiality="confidential"), key=None, digest="to be erased")
    with matrix.quick(), unlocked(office.wu):
        make_move(filed.case_number, "decline", by=office.wu, given=NOTICE)
    long_ago, months_ago = clock.now() - datetime.timedelta(days=36_500), clock.now() - datetime.timedelta(days=60)
    Case.scoped.filter(number=filed.case_number).update(is_open=False, closed_at=long_ago)
    proposal = erasing.propose(filed.case_number, by=office.ku, legal_basis="档案办法某条")
    Proposal.objects.filter(pk=proposal).update(proposed_at=months_ago)  # the complainant's month is over
    return erasing.erase(proposal, by=office.he)


@pytest.mark.full
def test_time_does_not_tell_what_a_number_leads_to() -> None:
    """Ordinary, ended, sealed, erased, linked or none: the wrong code of each takes as long as that of no matter at all."""
    with recovery_set():
        numbers, wrong, chance = numbers_of_every_kind(), receipts.new_code(), random.Random(18)
        took: dict[str, list[float]] = {kind: [] for kind in numbers}
        for turn in range(PAIRS):
            for kind in chance.sample(list(numbers), len(numbers)):
                began = time.perf_counter()
                with pytest.raises(Refusal):
                    receipts.check(numbers[kind], wrong, source=f"{turn}")
                took[kind].append(time.perf_counter() - began)
                slow_answer._recent.clear()
    none = took.pop("unknown")
    differing = {kind: round(welch(times, none), 2) for kind, times in took.items()}
    print("t against an unknown number:", differing)
    assert {kind: t for kind, t in differing.items() if abs(t) >= CUT} == {}


@pytest.mark.full
def test_one_address_of_a_whole_village_is_served() -> None:
    """200 submissions and 1,000 look-ups from one address, among wrong codes from the same: all accepted."""
    make_office()
    held, waits = [], []
    for turn in range(200):
        began = time.perf_counter()
        answer = Client().post("/file/check/", ANSWERS | {"send": "1", "key": f"a-page-of-the-village-{turn}"})
        waits.append(time.perf_counter() - began)
        assert answer.status_code == 303
        if turn % 20 == 0:
            filed = file_complaint(complaint(subject=str(turn)), key=None, digest=str(turn))
            held.append((filed.case_number, filed.receipt_code or ""))
    for turn in range(1_000):
        number, code = held[turn % len(held)]
        if turn % 50 == 0:
            Client().post("/track/", {"case_number": number, "receipt_code": held[turn % len(held) - 1][1]})
        began = time.perf_counter()
        assert Client().post("/track/", {"case_number": number, "receipt_code": code}).status_code == 303
        waits.append(time.perf_counter() - began)
    assert max(waits) < 15.0


@pytest.mark.full
def test_a_flood_of_bad_codes_does_not_slow_the_pages_of_others(tmp_path: Path) -> None:
    """Against the running program: 500 well-formed wrong codes a second are tried; pages stay under a second (p95)."""
    wrong = b'{"case_number": "%s", "receipt_code": "%s"}'
    codes = [receipts.new_code().encode() for _each in range(64)]
    stop, sent = threading.Event(), [0]

    def flood(start: int) -> None:
        turn = start
        while not stop.is_set():
            turn += 1
            body = wrong % (UNKNOWN.encode(), codes[turn % len(codes)])
            asked = urllib.request.Request(f"{town.url}/api/v1/track", body, {"Content-Type": "application/json"})
            try:
                urllib.request.urlopen(asked, timeout=30).close()
            except urllib.error.HTTPError:
                sent[0] += 1
            except OSError:
                time.sleep(0.05)

    with running_town(tmp_path / "home", "flood") as town, ThreadPoolExecutor(16) as crowd:
        for start in range(16):
            crowd.submit(flood, start)
        took = []
        for _turn in range(200):
            began = time.perf_counter()
            urllib.request.urlopen(f"{town.url}/guide/", timeout=30).close()
            took.append(time.perf_counter() - began)
            time.sleep(0.05)
        stop.set()
    assert sent[0] > 500
    assert statistics.quantiles(took, n=20)[-1] < 1.0, f"p95 {statistics.quantiles(took, n=20)[-1]:.2f} s"
