"""Procedure files: what is right loads, and every mistake is named with its line."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.faults import Fault
from huiyin.rules.procedure import OUTCOMES, OUTSIDERS, Procedure

FOLDER = Path(__file__).parents[2] / "procedures"
FILES = sorted(FOLDER.glob("*.toml"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
PACKS = {name: load_procedure(text, file=name, bases=TEXTS) for name, text in TEXTS.items()}


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_hash_is_that_of_the_text_and_the_order_that_of_the_file(pack: Procedure) -> None:
    assert load_procedure(TEXTS[pack.id], bases=TEXTS).sha256 == pack.sha256
    if pack.inherits is not None:
        return
    assert load_procedure(TEXTS[pack.id] + "\n# a word").sha256 != pack.sha256
    headers = [line[8:-1] for line in TEXTS[pack.id].splitlines() if line.startswith("[states.")]
    assert list(pack.states) == headers


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_what_is_not_law_is_never_called_so(pack: Procedure) -> None:
    for term in pack.terms.values():
        assert term.basis == "law" or not term.article
        assert term.article or not term.verified
        assert term.source or term.basis == "target"


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_reviews_lead_from_pack_to_pack_and_come_to_an_end(pack: Procedure) -> None:
    seen = []
    while pack.review_procedure is not None:
        assert pack.id not in seen
        seen.append(pack.id)
        pack = PACKS[pack.review_procedure]
        assert any("review_decided" in move.effects for move in pack.moves.values())
        for asking in (PACKS[name] for name in seen[-1:]):
            assert {"resume_after_review", "end_after_review"} <= set(asking.moves)
    assert pack.review_route.zh


@pytest.mark.parametrize("name", ["cn-xinfang", "generic"])
def test_every_way_of_saying_no_can_be_contested(name: str) -> None:
    pack = PACKS[name]
    contest = pack.moves["contest"]
    assert contest.roles == ("complainant",)
    assert {"declined", "replied", "closed"} <= set(contest.from_states)
    opens = [move for move in pack.moves.values() if contest.before in move.starts]
    assert {"reply", "decline"} == {move.id for move in opens}


def test_the_terms_are_those_of_the_regulations() -> None:
    found = {
        term.id: (term.length, term.unit, term.article, term.owed_by in OUTSIDERS)
        for pack in (PACKS["cn-xinfang"], PACKS["cn-xinfang-review"], PACKS["cn-xinfang-recheck"])
        for term in pack.terms.values()
        if term.basis == "law"
    }
    assert found == {
        "XF-triage": (15, "calendar_days", "22", False),
        "XF-inform": (15, "calendar_days", "23", False),
        "XF-inform-t": (15, "calendar_days", "23", False),
        "XF-object": (5, "working_days", "23(3)", False),
        "XF-assign": (60, "calendar_days", "22(3)", False),
        "XF-handle": (60, "calendar_days", "34", False),
        "XF-rev-ask": (30, "calendar_days", "35", True),
        "XF-rev": (30, "calendar_days", "35", False),
        "XF-rec-ask": (30, "calendar_days", "36", True),
        "XF-rec": (30, "calendar_days", "36", False),
    }
    extension = PACKS["cn-xinfang"].terms["XF-handle"].extension
    assert extension is not None
    assert (extension.maximum, extension.times, extension.approver) == (30, 1, "body_head")


def test_the_reply_is_signed_off_in_five_steps() -> None:
    steps = PACKS["cn-xinfang"].moves["reply"].sign_off
    assert [step.id for step in steps] == ["draft", "section_head", "legal_check", "head", "number"]
    assert [step.role for step in steps] == ["handler", "unit_head", "lawyer", "body_head", "registrar"]


def test_no_complainant_is_ever_told_what_they_should_not_have_done() -> None:
    for text in TEXTS.values():
        for word in ("缠访", "闹访", "息诉", "罢访", "无理", "越级", "unreasonable", "vexatious", "repeated complain"):
            assert word not in text.lower()


CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def in_chinese(fault: Fault) -> bool:
    """Whether a clerk in China can read the sentence: its place is the same, its words are not the English ones."""
    return bool(CHINESE.search(fault.message.zh)) and fault.said("zh").startswith(f"{fault.file}:{fault.line}: ")


MISTAKES = [
    ("generic", 'start = "registered"', 'start = "nowhere"', 'start = "nowhere"', "unknown state 'nowhere'"),
    ("generic", 'to = "accepted"', 'to = "acepted"', 'to = "acepted"', "unknown state 'acepted'"),
    ("generic", 'roles = ["complainant"]', 'roles = ["complainer"]', 'roles = ["complainer"]', "complainer"),
    ("generic", 'owed_by = "registrar"', 'owed_by = "clerk"', 'owed_by = "clerk"', "unknown owed_by 'clerk'"),
    ("generic", 'starts = ["decide"]', 'starts = ["decyde"]', 'starts = ["decyde"]', "unknown term 'decyde'"),
    ("generic", 'effects = ["open_review"]', 'effects = ["opn"]', 'effects = ["opn"]', "unknown effect 'opn'"),
    ("generic", 'stage = "intake"', 'stage = "start"', 'stage = "start"', "unknown stage 'start'"),
    ("generic", 'unit = "working_days"', 'unit = "wd"', 'unit = "wd"', "unknown unit 'wd'"),
    ("generic", "length = 5", 'length = "5"', 'length = "5"', "length must be a whole number"),
    ("generic", "length = 5", "", "[terms.triage]", "length is missing in 'triage'"),
    ("generic", "final = true", "finale = true", "finale = true", "unknown key 'finale'"),
    ("generic", 'calendar = "CN"', 'calender = "CN"', 'calender = "CN"', "unknown key 'calender'"),
    ("generic", ', en = "Accept" }', " }", '{ zh = "受理" }', "name has no words in 'en'"),
    ("generic", 'zh = "受理", ', 'zh = " ", ', 'zh = " ", ', "name has no words in 'zh'"),
    ("generic", "{unit}受理了", "{unite}受理了", "{unite}受理了", "unknown place {unite} in told"),
    ("generic", "{unit}受理了", "受理了", 'zh = "受理了', "does not name the same places"),
    ("generic", "{unit}受理了", "{unit受理了", "{unit受理了", "brace"),
    ("generic", 'to = "review_ended"', 'to = "closed"', "[states.review_ended]", "can never be reached"),
    ("generic-review", 'from = ["under_review"]', 'from = ["review_requested"]', "[states.under_review]", "never be left"),
    ("generic", "final = true\n", "", 'stage = "ended"', "final states have the stage 'ended'"),
    ("generic", 'starts = ["decide"]\n', "", "[terms.decide]", "term 'decide' never starts"),
    ("generic", 'meets = ["triage"]', 'meets = ["triage", "decide"]', 'starts = ["decide"]', "cannot start and end"),
    ("generic", 'review_procedure = "generic-review"\n', "", 'effects = ["open_review"]', "names none"),
    ("generic", "assigns = true", "assigns = true\nmakes = 'x'\nbefore = 'y'", "before = 'y'", "unknown term 'y'"),
    ("generic", '[outcomes.routed]', '[outcomes.sent_off]', "[outcomes.sent_off]", "unknown outcome 'sent_off'"),
    ("generic", 'outcome = "routed"', 'outcome = "lost"', 'outcome = "lost"', "unknown outcome 'lost'"),
    ("generic", 'requires = ["to"]', 'requires = ["text"]\n', "assigns = true", "takes 'to'"),
    ("generic", '"other_body", "legal', '"other", "legal', 'reasons = ["other"', "unknown reason 'other'"),
    ("generic", "[review_route]", "[review_rout]", "[review_rout]", "unknown key 'review_rout'"),
    ("generic", "[moves.accept]", "[moves.accept", "[moves.accept", "Expected"),
    ("cn-xinfang", 'id = "number"', 'ident = "number"', 'ident = "number"', "unknown key 'ident'"),
    ("cn-xinfang", 'role = "lawyer"', 'role = "laywer"', 'role = "laywer"', "unknown role 'laywer'"),
    ("cn-xinfang", 'starts = ["XF-inform-t"]\n', "", "[states.triaged]", "no office owes anything"),
    ("cn-xinfang", 'starts = ["XF-redo"]\n', "", "[states.assigned]", "no office owes anything"),
    ("cn-xinfang", 'article = "22"\nsource', "source", 'basis = "law"', "names its article"),
    ("cn-xinfang", 'approver = "body_head"', 'approver = "boss"', "extension = ", "unknown approver 'boss'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right", "wrong", "at", "words"), MISTAKES)
def test_a_mistake_names_file_and_line(name: str, right: str, wrong: str, at: str, words: str) -> None:
    assert right in TEXTS[name]
    broken = TEXTS[name].replace(right, wrong, 1)
    with pytest.raises(ProcedureError) as found:
        load_procedure(broken, file=f"{name}.toml")
    named = [problem for problem in found.value.problems if words in problem]
    assert named, found.value.problems
    assert f"{name}.toml:{line_of(broken, at)}: " in "\n".join(named)
    assert all(in_chinese(fault) for fault in found.value.faults)


def test_all_mistakes_of_a_file_are_named_at_once() -> None:
    broken = TEXTS["generic"].replace('stage = "intake"', 'stage = "x"').replace("length = 5", "length = -1")
    with pytest.raises(ProcedureError) as found:
        load_procedure(broken, file="generic.toml")
    assert len(found.value.problems) == 2


@given(st.data())
def test_a_damaged_file_loads_or_says_where_it_is_damaged(data: st.DataObject) -> None:
    text = TEXTS["generic-review"]
    start = data.draw(st.integers(0, len(text) - 1))
    broken = text[:start] + data.draw(st.text(max_size=3)) + text[start + data.draw(st.integers(0, 40)) :]
    loaded, problems = tried(broken)
    assert all(problem.startswith("x.toml:") for problem in problems)
    assert all(1 <= int(problem.split(":")[1]) <= broken.count("\n") + 2 for problem in problems)
    assert loaded is None or set(loaded.outcomes) <= set(OUTCOMES)


def tried(text: str) -> tuple[Procedure | None, tuple[str, ...]]:
    try:
        return load_procedure(text, file="x.toml"), ()
    except ProcedureError as error:
        return None, error.problems
