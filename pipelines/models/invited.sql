-- A row is one guest, room, or organizer of an event occurrence, with each contact who has that address; `replied`: the answer
-- came by mail, so that it says nothing of what the calendar shows.
with own as (
    select lower(address) as address from own_addresses
),

guests as (
    select
        event_key,
        lower(guest.address) as address,
        guest.name as name,
        guest.status as status,
        guest.kind as kind,
        false as organizes,
        list_contains(replied, lower(guest.address)) as replied,
    from (select event_key, replied, unnest(attendees) as guest from occurrences)
    union all
    select event_key, lower(organizer), organizer_name, '', 'individual', true, false
    from occurrences
    where organizer <> ''
),

people as (
    select distinct
        contact_id,
        lower(address) as address,
    from addresses
    where kind = 'email'
),

-- An invitation may carry a tag behind a plus sign that the address book does not.
spelled as (
    select
        address,
        case
            when address in (select address from people) then address
            else regexp_replace(address, '\+[^@]*@', '@')
        end as known_as,
        address in (select address from own)
        or regexp_replace(address, '\+[^@]*@', '@') in (select address from own) as own,
    from (select distinct address from guests)
),

-- Who proposed another time, unless the entry was changed after that or stands at that time.
countered as (
    select distinct
        occurrences.event_key,
        lower(proposed.guest.address) as address,
    from (
        select
            event_key,
            uid,
            starts_at,
            message_key,
            unnest(attendees) as guest,
        from landed_events
        where method = 'COUNTER'
    ) as proposed
    join mails using (message_key)
    join occurrences
        on occurrences.uid = proposed.uid and (occurrences.event_key = proposed.event_key or not occurrences.recurring)
    where
        proposed.guest.address <> ''
        and proposed.starts_at <> occurrences.starts_at
        and not exists (
            from landed_events as later
            join mails as answer on answer.message_key = later.message_key
            where
                later.method = 'REPLY'
                and later.uid = proposed.uid
                and (later.event_key = proposed.event_key or not occurrences.recurring)
                and answer.sent_at > mails.sent_at
                and list_contains(list_transform(later.attendees, lambda one: lower(one.address)), lower(proposed.guest.address))
        )
        and (occurrences.modified_at is null or occurrences.modified_at <= mails.sent_at)
)

select
    guests.event_key,
    guests.address,
    guests.name,
    guests.status,
    guests.kind,
    guests.organizes,
    spelled.own,
    people.contact_id,
    countered.address is not null as countered,
    guests.replied,
from guests
join spelled using (address)
left join people on people.address = spelled.known_as and not spelled.own
left join countered on countered.event_key = guests.event_key and countered.address = guests.address
order by guests.event_key, guests.organizes, guests.address, people.contact_id
