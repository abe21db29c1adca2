"""A filing that is to be sealed: its key is there before its first row, and no word of it is ever written open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import About, Case, Receipt, ReceiptKey
from huiyin.record.prepared import insert
from huiyin.rules.chain import Json
from huiyin.rules.sealing import is_to_be_sealed

SUITE_SEALED = 2


@dataclass(slots=True, repr=False)
class Sealing:
    """The keys of a matter that is being filed: of the matter, and of its complainant where there is one."""

    case: Case
    private: X25519PrivateKey
    complainant: X25519PublicKey | None
    receipt_key: ReceiptKey | None = field(default=None)

    def closed(self, name: str, text: str) -> str:
        """One text of the filing as its row holds it."""
        return texts.seal(self.case, f"cases_case.{name}", text, to=self.private.public_key())

    def close_all(self, about: Sequence[About]) -> None:
        """The words of the case and of whom it names, before they are written."""
        case = self.case
        case.subject = self.closed("subject", case.subject)
        case.description = self.closed("description", case.description)
        case.officer_summary = self.closed("officer_summary", case.officer_summary)
        for row in about:
            row.words = self.closed("about", row.words)

    def set_in(self, receipt: Receipt) -> None:
        """The receipt has no fast hash of its code any more: the code is checked by what it opens."""
        if self.receipt_key is not None:
            receipt.suite, receipt.verifier = SUITE_SEALED, matter_keys.verifier_of(self.receipt_key)

    def keep(self, receipt: Receipt) -> None:
        """Write the complainant's key beside the receipt, once that is written."""
        if self.receipt_key is not None and self.receipt_key._state.adding:
            self.receipt_key.receipt = receipt
            insert(self.receipt_key)

    def write(self, case: Case) -> None:
        """Write the key of the case, once that is written, and wrap it to those who may read."""
        matter_keys.write_first(case, self.private, self.complainant)

    def told(self) -> dict[str, Json]:
        """What the first event says: under which key the words lie, by the hash of its public half."""
        public = self.private.public_key().public_bytes_raw()
        return {"sealed": {"epoch": self.case.key_epoch, "key_sha256": matter_keys.digest_of(public)}}


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """A number and its code, drawn before the case is written; with the key it opens where the matter may be sealed."""

    number: str
    code: str
    key: ReceiptKey | None = None


def lock_ahead(number: str, code: str) -> Code:
    """Stretch a code before the transaction that writes the case: nobody else's filing waits for that."""
    return Code(number, code, matter_keys.lock_for_code(Receipt(number=number), code)[0])


def begin(case: Case, about: Sequence[About], *, drawn: Code | None, receipt: Receipt | None) -> Sealing | None:
    """Begin a sealed matter and close its words; None where it is an ordinary one, or cannot be sealed.

    ``drawn`` is the receipt code just made; of a card the key was made with the card. A card of before has none: its key
    waits for the complainant's first entry. A desk without a key leaves it an ordinary confidential matter.
    """
    wanted = is_to_be_sealed(confidentiality=case.confidentiality, is_restricted=case.is_restricted)
    if not wanted or not matter_keys.is_possible(case.unit_id):
        return None
    if receipt is not None:
        key = ReceiptKey.objects.filter(receipt=receipt).first()
        return _begun(case, about, key)
    assert drawn is not None
    return _begun(case, about, drawn.key or lock_ahead(drawn.number, drawn.code).key)


def begin_linked(case: Case, original: Case, about: Sequence[About]) -> Sealing | None:
    """The same for a matter that grows out of another: the complainant's key is that of the family, or waits for the code.

    A report of pressure is sealed also where the matter it is about is an ordinary one.
    """
    wanted = is_to_be_sealed(confidentiality=case.confidentiality, is_restricted=case.is_restricted)
    if not (wanted or original.key_epoch) or not matter_keys.is_possible(case.unit_id):
        return None
    sealing = Sealing(case, matter_keys.begin(case.number), matter_keys.complainant_key_of(original))
    case.key_epoch = 1
    sealing.close_all(about)
    return sealing


def _begun(case: Case, about: Sequence[About], key: ReceiptKey | None) -> Sealing:
    complainant = X25519PublicKey.from_public_bytes(bytes(key.public)) if key else None
    sealing = Sealing(case, matter_keys.begin(case.number), complainant, key)
    case.key_epoch = 1
    sealing.close_all(about)
    return sealing
