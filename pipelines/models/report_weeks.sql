-- A row is one of the last 52 weeks, with how many living contacts stood in each state at its end.
select
    relationships.week::varchar as week,
    (count(*) filter (relationships.state in ('warm', 'new') and relationships.last_interaction_at is not null))::integer as warm,
    (count(*) filter (relationships.state = 'cooling'))::integer as cooling,
    (count(*) filter (relationships.state = 'cold'))::integer as cold,
from relationships
join contacts using (contact_id)
where not coalesce(contacts.died, false)
group by relationships.week
order by relationships.week desc
limit 52
