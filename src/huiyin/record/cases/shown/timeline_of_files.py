"""The sentences about files, and what a file is called in them."""

from __future__ import annotations

from huiyin.rules.procedure import Words

OF_FILES: dict[str, Words] = {
    "attachment_from_complainant": Words(
        zh="您提交了第{number}号附件（{file}）。", en="You added file {number} ({file})."
    ),
    "attachment_from_office": Words(
        zh="{officer}添加了第{number}号附件（{file}）。", en="{officer} added file {number} ({file})."
    ),
    "attachment_released": Words(
        zh="您允许工作人员打开第{number}号附件的原件。", en="You let officers open the original of file {number}."
    ),
    "attachment_withheld": Words(
        zh="您不再让工作人员打开第{number}号附件的原件。",
        en="You closed the original of file {number} to officers again.",
    ),
    "attachment_cleared": Words(
        zh="第{number}号附件已经查过病毒，可以打开了。", en="File {number} was scanned for viruses and can be opened."
    ),
    "attachment_infected": Words(
        zh="第{number}号附件查出病毒，已封存，任何人都打不开。请换一份再提交。",
        en="A virus was found in file {number}. It stays shut to everybody. Please send another copy of it.",
    ),
}
FILES: dict[str, Words] = {
    "photo": Words(zh="照片", en="photo"),
    "pdf": Words(zh="PDF文件", en="PDF"),
    "office": Words(zh="办公文档", en="office document"),
    "audio": Words(zh="录音", en="sound"),
    "video": Words(zh="视频", en="video"),
    "text": Words(zh="文字文件", en="plain text"),
}
