-- A row is a distinct event occurrence, as the public table shows it.
select
    event_key,
    title,
    starts_at,
    ends_at,
    all_day,
    location,
    status,
    source,
from occurrences
order by starts_at, event_key
