"""What the program does: send, queue, stop, retry, branch, title, trash. Knows neither Qt nor aiohttp."""
