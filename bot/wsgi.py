"""What gunicorn imports: the program, built from the environment."""

import logging
import sys

from bot.app import create_app
from bot.problems import Refused
from bot.settings import from_environment

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
# Twilio's client logs whole requests, numbers included.
logging.getLogger("twilio").setLevel(logging.WARNING)

try:
    app = create_app(from_environment())
except Refused as refused:
    print(refused, file=sys.stderr)
    sys.exit(1)
