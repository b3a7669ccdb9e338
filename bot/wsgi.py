"""What gunicorn imports: the program, built from the environment."""

import logging
import sys

from bot.app import create_app
from bot.problems import Refused
from bot.settings import from_environment

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
# Finding out what no line shows takes a third of the time of writing one.
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
logging._srcfile = None
# Twilio's client logs whole requests, numbers included.
logging.getLogger("twilio").setLevel(logging.WARNING)

try:
    app = create_app(from_environment())
except Refused as refused:
    print(refused, file=sys.stderr)
    sys.exit(1)
