"""Coroutines to their end, in any process of the tests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def ended(coroutine):
    """Result of a coroutine that runs in a thread of its own: where journeys were, this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
