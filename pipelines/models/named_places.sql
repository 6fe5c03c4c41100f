-- A row is one place of a source in which an item names one of the addresses `who`, or a card with one of the `names`.
select source, place
from landed_messages
where
    list_contains(getvariable('who'), sender)
    or list_has_any(getvariable('who'), list_concat(to_addresses, list_concat(cc_addresses, bcc_addresses)))
union
select source, place
from landed_events
where
    list_contains(getvariable('who'), organizer)
    or list_has_any(getvariable('who'), list_transform(attendees, lambda one: one.address))
union
select source, place
from landed_cards
where
    list_has_any(getvariable('who'), list_concat(emails, list_concat(phones, profiles)))
    or list_contains(getvariable('names'), name)
union
select source, place
from landed_calls
where list_contains(getvariable('who'), number) or (number = '' and list_contains(getvariable('names'), name))
union
select source, place
from landed_chats
where list_contains(getvariable('who'), who) or (who = '' and list_contains(getvariable('names'), name))
order by source, place
