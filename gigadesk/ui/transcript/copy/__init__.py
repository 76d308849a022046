"""The shown text on its way out: Markdown source, HTML and plain text for the clipboard and for drags."""
