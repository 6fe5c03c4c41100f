-- A row is one event occurrence as meetings are judged on: its times in whole seconds since 1970, in UTC and on the
-- owner's wall clock. `abroad`: it was entered in a zone whose clocks showed another time than the owner's.
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
    coalesce(try(timezone(timezone, starts_at) <> timezone(getvariable('zone'), starts_at)), false) and not all_day as abroad,
from occurrences
order by starts_at, event_key
