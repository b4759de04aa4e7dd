"""The project's own questions with their answers, over a corpus of invented agencies. See README.md."""
