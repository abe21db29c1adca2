"""The program people keep, run by itself, far from the server, on what a complainant took home."""

from __future__ import annotations

import base64
import json
import subprocess
import sys

import pytest
from django.test import Client

from huiyin.record.cases.models import Case
from huiyin.record.files import typesetting
from huiyin.record.ledger.checkpoints import verifier_key
from huiyin.record.ledger.sequencer import sequence_pending
from tests.cast import make_office
from tests.front.portal.visits import answered, filed, signed_in, words
from tests.front.transparency.public import fetched_into
from tools import kept

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def run(*given: object) -> tuple[int, str]:
    """The program in a process of its own, without our packages in reach."""
    command = [sys.executable, "-I", "-S", str(kept.PROGRAM), *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env={"PYTHONUTF8": "1"})
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def li_mei():
    """She has filed; her browser holds the session; the office is there."""
    office = make_office(with_accounts=False)
    browser = Client()
    number, code = filed(browser)
    return office, number, code, browser


@pytest.fixture
def home(li_mei, tmp_path):
    """Files as they are downloaded."""
    _office, number, code, _browser = li_mei
    sequence_pending()
    browser = signed_in(number, code)

    def keep(address: str):
        answer = browser.get(f"/track/{number}/{address}")
        assert answer.status_code == 200, address
        file = tmp_path / answer["Content-Disposition"].split('"')[1]
        file.write_bytes(answer.content)
        return file

    return keep


def test_the_programs_are_what_the_source_makes_of_them():
    assert kept.main(["--check"]) == 0, "./run kept"


def test_a_proof_kept_from_the_portal_holds_far_from_here(li_mei, home):
    number = li_mei[1]
    file = home("proof/mine")
    assert file.name == f"{number}.tlog-proof"
    code, said = run(file)
    assert code == 0, said
    assert f"it is the first line of case {number}" in said
    assert "promise of" in said
    assert verifier_key() in said
    assert run(file, "--key", verifier_key())[0] == 0


def test_the_proof_for_others_holds_and_shows_nothing_of_the_matter(li_mei, home):
    number = li_mei[1]
    file = home("proof/for-others")
    code, said = run(file)
    assert code == 0, said
    assert "promise of" in said
    extra = json.loads(base64.b64decode(file.read_text().split("\n")[1].removeprefix("extra ")))
    assert "opening" not in extra
    assert number not in json.dumps(extra)
    assert list(extra["event"]) == ["hash"]


@pytest.mark.parametrize(
    ("found", "instead"), [("index 0", "index 1"), ("registered_on", "x")], ids=["another place", "nothing"]
)
def test_a_bent_proof_does_not_hold(home, found, instead):
    file = home("proof/mine")
    text = file.read_text()
    lines = text.split("\n")
    index = next(line for line in lines if line.startswith("index "))
    bent = text.replace(index, f"index {int(index.split()[1]) + 1}") if found == "index 0" else text
    file.write_text(bent)
    assert run(file)[0] == (1 if found == "index 0" else 0)


def test_another_key_than_the_one_on_paper_does_not_hold(home):
    other = "county.example/huiyin+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode()
    assert run(home("proof/mine"), "--key", other)[0] == 2, "a key whose number does not fit is no key"


def test_in_the_first_seconds_the_promise_stands_in_for_the_proof(li_mei, tmp_path):
    _office, _number, _code, browser = li_mei
    text = browser.get("/file/receipt/proof").content.decode()
    assert '"leaf"' in text
    (tmp_path / "receipt.txt").write_text(text, encoding="utf-8")
    code, said = run(tmp_path / "receipt.txt", "--key", verifier_key())
    assert code == 0, said
    sequence_pending()
    assert browser.get("/file/receipt/proof").content.startswith(b"c2sp.org/tlog-proof@v1\n")


def test_later_visits_prove_that_nothing_changed_since(li_mei, home):
    _office, number, code, _browser = li_mei
    home("proof/mine")
    sequence_pending()
    page = signed_in(number, code).get(f"/track/{number}/proof/", headers={"accept-language": "en"})
    assert "Nothing was changed since" in words(page)
    sequence_pending()
    code, said = run(home("proof/unchanged"), "--key", verifier_key())
    assert code == 0, said
    assert "is unchanged the beginning of that" in said


@pytest.mark.slow
@pytest.mark.skipif(not typesetting.is_available(), reason="no font here sets letters")
def test_a_letter_is_the_one_that_was_sent_or_it_is_not(li_mei, home, tmp_path):
    office, number, code, _browser = li_mei
    answered(office, number)
    sequence_pending()
    browser = signed_in(number, code)
    page = browser.get(f"/track/{number}/").content.decode()
    letter = page.split("proof/mine?letter=")[1].split('"')[0]
    proof = home(f"proof/mine?letter={letter}")
    address = page.split(f"/track/{number}/letter/?letter=")[1].split('"')[0]
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(browser.get(f"/track/{number}/letter/?letter={address}").content)
    assert run(proof, "--letter", pdf)[0] == 0
    pdf.write_bytes(pdf.read_bytes().replace(b"%%EOF", b"%%EOF\n"))
    code, said = run(proof, "--letter", pdf)
    assert code == 1, said
    unknown = browser.get(f"/track/{number}/proof/mine?letter=2020-0000-0000-00-9").content.decode()
    assert 'name="receipt_code"' in unknown, "as for a matter that is not theirs"


@pytest.mark.slow
def test_the_whole_history_is_gone_through_and_a_changed_row_stands_out(li_mei, home, tmp_path):
    _office, number, _code, _browser = li_mei
    proof, history = home("proof/mine"), home("proof/history")
    sequence_pending()
    public = fetched_into(tmp_path / "public")
    code, said = run(proof, history, "--log", public)
    assert code == 0, said
    assert "what is stored of the matter is what its history says" in said
    Case.scoped.filter(number=number).update(received_on="2020-01-02")
    code, said = run(proof, home("proof/history"), "--log", public)
    assert code == 1
    assert "received_on" in said


def test_what_cannot_be_read_is_said_so(tmp_path):
    (tmp_path / "a.txt").write_text("hello", encoding="utf-8")
    assert run(tmp_path / "a.txt")[0] == 2
    assert run(tmp_path / "none")[0] == 2
    assert run()[0] == 2
