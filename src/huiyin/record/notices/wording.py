"""What a notice says: that there is something new, and where to read it. Never what, about whom or by whom.

Of the number it gives the first four digits, so that somebody who follows
several matters knows which; whoever else reads the mail can open nothing with them.
"""

from __future__ import annotations

from django.conf import settings

from huiyin.record import keyring
from huiyin.record.notices.channels import Words as Said
from huiyin.rules.procedure import Words

SUBJECT = Words(zh="有新的消息", en="There is something new")
TEXT = Words(
    zh=(
        "您关注的一件事（编号以{digits}开头）有了新的情况。\n"
        "请打开查询页面，输入编号和查询码查看：\n{address}\n\n"
        "为了不让别人看到内容，这封邮件只说这些。请不要回复，没有人阅读回信。\n"
        "在查询页面可以更换或者去掉这个邮箱。\n"
    ),
    en=(
        "There is something new in a matter you follow (its number begins with {digits}).\n"
        "Open the tracking page with your number and your code:\n{address}\n\n"
        "This mail says no more, so that nobody else can read what it is about. Do not answer it: nobody reads the answers.\n"
        "On the page of the matter you can change this address or take it away.\n"
    ),
)


def words(case_number: str, notice: int, language: str) -> Said:
    """The words of one notice, the same at every try."""
    tag = "zh" if language.lower().startswith("zh") else "en"
    token = keyring.hmac("notice", case_number, str(notice)).hex()[:40]
    address = f"{settings.HUIYIN_BASE_URL}/track/"
    return Said(
        token=token,
        subject=SUBJECT.in_language(tag),
        text=TEXT.in_language(tag).format(digits=case_number[:4], address=address),
    )
