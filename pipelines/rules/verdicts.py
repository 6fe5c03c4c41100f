"""What a judgement is made of: a verdict, its probability, and the reasons it rests on."""

from typing import Literal, NamedTuple

MeetingVerdict = Literal["met_in_person", "met_remotely", "did_not_meet", "unknown", "upcoming"]


class Reason(NamedTuple):
    """One piece of evidence: a short whole sentence for the owner, and its weight in log-odds (positive speaks for)."""

    text: str
    weight: float


class Verdict(NamedTuple):
    """A meeting's verdict with `probability` (0 … 1) of having met in person, and its reasons, strongest first."""

    verdict: MeetingVerdict
    probability: float
    reasons: tuple[Reason, ...]
