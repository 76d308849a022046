"""Finding words in the shown conversation: what is found, where, and how the view is led there.

Imports nothing by itself: the worker process takes the pure modules (`query`, `places`, `shown_text`) without Qt.
"""
