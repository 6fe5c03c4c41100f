"""What every kind of source promises, whatever it reads: each kind in the registry is tested by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.errors import SourceError
from connectors.registry import KINDS
from tests.connectors.contract import World, entry, keep, told

ENTRIES = {kind: found for kind in sorted(KINDS) if (found := entry(kind))}


@pytest.fixture(params=[pytest.param(kind, marks=found.marks) for kind, found in ENTRIES.items()])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with ENTRIES[request.param].world(tmp_path) as made:
        yield made


def test_every_kind_keeps_the_contract() -> None:
    """A kind that the registry knows has its file in contracts/."""
    assert sorted(KINDS) == sorted(ENTRIES)


def test_a_pull_that_breaks_off_is_taken_up_where_it_was(world: World) -> None:
    """Broken off after any page and gone on from the saved cursor, a pull gives what an undisturbed one gives."""
    pages = list(world.open().pull(None))
    whole = keep(pages)
    assert len(pages) > 1
    for count in range(1, len(pages) + 1):
        broken_off = world.open().pull(None)
        first = [page for _, page in zip(range(count), broken_off, strict=False)]
        del broken_off
        rest = list(world.open().pull(first[-1].cursor))
        assert keep(rest, keep(first)) == whole


def test_nothing_new_is_nothing_told(world: World) -> None:
    """A second pull with nothing new brings nothing, and asks little."""
    pages = list(world.open().pull(None))
    before = world.requests()
    again = list(world.open().pull(pages[-1].cursor))
    assert [told(page) for page in again] in ([], [0])
    assert world.requests() - before <= world.few
    once_more = list(world.open().pull(again[-1].cursor if again else pages[-1].cursor))
    assert sum(map(told, once_more)) == 0


def test_what_changed_is_what_a_fresh_pull_would_give(world: World) -> None:
    """After changes at the source, going on from the cursor leads to the same as reading all anew."""
    pages = list(world.open().pull(None))
    before = keep(pages)
    world.change()
    news = list(world.open().pull(pages[-1].cursor))
    after = keep(news, before)
    assert after.records != before.records
    assert after == keep(world.open().pull(None))


def test_one_broken_item_costs_only_itself(world: World) -> None:
    """What can't be read is a reject that says why; all the good things around it arrive."""
    kept = keep(world.open().pull(None))
    assert len(kept.records) == world.items()
    assert kept.rejects and all(kept.rejects.values())


def test_from_a_dead_cursor_all_is_read_again_once(world: World) -> None:
    """Where the source can't go on from the cursor, everything is read anew: nothing stands twice, nothing that went
    meanwhile stays, and from there it goes on as ever."""
    pages = list(world.open().pull(None))
    cursor = world.expire(pages[-1].cursor)
    world.change()
    anew = list(world.open().pull(cursor))
    assert keep(anew, keep(pages)) == keep(world.open().pull(None))
    assert sum(map(told, world.open().pull(anew[-1].cursor))) == 0


def test_what_cannot_work_says_so_in_one_sentence(world: World) -> None:
    """A wrong secret or a missing place raises an error for the owner, at pulling and at looking, that tells no secret."""
    wrong = list(world.wrong())
    assert wrong
    for connector, secret in wrong:
        for action in (lambda one=connector: list(one.pull(None)), connector.look):
            with pytest.raises(SourceError) as caught:
                action()
            sentence = str(caught.value)
            assert sentence.endswith(".") and "\n" not in sentence and sentence[0].isupper()
            assert not secret or secret not in sentence


def test_looking_shows_what_is_there(world: World) -> None:
    """`coldcoffee check` names the places, with something in them."""
    assert sum(seen.items for seen in world.open().look()) > 0
