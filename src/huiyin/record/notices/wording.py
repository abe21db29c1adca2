"""What a notice says: that there is something new, and where to read it. Never what, about whom or by whom.

Of the number it gives the first four digits, so that somebody who follows
several matters knows which; whoever else reads the mail can open nothing with them.
"""

from __future__ import annotations

import datetime

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

INVITED = Words(zh="有一条给您的消息", en="There is a message for you")
INVITED_TEXT = Words(
    zh=(
        "有一条给您的消息，编号{number}。\n"
        "打开查询页面，输入编号和查询码就能看到：\n{address}\n\n"
        "查询码不写在这封邮件里：工作人员会打电话或者当面告诉您，您也可以到单位来问。\n"
        "看不看、怎么答复，由您自己决定；不理会也没有任何后果。\n"
        "这封邮件只说这些。请不要回复，没有人阅读回信。\n"
    ),
    en=(
        "There is a message for you under the number {number}.\n"
        "Open this page with the number and your code to read it:\n{address}\n\n"
        "The code does not stand in this mail: the office tells it to you by telephone or in person, or ask for it there.\n"
        "Whether you read it, and what you answer, is for you alone to decide; nothing follows from leaving it.\n"
        "This mail says no more. Do not answer it: nobody reads the answers.\n"
    ),
)
MORNING = Words(zh="今天到期 {today} 件，已超期 {overdue} 件", en="{today} due today, {overdue} overdue")
MORNING_TEXT = Words(
    zh=(
        "您负责的事项：今天到期 {today} 件，已超期 {overdue} 件。\n"
        "打开工作台，看先办哪一件：\n{address}\n\n"
        "邮件里不写编号和内容，限定查看的事项也不计在内：这些只在工作台上。\n"
        "在工作台的“设置”里可以更换或者停止这封邮件。\n"
    ),
    en=(
        "Matters in your hands: {today} due today, {overdue} overdue.\n"
        "Open the desk to see which comes first:\n{address}\n\n"
        "This mail gives no number and no content, and does not count matters that only a few may open: these stand on the desk alone.\n"
        "Under Settings on the desk you can change this mail or stop it.\n"
    ),
)

RUNG = Words(zh="值班：{area}，{kind}", en="On duty: {area}, {kind}")
RUNG_TEXT = Words(
    zh="{area}正在找值班的人：{kind}。\n打开工作台，点“我来处理”：\n{address}\n\n五分钟内没有人应答，就找下一位。邮件里不写别的内容。\n",
    en=(
        "Somebody on duty is wanted for {area}: {kind}.\n"
        "Open the desk and press “I see to it”:\n{address}\n\n"
        "If nobody answers within five minutes, the next one is rung. This mail says nothing else.\n"
    ),
)


def of_a_ring(step: int, area: str, kind: str, language: str) -> Said:
    """What who is rung reads: where, what kind, and the way to the desk."""
    tag = "zh" if language.lower().startswith("zh") else "en"
    places = {"area": area, "kind": kind, "address": f"{settings.HUIYIN_BASE_URL}/desk/rings/"}
    return Said(
        token=keyring.hmac("ring", str(step)).hex()[:40],
        subject=RUNG.in_language(tag).format(**places),
        text=RUNG_TEXT.in_language(tag).format(**places),
    )


def of_the_morning(account: int, day: datetime.date, overdue: int, today: int, language: str) -> Said:
    """What an officer reads in the morning: two counts and the way to the desk."""
    tag = "zh" if language.lower().startswith("zh") else "en"
    places = {"today": today, "overdue": overdue, "address": f"{settings.HUIYIN_BASE_URL}/desk/"}
    return Said(
        token=keyring.hmac("morning", str(account), day.isoformat()).hex()[:40],
        subject=MORNING.in_language(tag).format(**places),
        text=MORNING_TEXT.in_language(tag).format(**places),
    )


def of_an_invitation(own_number: str, language: str) -> Said:
    """What another side of a dispute reads in its invitation: its number, and where; never the code, nor what it is about."""
    tag = "zh" if language.lower().startswith("zh") else "en"
    places = {"number": own_number, "address": f"{settings.HUIYIN_BASE_URL}/track/"}
    return Said(
        token=keyring.hmac("invitation", own_number).hex()[:40],
        subject=INVITED.in_language(tag),
        text=INVITED_TEXT.in_language(tag).format(**places),
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
