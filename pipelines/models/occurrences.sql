-- A row is one distinct event occurrence that was known at `as_of`, merged over the calendars and invitation mails that tell of it.
with known as (
    select
        landed_events.*,
        coalesce(mails.sent_at, landed_events.modified_at, landed_events.created_at) as told_at,
        mails.sender,
    from landed_events
    left join mails on mails.message_key = landed_events.message_key
    where
        (landed_events.message_key is null or mails.sent_at < getvariable('as_of'))
        -- an entry made later counts in its own week, but is not known to an earlier one
        and (
            landed_events.created_at is null
            or landed_events.created_at < getvariable('as_of')
            or landed_events.starts_at < getvariable('as_of')
        )
),

entries as (
    select
        *,
        row_number() over (
            partition by event_key
            order by method is not null, told_at desc nulls last, len(attendees) desc, source, place
        ) as rank,
    from known
    where method is null or method = 'REQUEST'
),

calendars as (
    select event_key, list_sort(list(distinct calendar) filter (where calendar <> '')) as calendars
    from entries
    group by event_key
),

said as (
    select
        event_key,
        method,
        told_at,
        unnest(attendees) as guest,
    from known
    where method is null or method in ('REQUEST', 'REPLY')
),

-- Some guests are given by their names alone.
called as (
    select
        *,
        lower(guest.address) as address,
        if(guest.address = '', lower(guest.name), '') as known_by,
    from said
    where guest.address <> '' or guest.name <> ''
),

replied as (
    select
        *,
        max(told_at) filter (where method = 'REPLY') over (partition by event_key, address, known_by) as replied_at,
    from called
),

-- What each guest answered: the newest answer by mail, unless the calendar tells of a refusal after it.
answers as (
    select
        event_key,
        address,
        known_by,
        arg_max(guest.name, guest.name <> '') as name,
        coalesce(
            max(guest.status) filter (where guest.status = 'declined' and method is null and told_at > replied_at),
            arg_max(guest.status, told_at) filter (where method = 'REPLY'),
            max(guest.status) filter (where guest.status = 'declined'),
            max(guest.status) filter (where guest.status = 'accepted'),
            max(guest.status) filter (where guest.status = 'tentative'),
            max(guest.status)
        ) as status,
        arg_max(guest.kind, guest.kind <> '') as kind,
        any_value(replied_at) is not null as replied,
        bool_and(guest.optional) as optional,
    from replied
    group by all
),

guests as (
    select
        event_key,
        list({'address': address, 'name': name, 'status': status, 'kind': kind, 'optional': optional} order by address, known_by)
            as attendees,
        list(address) filter (where replied) as replied,
    from answers
    group by event_key
),

-- A cancellation that names no occurrence is of the whole series (RFC 5546 3.2.5).
cancels as (
    select
        event_key,
        uid,
        told_at,
        not recurring or count(*) over (partition by message_key, uid) > 1 as whole,
        if(note = 'following', original_start, null) as since,
    from known
    where method = 'CANCEL'
),

series as (
    select uid, max(told_at) as cancelled_at
    from cancels
    where whole
    group by uid
),

-- A single entry that was moved: another file or mail tells of it later, at another time.
told as (
    select
        uid,
        event_key,
        coalesce(max(told_at), timestamptz '1970-01-01 00:00:00+00') as told_at,
        list(distinct coalesce(message_key, concat_ws('/', source, place))) as places,
    from entries
    where not recurring and uid <> ''
    group by uid, event_key
),

moved as (
    select older.event_key
    from told as older
    join told as newer on newer.uid = older.uid and newer.event_key <> older.event_key
    where newer.told_at > older.told_at and not list_has_any(older.places, newer.places)
),

-- What of a series was over when it was cancelled had taken place.
cancelled as (
    select event_key, max(cancelled_at) as cancelled_at
    from (
        select entries.event_key, cancels.told_at as cancelled_at
        from entries
        join cancels on cancels.event_key = entries.event_key
        where entries.rank = 1 and not (cancels.whole and entries.recurring)
        union all
        select entries.event_key, series.cancelled_at
        from entries
        join series on series.uid = entries.uid
        where entries.rank = 1 and entries.recurring and entries.ends_at > series.cancelled_at
        union all
        select entries.event_key, cancels.told_at
        from entries
        join cancels on cancels.uid = entries.uid
        where entries.rank = 1 and entries.recurring and entries.original_start >= cancels.since
    )
    group by event_key
)

select
    entries.* exclude (attendees, status, rank, told_at, sender),
    coalesce(guests.attendees, entries.attendees) as attendees,
    coalesce(guests.replied, []) as replied,
    case
        when cancelled.cancelled_at is not null and (entries.modified_at is null or cancelled.cancelled_at >= entries.modified_at)
            then 'cancelled'
        else entries.status
    end as status,
    coalesce(calendars.calendars, []) as calendars,
    cancelled.cancelled_at,
from entries
left join guests using (event_key)
left join calendars using (event_key)
left join cancelled using (event_key)
where entries.rank = 1 and entries.event_key not in (select event_key from moved)
