"""The branches of a chat as a map, and two answers side by side with their differences marked."""
