"""How the form of an agreement is filled by the kind of the dispute; whoever mediates may take another kind, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from huiyin.record.law.agreement_kinds import kinds
from huiyin.record.law.versions import procedure_of
from huiyin.rules import agreement_kinds as rule
from huiyin.rules.agreement_kinds import AgreementKind
from huiyin.stages.mediation import queries
from huiyin.stages.mediation.agreements import AgreementView
from huiyin.stages.mediation.seats import Seat
from huiyin.ui.languages import page_tag

OTHER = "other"
WRITTEN = ("facts", "issues", "responsibility", "manner")


def chosen(seat: Seat, asked: str) -> AgreementKind | None:
    """The kind that was asked for, else that of the dispute, else the one for everything else."""
    known = kinds()
    return known.get(asked) or known.get(queries.kind_of(seat.case_id)) or known.get(OTHER)


def all_of(seat: Seat) -> list[tuple[str, str]]:
    """The kinds to choose from, in the words of the pack."""
    named = procedure_of(queries.law_of(seat.case_id)).disputes
    return [(id_, named[id_].name.in_language(page_tag())) for id_ in kinds() if id_ in named]


def filled_in(form: forms.Form, typed: Mapping[str, Any], kind: AgreementKind | None) -> dict[str, Any]:
    """What was typed, kept as it is, with a sentence to begin with wherever nothing stands yet."""
    fields = {name: field for name, field in form.fields.items() if name != "key"}
    begun = {name: field.widget.value_from_datadict(typed, {}, name) for name, field in fields.items()}
    places = {**dict.fromkeys(WRITTEN, ""), "text_1": "terms"}
    for field, part in places.items():
        said = kind.parts[part or field].say if kind else None
        if said is not None and not str(begun.get(field) or "").strip():
            begun[field] = said.in_language(page_tag())
    return begun


def warned_in(written: AgreementView | None, kind: AgreementKind | None) -> list[tuple[str, str]]:
    """What in an agreement that is being written is to be looked at twice, each with its source."""
    found = rule.to_look_at(kind, _texts(written))
    return [(each.why.in_language(page_tag()), each.source) for each in found]


def has_blanks(written: AgreementView | None) -> bool:
    """Whether a blank is left in it."""
    return rule.has_blanks(_texts(written))


def _texts(written: AgreementView | None) -> list[str]:
    if written is None:
        return []
    return [*(getattr(written, name) for name in WRITTEN), *(term.text for term in written.terms)]
