"""The tables of the memory, as numbered steps; a step once released is never changed."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("nianbao-memory")

CONVERSATIONS = """
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    received_at REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'waiting';
CREATE TABLE conversations (person TEXT PRIMARY KEY, updated_at REAL NOT NULL, body TEXT NOT NULL);
CREATE TABLE pages (id TEXT PRIMARY KEY, person TEXT NOT NULL, created_at REAL NOT NULL, body TEXT NOT NULL);
CREATE TABLE replies (
    chat_id INTEGER NOT NULL,
    question_id INTEGER NOT NULL,
    answer_id INTEGER NOT NULL,
    question TEXT NOT NULL,
    created_at REAL NOT NULL,
    PRIMARY KEY (chat_id, question_id)
);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

UPLOADS = """
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    batch TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'pending', 'stored', 'dropped', 'failed', 'undone')),
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    message_id INTEGER,
    agency TEXT,
    year INTEGER,
    summary TEXT NOT NULL DEFAULT '{}',
    created_at REAL NOT NULL
);
CREATE INDEX uploads_batch ON uploads (batch);
CREATE TABLE roles (user_id INTEGER PRIMARY KEY, role TEXT NOT NULL, given_by INTEGER NOT NULL, given_at REAL NOT NULL);
"""

PEOPLE = """
CREATE TABLE follows (
    person TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    agency_key TEXT NOT NULL,
    agency TEXT NOT NULL,
    created_at REAL NOT NULL,
    PRIMARY KEY (person, agency_key)
);
CREATE INDEX follows_agency ON follows (agency_key);
CREATE TABLE misses (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_at REAL NOT NULL
);
CREATE TABLE flags (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    answer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'mended', 'right')),
    created_at REAL NOT NULL
);
CREATE TABLE errors (reference TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, happened_at REAL NOT NULL);
"""


@migrations()
def m001_conversations(db: Database) -> None:
    _run(db, CONVERSATIONS)


@migrations()
def m002_uploads(db: Database) -> None:
    _run(db, UPLOADS)


@migrations()
def m003_people(db: Database) -> None:
    _run(db, PEOPLE)


@migrations()
def m004_language_of_followers(db: Database) -> None:
    _run(db, "ALTER TABLE follows ADD COLUMN language TEXT NOT NULL DEFAULT 'zh'")


def _run(db: Database, script: str) -> None:
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)
