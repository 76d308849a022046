"""Work, counted in function calls: that depends on what is done alone, not on the machine."""

import sys


def calls(work):
    """How many Python functions a piece of work calls."""
    count = 0

    def on_event(frame, event, argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
