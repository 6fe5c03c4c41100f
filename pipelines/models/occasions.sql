-- A row is one event occurrence as meetings are judged on: its times in whole seconds since 1970, in UTC and on the
-- owner's wall clock.
select
    event_key as key,
    uid,
    epoch(starts_at)::bigint as starts,
    epoch(ends_at)::bigint as ends,
    epoch(starts_at at time zone getvariable('zone'))::bigint as local_start,
    epoch(ends_at at time zone getvariable('zone'))::bigint as local_end,
    all_day,
    title,
    location,
    description,
    links,
    status,
    transparent,
    kind,
    recurring,
    epoch(created_at)::bigint as created,
    epoch(modified_at)::bigint as modified,
    calendars,
    lower(organizer) as organizer,
from occurrences
order by starts_at, event_key
