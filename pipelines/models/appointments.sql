-- A row is one meeting of a contact that was held in person, or that stood ahead once and that one of the two agreed to.
with numbered as (
    select
        contact_id,
        row_number() over (order by contact_id) - 1 as number,
    from contacts
),

own as (
    select lower(address) as address from own_addresses
),

guests as (
    select
        occurrences.event_key,
        lower(guest.address) as address,
        guest.status,
    from occurrences, unnest(occurrences.attendees) as guests(guest)
),

-- The owner set it up or said yes; an entry without guests is the owner's own.
agreed_by_owner as (
    select event_key from occurrences where lower(organizer) in (select address from own) or len(attendees) = 0
    union
    select event_key from guests where status = 'accepted' and address in (select address from own)
),

agreed_by_contact as (
    select
        occurrences.event_key,
        addresses.contact_id,
    from occurrences
    join addresses on addresses.kind = 'email' and lower(addresses.address) = lower(occurrences.organizer)
    union
    select
        guests.event_key,
        addresses.contact_id,
    from guests
    join addresses on addresses.kind = 'email' and lower(addresses.address) = guests.address
    where guests.status = 'accepted'
)

select
    numbered.number::bigint as number,
    meetings.verdict = 'met_in_person' as in_person,
    epoch_us(meetings.starts_at) as starts,
    epoch_us(meetings.ends_at) as ends,
    epoch_us(occurrences.created_at) as known,
    meetings.verdict in ('upcoming', 'met_in_person', 'met_remotely')
    and (
        meetings.event_key in (select event_key from agreed_by_owner)
        or exists (
            select 1
            from agreed_by_contact
            where
                agreed_by_contact.event_key = meetings.event_key
                and agreed_by_contact.contact_id = meetings.contact_id
        )
    ) as agreed,
from meetings
join numbered using (contact_id)
left join occurrences using (event_key)
where meetings.verdict in ('met_in_person', 'met_remotely', 'upcoming')
union all
-- What the owner noted by hand was in person.
select
    numbered.number::bigint,
    true,
    epoch_us(interactions.occurred_at),
    epoch_us(interactions.occurred_at),
    null,
    false,
from interactions
join numbered using (contact_id)
where
    interactions.channel = 'meeting'
    and interactions.reference in (select correction_id from corrections where kind = 'log')
order by 1, 3
