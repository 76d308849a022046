"""What the program shows of its data: the place, the snapshots, what can be done when it cannot be opened."""
