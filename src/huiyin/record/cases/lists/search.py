"""Full text over overlapping pairs of characters: the same exact answers on both engines.

The index holds, per case, the *set* of its pairs. A search takes the cases that
hold every pair of the query, newest first, inside what the reader may open, and
then looks into the text itself, so that what it gives is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.lists import external
from huiyin.record.cases.models import Case, Grant
from huiyin.record.cases.shown.rows import Row, rows_of
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.rules import bigrams
from huiyin.rules.receipt import parse_case_number

FIRST_BATCH, LARGEST_BATCH = 40, 4_000
NARROW = 2_000  # a reader with no desk and at most this many cases is searched within them


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, newest first; ``next`` is the place to go on from."""

    items: tuple[Row, ...]
    next: int | None


def indexed_text(case: Case) -> str:
    """The words of a case that can be found: its own text, never an identity."""
    return "\n".join((case.subject, case.description, case.officer_summary))


def _cut(text: str) -> str:
    return " ".join(bigrams.index_terms(text))


def add(case: Case) -> None:
    """Index a case; in the transaction that writes it."""
    if not case.key_epoch:  # the words of a sealed matter stand in no index: it is found by its number
        add_many([(case.pk, indexed_text(case))])


def add_many(rows: Iterable[tuple[int, str]]) -> None:
    """Index many cases at once."""
    cut = [(key, _cut(text)) for key, text in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO cases_search (case_id, tokens) VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))",
                [(key, tokens) for key, tokens in cut if tokens],
            )
        else:
            cursor.executemany("INSERT INTO cases_search (rowid, tokens) VALUES (%s, %s)", cut)


def change(case: Case, *, before: str) -> None:
    """Index a case again after its text changed; ``before`` is the text as it was indexed."""
    if case.key_epoch:
        return
    forget(case, before=before)
    add(case)


def forget(case: Case, *, before: str) -> None:
    """Take a case out of the index; ``before`` is the text as it was indexed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM cases_search WHERE case_id = %s", [case.pk])
        else:
            cursor.execute(
                "INSERT INTO cases_search (cases_search, rowid, tokens) VALUES ('delete', %s, %s)",
                [case.pk, _cut(before)],
            )


def rebuild() -> int:
    """Make the whole index anew; gives the number of cases."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM cases_search")
        else:
            cursor.execute("INSERT INTO cases_search (cases_search) VALUES ('delete-all')")
        count = 0
        batch: list[tuple[int, str]] = []
        ordinary = Case.scoped.filter(key_epoch=0).only("pk", "subject", "description", "officer_summary")
        for case in ordinary.iterator(chunk_size=1000):
            batch.append((case.pk, indexed_text(case)))
            count += 1
            if len(batch) == 1000:
                add_many(batch)
                batch = []
        add_many(batch)
    return count


def search(query: str, *, reader: Reader, limit: int = 20, before: int | None = None) -> Found:
    """Cases the reader may open that hold the query's words, newest first.

    A case number, or the exact number of another system, gives that case. Several words must all occur. The search itself is one event in the chain of
    the reader's body, without the words. Raises Refusal("search_too_short") and
    Refusal("search_number").
    """
    number = parse_case_number(query)
    with transaction.atomic(durable=True):
        if reader.posts:
            append_event(ChainRef.body(reader.posts[0].body_code), "search_made", actor=reader.actor(), details={})
    if number is not None:
        cases = list(scope.openable(reader).filter(number=number))
        return Found(rows_of(cases, reader), None)
    elsewhere = external.cases_numbered(query, reader)
    if elsewhere:
        return Found(rows_of(elsewhere, reader), None)
    words = [word for word in query.split() if word] or [query]
    tokens = sorted({bigrams.encode(token) for word in words for token in bigrams.query_tokens(word)})
    found: list[Case] = []
    for candidates in _candidates(tokens, reader, before):
        known = {case.pk: case for case in scope.openable(reader).filter(pk__in=candidates)}
        for key in candidates:
            case = known.get(key)
            if case is not None and all(bigrams.matches(indexed_text(case), word) for word in words):
                found.append(case)
                if len(found) > limit:
                    return Found(rows_of(found[:limit], reader), found[limit - 1].pk)
    return Found(rows_of(found, reader), None)


def _candidates(tokens: Sequence[str], reader: Reader, before: int | None) -> Iterator[list[int]]:
    within = _narrow(reader)
    size, last = FIRST_BATCH, before
    while True:
        batch = _matching(tokens, within, last, size)
        if batch:
            yield batch
        if len(batch) < size:
            return
        last, size = batch[-1], min(size * 4, LARGEST_BATCH)


def _narrow(reader: Reader) -> list[int] | None:
    if scope.desk_units(reader):
        return None
    rows = Grant.objects.filter(scope.current_grants(), Q(case__isnull=False), post__in=reader.post_ids)
    keys = list(rows.values_list("case_id", flat=True)[: NARROW + 1])
    return keys if len(keys) <= NARROW else None


def _matching(tokens: Sequence[str], within: list[int] | None, before: int | None, size: int) -> list[int]:
    """Keys of cases that hold every token, newest first.

    On PostgreSQL the match is fenced (OFFSET 0): with ORDER BY beside it the
    planner may walk the whole primary key instead.
    """
    params: list[str | int] = []
    if connection.vendor == "postgresql":
        column, match = "case_id", "tokens @@ %s::tsquery"
        params.append(" & ".join(f"'{token}'" for token in tokens))
    else:
        column, match = "rowid", "cases_search MATCH %s"
        params.append(" AND ".join(f'"{token}"' for token in tokens))
    clauses = [match]
    if before is not None:
        clauses.append(f"{column} < %s")
        params.append(before)
    if within is not None:
        if not within:
            return []
        clauses.append(f"{column} IN ({', '.join(str(int(key)) for key in within)})")
    inner = f"SELECT {column} AS id FROM cases_search WHERE {' AND '.join(clauses)}"  # noqa: S608 - every value is a parameter
    if connection.vendor == "postgresql":
        statement = f"SELECT id FROM ({inner} OFFSET 0) AS hits ORDER BY id DESC LIMIT {int(size)}"  # noqa: S608 - every value is a parameter
    else:
        statement = f"{inner} ORDER BY rowid DESC LIMIT {int(size)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [row[0] for row in cursor.fetchall()]
