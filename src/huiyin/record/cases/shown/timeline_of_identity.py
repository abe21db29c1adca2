"""What the story of a case says about who somebody is: helpers, names opened by two, copies for readers."""

from __future__ import annotations

from huiyin.rules.procedure import Words

OF_IDENTITY: dict[str, Words] = {
    "helper_added": Words(
        zh="您让一位代办人（{number}号）凭自己的查询码代您办事。",
        en="You let helper {number} act for you with a code of their own.",
    ),
    "helper_at_filing": Words(
        zh="这件事由代办人（{number}号）代为提交。", en="Helper {number} filed this for the complainant."
    ),
    "helper_ended": Words(zh="您收回了代办人（{number}号）的查询码。", en="You took back the code of helper {number}."),
    "unseal_asked": Words(
        zh="{officer}请第二个人同意启封您的姓名。",
        en="{officer} asked a second person to agree that your name is opened.",
    ),
    "unseal_agreed": Words(
        zh="{officer}作为第二个人同意启封您的姓名；三天内有效，只能打开一次。",
        en="{officer} agreed, as the second person, that your name is opened: within three days, and once.",
    ),
    "unseal_declined": Words(
        zh="{officer}作为第二个人不同意启封您的姓名。",
        en="{officer}, as the second person, did not agree that your name is opened.",
    ),
    "identity_file_added": Words(
        zh="您添加了一份能看出您是谁的文件，已和姓名一起密封。",
        en="You added a file that shows who you are. It is sealed with your name.",
    ),
    "message_covered": Words(
        zh="{officer}把您后来写的一条留言隐去{count}处，交给办理的人看。",
        en="{officer} let those who work on it read a message you wrote later, with {count} places covered.",
    ),
    "erasure_proposed": Words(
        zh="{officer}提议按照法律删除这件事的内容，最早{on}由另一人决定。删除之前您随时可以留存一份。",
        en="{officer} proposed to erase the words of this matter by law. Somebody else may do so on {on} at the earliest; until then you can keep a copy.",
    ),
    "erasure_declined": Words(
        zh="{officer}没有同意删除，内容继续保存。", en="{officer} did not agree to the erasure: the words are kept."
    ),
    "content_erased": Words(
        zh="经两个人先后同意，这件事的内容已经依法删除。",
        en="Two people agreed, and the words of this matter were erased by law.",
    ),
    "sealed_later": Words(
        zh="从现在起，这件事的内容密封保存。在此之前有权查看的人看到过内容；35天之内的备份里还是原样。",
        en="From now on the words of this matter are sealed. Before, those who had it could read them, and backups up to 35 days old hold them as they were.",
    ),
    "code_opens_key": Words(
        zh="查询码已经重新输入：从现在起，服务器自己打不开这件事的内容。",
        en="The code was typed again: from now on the server alone cannot open the words of this matter.",
    ),
    "made_confidential": Words(
        zh="您要求从现在起保密：您的姓名要两个人同意才能启封。",
        en="You asked to be confidential from now on: your name opens only when two people want it.",
    ),
    "reader_copy_made": Words(
        zh="{officer}为办理这件事的其他人做了一份阅读件，隐去了{count}处。您写的原文仍在，其他人看到的就在本页。",
        en="{officer} made a copy for those who work on it, with {count} places covered. Your own words are kept; what they read stands on this page.",
    ),
}
