"""What gunicorn imports: the program, built from the environment."""

import sys

from bot import logs
from bot.app import create_app
from bot.problems import Refused
from bot.settings import from_environment

logs.begin()

try:
    app = create_app(from_environment())
except Refused as refused:
    print(refused, file=sys.stderr)
    sys.exit(1)
