"""Going out: an office hour, a visit on invitation, a suggestion; who reads what, and what is gone when it is taken back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.bodies import ground_keeping
from huiyin.record.bodies.models import Area
from huiyin.record.cases.registering.registration import sweep_vault
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.law import folders
from huiyin.record.law.versions import adopt
from huiyin.record.ledger.models import Event
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.outreach import actions, queries
from huiyin.stages.outreach.models import Invitation, OfficeHour, Suggestion
from tests.cast import LONG_AGO, PROCEDURES, Office, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
PLACE = Words("村委会", "Village office")
WORDS = "柳树下的长凳坏了两年"
HOME = "柳村七组十二号"


@pytest.fixture
def office(db: None) -> Office:
    """Zhao answers for Willow village; there is another village, for which Feng answers."""
    made = make_office()
    Area.objects.create(
        code="reed", kind="village", name_zh="苇村", name_en="Reed village", parent=Area.objects.get(code="county")
    )
    for area, post in (("willow", "zhao-post"), ("reed", "feng-post")):
        ground_keeping.name_contact(
            area, post, capacity="contact_officer", telephone="0000-555-0112", hours=Words("", ""), languages=["cmn"],
            from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
        )  # fmt: skip
    return made


def plan(office: Office, *, days: int = 3, area: str = "willow", by: str = "zhao") -> OfficeHour:
    starts = clock.now() + datetime.timedelta(days=days)
    return actions.plan_office_hour(
        area, place=PLACE, starts_at=starts, ends_at=starts + datetime.timedelta(hours=2), by=getattr(office, by)
    )


def visit(**changes: object) -> actions.Visit:
    values: dict[str, object] = {
        "area": "willow", "wished_on": clock.today("Asia/Shanghai") + datetime.timedelta(days=2), "part": "evening",
        "name": "李梅", "telephone": "000-0000-0001", "where": HOME, "note": "地界",
    }  # fmt: skip
    return actions.Visit(**(values | changes))  # type: ignore[arg-type]


def page(client: Client, address: str, data: Mapping[str, object] | None = None) -> str:
    headers = {"accept-language": "en"}
    answer = client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)
    return answer.content.decode()


def signed_in(office: Office, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(name))
    return client


def slip_on(text: str) -> str:
    found = re.search(r'name="sealed" value="([^"]+)"', text)
    assert found
    return found[1]


def numbers_on(text: str) -> tuple[str, str]:
    shown = re.findall(r'class="code__digits" translate="no">([^<]+)<', text)
    assert len(shown) == 2, text
    return shown[0], shown[1]


def test_an_office_hour_is_read_by_everybody_and_stands_in_the_calendar_file(office: Office, client: Client) -> None:
    hour = plan(office)
    for address in ("/going-out/", "/areas/willow/", "/areas/county/"):
        assert "Village office" in page(client, address)
    assert "Village office" not in page(client, "/areas/reed/")
    text = client.get("/areas/willow/office-hours.ics").content.decode()
    assert f"UID:office-hour-{hour.pk}@" in text and "STATUS:CONFIRMED" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    actions.call_off(hour.pk, by=office.zhao)
    assert "Village office" not in page(client, "/going-out/")
    assert "STATUS:CANCELLED" in client.get("/going-out/office-hours.ics").content.decode()
    assert client.get("/areas/atlantis/office-hours.ics").status_code == 404


def test_only_who_answers_for_an_area_plans_there(office: Office) -> None:
    with pytest.raises(Refusal, match="not_found"):
        plan(office, by="feng")
    assert plan(office, by="wu").post.code == "wu-post"  # the registrar of the body that receives
    plan(office)
    with pytest.raises(Refusal, match="repeated"):
        plan(office)
    with pytest.raises(Refusal, match="day_past"):
        plan(office, days=-1)
    assert (
        signed_in(office, "feng").get(f"/desk/going-out/hours/{OfficeHour.objects.earliest('pk').pk}/").status_code
        == 404
    )


def test_one_number_is_typed_after_it_began_and_counts_for_its_town_and_month(office: Office) -> None:
    hour = plan(office)
    with pytest.raises(Refusal, match="too_early"):
        actions.enter_held(hour.pk, 12, by=office.zhao)
    with clock.story(hour.ends_at):
        zhao = signed_in(office, "zhao")
        where = f"/desk/going-out/hours/{hour.pk}/"
        assert "How many came?" in page(zhao, where)
        assert zhao.post(where, {"step": "came", "came": "-1"}).status_code == 422
        assert zhao.post(where, {"step": "came", "came": "12"}).status_code == 302
        today = clock.today("Asia/Shanghai")
        found = queries.counted(today.replace(day=1), today, zone="Asia/Shanghai")
    assert (found.held, dict(found.came_to_hours_by_town)) == (1, {"county": 12})
    assert list(found.came_by_month) == [("county", f"{hour.starts_at.astimezone(clock_zone()):%Y-%m}")]
    assert found.held_in == {hour.area_id}
    columns = {field.name for model in (OfficeHour, Invitation, Suggestion) for field in model._meta.get_fields()}
    assert not columns & {"name", "doors", "invited_count", "expected", "attendance"}


def clock_zone() -> datetime.tzinfo:
    return ZoneInfo("Asia/Shanghai")


def test_a_visit_on_invitation_from_the_form_to_the_door(office: Office, client: Client) -> None:
    slip = slip_on(page(client, "/going-out/invite/?area=willow"))
    wished = clock.today("Asia/Shanghai") + datetime.timedelta(days=2)
    sent = {
        "area": "willow", "wished_on": wished.isoformat(), "part": "evening", "where": HOME, "name": "李梅",
        "telephone": "", "note": "地界", "sealed": slip,
    }  # fmt: skip
    shown = page(client, "/going-out/invite/", sent)
    number, code = numbers_on(shown)
    assert numbers_on(page(client, "/going-out/invite/", sent)) == (number, code)
    assert Invitation.objects.count() == 1
    stored = " ".join(str(value) for value in Invitation.objects.values().get().values())
    assert HOME not in stored and "李梅" not in stored
    zhao = signed_in(office, "zhao")
    where = f"/desk/going-out/visits/{number}/"
    assert HOME not in page(zhao, where)
    assert signed_in(office, "feng").get(where).status_code == 404
    assert HOME in page(zhao, where, {"step": "open"})
    assert "invitation_opened" in set(Event.objects.values_list("kind", flat=True))
    assert zhao.post(where, {"step": "answer", "agrees": "yes", "answer": "晚上七点来。"}).status_code == 302
    own = page(client, "/going-out/yours/", {"number": number, "code": code})
    assert "晚上七点来。" in own and "Officer" in own and "Somebody comes" in own
    assert zhao.post(where, {"step": "made"}).status_code == 409  # before its day
    with clock.story(clock.now() + datetime.timedelta(days=3)):
        actions.visit_made(number, by=office.zhao)
    row = Invitation.objects.get()
    assert (row.state, row.erased_at) == ("made", None)
    with clock.story(clock.now() + datetime.timedelta(days=40)):
        assert actions.forget_who_invited() == 1
        assert actions.forget_who_invited() == 0
    with pytest.raises(Refusal, match="not_found"):
        actions.open_invitation(number, by=office.zhao)


def test_an_invitation_taken_back_is_forgotten_at_once_and_the_sweep_leaves_the_others(office: Office) -> None:
    slips = [actions.new_slip() for _ in range(2)]
    for slip in slips:
        actions.invite(slip, visit())
    before = {row.vault_id: bytes(row.blob) for row in SealedIdentity.objects.using("vault").all()}
    actions.withdraw(slips[0].number, slips[0].code, source="here")
    gone = Invitation.objects.get(number=slips[0].number)
    now = {row.vault_id: bytes(row.blob) for row in SealedIdentity.objects.using("vault").all()}
    assert gone.erased_at is not None and now[gone.vault_id] != before[gone.vault_id]
    with clock.story(clock.now() + datetime.timedelta(days=5)):
        assert sweep_vault(Invitation) == 0
        assert sweep_vault() == 2
    with pytest.raises(Refusal, match="check_digits"):
        actions.withdraw(slips[1].number, slips[0].code, source="here")


def test_a_suggestion_is_public_in_the_offices_words_alone_and_gone_when_its_author_wishes(
    office: Office, client: Client
) -> None:
    slip = slip_on(page(client, "/suggestions/new/?area=willow"))
    shown = page(client, "/suggestions/new/", {"area": "willow", "text": WORDS, "sealed": slip})
    number, code = numbers_on(shown)
    assert WORDS not in page(client, "/suggestions/")
    zhao = signed_in(office, "zhao")
    where = f"/desk/going-out/suggestions/{number}/"
    assert WORDS in page(zhao, where)
    assert signed_in(office, "feng").get(where).status_code == 404
    assert zhao.post(where, {"step": "answer", "released": "修长凳。", "answer": "下月修好。"}).status_code == 302
    public = page(client, "/suggestions/")
    assert "修长凳。" in public and "下月修好。" in public and WORDS not in public and number not in public
    own = page(client, "/going-out/yours/", {"number": number, "code": code})
    assert WORDS in own
    page(client, "/going-out/yours/", {"sealed": slip_on(own), "step": "withdraw"})
    assert "修长凳。" not in page(client, "/suggestions/")
    row = Suggestion.objects.get()
    assert (row.state, row.text, row.released, row.answer) == ("withdrawn", "", "", "")
    assert not [event for event in Event.objects.all() if WORDS in str(event.private) or "长凳" in str(event.private)]


def test_one_that_names_somebody_is_answered_to_its_author_alone(office: Office, client: Client) -> None:
    slip = actions.new_slip()
    actions.suggest(slip, "willow", "村里的某某应该换掉", language="zh-hans")
    actions.answer_suggestion(slip.number, released=" ", answer="请另行反映。", by=office.zhao)
    assert "请另行反映" not in page(client, "/suggestions/")
    assert "请另行反映" in page(client, "/going-out/yours/", {"number": slip.number, "code": slip.code})


def test_a_suggestion_heard_at_an_office_hour(office: Office, client: Client) -> None:
    hour = plan(office)
    with clock.story(hour.starts_at + datetime.timedelta(minutes=5)):
        number = actions.hear_suggestion(hour.pk, WORDS, language="zh-hans", by=office.zhao)
        told = queries.suggestion_of(office.zhao, number)
        assert told is not None and told.at_office_hour
        with pytest.raises(Refusal, match="check_digits"):
            actions.find(number, actions.new_slip().code, source="here")
        actions.withdraw_for_author(number, by=office.zhao)
    with pytest.raises(Refusal, match="repeated"):
        actions.answer_suggestion(number, released="x", answer="y", by=office.zhao)


def test_a_quarrel_heard_at_an_office_hour_goes_on_as_a_dispute_with_where_it_was_heard(office: Office) -> None:
    for name in ("cn-people-mediation", "cn-three-level-mediation"):
        adopt((PROCEDURES / f"{name}.toml").read_text("utf-8"), file=f"{name}.toml", bases=folders.bases())
    hour = plan(office, by="wu")
    wu = signed_in(office, "wu")
    with clock.story(hour.starts_at + datetime.timedelta(minutes=5)):
        where = f"/desk/disputes/new/?heard_at=office-hour-{hour.pk}"
        assert where.split("?")[1] in page(wu, f"/desk/going-out/hours/{hour.pk}/")
        form = wu.get(where).context["form"]
        assert (form["heard_at"].value(), form["area"].value()) == (f"office-hour-{hour.pk}", "willow")
    for wrong in ("office-hour-x", "office-hour-999999", "x"):
        assert not wu.get(f"/desk/disputes/new/?heard_at={wrong}").context["form"]["heard_at"].value()


def test_wrong_number_and_wrong_code_look_alike(office: Office, client: Client) -> None:
    slip, other = actions.new_slip(), actions.new_slip()
    actions.suggest(slip, "willow", WORDS, language="zh-hans")
    wrong = [(slip.number, other.code), (other.number, other.code), ("1", "2")]
    pages = []
    for number, code in wrong:
        answer = client.post("/going-out/yours/", {"number": number, "code": code}, headers={"accept-language": "en"})
        assert answer.status_code == 404
        pages.append(re.sub(r'value="[^"]*"', "", answer.content.decode()))
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize(
    "data",
    [{}, {"area": "atlantis", "text": "x"}, {"area": "willow", "text": " "}, {"area": "willow", "text": "x" * 5000}],
)
def test_what_cannot_be_sent_stays_on_the_page(office: Office, client: Client, data: dict[str, str]) -> None:
    slip = slip_on(page(client, "/suggestions/new/"))
    answer = client.post("/suggestions/new/", data | {"sealed": slip}, headers={"accept-language": "en"})
    assert answer.status_code == 422 and Suggestion.objects.count() == 0
    if "text" in data:
        assert data["text"].strip() in answer.content.decode()
    again = client.post("/suggestions/new/", data | {"sealed": "torn"}, headers={"accept-language": "en"})
    assert again.status_code == 422 and slip_on(again.content.decode())
