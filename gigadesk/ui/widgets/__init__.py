"""Small controls that several rooms use. Each has an accessible name and works by keyboard."""
