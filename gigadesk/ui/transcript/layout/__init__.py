"""Blocks of an answer to boxes: what is measured, placed and painted. No view, no selection."""
