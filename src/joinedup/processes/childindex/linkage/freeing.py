"""Freeing: memory that was let go goes back to the machine, so that the next step does not come on top of it.

Belongs here: asking Arrow and the C library for it. Not here: letting go (whoever holds).

Arrow and the C library keep what was freed for later. Among millions of records that is more than what is in use.
"""

import ctypes

import pyarrow as pa

#: With fewer rows than this there is too little to be worth the time.
_MANY_ROWS = 2_000_000


def free(rows: int) -> None:
    """Give free memory back where so many rows are at work."""
    if rows < _MANY_ROWS:
        return
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    # Only the GNU C library has it; others give memory back by themselves, or not at all.
    if trim is not None:
        trim(0)
