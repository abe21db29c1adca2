"""``./run test [--full] [--after-check] [pytest words]``: the whole suite, on SQLite and then on PostgreSQL.

``--after-check`` leaves out what ``./run check`` ran a moment ago: on SQLite all quick tests, on PostgreSQL what cannot
fall out otherwise there. docs/testing.md says by which rule a test is asked of PostgreSQL too; the lists below are its
letter. A journey that ran in both languages and widths on SQLite runs once on PostgreSQL: the database knows neither.

PostgreSQL is looked for at HUIYIN_TEST_POSTGRES_URL. Where it, or Chromium, is
missing, a person is told so and the rest goes on; in CI the run fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_POSTGRES = "postgres://postgres@127.0.0.1:5432/test"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
NO_RULES = ("tests/rules",)  # they know no database, and a contract sees to it
NO_PAGES = (  # what pages ask, the record's own tests, the draw of the matrix and the filled-in forms ask PostgreSQL too
    "tests/ui", *(f"tests/front/{it}" for it in ("desk", "office", "open", "portal", "transparency")),
    "tests/front/test_table_pages.py",
    *(f"tests/front/api/test_{it}.py" for it in ("attaching", "beside", "complaints", "desk", "helping", "promises", "rights", "tracking")),
    *(f"tests/matrix/test_{it}.py" for it in ("canary", "headers", "other_side", "payloads")),
)  # fmt: skip
NO_DATABASE = (
    *(f"tests/house/test_{it}.py" for it in ("addresses", "files", "procedures", "requirements", "rules_stand_alone", "templates")),
    *(f"tests/house/test_{it}.py" for it in ("never", "ways_of_talking", "words")),
    *(f"tests/record/files/test_{it}.py" for it in ("cleaning", "typesetting", "words")),
    *(f"tests/config/test_{it}.py" for it in ("mail", "procedures")), "tests/record/keyring", "tests/record/test_clock.py",
    "tests/stages/intake/test_table_file.py", "tests/tools/test_messages.py", "tests/demo/test_story.py",
)  # fmt: skip
WALKED_ON_BOTH = (
    "01_answered",
    "02_contested",
    "05_at_the_counter",
    "16_photos",
    "20_two_sides",
    "21_at_the_table",
    "22_four_years",
)
"""Journeys that between them file, attach, answer, sign, review, mediate and end: what stands behind the pages."""
ONE_WAY = ("-k", "not en-1280")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    """Run the suite once for each database; the exit code is that of the worst."""
    full, after_check = "--full" in arguments, "--after-check" in arguments
    words = [word for word in arguments if word not in {"--full", "--after-check"}]
    missing = what_is_missing()
    for sentence in missing:
        print(f"{'FAILED' if IN_CI else 'Note'}: {sentence}", flush=True)
    if missing and IN_CI:
        return 1
    if full:
        os.environ["HUIYIN_TEST_FULL"] = "1"  # what looks at everything once looks at it in every way
    codes = [suite("SQLite", {}, words, marks_of(words, full=full, only_slow=after_check))]
    url = os.environ.get("HUIYIN_TEST_POSTGRES_URL") or DEFAULT_POSTGRES
    if why_unreachable(url) is None:
        databases = {"DATABASE_URL": url, "VAULT_DATABASE_URL": vault_of(url)}
        everything = not any(word.startswith("tests") for word in words)
        less = (*NO_RULES, *((*NO_PAGES, *NO_DATABASE, *other_journeys()) if after_check else ()))
        once = ONE_WAY if after_check and "-k" not in words else ()
        chosen = [*(f"--ignore={each}" for each in less), *once, *words] if everything else words
        codes.append(suite("PostgreSQL", databases, chosen, marks_of(words, full=full)))
    for sentence in missing:
        print(f"Not tested: {sentence}")
    return max(codes)


def other_journeys() -> list[str]:
    """The journeys that SQLite alone is asked about."""
    found = sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
    return [
        file.relative_to(ROOT).as_posix() for file in found if file.stem.removeprefix("test_") not in WALKED_ON_BOTH
    ]


def what_is_missing() -> list[str]:
    """What this machine lacks for the whole suite, in sentences."""
    found = []
    url = os.environ.get("HUIYIN_TEST_POSTGRES_URL") or DEFAULT_POSTGRES
    reason = why_unreachable(url)
    if reason:
        found.append(f"PostgreSQL is not reachable at {url} ({reason}); set HUIYIN_TEST_POSTGRES_URL to test on it.")
    if not os.environ.get("HUIYIN_CHROMIUM") and not any(map(shutil.which, BROWSERS)):
        found.append("there is no Chromium here for the browser journeys (apt-get install chromium-headless-shell).")
    return found


def why_unreachable(url: str) -> str | None:
    """None when PostgreSQL answers at ``url``, otherwise its first words of refusal."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as problem:
        return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
    return None


def vault_of(url: str) -> str:
    """The same server, another database: ``test_vault`` beside ``test``."""
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}_vault").geturl()


def marks_of(words: list[str], *, full: bool, only_slow: bool = False) -> tuple[str, ...]:
    """The words that choose tests by their marks; none where the caller chose already."""
    if "-m" in words:
        return ()
    chosen = ["(slow or browser or full)" if only_slow else "", "" if full else "not full"]
    expression = " and ".join(filter(None, chosen))
    return ("-m", expression) if expression else ()


def suite(engine: str, databases: dict[str, str], words: list[str], marks: tuple[str, ...]) -> int:
    """One run of pytest against one kind of database."""
    left_out = {
        "DATABASE_URL",
        "VAULT_DATABASE_URL",
        "PYTHONDONTWRITEBYTECODE",
    }  # the last: hundreds of files, compiled again
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "HUIYIN_PROFILE": "test", **databases}
    side_by_side = () if "-n" in words else ("-n", "2", "--dist", "loadgroup")
    slowest = ("--durations=15", "--durations-min=5")
    print(f"\n== The suite on {engine}", flush=True)
    begun = time.monotonic()
    command = (sys.executable, "-m", "pytest", "-q", *slowest, *side_by_side, *marks, *words)
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    print(f"== {engine}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - begun:.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
