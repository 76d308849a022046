"""Runs under the system's Python, which has pyatspi: starts the program it is given and reads it as a screen reader.

Prints one line of JSON: what was read. Imports nothing of ours.
"""

import json
import subprocess
import sys
import time

import pyatspi

LIMIT_S = 30


def main() -> None:
    program = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout.readline() == "ready\n"
        messages = until(find_list)
        report = {
            "list": messages.name,
            "roles": [child.getRoleName() for child in messages],
            "before": read(messages),
            "actions": action_names(messages[1]),
            "busy": messages[2].getState().contains(pyatspi.STATE_BUSY),
            "visible": messages[1].queryComponent().getExtents(pyatspi.DESKTOP_COORDS).height > 0,
        }
        act(messages[1], "link:https://example.com")
        act(messages[1], "copy_code")
        report["told"] = until(lambda: (told := ask(program, "tell")).endswith("x = 1") and told)
        tell(program, "grow")
        report["grown"] = read(messages)
        tell(program, "end")
        report["ended"] = read(messages)
        tell(program, "walk")
        report["walked"] = until(lambda: focused(messages))
        act(messages[0], "setfocus")
        report["went"] = until(lambda: 0 in focused(messages) and focused(messages))
        tell(program, "clear")
        report["cleared"] = messages.childCount
    finally:
        program.stdin.close()
    report["exit"] = program.wait(LIMIT_S)
    sys.stdout.write(json.dumps(report) + "\n")


def until(found):
    """What `found` finds, as soon as it does."""
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        result = found()
        if result:
            return result
        time.sleep(0.05)
    raise SystemExit(f"not found: {found}")


def find_list():
    for application in pyatspi.Registry.getDesktop(0):
        found = application and pyatspi.findDescendant(
            application, lambda each: each.getRole() == pyatspi.ROLE_LIST and each.childCount == 3
        )
        if found:
            return found
    return None


def tell(program, command):
    program.stdin.write(command + "\n")
    program.stdin.flush()
    assert program.stdout.readline() == f"done {command}\n"


def ask(program, command):
    program.stdin.write(command + "\n")
    program.stdin.flush()
    return program.stdout.readline().strip().removeprefix(f"done {command} ")


def read(messages):
    messages.clearCache()
    return [[child.name, child.description] for child in messages]


def focused(messages):
    messages.clearCache()
    return [index for index, child in enumerate(messages) if child.getState().contains(pyatspi.STATE_FOCUSED)]


def action_names(child):
    action = child.queryAction()
    return [action.getName(index) for index in range(action.nActions)]


def act(child, name):
    action = child.queryAction()
    for index in range(action.nActions):
        if action.getName(index).lower().startswith(name):
            action.doAction(index)


main()
