"""The product's own functions, in the form in which the scoring programs call them."""

import pyarrow as pa

from pipelines.rules import identity
from pipelines.rules.addresses import normal, unswapped
from pipelines.rules.cold_model import cold_probability
from pipelines.rules.parties import Mention

__all__ = ["cold_probability", "resolve"]


def resolve(records: pa.Table) -> list[int]:
    """Which rows of (name, email) are one person: a number for each row."""
    rows = map(unswapped, records["name"].to_pylist(), records["email"].to_pylist())
    mentions = [Mention(name, tuple(filter(None, [normal(email)]))) for name, email in rows]
    return identity.people(mentions).person
