"""Know every kind of file that holds calls, chats or connections: what it looks like, and what reads it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from connectors.streams import Stream
from connectors.talk_android import looks_like_android, read_android
from connectors.talk_calls import looks_like_calls, read_calls
from connectors.talk_facebook import (
    looks_like_facebook_messages,
    looks_like_friends,
    read_facebook_messages,
    read_friends,
)
from connectors.talk_linkedin import (
    looks_like_linkedin_invitations,
    looks_like_linkedin_messages,
    read_linkedin_invitations,
    read_linkedin_messages,
)
from connectors.talk_told import Own, Told
from connectors.talk_whatsapp import looks_like_whatsapp, read_whatsapp
from connectors.talk_x import (
    looks_like_follows,
    looks_like_x_account,
    looks_like_x_messages,
    read_follows,
    read_x_account,
    read_x_messages,
)

Reader: TypeAlias = Callable[[Stream, str, Own], Iterator[Told]]


class TalkFile(NamedTuple):
    """One kind of file. `looks_like` judges its first bytes; `read` yields what a stream of it at a place holds, and
    never raises for that."""

    looks_like: Callable[[bytes], bool]
    read: Reader


# In this order: what is told by an unmistakable beginning comes first.
TALK_FILES: dict[str, TalkFile] = {
    "x_follows": TalkFile(looks_like_follows, read_follows),
    "x_messages": TalkFile(looks_like_x_messages, read_x_messages),
    "x_account": TalkFile(looks_like_x_account, read_x_account),
    "facebook_friends": TalkFile(looks_like_friends, read_friends),
    "facebook_messages": TalkFile(looks_like_facebook_messages, read_facebook_messages),
    "android": TalkFile(looks_like_android, read_android),
    "linkedin_messages": TalkFile(looks_like_linkedin_messages, read_linkedin_messages),
    "linkedin_invitations": TalkFile(looks_like_linkedin_invitations, read_linkedin_invitations),
    "whatsapp": TalkFile(looks_like_whatsapp, read_whatsapp),
    "calls": TalkFile(looks_like_calls, read_calls),
}


def talk_kind(head: bytes) -> str | None:
    """Which of these kinds a file is that begins with these bytes; None for none."""
    return next((kind for kind, file in TALK_FILES.items() if file.looks_like(head)), None)
