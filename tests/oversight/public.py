"""What everybody reads of our figures: both pages, every quarter, both files, and the suggestions answered in public.

A number on a page that no rule speaks of is found here: whoever adds one must say how exact it is, or the attacker
would never be given it.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from huiyin.record import clock

WORDS = {"fewer than ten": "fewer_than_ten", "not shown, so that a smaller number beside it stays hidden": "withheld"}
FIGURE = re.compile(r"<(?:li|p)>([^<]+?): <strong>([^<]+)</strong> <span class=\"is-quiet\">([^<]+)</span></(?:li|p)>")
TABLE = re.compile(
    r'(?s)<section class="place"><h3>([^<]+?)(?: <span class="is-quiet">([\d,]+) in all</span>)?</h3>(.*?)</section>'
)
QUARTER = re.compile(r"\d{4}-Q\d")

Json = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """All that stands in public at one instant."""

    at: datetime.datetime
    data: Json
    totals_shown: dict[str, str]
    definitions: dict[str, str]
    tables_shown: dict[tuple[str, str], Any] = field(repr=False)
    suggestions: Counter[str] = field(repr=False)  # answered in public, by the name of the village


def read(client: Client, *, with_suggestions: bool = True) -> Reading:
    """Open everything; what pages and files say is the same, and no number stands there by itself."""
    data = json.loads(_got(client, "/statistics/data.json"))
    assert _from_csv(client) == _from_json(data)
    start = _main(_got(client, "/statistics/"))
    figures = {name: (value, said) for name, value, said in FIGURE.findall(start)}
    assert _left(start, figures) == [], "a number of which no rule speaks"
    tables: dict[tuple[str, str], Any] = {}
    for told in data["quarters"]:
        page = _main(_got(client, f"/statistics/{told['quarter']}/"))
        own = {name: (value, said) for name, value, said in FIGURE.findall(page)}
        assert _left(page, own) == [], told["quarter"]
        tables |= {(told["quarter"], title): cells for title, cells in _tables(page)}
        _same(told, data["names"], {title: cells for (of, title), cells in tables.items() if of == told["quarter"]})
    return Reading(
        clock.now(),
        data,
        {name: value for name, (value, _said) in figures.items()},
        {name: said for name, (_value, said) in figures.items()},
        tables,
        _answered(client) if with_suggestions else Counter(),
    )


def _got(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, address
    return answer.content.decode("utf-8-sig")


def _main(page: str) -> str:
    found = re.search(r"(?s)<main.*?</main>", page)
    assert found is not None
    return html.unescape(found[0])


def _left(page: str, figures: dict[str, tuple[str, str]]) -> list[str]:
    """Digits that stand neither in a figure nor in a table nor in the name of a quarter."""
    bare = QUARTER.sub("", TABLE.sub("", FIGURE.sub("", page)))
    text = re.sub(r"<[^>]+>", " ", bare)
    assert all(
        re.fullmatch(r"[\d,]+|\d+ of \d+ \(\d+\.\d %\)|\d+ out of \d+", value) for value, _said in figures.values()
    )
    return re.findall(r"\d+", text)


def _tables(page: str) -> list[tuple[str, Any]]:
    found = []
    for title, total, body in TABLE.findall(page):
        heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', body)
        rows = re.findall(r'(?s)<tr><th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', body)
        cells = {
            (name, head): _cell(value)
            for name, values in rows
            for head, value in zip(heads or [""], re.findall(r"<td[^>]*>([^<]*)</td>", values), strict=True)
        }
        found.append((title, (int(total.replace(",", "")) if total else None, cells)))
    return found


def _cell(text: str) -> int | str:
    return WORDS[text] if text in WORDS else int(text.replace(",", ""))


def _same(told: Json, names: Json, shown: dict[str, Any]) -> None:
    """Every cell of the page is one of the file, as it stands there; and none of the file is missing."""
    in_file = sum(len(table["cells"] or ()) + (1 if _is_crossed(table) else 0) for table in told["tables"])
    in_file += sum(len(told[name]) for name in told if name.endswith("_by_town"))
    on_page = sum(len(cells) for _total, cells in shown.values())
    assert in_file == on_page, (told["quarter"], in_file, on_page)
    from_file = Counter(str(cell["shown"]) for table in told["tables"] for cell in table["cells"] or ())
    from_file.update(str(table["total"]) for table in told["tables"] if _is_crossed(table))
    for name in told:
        if name.endswith("_by_town"):
            from_file.update(str(each["shown"] if isinstance(each, dict) else each) for each in told[name].values())
    assert from_file == Counter(str(value) for _total, cells in shown.values() for value in cells.values())
    assert names["town"]


def _is_crossed(table: Json) -> bool:
    return any(cell["row"] for cell in table["cells"] or ())


def _from_json(data: Json) -> Counter[tuple[str, ...]]:
    """Every number of the file, as (quarter, figure, row, column, shown)."""
    found: Counter[tuple[str, ...]] = Counter()
    found.update(("", name, "", "", str(value)) for name, value in data["totals"].items())
    for told in data["quarters"]:
        here = told["quarter"]
        for name, value in told["acts"].items():
            lines = (
                {f"complaints_{each}": count for each, count in value.items()}
                if name == "complaints"
                else {name: value}
            )
            found.update((here, each, "", "", str(count)) for each, count in lines.items())
        found.update((here, "coverage", name, "", str(value)) for name, value in told["coverage"].items())
        for table in told["tables"]:
            found.update(
                (here, table["name"], each["row"], each["column"], str(each["shown"])) for each in table["cells"] or ()
            )
        for name in told:
            if name.endswith("_by_town"):
                found.update(
                    (here, name, town, "", str(each["shown"] if isinstance(each, dict) else each))
                    for town, each in told[name].items()
                )
    return found


def _from_csv(client: Client) -> Counter[tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(_got(client, "/statistics/data.csv")))
    return Counter(
        (row["quarter"], row["figure"], row["row"], row["column"], row["value"] or row["why_not_shown"]) for row in rows
    )


def _answered(client: Client) -> Counter[str]:
    """How many suggestions of each village stand answered on the public list."""
    found: Counter[str] = Counter()
    address = "/suggestions/"
    while address:
        page = _main(_got(client, address))
        found.update(name.strip() for name in re.findall(r'<section class="place"><h2>([^<]+)<span', page))
        following = re.search(r'href="(/suggestions/)?(\?before=\d+)"', page)
        address = f"/suggestions/{following[2]}" if following else ""
    return found
