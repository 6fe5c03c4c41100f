"""Work in a process of its own."""

import os

import pytest

from connectors.apart import Helper, ReadingEnded


def test_jobs_are_done_in_their_order() -> None:
    """What came of each job is taken before the next is given."""
    with Helper(len) as helper:
        for job in ("", "a", "b" * 3_000_000, [1, 2]):
            helper.give(job)
            assert helper.take() == len(job)


def test_a_process_that_ends_by_itself_is_told() -> None:
    """Killed for memory, say: one sentence, and a later pull may well succeed."""
    with Helper(os._exit) as helper:
        helper.give(3)
        with pytest.raises(ReadingEnded, match="goes on where it stopped") as told:
            helper.take()
        with pytest.raises(ReadingEnded, match="goes on where it stopped"):
            helper.take()
    assert told.value.retry


def test_a_mistake_in_a_job_is_raised_here() -> None:
    """It is seen where somebody reads it, with what the process knew."""
    with Helper(len) as helper:
        helper.give(3)
        with pytest.raises(RuntimeError, match="has no len"):
            helper.take()
