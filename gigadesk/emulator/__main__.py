"""`python -m gigadesk.emulator`: run alone, print one JSON line when listening, end with SIGINT or SIGTERM.

The line has the fields of `Endpoint`.
"""

import argparse
import asyncio
import dataclasses
import json
import signal
import sys

from gigadesk.emulator.certificates import MissingAuthorityError
from gigadesk.emulator.faults import Fault
from gigadesk.emulator.options import ClientCertificates, EmulatorOptions, Plan
from gigadesk.emulator.server import Emulator


def main(arguments: list[str] | None = None) -> int:
    options, faults = _read(arguments)
    try:
        asyncio.run(_serve(options, faults))
    except (OSError, MissingAuthorityError) as exc:
        sys.stderr.write(f"The emulator cannot start: {exc}\n")
        return 1
    except KeyboardInterrupt:
        # Windows has no signal handlers on the loop; there this is how Ctrl+C arrives.
        return 0
    return 0


async def _serve(options: EmulatorOptions, faults: list[Fault]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stopped.set)
        except NotImplementedError:  # the loops of Windows have no signal handlers
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stopped.set))
    emulator = Emulator(options)
    for fault in faults:
        emulator.faults.set(fault)
    endpoint = await emulator.start()
    try:
        sys.stdout.write(json.dumps(dataclasses.asdict(endpoint)) + "\n")
        sys.stdout.flush()
        await stopped.wait()
    finally:
        await emulator.stop()


def _read(arguments: list[str] | None) -> tuple[EmulatorOptions, list[Fault]]:
    default = EmulatorOptions()
    parser = argparse.ArgumentParser(prog="python -m gigadesk.emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--tls", action="store_true", help="serve HTTPS with a private certificate authority")
    parser.add_argument(
        "--mtls",
        choices=[str(choice) for choice in ClientCertificates if choice],
        default=str(default.mtls),
        help="let a client certificate take the place of a token, or insist on one; serves HTTPS",
    )
    parser.add_argument("--user", default=default.user, help="who may sign in with a password; empty: nobody")
    parser.add_argument("--password", default=default.password, help="empty: the seed decides")
    parser.add_argument("--plan", choices=[str(plan) for plan in Plan], default=str(default.plan))
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--characters-per-second", type=float, default=default.characters_per_s, help="0: at once")
    parser.add_argument("--first-delay", type=float, default=default.first_delay_s, metavar="SECONDS")
    parser.add_argument(
        "--transfer-speed", type=float, default=default.transfer_bytes_per_s, metavar="BYTES", help="of files, a second"
    )
    parser.add_argument("--lanes", type=int, default=0, help="generations at a time; 0 follows the plan")
    parser.add_argument("--token-lifetime", type=float, default=default.token_lifetime_s, metavar="SECONDS")
    parser.add_argument("--balance", type=int, default=default.balance_tokens, metavar="TOKENS")
    parser.add_argument(
        "--fault", type=_fault, action="append", default=[], metavar="JSON", help='{"path": "/oauth", "status": 500}'
    )
    read = parser.parse_args(arguments)
    options = EmulatorOptions(
        port=read.port,
        tls=read.tls,
        mtls=read.mtls,
        user=read.user,
        password=read.password,
        plan=read.plan,
        seed=read.seed,
        characters_per_s=read.characters_per_second,
        first_delay_s=read.first_delay,
        transfer_bytes_per_s=read.transfer_speed,
        lanes=read.lanes,
        token_lifetime_s=read.token_lifetime,
        balance_tokens=read.balance,
    )
    return options, read.fault


def _fault(text: str) -> Fault:
    """The fields of `Fault` as a JSON object, for every request of its path."""
    try:
        return Fault(**json.loads(text))
    except (TypeError, ValueError) as exc:
        raise argparse.ArgumentTypeError(str(exc)) from exc


if __name__ == "__main__":
    sys.exit(main())
