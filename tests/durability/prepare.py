"""Run inside an installation: ``prepare`` makes keys, tables and the cast's office; ``examine`` counts what is there."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import django
from django.core.management import call_command


def prepare() -> None:
    """An empty installation with an office in it."""
    from huiyin.record import keyring  # noqa: PLC0415 - only after django.setup()
    from tests.cast import make_office  # noqa: PLC0415

    keys = Path(os.environ["HUIYIN_HOME"], "keys")
    if not keys.is_dir():
        keyring.create(keys)
    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)
    make_office(with_accounts=False)


def examine() -> None:
    """What the databases hold: cases by their marker, cases that lost their identity, what verify finds."""
    from huiyin.record.cases.models import Case, Party  # noqa: PLC0415
    from huiyin.record.identity.models import SealedIdentity  # noqa: PLC0415
    from huiyin.record.ledger.sequencer import sequence_pending  # noqa: PLC0415
    from huiyin.record.ledger.verify import verify_ledger  # noqa: PLC0415

    while sequence_pending():
        pass
    subjects = Counter(Case.scoped.values_list("subject", flat=True))
    sealed = set(SealedIdentity.objects.values_list("vault_id", flat=True))
    lost = [party.pk for party in Party.objects.all() if party.vault_id not in sealed]
    print(
        json.dumps(
            {
                "cases": sum(subjects.values()),
                "doubled": [subject for subject, count in subjects.items() if count > 1],
                "without_identity": len(lost),
                "findings": [str(finding) for finding in verify_ledger()],
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "examine": examine}[sys.argv[1]]()
