-- A row is a time, in days since 1970, UTC, that is nobody's silence: an out-of-office entry of a day or more in the owner's calendar, or the time since any mail was last read.
select
    epoch(starts_at) / 86400 as start,
    epoch(ends_at) / 86400 as "end",
    false as unread,
from occurrences
where
    kind = 'out_of_office'
    and status <> 'cancelled'
    and ends_at - starts_at >= interval 20 hour
    and starts_at < getvariable('as_of')
union all
select
    epoch(max(pulls.ended_at)) / 86400 as start,
    epoch(getvariable('as_of')) / 86400 as "end",
    true as unread,
from pulls
where pulls.error is null and pulls.source in (select distinct source from landed_messages)
having max(pulls.ended_at) < getvariable('as_of')
order by start
