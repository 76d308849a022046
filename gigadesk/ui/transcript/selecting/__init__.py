"""What is selected and where the caret is, by mouse and by keyboard, while text streams in."""
