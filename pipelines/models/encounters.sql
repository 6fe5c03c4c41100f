-- A row is one event occurrence with one contact who is its organizer or one of its guests.
with own as (
    select lower(address) as address from own_addresses
),

guests as (
    select
        event_key,
        lower(guest.address) as address,
        guest.status,
        guest.kind,
    from (select event_key, unnest(attendees) as guest from occurrences)
    union all
    select event_key, lower(organizer), 'organizer', 'individual'
    from occurrences
    where organizer <> ''
),

people as (
    select *
    from guests
    where kind not in ('room', 'resource', 'group') and address not like '%calendar.google.com'
),

sizes as (
    select
        event_key,
        count(distinct address) as size,
        max(status) filter (address in (select address from own) and status <> 'organizer') as owner_status,
        bool_or(address in (select address from own)) as owner_there,
    from people
    group by event_key
),

rooms as (
    select event_key, bool_or(kind = 'room' and status = 'accepted') as room_accepted
    from guests
    group by event_key
),

with_contact as (
    select
        people.event_key,
        addresses.contact_id,
        max(people.status) filter (people.status <> 'organizer') as contact_status,
        bool_or(people.status = 'organizer') as contact_organizes,
    from people
    join addresses on addresses.kind = 'email' and addresses.address = people.address
    where people.address not in (select address from own)
    group by all
)

select
    with_contact.contact_id,
    with_contact.event_key,
    occurrences.starts_at,
    occurrences.ends_at,
    occurrences.all_day,
    occurrences.title,
    occurrences.location,
    occurrences.description,
    occurrences.links,
    occurrences.status,
    occurrences.transparent,
    occurrences.kind,
    occurrences.recurring,
    sizes.size,
    coalesce(sizes.owner_status, '') as owner_status,
    coalesce(sizes.owner_there, false) as owner_there,
    coalesce(with_contact.contact_status, '') as contact_status,
    with_contact.contact_organizes,
    coalesce(rooms.room_accepted, false) as room_accepted,
from with_contact
join occurrences using (event_key)
join sizes using (event_key)
left join rooms using (event_key)
where occurrences.kind not in ('birthday', 'focus_time', 'working_location', 'out_of_office')
order by with_contact.contact_id, occurrences.starts_at, with_contact.event_key
