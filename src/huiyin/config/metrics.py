"""Figures for whoever watches the service: how many notices wait, and since when. None of them tells of one case."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from huiyin.record import clock
from huiyin.record.notices.queries import standing


class Outbox(Collector):
    """The outbox, asked whenever the figures are fetched."""

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked of the database before somebody fetches."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Four figures."""
        now = standing()
        oldest = (clock.now() - now.oldest).total_seconds() if now.oldest else 0.0
        yield GaugeMetricFamily("huiyin_mail_is_set_up", "1 where notices can be sent", float(now.is_set_up))
        yield GaugeMetricFamily("huiyin_notices_waiting", "Notices in the outbox", now.waiting)
        yield GaugeMetricFamily("huiyin_notices_oldest_seconds", "How long the oldest of them waits", oldest)
        yield GaugeMetricFamily("huiyin_notices_undelivered", "Notices that reached nobody", now.undelivered)
