-- A row is one day (since 1970, UTC) on which the owner wrote to anybody.
select distinct floor(epoch(sent_at) / 86400)::double as day
from mails
where from_owner and len(others) > 0 and not list_has_any(marks, ['draft', 'auto', 'away', 'report'])
order by day
