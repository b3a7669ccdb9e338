"""What Prometheus reads at /metrics.

Messages are counted in the database: one truth for all processes and machines, which no restart sets back to nought,
where counters in memory would tell of one machine. How long answers took is counted in memory, by machine: it matters
now, and what a restart takes away is none of it.
"""

import hmac
from collections.abc import Iterator
from itertools import accumulate

from flask import Blueprint, Response, abort, request

from bot.line import Line
from bot.settings import Settings
from bot.store import Store, Unavailable
from bot.timings import BOUNDS, Timings


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the page. With an account set it needs METRICS_TOKEN as a bearer token, and is not there without one."""
    door = Blueprint("monitoring", __name__)

    @door.get("/metrics")
    def metrics() -> Response:
        if settings.is_live and not settings.metrics_token:
            abort(404)
        if settings.is_live and not _is_prometheus(settings.metrics_token):
            return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        # A tenth of a start, for what few ask.
        from prometheus_client import CONTENT_TYPE_LATEST

        return Response(rendered(line), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

    return door


def _is_prometheus(token: str) -> bool:
    given = request.headers.get("Authorization", "").encode("latin-1", "replace")
    return hmac.compare_digest(given, f"Bearer {token}".encode())


def rendered(line: Line) -> bytes:
    """Return the metrics in Prometheus's text format; without a database they say that it is away."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

    class Counted:
        def collect(self) -> Iterator[Metric]:
            up = GaugeMetricFamily("skinline_database_up", "1 where the database can be written, else 0")
            up.add_metric([], float(line.store.is_ready()))
            yield up
            labels = ["channel", "language", "how"]
            every = CounterMetricFamily(
                "skinline_messages", "Messages received, by how each was dealt with", labels=labels
            )
            for *values, count in _counts(line.store):
                every.add_metric(values, count)
            yield every
            took = HistogramMetricFamily("skinline_answer_seconds", "How long answers took, on this machine")
            took.add_metric([], _buckets(line.timings), line.timings.seconds)
            yield took

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Counted())
    return generate_latest(registry)


def _buckets(timings: Timings) -> list[tuple[str, float]]:
    """Return how many took at most so long, as Prometheus counts."""
    bounds = [*map(str, BOUNDS), "+Inf"]
    return list(zip(bounds, accumulate(timings.counts), strict=True))


def _counts(store: Store) -> list[tuple[str, str, str, int]]:
    try:
        return store.counts()
    except Unavailable:
        return []
