"""Answer text to blocks, incrementally, and code to colours. Pure."""
