"""The floor: what bare Django costs on the same server, engine and settings, for the least that can be called the same.

Raw SQL, one INSERT and one commit, CSRF for the form and nothing else. Run as
``python -m tools.bench.floor PORT``; where it stands comes from the environment.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import Context, Engine
from django.template.context_processors import csrf
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from huiyin.config import environment as env
from tools.bench.texts import words

if not settings.configured:
    settings.configure(
        SECRET_KEY="the floor keeps nothing that a key could open",
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
        INSTALLED_APPS=[],
        DATABASES={"default": env.database("FLOOR_DATABASE_URL", Path(os.environ.get("FLOOR_FILE", "floor.sqlite3")))},
        USE_TZ=True,
    )
    django.setup()

FORM = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>投诉</title><h1>投诉</h1>
<form method="post">{{ csrf }}<input name="subject"><textarea name="description"></textarea><button>提交</button></form>"""
LIST = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>列表</title><table>
{% for row in rows %}<tr><td>{{ row.0 }}</td><td>{{ row.1 }}</td><td>{{ row.2 }}</td><td>{{ row.3 }}</td></tr>{% endfor %}
</table>"""
TEMPLATES = Engine(debug=False)
FORM_TEMPLATE, LIST_TEMPLATE = TEMPLATES.from_string(FORM), TEMPLATES.from_string(LIST)
INSERT = "INSERT INTO complaint (number, subject, description, unit, due_on) VALUES (%s, %s, %s, %s, %s)"
TABLE = (
    "CREATE TABLE complaint (id {key}, number varchar(40) NOT NULL UNIQUE, subject varchar(200) NOT NULL,"
    " description text NOT NULL, unit integer NOT NULL, due_on varchar(10) NOT NULL)"
)
KEYS = {"sqlite": "integer PRIMARY KEY AUTOINCREMENT", "postgresql": "bigserial PRIMARY KEY"}


def form(request: HttpRequest) -> HttpResponse:
    """GET a form, POST it: one INSERT, one commit."""
    if request.method == "GET":
        token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{csrf(request)["csrf_token"]}">'
        return HttpResponse(FORM_TEMPLATE.render(Context({"csrf": token}, autoescape=False)))
    number = _insert(request.POST["subject"], request.POST["description"])
    return HttpResponseRedirect(f"/receipt/{number}")


@csrf_exempt
def api(request: HttpRequest) -> HttpResponse:
    """POST JSON: one INSERT, one commit."""
    values = json.loads(request.body)
    return JsonResponse({"number": _insert(values["subject"], values["description"])}, status=201)


@csrf_exempt
def look_up(request: HttpRequest) -> HttpResponse:
    """POST a number: one SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, subject, description, due_on FROM complaint WHERE number = %s",
            [json.loads(request.body)["number"]],
        )
        row = cursor.fetchone()
    return JsonResponse(dict(zip(("number", "subject", "description", "due_on"), row, strict=True)))


def queue(request: HttpRequest) -> HttpResponse:
    """One indexed SELECT of 25 rows, rendered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, subject, due_on, id FROM complaint WHERE unit = 1 ORDER BY due_on, id LIMIT 25")
        rows = cursor.fetchall()
    return HttpResponse(LIST_TEMPLATE.render(Context({"rows": rows})))


def _insert(subject: str, description: str) -> str:
    number = os.urandom(8).hex()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [number, subject, description, 1, "2026-12-31"])
    return number


urlpatterns = [path("form", form), path("api", api), path("look-up", look_up), path("queue", queue)]


def prepare(rows: list[tuple[str, str, str, int, str]]) -> None:
    """The table, its index and its first rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLE.format(key=KEYS[connection.vendor]))
        cursor.executemany(INSERT, rows)
        cursor.execute("CREATE INDEX complaint_of_unit ON complaint (unit, due_on, id)")


def load_application() -> Any:
    """What each worker runs."""
    return get_wsgi_application()


def main(arguments: list[str]) -> int:
    """Serve with the settings of the program's own server; or fill the table, and end."""
    if arguments[0] == "prepare":
        texts = ((position, words(position)) for position in range(int(arguments[1])))
        prepare([(f"{n}", text.subject, text.description, n % 2, f"2026-12-{n % 28 + 1:02d}") for n, text in texts])
        return 0
    server = Granian(
        "tools.bench.floor:load_application",
        address="127.0.0.1",
        port=int(arguments[0]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        backlog=1024,
        log_level=LogLevels.warning,
        log_access=False,
    )
    server.serve(target_loader=load_application, wrap_loader=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
