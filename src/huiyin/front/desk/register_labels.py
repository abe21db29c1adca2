"""The words of the register of disputes. They stand side by side; none is better than another."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESULTS: dict[str, Promise] = {
    "": _("goes on"),
    "agreed_in_writing": _("agreed in writing"),
    "agreed_orally": _("agreed orally"),
    "refused": _("one side did not want to"),
    "left": _("one side left"),
    "no_agreement": _("ended without agreement"),
    "unanswered": _("the other side did not answer"),
    "not_for_mediation": _("not for mediation, route given"),
    "joined": _("goes on together with another one"),
    "kept": _("agreed, and kept"),
    "not_kept": _("agreed, and not kept"),
}
COMPLEXITIES: dict[str, Promise] = {
    "": _("not set"),
    "simple": _("simple"),
    "ordinary": _("ordinary"),
    "complex": _("complex"),
}
OPENED_BY: dict[str, Promise] = {
    "complainant": _("asked for by one side"),
    "both": _("asked for by both sides"),
    "officer": _("heard by an officer"),
    "complaint": _("out of a complaint"),
}
BY: dict[str, Promise] = {
    "kind": _("Kind"),
    "level": _("Level"),
    "complexity": _("Term"),
    "result": _("Result"),
    "opened_by": _("How it came"),
}
TIMES: dict[str, Promise] = {
    "in_time": _("settled within its time"),
    "late": _("settled after its time"),
    "without": _("settled without a running time"),
}
