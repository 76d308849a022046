"""The conversations on the user's disk: SQLite, its migrations, messages, journal."""
