"""A card of Ann's, and a meeting with her of which nobody can tell whether it took place."""

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Abel\nN:Abel;Ann;;;\nEMAIL:ann@example.org\nEND:VCARD\n"
EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:talk@example.org
DTSTART:20261112T150000Z
DTEND:20261112T160000Z
SUMMARY:Catch-up
ORGANIZER:mailto:dana@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@example.org
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ann@example.org
END:VEVENT
END:VCALENDAR
"""
