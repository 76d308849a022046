"""The transcript as screen readers get it: a list of messages, and what is announced."""
