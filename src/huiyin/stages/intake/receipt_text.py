"""The receipt as a plain text, in both languages, for a file or another pair of eyes."""

from __future__ import annotations

import json

from huiyin.record.cases.registering.registration import Registered


def as_text(receipt: Registered, address: str, key: str) -> str:
    """Number, time, duties, the signed promise and the key to check it with; never the code."""
    lines = [
        "回音 Huiyin · 收件凭证 Receipt",
        "",
        f"编号 Number: {receipt.case_number}",
        f"登记时间 Registered at: {receipt.registered_at.isoformat(timespec='seconds')}",
        f"登记机关 Registered by: {receipt.body.zh} · {receipt.body.en}",
        f"查询 Follow: {address}",
        "",
        "查询码不在此文件内。 The code is not in this file.",
        "",
        "我们应当做的 What we owe you:",
    ]
    for term in receipt.terms:
        provisional = "（暂定 provisional）" if term.provisional else ""
        lines.append(
            f"- {term.due_on.isoformat()}{provisional} {term.duty.zh} · {term.duty.en} [{term.rule} {term.article}]"
        )
    lines += [
        "",
        "签名承诺：本登记已写入留痕账，任何人不能不留痕迹地删除或改动。",
        "Signed promise: this registration stands in the ledger; nobody can remove or change it unseen.",
        json.dumps(receipt.promise, indent=2, sort_keys=True),
        "",
        "核验用的公钥（与公告栏或文书上的对照）：",
        "Key to check it with (compare with a notice board or a letter):",
        key,
        "",
    ]
    return "\n".join(lines)
