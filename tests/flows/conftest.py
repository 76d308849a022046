from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.flows.flow_support import Flow


@pytest.fixture
def flow(qapp, private_home: Path, monkeypatch):
    """A computer to run the program on. The looks that the program gave Qt are taken back."""
    # The snapshot of the day is in no story, however slow the machine is.
    monkeypatch.setattr("gigadesk.snapshot_desk.START_DELAY_S", 1e6)
    palette, font, sheet = qapp.palette(), qapp.font(), qapp.styleSheet()
    yield Flow(qapp, private_home, monkeypatch)
    QGuiApplication.clipboard().clear()
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def quick(flow, monkeypatch):
    """A computer whose program does not try again by itself: the words would come after seconds."""
    monkeypatch.setenv("GIGACHAT_MAX_RETRIES", "0")
    return flow
