"""The rows of the view: a message with its text, thoughts, files, heights and what stands around it."""
