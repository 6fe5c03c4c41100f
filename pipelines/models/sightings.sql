-- A row is a name and an address as they were seen together in mails and calendars by `as_of`: how often, how often as
-- the author of list or automatic mail, and whether a calendar calls the address a room or a group.
with letters as (
    select
        *,
        list_has_any(marks, ['list', 'bulk', 'auto', 'report']) as impersonal,
    from mails
    where not list_has_any(marks, ['spam', 'draft'])
),

seen as (
    select
        sender as address,
        sender_name as name,
        impersonal,
        '' as kind,
    from letters
    union all
    select
        unnest(to_addresses),
        unnest(to_names),
        false,
        '',
    from letters
    union all
    select
        unnest(cc_addresses),
        unnest(cc_names),
        false,
        '',
    from letters
    union all
    select
        unnest(bcc_addresses),
        '',
        false,
        '',
    from letters
    union all
    select
        guest.address,
        guest.name,
        false,
        guest.kind,
    from (select unnest(attendees) as guest from occurrences)
    union all
    select
        organizer,
        organizer_name,
        false,
        '',
    from occurrences
)

select
    lower(address) as address,
    coalesce(name, '') as name,
    count(*) as seen,
    count_if(impersonal) as impersonal,
    coalesce(bool_or(kind in ('group', 'room', 'resource')), false) as thing,
from seen
where address <> ''
group by 1, 2
order by 1, 2
