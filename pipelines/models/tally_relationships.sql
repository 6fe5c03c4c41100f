-- The one row counts contacts by their state at the end of the newest week.
select
    count(*) filter (state = 'warm') as warm,
    count(*) filter (state = 'cooling') as cooling,
    count(*) filter (state = 'cold') as cold,
    count(*) filter (state = 'dormant') as dormant,
    count(*) filter (state = 'new') as new,
    count(*) filter (state = 'never') as never,
from relationships
where week = (select max(week) from relationships)
