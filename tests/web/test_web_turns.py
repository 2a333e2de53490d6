"""Turns: how many have one, how long others wait, and that each is given back."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from web.turns import Turns


def test_so_many_have_a_turn_at_a_time() -> None:
    """Else more would compute than the machine has cores for, or fewer."""

    async def crowd() -> int:
        turns, at_once, most = Turns(2, longest_seconds=30, most_waiting=10), 0, 0

        async def one() -> None:
            nonlocal at_once, most
            async with turns.turn():
                at_once += 1
                most = max(most, at_once)
                await asyncio.sleep(0)
                at_once -= 1

        await asyncio.gather(*(one() for _ in range(8)))
        return most

    assert asyncio.run(crowd()) == 2


def test_who_waits_too_long_or_among_too_many_is_told() -> None:
    """Else readers would wait for ever, and memory fill up with them."""

    async def late() -> list[str]:
        turns = Turns(1, longest_seconds=0.05, most_waiting=1)

        async def one() -> str:
            try:
                async with turns.turn():
                    return "had a turn"
            except PoolTimeout as error:
                return str(error)

        async with turns.turn():
            said = list(await asyncio.gather(one(), one()))
        return [*said, await one()]

    assert asyncio.run(late()) == ["no turn in time", "too many wait for a turn", "had a turn"]


def test_a_turn_is_given_back_however_it_ends() -> None:
    """Else every reader who goes away, and every error, would take one for good."""

    async def ends() -> None:
        turns = Turns(1, longest_seconds=5, most_waiting=1)
        with pytest.raises(ValueError, match="of the one"):
            async with turns.turn():
                raise ValueError("of the one who had it")
        async with turns.turn():
            waiting = asyncio.create_task(turns.turn().__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with turns.turn():
            pass

    asyncio.run(ends())
