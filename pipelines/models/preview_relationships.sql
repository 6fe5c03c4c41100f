-- A row is one of the contacts whose tie is likeliest to go silent, of those that are alive in the newest week.
select
    contacts.name,
    relationships.state,
    relationships.balance,
    relationships.silence_days,
    round(relationships.cold_probability, 2) as cold_probability,
    coalesce(relationships.reason, '') as reason,
from relationships
join contacts using (contact_id)
where
    relationships.week = (select max(week) from relationships)
    and relationships.state in ('warm', 'cooling', 'cold')
    and not coalesce(contacts.died, false)
order by relationships.cold_probability desc nulls last, contacts.name
limit 12
