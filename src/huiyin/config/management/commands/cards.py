"""``huiyin cards 20 --to sheet.html``: scratch cards for the counter, so that no officer learns a code."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from huiyin.record.cases.codes.receipts import make_cards, status_word
from huiyin.rules.receipt import show_code

MOST = 1_000
SHEET = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>回音 Huiyin</title><style>
body {{ font: 11pt/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 10mm; }}
.cards {{ display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; }}
.card {{ border: 1px dashed #000; padding: 5mm; break-inside: avoid; }}
.number {{ font-size: 15pt; font-weight: 700; }} .code {{ font-size: 13pt; border: 2px solid #000; padding: 2mm; }}
dt {{ font-size: 9pt; }} dd {{ margin: 0 0 2mm; font-variant-numeric: tabular-nums; }}
</style></head><body><div class="cards">
{cards}
</div></body></html>
"""
CARD = """<section class="card"><dl>
<dt>卡号（告诉工作人员） Card (tell the officer)</dt><dd>{serial}</dd>
<dt>编号 Number</dt><dd class="number">{number}</dd>
<dt>查询码（刮开，只给您自己） Code (scratch off, only for you)</dt><dd class="code">{code}</dd>
<dt>电话问询用词 Words for asking by phone</dt><dd>{word}</dd>
<dt>查询 Follow it</dt><dd>{address}</dd></dl></section>"""


class Command(BaseCommand):
    """Makes receipts ahead of their cases and writes the sheet to print."""

    help = (
        "Make scratch cards: numbers and codes ahead of their matters. The codes stand on the sheet and nowhere else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and where the sheet goes."""
        parser.add_argument("count", type=int, help=f"how many cards, 1 to {MOST}")
        parser.add_argument("--to", required=True, help="the HTML file to print; it must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the sheet first, then keep the receipts: a sheet that failed leaves no card behind."""
        count, path = options["count"], Path(options["to"])
        if not 1 <= count <= MOST:
            raise CommandError(f"Between 1 and {MOST} cards at a time.")
        with transaction.atomic():
            cards = [self.card(*card) for card in make_cards(count)]
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except OSError as problem:
                raise CommandError(f"{path} could not be written: {problem.strerror}.") from problem
            with os.fdopen(handle, "w", encoding="utf-8") as sheet:
                sheet.write(SHEET.format(cards="\n".join(cards)))
        self.stdout.write(
            f"{count} cards are in {path}. Print it, cover the codes, then delete the file:"
            " the codes are kept nowhere else."
        )

    def card(self, serial: str, number: str, code: str) -> str:
        """One card of the sheet."""
        word = status_word(number)
        return CARD.format(
            serial=escape(serial),
            number=escape(number),
            code=escape(show_code(code)),
            word=escape(f"{word.zh} / {word.en}"),
            address=escape(f"{settings.HUIYIN_BASE_URL}/track/{number}/"),
        )
