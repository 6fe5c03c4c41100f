-- A row is one out-of-office entry of a day or more in the owner's calendar, in days since 1970, UTC.
select
    epoch(starts_at) / 86400 as start,
    epoch(ends_at) / 86400 as "end",
from occurrences
where
    kind = 'out_of_office'
    and status <> 'cancelled'
    and ends_at - starts_at >= interval 20 hour
    and starts_at < getvariable('as_of')
order by starts_at
