"""Lay a weekly report out as plain text for a terminal or the text part of a mail."""

import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterable

from reports.answers import Ask
from reports.weekly_report import Entry, Section, WeeklyReport
from reports.wording import Wording, words

WIDTH = 78  # columns: RFC 5322 2.1.1 asks for no more
Link = Callable[[Ask], str]


def text(report: WeeklyReport, link: Link | None = None) -> str:
    """Plain text that reads well by itself, at most 78 columns wide; East Asian letters count as two.

    `link` makes the address of a button (RFC 6068); where there are no buttons, what it would send can be typed.
    """
    spoken = words(report.language)
    lines = [f"coldcoffee · {report.owner}", f"{report.span} · {report.week}", ""]
    for warning in report.warnings:
        lines += wrapped(warning, "! ", "  ")
    if report.warnings:
        lines.append("")
    broadest = max(columns(spoken.number(one.now)) for one in report.numbers)
    longest = max(columns(one.label) for one in report.numbers)
    for one in report.numbers:
        label = one.label + " " * (longest - columns(one.label))
        lines.append(f"  {spoken.number(one.now):>{broadest}} {label}  {spoken.before(one.before)}")
    lines.append("")
    if report.quiet:
        lines += [*wrapped(spoken.quiet()), ""]
    if link and report.offered:
        address, subject = _prepared(link(report.offered[0].asks[0]))
        lines += [*wrapped(spoken.to_answer(address, subject)), ""]
    if report.spotlight:
        lines += _headed(spoken.say("Worth a word this week"), _people(report.spotlight, link))
    for section in report.mailed:
        told = _section(section, spoken, link)
        if section.key == "back_in_touch" and report.returns.named:
            told += wrapped(spoken.returns(report.returns), "  ", "  ")
        lines += _headed(section.title, told)
    lines += _headed(report.coverage.title, _people(report.coverage.shown))
    lines += wrapped(spoken.made(report.made_on))
    return "\n".join(lines) + "\n"


def _headed(title: str, lines: Iterable[str]) -> list[str]:
    return [title, "─" * columns(title), *lines, ""]


def _people(entries: Iterable[Entry], link: Link | None = None) -> list[str]:
    lines = []
    for entry in entries:
        lines += wrapped(f"{entry.title} — {entry.text}", "  ", "    ")
        if entry.details:
            lines += wrapped(" · ".join(entry.details), "      ", "      ")
        if link:
            lines += _answers(entry, link)
    return lines


def _answers(entry: Entry, link: Link) -> list[str]:
    """What can be answered, without the word that all answers begin with; no answer is broken over two lines. Whom one
    could call is a person."""
    lines: list[str] = []
    known = any(ask.action == "called" for ask in entry.asks)
    for ask in entry.asks:
        if known and ask.action == "not-a-person":
            continue
        answer = _prepared(link(ask))[1].partition(" ")[2]
        if lines and len(lines[-1]) + 3 + len(answer) <= WIDTH:
            lines[-1] += f" · {answer}"
        else:
            lines.append(f"      > {answer}")
    return lines


def _prepared(link: str) -> tuple[str, str]:
    """To whom, and with which subject."""
    parts = urllib.parse.urlsplit(link)
    return urllib.parse.unquote(parts.path), urllib.parse.parse_qs(parts.query)["subject"][0]


def _section(section: Section, spoken: Wording, link: Link | None) -> list[str]:
    lines = wrapped(spoken.above([entry.title for entry in section.above]), "  ", "  ") if section.above else []
    lines += _people(section.shown, link)
    if section.more:
        told = spoken.more(section.more) if section.shown or section.above else spoken.resting(section.more)
        lines += wrapped(told, "  ", "  ")
    return lines


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(_columns(letter) for letter in line)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrapped(line: str, first: str = "", later: str = "") -> list[str]:
    """The line broken at spaces into lines of at most WIDTH columns; what has no spaces is broken anywhere."""
    lines: list[str] = []
    current, used = first, columns(first)
    empty = True
    for piece in _pieces(line, WIDTH - max(columns(first), columns(later))):
        broad = columns(piece)
        gap = 0 if empty else 1
        if used + gap + broad > WIDTH:
            lines.append(current)
            current, used, gap = later, columns(later), 0
        current += " " * gap + piece
        used += gap + broad
        empty = False
    return [*lines, current]


def _pieces(line: str, broadest: int) -> list[str]:
    pieces = []
    for word in re.findall(r"\S+", _printable(line)):
        piece, used = "", 0
        for letter in word:
            broad = _columns(letter)
            if used + broad > broadest:
                pieces.append(piece)
                piece, used = "", 0
            piece += letter
            used += broad
        pieces.append(piece)
    return pieces


def _printable(line: str) -> str:
    """Without control characters: a subject must not move the cursor or colour the terminal."""
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter for letter in line)
