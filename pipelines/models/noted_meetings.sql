-- A row is one interaction with which the owner noted a meeting by hand: no calendar tells of it.
select *
from interactions
where channel = 'meeting' and reference in (select correction_id from corrections where kind = 'log')
order by occurred_at, reference
