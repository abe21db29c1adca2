"""The page for the number in another system, and where it is shown."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.cases.opening import access
from tests.cast import Office
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
TYPED = {
    "system": "12345热线", "external_number": "2026030512345", "due_on_year": "2026", "due_on_month": "3",
    "due_on_day": "12", "due_time": "16:30",
}  # fmt: skip


def test_noted_on_its_page_it_stands_on_the_matter_the_day_and_the_complainants_page(
    signed_in: SignedIn, office: Office, new_matter: Matter
) -> None:
    wu = signed_in("wu")
    where = f"/desk/cases/{new_matter.number}/external/"
    assert wu.get(where).status_code == 200
    assert wu.post(where, TYPED)["Location"] == f"/desk/cases/{new_matter.number}/"
    view = access.open_case(new_matter.number, reader=office.wu)
    assert view.external[0].due_at is not None
    assert view.external[0].due_at.isoformat() == "2026-03-12T08:30:00+00:00"
    assert "2026030512345" in wu.get(f"/desk/cases/{new_matter.number}/").content.decode()
    assert "2026030512345" in wu.get(f"/desk/cases/{new_matter.number}/print/").content.decode()
    assert "12345热线" in wu.get("/desk/").content.decode()
    li_mei = Client(headers={"accept-language": "en"})
    li_mei.post("/track/", {"case_number": new_matter.number, "receipt_code": new_matter.code})
    page = li_mei.get(f"/track/{new_matter.number}/").content.decode()
    assert "Also registered at" in page
    assert "12345热线" in page and "2026030512345" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"system": " "}, "system"),
        ({"external_number": ""}, "external_number"),
        ({"external_number": "13800138000"}, "external_number"),
        ({"due_on_day": "32"}, "due_on"),
        ({"due_time": "half past four"}, "due_time"),
        ({"due_on_year": "", "due_on_month": "", "due_on_day": ""}, "due_on"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    signed_in: SignedIn, new_matter: Matter, changed: dict[str, str], field: str
) -> None:
    answer = signed_in("wu").post(f"/desk/cases/{new_matter.number}/external/", TYPED | changed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "12345" in answer.content.decode()


def test_a_number_of_another_matter_is_refused_in_place(
    signed_in: SignedIn, new_matter: Matter, about_qian: Matter
) -> None:
    assert signed_in("zheng").post(f"/desk/cases/{about_qian.number}/external/", TYPED).status_code == 302
    answer = signed_in("wu").post(f"/desk/cases/{new_matter.number}/external/", TYPED)
    assert answer.status_code == 409
    assert about_qian.number not in answer.content.decode()


def test_it_is_taken_out_again(signed_in: SignedIn, office: Office, new_matter: Matter) -> None:
    wu = signed_in("wu")
    where = f"/desk/cases/{new_matter.number}/external/"
    wu.post(where, TYPED)
    assert wu.post(where + "end/", TYPED).status_code == 302
    assert access.open_case(new_matter.number, reader=office.wu).external == ()
    assert wu.post(where + "end/", TYPED).status_code == 404
    assert wu.get(where + "end/").status_code == 405


def test_it_is_not_for_those_who_may_not_open_the_matter(signed_in: SignedIn, new_matter: Matter) -> None:
    for name in ("qian", "feng", "zhao"):
        client = signed_in(name)
        assert client.get(f"/desk/cases/{new_matter.number}/external/").status_code == 404
        assert client.post(f"/desk/cases/{new_matter.number}/external/", TYPED).status_code == 404
        assert client.post(f"/desk/cases/{new_matter.number}/external/end/", TYPED).status_code == 404
