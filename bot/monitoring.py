"""What Prometheus reads at /metrics.

Messages are counted in the database: one truth for all processes and machines, which no restart sets back to nought,
where counters in memory would need a folder that all processes share and would tell of one machine. How long each
message took stands in the log (`ms=`).
"""

import hmac
from collections.abc import Iterator

from flask import Blueprint, Response, abort, request

from bot.settings import Settings
from bot.store import Store, Unavailable


def blueprint(settings: Settings, store: Store) -> Blueprint:
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

        return Response(rendered(store), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

    return door


def _is_prometheus(token: str) -> bool:
    given = request.headers.get("Authorization", "").encode("latin-1", "replace")
    return hmac.compare_digest(given, f"Bearer {token}".encode())


def rendered(store: Store) -> bytes:
    """Return the metrics in Prometheus's text format; without a database they say that it is away."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

    class Counted:
        def collect(self) -> Iterator[Metric]:
            up = GaugeMetricFamily("skinline_database_up", "1 where the database can be written, else 0")
            up.add_metric([], float(store.is_ready()))
            yield up
            labels = ["channel", "language", "how"]
            every = CounterMetricFamily(
                "skinline_messages", "Messages received, by how each was dealt with", labels=labels
            )
            for *values, count in _counts(store):
                every.add_metric(values, count)
            yield every

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Counted())
    return generate_latest(registry)


def _counts(store: Store) -> list[tuple[str, str, str, int]]:
    try:
        return store.counts()
    except Unavailable:
        return []
