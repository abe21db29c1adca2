"""What a letter is written for: the case as a move leaves it, its law, and who answers for the words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.files.words import Wording
from huiyin.record.ledger.chains import Actor
from huiyin.rules import duties
from huiyin.rules.duties import Duty
from huiyin.rules.letters import required_contents
from huiyin.rules.procedure import Move, Procedure, Words

EMPTY = Words("", "")
NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Author:
    """Who answers for the words of a letter: the officer who wrote it, as of then."""

    name: Words = EMPTY
    duty_number: str = ""
    title: Words = EMPTY
    unit: Words = EMPTY
    post: str = ""

    @classmethod
    def of(cls, actor: Actor) -> Author:
        """The officer who acts."""
        return cls(
            name=_both(actor.name),
            duty_number=actor.duty_number,
            title=_both(actor.post_title),
            unit=_both(actor.unit_name),
            post=actor.post,
        )

    def as_signature(self) -> dict[str, str]:
        """To be kept with a draft that others sign."""
        return {
            "name_zh": self.name.zh, "name_en": self.name.en, "duty_number": self.duty_number, "post": self.post,
            "title_zh": self.title.zh, "title_en": self.title.en, "unit_zh": self.unit.zh, "unit_en": self.unit.en,
        }  # fmt: skip

    @classmethod
    def of_signature(cls, signed: Mapping[str, str]) -> Author:
        """Back from a draft."""

        def both(name: str) -> Words:
            return Words(signed.get(f"{name}_zh", ""), signed.get(f"{name}_en", ""))

        return cls(both("name"), signed.get("duty_number", ""), both("title"), both("unit"), signed.get("post", ""))


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a letter is written for, and what the case looks like then."""

    case: Case
    procedure: Procedure
    kind: str
    number: str
    on: datetime.date
    author: Author
    rows: Sequence[RunningTerm]
    given: Given = NOTHING_GIVEN
    rule: Move | None = None
    window: RunningTerm | None = None
    old_due: datetime.date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """What the pack wants in this letter besides."""
        return self.rule.contents if self.rule else ()

    @property
    def outcome(self) -> str:
        """The outcome that the move sets or its maker chose."""
        return (self.rule.outcome if self.rule else "") or self.given.outcome

    @property
    def names_review(self) -> bool:
        """Whether this letter decides, and so says where it can be taken next."""
        return "review_route" in required_contents(self.kind, self.asked)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What this letter binds to."""
        return duties.read(self.given.duties)

    @property
    def words(self) -> Wording:
        """The words of its pack, in the language of the complainant."""
        return Wording(self.procedure.id, self.case.language)

    def say(self, words: Words | None) -> str:
        """Words in the language of the letter."""
        return words.in_language(self.case.language) if words else ""


def _both(tongues: Mapping[str, str]) -> Words:
    return Words(tongues.get("zh", ""), tongues.get("en", ""))
