"""Typed readers of the environment: the one way a setting comes in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A setting from the environment that cannot be used, and what to write instead."""


def text(name: str, default: str) -> str:
    """The variable as text; an empty one counts as absent."""
    return os.environ.get(name) or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else is refused."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SettingError(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list separated by commas."""
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or list(default)


def pairs(name: str) -> dict[str, object]:
    """Names and values as in ``bucket_name=files,region_name=cn-north-1``."""
    found = [part.partition("=") for part in words(name)]
    if wrong := next((part for part, sign, _value in found if not sign), ""):
        raise SettingError(f"{name} must be like name=value,name=value; {wrong!r} has no value.")
    return {part.strip(): value.strip() for part, _sign, value in found}


def folder(name: str, default: Path) -> Path:
    """The variable as an absolute path."""
    value = os.environ.get(name)
    return Path(value).expanduser().resolve() if value else default


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """A mail server, as Django's settings name its parts."""

    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    timeout: int = 10  # seconds for each answer

    @property
    def is_set_up(self) -> bool:
        """Whether anything can be sent at all."""
        return not self.backend.endswith("dummy.EmailBackend")


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(name: str) -> Mail:
    """A mail server from ``smtp+tls://user:password@host:port`` (STARTTLS), ``smtps://`` (TLS) or ``smtp://`` (in clear).

    ``console:`` prints mails instead of sending them. Without the variable there is none.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return Mail()
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Mail(backend="django.core.mail.backends.console.EmailBackend")
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise SettingError(f"{name} must be like smtp+tls://user:password@mail.example.org:587.")
    try:
        port = parts.port or MAIL_PORTS[parts.scheme]
    except ValueError:
        raise SettingError(f"{name}: the port must be a number from 1 to 65535.") from None
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )


def database(name: str, sqlite_file: Path) -> dict[str, object]:
    """Django's settings for ``postgres://user:password@host:port/name`` or ``sqlite:///path``.

    Without the variable: SQLite at ``sqlite_file``. SQLite always writes ahead,
    syncs fully and takes its write lock at the start of a transaction, so that
    an acknowledged complaint survives a power cut and two officers never see
    "database is locked".
    """
    url = os.environ.get(name, "")
    parts = urlsplit(url or f"sqlite:///{sqlite_file}")
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, object] = dict(parse_qsl(parts.query))
        options |= {"server_side_binding": True, "prepare_threshold": 3}  # plan once what comes again and again
        options["pool"] = {"min_size": 1, "max_size": number("HUIYIN_POOL_SIZE", 8), "timeout": 20}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path) if url else str(sqlite_file),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    " PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY"
                ),
            },
        }
    raise SettingError(f"{name} must begin with postgres:// or sqlite:///.")
