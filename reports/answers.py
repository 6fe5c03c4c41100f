"""What the owner can answer from the mail: the questions, and the words on their buttons."""

from typing import NamedTuple

from reports.languages import later


class Ask(NamedTuple):
    """One button: what is answered, and of what. `subject` is an event_key or a contact_id; `other` the second
    contact_id of a question whether two are one."""

    action: str
    subject: str
    other: str = ""


BUTTONS = {
    "met-yes": later("yes, we met"),
    "met-remote": later("it was remote"),
    "met-no": later("didn't happen"),
    "called": later("I called"),
    "snooze": later("snooze a month"),
    "not-a-person": later("not a person"),
    "same-person": later("same person"),
    "two-people": later("two people"),
}
MEETING = {  # what can be said of a meeting, by what the report says
    "met_in_person": ("met-remote", "met-no"),
    "met_remotely": ("met-yes", "met-no"),
    "did_not_meet": ("met-yes", "met-remote"),
    "unknown": ("met-yes", "met-remote", "met-no"),
}


def of_meeting(event_key: str, verdict: str) -> tuple[Ask, ...]:
    """What the owner can say of a meeting."""
    return tuple(Ask(action, event_key) for action in MEETING.get(verdict, ()))


def of_person(contact_id: str, *, stranger: bool = False) -> tuple[Ask, ...]:
    """What the owner can say of a person; of a stranger, nothing passed with whom, no call is asked for."""
    actions = ("snooze", "not-a-person") if stranger else ("called", "snooze", "not-a-person")
    return tuple(Ask(action, contact_id) for action in actions)


def of_two(one: str, other: str) -> tuple[Ask, ...]:
    """What the owner can say of two who may be one."""
    return (Ask("same-person", one, other), Ask("two-people", one, other))
