-- A row is one of the newest interactions that count.
select
    strftime(interactions.occurred_at, '%Y-%m-%d %H:%M') as occurred_at,
    contacts.name,
    interactions.channel,
    interactions.direction,
    round(interactions.weight, 2) as weight,
from interactions
join contacts using (contact_id)
where interactions.weight > 0
order by interactions.occurred_at desc, interactions.reference
limit 12
