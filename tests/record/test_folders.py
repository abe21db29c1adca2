"""The office's own folder: it adds to the packs of the program and stands in for none of them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from huiyin.config import startup
from huiyin.record.law import calendars, folders, versions
from huiyin.record.law.models import ProcedureVersion
from huiyin.rules.refusal import Refusal
from tests.cast import make_office

OWN = """inherits = "generic"
id = "our-town"
version = "1"
name = { zh = "本镇", en = "Our town" }
remove = ["vectors"]
[terms.decide]
length = 10
"""


@pytest.fixture
def own(settings, tmp_path: Path) -> Path:
    settings.HUIYIN_PROCEDURES_DIR = tmp_path
    (tmp_path / "our-town.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def said(*words: str) -> str:
    out = StringIO()
    call_command("procedures", *words, stdout=out)
    return out.getvalue()


def test_a_pack_of_the_office_loads_beside_ours(own: Path) -> None:
    assert folders.own() == {"our-town": OWN}
    assert {"generic", "our-town"} <= set(folders.bases())
    assert folders.loaded("our-town").terms["decide"].length == 10
    assert "our-town 1: sound" in said("check")
    assert "our-town 1: sound" in said("check", "our-town")


def test_an_overlay_of_the_office_may_inherit_another_of_the_office(own: Path) -> None:
    text = OWN.replace('"generic"', '"our-town"').replace('id = "our-town"', 'id = "our-village"')
    (own / "our-village.toml").write_text(text.replace('remove = ["vectors"]\n', ""), encoding="utf-8")
    assert folders.faults() == []
    assert folders.loaded("our-village").inherits == "our-town"


def test_a_name_of_ours_stays_ours(own: Path) -> None:
    ours = folders.shipped()["generic"]
    (own / "generic.toml").write_text(OWN.replace("our-town", "generic"), encoding="utf-8")
    assert folders.bases()["generic"] == ours
    assert ["is a pack of the program" in str(fault) for fault in folders.faults()] == [True]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (OWN.replace("length = 10", 'length = "ten"').encode(), "our-town.toml:7: length must be a whole number"),
        (OWN.replace("our-town", "our-city").encode(), "our-town.toml:2: the id is 'our-city'"),
        (OWN.replace('"generic"', '"nowhere"').encode(), "our-town.toml:1: unknown procedure 'nowhere'"),
        (OWN.encode("gb18030"), "our-town.toml:1: the file cannot be read"),
        (b"a = " + b"[" * 5000, "our-town.toml:1: lists and tables lie too deep"),
        (OWN.replace("length = 10", "length = 1.5").encode(), "our-town.toml:7: length must be a whole number"),
        (OWN.replace("length = 10", "length = 999999").encode(), "our-town.toml:6: 999999 working days are too long"),
    ],
)  # fmt: skip
@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "vault"])
def test_a_faulty_file_is_named_and_what_is_in_force_stays(own: Path, content: bytes, part: str) -> None:
    make_office(with_accounts=False)
    versions.adopt(OWN, bases=folders.bases())
    (own / "our-town.toml").write_bytes(content)
    assert any(part in str(fault) for fault in folders.faults()), folders.faults()
    assert any(part in remark for remark in startup.remarks())
    assert versions.procedure_of(versions.current_version("our-town")).terms["decide"].length == 10
    with pytest.raises(CommandError, match="1 mistake"):
        said("check")


@pytest.mark.django_db(databases=["default", "vault"])
def test_nothing_is_in_force_by_lying_in_a_folder(own: Path) -> None:
    make_office(with_accounts=False, procedures=None)
    with pytest.raises(Refusal, match="procedure_missing"):
        versions.current_version("our-town")
    assert versions.waiting_in_folders() == ["our-town"]
    assert [remark for remark in startup.remarks() if "our-town" in remark]
    assert versions.adopt_missing(with_own=False) == []
    assert [row.procedure for row in versions.adopt_missing(with_own=True)] == ["our-town"]
    assert not [remark for remark in startup.remarks() if "our-town" in remark]


@pytest.mark.django_db(databases=["default", "vault"])
def test_an_upgrade_leaves_in_force_what_the_office_switched_on(own: Path) -> None:
    text = folders.shipped()["generic"].replace('version = "', 'version = "ours-', 1)
    versions.adopt(text)
    put = {row.procedure for row in versions.adopt_missing(with_own=False)}
    assert "cn-xinfang" in put and "generic" not in put
    assert ProcedureVersion.objects.get(procedure="generic", is_current=True).version.startswith("ours-")
    assert "generic" in versions.waiting_in_folders()


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_office_may_bring_a_calendar_of_another_country_and_replace_none(own: Path) -> None:
    (own / "workdays").mkdir()
    (own / "workdays" / "XX.toml").write_text('country = "XX"\nyears = []\n', encoding="utf-8")
    (own / "workdays" / "CN.toml").write_text('country = "CN"\nyears = []\n', encoding="utf-8")
    (own / "workdays" / "YY.toml").write_text('country = "YY"\nyears = 5\n', encoding="utf-8")
    assert calendars.countries() == ["CN", "GB", "IN", "XX"]
    assert calendars.calendar("CN").is_published(2025)
    assert not calendars.calendar("XX").is_published(2025)
    assert [fault.file.rsplit("/", 1)[1] for fault in folders.faults()] == ["CN.toml", "YY.toml"]
