"""What protects a complainant, for programs: pressure, withdrawal, a question about a look."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from huiyin.front.api import ask_answers, promise_answers, requests, shown
from huiyin.front.api.description import described
from huiyin.front.api.tracking import CHANGING, held
from huiyin.front.api.view import ApiView
from huiyin.record.cases.deeds import classing, looking, pressure, recusing, withdrawing
from huiyin.record.cases.registering.registration import Named


class TrackPressure(ApiView):
    """Say that one was put under pressure because of a complaint."""

    @described(
        "report_pressure",
        _("Report pressure"),
        _(
            "From every state, also after the end. Makes a matter of its own at a desk outside the unit, under links; the same code follows it. The unit does not learn of it. The same words sent twice arrive once."
        ),
        body=requests.Pressure,
        answer={201: promise_answers.CameBack},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Register the report."""
        given = self.given(request, requests.Pressure)
        holder, number = held(given, request)
        about = tuple(Named(**about) for about in given.get("about", ()))
        made = pressure.report_pressure(holder, case_number=number, text=given["text"], about=about)
        return Response({"case_number": made, "tracking_url": shown.tracking_url(made)}, status=201)


class TrackLooks(ApiView):
    """Ask why somebody opened the matter."""

    @described(
        "ask_about_look",
        _("Ask about a look"),
        _(
            "Whoever looked must answer, with reasons, within five working days; if away, the head of the unit. Each look can be asked about once. The answer stands beside the look."
        ),
        body=requests.LookQuestion,
        answer={201: ask_answers.Asked},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep the question."""
        given = self.given(request, requests.LookQuestion)
        holder, number = held(given, request)
        made = looking.ask_about_look(holder, given["look"], case_number=number, text=given["text"])
        return Response({"case_number": number, "number": made}, status=201)


class TrackWithdrawal(ApiView):
    """Ask to withdraw."""

    @described(
        "ask_to_withdraw",
        _("Ask to withdraw"),
        _(
            "Nobody may demand it. A desk outside the unit confirms it; it takes effect seven days later, unless it is undone. Until then the matter goes on."
        ),
        body=requests.Withdrawal,
        answer={201: ask_answers.Asked},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Ask the desk outside."""
        given = self.given(request, requests.Withdrawal)
        holder, number = held(given, request)
        made = withdrawing.ask_to_withdraw(holder, case_number=number, text=given.get("text", ""))
        return Response({"case_number": number, "number": made}, status=201)


class TrackWithdrawalUndo(ApiView):
    """Undo a withdrawal."""

    @described(
        "undo_withdrawal",
        _("Undo a withdrawal"),
        _("Until it takes effect, without a reason. The matter goes on as it was."),
        body=requests.Receipt,
        answer={201: ask_answers.Undone},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Undo it."""
        given = self.given(request, requests.Receipt)
        holder, number = held(given, request)
        withdrawing.undo(holder, case_number=number)
        return Response({"case_number": number}, status=201)


class TrackRecusal(ApiView):
    """Ask that the responsible officer step aside."""

    @described(
        "ask_for_recusal",
        _("Ask for another officer"),
        _("Somebody above the officer decides within three working days, with reasons. Until then the work goes on."),
        body=requests.Recusal,
        answer={201: ask_answers.Asked},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Ask somebody above."""
        given = self.given(request, requests.Recusal)
        holder, number = held(given, request)
        made = recusing.ask_for_recusal(holder, case_number=number, text=given["text"])
        return Response({"case_number": number, "number": made}, status=201)


class TrackClass(ApiView):
    """Say that the class of a complaint about staff is wrong."""

    @described(
        "contest_class",
        _("Contest the class"),
        _("Somebody else than who set it answers within three working days, with reasons. It can be doubted once."),
        body=requests.Doubt,
        answer={201: ask_answers.Asked},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Ask somebody else."""
        given = self.given(request, requests.Doubt)
        holder, number = held(given, request)
        made = classing.contest_class(holder, case_number=number, text=given["text"])
        return Response({"case_number": number, "number": made}, status=201)


class TrackAbout(ApiView):
    """Say later whom the matter is about."""

    @described(
        "name_later",
        _("Say whom it is about"),
        _("Those named and their units can neither find, open, count nor be given the matter from this moment on."),
        body=requests.Naming,
        answer={201: ask_answers.NamedLater},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep them away."""
        given = self.given(request, requests.Naming)
        holder, number = held(given, request)
        recusing.name_as_complainant(holder, [Named(**about) for about in given["about"]], case_number=number)
        return Response({"case_number": number}, status=201)
