-- A row is one contact as it stood at the end of a week that has been judged before.
select
    contact_id,
    state,
    state_since_week,
from relationships
where week = getvariable('standing_week')
order by contact_id
