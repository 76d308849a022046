"""Conversations on paper: the same blocks as on the screen, laid out for pages."""
