"""Calls that block for a moment but always end: the disk."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")


async def in_thread(
    function: Callable[[*Arguments], T], *arguments: *Arguments, undo: Callable[[T], None] | None = None
) -> T:
    """What `function` returns. Also when cancelled it has ended first: its file may be closed and deleted then.

    Args:
        function: blocks, but not for ever.
        *arguments: for it.
        undo: is given, when cancelled, the result that nobody will get.
    """
    running = asyncio.get_running_loop().run_in_executor(None, function, *arguments)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            # aiohttp cancels more than once.
            with suppress(asyncio.CancelledError):
                await asyncio.wait({running})
        # Asked for in any case: asyncio would complain about a failure that nobody has seen.
        if not running.cancelled() and running.exception() is None and undo is not None:
            undo(running.result())
        raise
