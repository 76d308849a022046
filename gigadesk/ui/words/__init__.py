"""What faults, files, findings and tools are called on the screen. Values in, translated words out."""
