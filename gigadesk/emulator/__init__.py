"""A faithful local GigaChat: the demo without a key, and the other side of every test."""

from gigadesk.emulator.exchange import RecordedRequest
from gigadesk.emulator.faults import Cut, Fault, Faults
from gigadesk.emulator.options import ClientCertificates, EmulatorOptions, Endpoint, Plan
from gigadesk.emulator.server import Emulator

__all__ = [
    "ClientCertificates",
    "Cut",
    "Emulator",
    "EmulatorOptions",
    "Endpoint",
    "Fault",
    "Faults",
    "Plan",
    "RecordedRequest",
]
