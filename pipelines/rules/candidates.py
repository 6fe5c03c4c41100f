"""Find the pairs of parties that share a key, so that only those are compared."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise, product
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from pipelines.rules.parties import Party

WIDE = 20  # parties under one key: so many share it that it tells nobody apart
Flags: TypeAlias = npt.NDArray[np.bool_]


class Keys(NamedTuple):
    """What two parties must share to be compared: hashes of texts (`hashed`). Those in `answering` meet only `asking` ones.

    Hashes take a tenth of the memory of texts; two that fall together cost one comparison more.
    """

    asking: Iterable[int]
    answering: Iterable[int] = ()


def hashed(texts: Iterable[str]) -> "array[int]":
    """Texts as keys. They are good for one run of the program: nothing that is kept may follow from them."""
    return array("q", map(hash, texts))


class Index:
    """Who has which keys."""

    def __init__(self, keys: Callable[[Party], Keys]) -> None:
        self._keys = keys
        self._hashes, self._roots, self._asks = array("q"), array("q"), array("b")

    def meetings(self, parties: Mapping[int, Party], new: set[int]) -> list[tuple[int, int]]:
        """File the keys of new (or changed) parties; returns the sorted pairs in which one of them meets another."""
        for root in sorted(new):
            keys = self._keys(parties[root])
            self._file(root, keys.asking, 1)
            self._file(root, keys.answering, 0)
        if not self._hashes:
            return []
        size = 1 + max(*self._roots, *parties)
        alive, fresh = np.zeros(size, bool), np.zeros(size, bool)
        alive[list(parties)] = True
        fresh[list(new)] = True
        met = array("q")
        for askers, answerers in self._shared(alive, fresh):
            met.extend(one * size + two for one, two in _pairs(askers, answerers) if fresh[one] or fresh[two])
        return [divmod(pair, size) for pair in np.unique(np.array(met, np.int64)).tolist()]

    def _file(self, root: int, keys: Iterable[int], asks: int) -> None:
        before = len(self._hashes)
        self._hashes.extend(keys)
        filed = len(self._hashes) - before
        self._roots.extend([root] * filed)
        self._asks.extend([asks] * filed)

    def _shared(self, alive: Flags, fresh: Flags) -> Iterator[tuple[list[int], list[int]]]:
        """Who asks and who answers under each key that two or more have, one of them fresh and one asking."""
        hashes, roots = np.array(self._hashes, np.int64), np.array(self._roots, np.int64)
        living = alive[roots]
        hashes, roots, asks = hashes[living], roots[living], np.array(self._asks, bool)[living]
        order = np.lexsort((roots, hashes))
        hashes, roots, asks = hashes[order], roots[order], asks[order]
        starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
        ends = np.r_[starts[1:], len(hashes)]
        telling = (ends - starts > 1) & np.logical_or.reduceat(asks, starts)
        telling &= np.logical_or.reduceat(fresh[roots], starts)
        for start, end in zip(starts[telling].tolist(), ends[telling].tolist(), strict=True):
            group, asking = roots[start:end].tolist(), asks[start:end].tolist()
            yield (
                sorted({root for root, asked in zip(group, asking, strict=True) if asked}),
                sorted({root for root, asked in zip(group, asking, strict=True) if not asked}),
            )


def _pairs(askers: list[int], answerers: list[int]) -> Iterator[tuple[int, int]]:
    """Who meets whom under one key. Of a crowd only neighbours meet: what so many share tells nobody apart."""
    yield from combinations(askers, 2) if len(askers) <= WIDE else pairwise(askers)
    if len(askers) * len(answerers) <= WIDE * WIDE:
        yield from ((min(pair), max(pair)) for pair in product(askers, answerers) if pair[0] != pair[1])
