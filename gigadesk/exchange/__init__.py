"""The formats in which chats leave the program and come in. Values in, text and bytes out; no Qt, no database."""
