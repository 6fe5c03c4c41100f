-- The one row counts meetings by verdict.
select
    count(*) filter (verdict = 'met_in_person') as met_in_person,
    count(*) filter (verdict = 'met_remotely') as met_remotely,
    count(*) filter (verdict = 'did_not_meet') as did_not_meet,
    count(*) filter (verdict = 'unknown') as unknown,
    count(*) filter (verdict = 'upcoming') as upcoming,
from meetings
