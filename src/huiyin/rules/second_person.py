"""Who may be the second of two people where one alone may not."""

from __future__ import annotations

from collections.abc import Collection

KEEPER = "vault_keeper"
HEAD = "body_head"


def may_be_second(roles: Collection[str], *, is_outside: bool, is_own_unit: bool) -> bool:
    """Whether a post may agree that a sealed name is opened: whoever keeps the vault, or a desk outside or a head elsewhere.

    Nobody agrees to what their own unit asks for, but the keeper of the vault.
    """
    return KEEPER in roles or ((is_outside or HEAD in roles) and not is_own_unit)
