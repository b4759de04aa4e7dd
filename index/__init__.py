"""Documents in; figures and passages out, stored. Knows nothing of questions, wording or Telegram."""

__version__ = "0.1.0"
