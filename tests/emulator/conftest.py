"""A running emulator that answers at once, and a plain client of it."""

from collections.abc import AsyncIterator

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions
from tests.emulator.emulator_support import Visitor, visiting


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator(EmulatorOptions(characters_per_s=0))
    yield emulator
    await emulator.stop()


@pytest.fixture
async def visitor(emulator: Emulator) -> AsyncIterator[Visitor]:
    async with visiting(emulator) as visitor:
        yield visitor
