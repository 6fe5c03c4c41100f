-- A row is one spelling of a mail address, number or profile that landed from any source.
with landed as (
    select sender as spelling from landed_messages
    union
    select reply_to from landed_messages
    union
    select unnest(to_addresses) from landed_messages
    union
    select unnest(cc_addresses) from landed_messages
    union
    select unnest(bcc_addresses) from landed_messages
    union
    select organizer from landed_events
    union
    select guest.address from (select unnest(attendees) as guest from landed_events)
    union
    select unnest(emails) from landed_cards
    union
    select unnest(phones) from landed_cards
    union
    select unnest(profiles) from landed_cards
    union
    select number from landed_calls
    union
    select who from landed_chats
)

select spelling
from landed
where spelling <> ''
order by spelling
