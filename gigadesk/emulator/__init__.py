"""A faithful local GigaChat: the demo without a key, and the other side of every test."""
