"""How gunicorn serves (`gunicorn -c python:bot.serving bot.wsgi:app`): two processes that share what they loaded.

Sync workers close every connection: none can be pinned to a worker, which costs threads half their throughput after
a restart behind a proxy. Loading before forking shares the library's memory, and shows a mistake once, not per worker.
"""

import gc
import os

# Nothing of what is loaded is garbage: looking for some takes a tenth of the start. The program turns it on again.
gc.disable()
bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"  # noqa: S104 - it serves the network
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
preload_app = True
timeout = 15
"""Seconds: as long as Twilio waits."""
# gunicorn's own access log would write addresses of browsers; ours has one line a message.
accesslog = None
