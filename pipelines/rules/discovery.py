"""Decide whether a correspondent has become a contact by an exchange, or why not."""

from typing import NamedTuple

from pipelines.rules.addresses import Box
from pipelines.rules.names import Name

SHARED = "Several people use this address."
OFFICE = "It is the address of an office, not of a person."
IGNORED = "You said to ignore this address."
NO_PERSON = "You said that this is no person."
WORDS = frozenset([IGNORED, NO_PERSON])  # the owner's


class Exchange(NamedTuple):
    """What passed between the owner and one address, or one person by several addresses. `written` and `wrote` count
    the personal mails of the owner's and of theirs, `answers` those of theirs that answer the owner, `answered` those
    that the owner answered, `plain` theirs that carry no list headers; `met` the small meetings that both accepted."""

    sent: int = 0
    written: int = 0
    received: int = 0
    wrote: int = 0
    plain: int = 0
    answers: int = 0
    answered: int = 0
    meetings: int = 0
    met: int = 0

    def plus(self, other: "Exchange") -> "Exchange":
        """Both together."""
        return Exchange(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Correspondent(NamedTuple):
    """Someone seen in mail or calendar who is on no card. `thing`: a calendar calls it a room or a group."""

    box: Box
    name: Name | None  # the best name seen; None where none was
    exchange: Exchange
    thing: bool = False
    shared: bool = False
    namesake: bool = False  # bears the owner's own name
    ignored: str = ""  # the owner's word: ignore, or not_a_person


def not_a_contact(one: Correspondent, *, discover: bool = True) -> str | None:
    """Why this correspondent is no contact, as a sentence for the owner; None if an exchange has made it one."""
    by_nature = _by_nature(one)
    if by_nature:
        return by_nature
    if not discover:
        return "New contacts are not added by themselves: that is switched off in settings.toml."
    office = one.box.role or _office(one.name)
    reason = _by_exchange(one.exchange)
    return OFFICE if one.box.role or (office and reason is None) else reason


def _by_nature(one: Correspondent) -> str | None:
    if one.ignored:
        return one.ignored
    if one.box.machine:
        return f"It is {one.box.machine}: nobody reads what is sent there."
    if one.box.dummy or not one.box.domain:
        return "The address leads nowhere."
    if one.thing:
        return "It is a room, a resource or a group, not a person."
    if one.namesake:
        return "It bears your own name, so it is probably yours: add it to your addresses in settings.toml."
    if one.exchange.received and not one.exchange.plain and not one.exchange.answers:
        return "Only lists, newsletters or automatic mail came from it."
    if one.shared:
        return SHARED
    if one.name is not None and one.name.kind == "joint":
        return "The name stands for several people, or for somebody who writes for another."
    return None


def _office(name: Name | None) -> bool:
    return name is not None and name.kind in ("office", "none")


def _by_exchange(passed: Exchange) -> str | None:
    if passed.answers or passed.answered or passed.met:
        return None
    if passed.written and passed.wrote:
        return None
    if passed.wrote or passed.received:
        return (
            "They wrote to you, and you never answered."
            if passed.wrote
            else "No mail of theirs was meant for you alone."
        )
    if passed.written:
        return "You wrote to them, and they never answered."
    if passed.sent:
        return "You wrote to them only among many."
    if passed.meetings:
        return "They were invited to an event with you; that you met is not certain."
    return "They were only named in mails of others."
