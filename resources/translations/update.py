"""Keep the translations in step with the source: `python resources/translations/update.py [--check]`.

Run it with the Python of the project's environment, which has PySide6 with its `lupdate` and `lrelease`.

Without an option it collects every word of `gigadesk/ui` into the .ts files and writes the .qm files that the program
loads; what is new has to be translated by hand in the .ts file, and the script run again. With `--check` it changes
nothing, lists what is missing and exits with 1 if anything is.
"""
# ruff: noqa: INP001 - a script, not a part of the package

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
SOURCES = "gigadesk/ui"
# English is in the source itself; only its plural forms are translated.
OPTIONS = {"ru": [], "en": ["-pluralonly"]}
PLURAL_FORMS = {"ru": 3, "en": 2}
PLACEHOLDER = re.compile(r"\{\w*\}|%n|%L?\d")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit with 1 if anything is missing")
    is_check = parser.parse_args().check
    problems = check() if is_check else update()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    if problems and is_check:
        sys.stdout.write("Run resources/translations/update.py, translate what is new in the .ts file, run it again.\n")
    return 1 if problems else 0


def update() -> list[str]:
    """Bring the .ts and .qm files up to date; what still has to be translated."""
    problems = []
    for language in OPTIONS:
        collect(language, _ts(FOLDER, language))
        release(_ts(FOLDER, language), _qm(FOLDER, language))
        problems += list(faults_of(language, _ts(FOLDER, language)))
    return problems


def check() -> list[str]:
    """Everything that is not as `update` would leave it."""
    problems = []
    with tempfile.TemporaryDirectory() as name:
        for language in OPTIONS:
            problems += _check_language(language, Path(name))
    return problems


def collect(language: str, target: Path) -> None:
    """Put every word of the source into the .ts file and take away what the source no longer has."""
    sources = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / SOURCES).rglob("*.py"))
    _run_tool(
        "lupdate",
        *(*OPTIONS[language], "-locations", "none", "-no-obsolete", "-source-language", "en"),
        # A guessed translation looks finished to a hurried eye.
        *("-disable-heuristic", "sametext", "-disable-heuristic", "similartext"),
        *("-target-language", language, *sources, "-ts", str(target)),
    )


def release(source: Path, target: Path) -> None:
    """Write the .qm file that the program loads."""
    _run_tool("lrelease", "-silent", str(source), "-qm", str(target))


def faults_of(language: str, path: Path) -> Iterator[str]:
    """What is not translated, or translated so that a value would be lost."""
    for context, message in _messages(path):
        source = message.findtext("source", "")
        place = f"{path.name}: {context}: {source!r}"
        translation = message.find("translation")
        forms = _forms(message)
        if not context:
            yield f"{place} stands where nobody finds it: write `self.tr(...)` or `QCoreApplication.translate(...)`"
        if translation is None or translation.get("type") == "unfinished" or not all(form.strip() for form in forms):
            yield f"{place} is not translated"
        elif message.get("numerus") == "yes" and len(forms) != PLURAL_FORMS[language]:
            yield f"{place} has {len(forms)} plural forms, not {PLURAL_FORMS[language]}"
        elif any(_placeholders(form) != _placeholders(source) for form in forms):
            yield f"{place} has other placeholders than its translation"


def _check_language(language: str, scratch: Path) -> list[str]:
    path = _ts(FOLDER, language)
    if not path.exists():
        return [f"{path.name} is missing"]
    fresh = scratch / path.name
    shutil.copy(path, fresh)
    collect(language, fresh)
    known, wanted = _sources(path), _sources(fresh)
    problems = [f"{path.name}: {context}: {source!r} is missing" for context, source in sorted(wanted - known)]
    problems += [f"{path.name}: {context}: {source!r} is no longer used" for context, source in sorted(known - wanted)]
    problems += list(faults_of(language, path))
    released = _qm(scratch, language)
    release(path, released)
    if not _qm(FOLDER, language).exists() or _qm(FOLDER, language).read_bytes() != released.read_bytes():
        problems.append(f"{_qm(FOLDER, language).name} was not made from {path.name} as it is now")
    return problems


def _messages(path: Path) -> Iterator[tuple[str, ET.Element]]:
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def _sources(path: Path) -> set[tuple[str, str]]:
    return {(context, message.findtext("source", "")) for context, message in _messages(path)}


def _forms(message: ET.Element) -> Sequence[str]:
    plural = [form.text or "" for form in message.iter("numerusform")]
    return plural or [message.findtext("translation", "")]


def _placeholders(text: str) -> Counter[str]:
    # "%n" may be left out where the form says the number in words.
    return Counter(found for found in PLACEHOLDER.findall(text) if found != "%n")


def _ts(folder: Path, language: str) -> Path:
    return folder / f"gigadesk_{language}.ts"


def _qm(folder: Path, language: str) -> Path:
    return folder / f"gigadesk_{language}.qm"


def _run_tool(name: str, *arguments: str) -> None:
    """Run a tool of PySide6; its output is shown when it fails."""
    starter = f"import sys; from PySide6.scripts.pyside_tool import {name}; sys.exit({name}())"
    # S603: nothing here comes from outside.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", starter, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
