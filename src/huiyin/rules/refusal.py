"""How a rule says no: one exception with a code, never a sentence.

The sentence belongs to the reader's language and stands once, in
``huiyin.ui.refusals``, together with the HTTP status it is shown under.
"""

from __future__ import annotations


class Refusal(Exception):
    """A deed that is not done, and why.

    ``code`` is a word of the table in ``huiyin.ui.refusals``; ``params`` fill
    the named places of its sentence.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, object] = params

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refusal) and (self.code, self.params) == (other.code, other.params)

    def __hash__(self) -> int:
        return hash(self.code)
