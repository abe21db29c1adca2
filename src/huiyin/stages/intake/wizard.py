"""A filing under way: what was answered so far travels with the page; the server keeps nothing before "send"."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.registering.registration import Filing, Identity, Named
from huiyin.rules.text import storable
from huiyin.stages.intake import queries
from huiyin.stages.intake.forms import FORMS, KNOWN, NOTICES, ConductForm, evidence_in
from huiyin.ui.helping import WHEREABOUTS, WHO
from huiyin.ui.languages import LANGUAGES, page_tag
from huiyin.ui.parts import Row

STEPS = tuple(FORMS)
STEP_OF = {name: step for step, form in FORMS.items() for name in form.base_fields}
CONTACT = ("name", "phone", "email", "address", "safe_times", "notices", "needs", "is_minor")
KEY_LENGTHS = range(20, 150)  # characters; a shorter one could be guessed
LISTS: dict[str, Callable[[str], Sequence[tuple[str, str | queries.Listed]]]] = {
    "area": queries.areas,
    "category": queries.categories,
    "about_body": queries.body_list,
    "about_unit": queries.unit_list,
    "about_officer": queries.officer_list,
    "helper_who": lambda _tag: [(code, str(words)) for code, words in WHO.items()],
    "whereabouts": lambda _tag: [(code, str(words)) for code, words in WHEREABOUTS.items()],
    "complaint_class": lambda _tag: [
        (code, str(words))
        for code, words in ConductForm.base_fields["complaint_class"].choices  # type: ignore[attr-defined]
    ],
    "confidentiality": lambda _tag: [(code, str(words)) for code, words in KNOWN],
    "notices": lambda _tag: [(code, str(words)) for code, words in NOTICES],
    "language": lambda _tag: [(code, name) for code, _each, name in LANGUAGES],
}
TITLES: dict[str, Promise] = {
    "what": gettext_lazy("What happened?"),
    "where": gettext_lazy("Where was it, and what kind of matter?"),
    "whom": gettext_lazy("Whom does it concern?"),
    "conduct": gettext_lazy("What do you complain of?"),
    "known": gettext_lazy("How may we know you?"),
    "reach": gettext_lazy("How can we reach you?"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything answered so far, as it came; nothing is checked yet."""

    values: Mapping[str, str]
    key: str

    @classmethod
    def of(cls, sent: Mapping[str, str], fresh_key: str) -> Answers:
        """The answers in what a browser sent."""
        values = {name: storable(sent[name]) for name in STEP_OF if name in sent}
        key = storable(sent.get("key", ""))
        return cls(values, key if len(key) in KEY_LENGTHS else fresh_key)

    @property
    def is_anonymous(self) -> bool:
        """Whether nothing that tells who it is may go on."""
        return self.values.get("confidentiality") == "anonymous"

    @property
    def names_staff(self) -> bool:
        """Whether an officer or a unit is named."""
        return any(self.values.get(f"about_{kind}", "").strip() for kind in ("officer", "unit"))

    def without_contact(self) -> Answers:
        """The same, with everything taken out that tells who it is."""
        return Answers({name: value for name, value in self.values.items() if name not in CONTACT}, self.key)

    def texts(self) -> dict[str, str]:
        """The words that are looked through for what tells who it is, with line ends as they are kept."""
        return {name: self.values.get(name, "").replace("\r\n", "\n") for name in ("subject", "description")}

    def carried(self, step: str = "") -> list[tuple[str, str]]:
        """What the page of ``step`` carries in hidden fields: the answers to all other questions, and the key."""
        own = FORMS[step].base_fields if step else {}
        return [("key", self.key), *((name, value) for name, value in self.values.items() if name not in own)]

    def shown(self, step: str) -> forms.Form:
        """The form of a step with what was answered there, not judged."""
        given = {name: self.values[name] for name in FORMS[step].base_fields if name in self.values}
        initial = {"language": next(code for code, tag, _name in LANGUAGES if tag == page_tag())}
        return FORMS[step](initial=initial | given)

    def judged(self, step: str) -> forms.Form:
        """The form of a step with what is wrong in it."""
        return FORMS[step](dict(self.values))

    def steps(self) -> tuple[str, ...]:
        """The questions on this way: who is anonymous is not asked for an address, nor about conduct where nobody is named."""
        left_out = {"reach"} if self.is_anonymous else set()
        left_out |= set() if self.names_staff else {"conduct"}
        return tuple(step for step in STEPS if step not in left_out)

    def after(self, step: str) -> str:
        """The next question; ``check`` after the last."""
        way = self.steps()
        rest = way[way.index(step) + 1 :] if step in way else ()
        return rest[0] if rest else "check"

    def before(self, step: str) -> str:
        """The question before; empty before the first."""
        way = self.steps()
        at = len(way) if step == "check" else way.index(step) if step in way else 0
        return way[at - 1] if at else ""


def whom_in(cleaned: Mapping[str, object]) -> list[Named]:
    """Whom the answers to "whom does it concern?" name."""

    def text(name: str) -> str:
        return str(cleaned.get(f"about_{name}") or "")

    about = [Named(kind, id=text(kind)) for kind in ("body", "unit", "officer") if text(kind)]
    return [*about, Named("other", text=text("words"))] if text("words").strip() else about


def filing_of(cleaned: Mapping[str, object], language: str) -> Filing:
    """What goes to registration, from answers that were found right."""

    def text(name: str) -> str:
        return str(cleaned.get(name) or "")

    about = whom_in(cleaned)
    identity = Identity(
        name=text("name"),
        phone=text("phone"),
        email=text("email"),
        address=text("address"),
        language=text("language"),
        safe_times=text("safe_times"),
        notices=text("notices"),
    )
    is_anonymous = text("confidentiality") == "anonymous"
    return Filing(
        subject=text("subject"),
        description=text("description"),
        channel="web",
        language=text("language") or language,
        confidentiality=text("confidentiality"),
        category=text("category"),
        area=text("area"),
        about=tuple(about),
        identity=None if is_anonymous else identity,
        needs="" if is_anonymous else text("needs"),
        is_minor=bool(cleaned.get("is_minor")) and not is_anonymous,
        whereabouts=text("whereabouts"),
        complaint_class=text("complaint_class"),
        evidence=evidence_in(cleaned) if "complaint_class" in cleaned else None,
        evidence_words=text("evidence_words"),
    )


def helper_of(cleaned: Mapping[str, object]) -> Helper | None:
    """Who files for somebody else; None where people file for themselves."""
    who = str(cleaned.get("helper_who") or "")
    label, has_code = str(cleaned.get("helper_label") or ""), bool(cleaned.get("helper_code"))
    return Helper(who, label, has_code=has_code) if who else None


def digest_of(cleaned: Mapping[str, object], language: str) -> str:
    """Stands for what was sent: the same answers sent twice give the same."""
    whole = json.dumps([language, sorted((name, str(value)) for name, value in cleaned.items())], ensure_ascii=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def rows(answers: Answers) -> list[Row]:
    """Every answer in words, each with its way back; a question with no answer at all is one line."""
    found: list[Row] = []
    for step in answers.steps():
        said = [Row(label, words, change_value=step, as_typed=True) for label, words in _said(answers, step)]
        found += said or [Row(str(TITLES[step]), "", change_value=step)]
    return found


def _said(answers: Answers, step: str) -> Iterator[tuple[str, str]]:
    """Label and words of what was answered on one page."""
    for name, field in FORMS[step].base_fields.items():
        value = answers.values.get(name, "")
        if not value:
            continue
        if name in LISTS:
            value = queries.chosen_name(LISTS[name](page_tag()), value)
        elif isinstance(field, forms.BooleanField):
            value = _("Yes")
        yield str(field.label or name), value
