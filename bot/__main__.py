"""`python -m bot` is `nianbao`."""

import sys

from bot.cli import main

sys.exit(main())
