from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
PAGES = ["/desk/", "/desk/queues/unit/", "/desk/search/", "/desk/search/?q=夜间", "/desk/register/", "/desk/enquiry/", "/desk/hand-over/", "/desk/stand-ins/", "/desk/tokens/", "/desk/settings/", "/desk/keys/"]


@pytest.mark.parametrize("path", PAGES)
def test_page(signed_in, with_zhao, path):
    response = signed_in("zhao").get(path)
    assert response.status_code == 200, response.content.decode()[:500]


@pytest.mark.parametrize("path", ["", "print/", "moves/reply/", "message/", "summary/", "complete/"])
def test_case(signed_in, with_zhao, path):
    response = signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/{path}")
    assert response.status_code == 200, response.content.decode()[:500]
