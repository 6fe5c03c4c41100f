-- A row is one interaction that counts, with its contact's place in the order of contact_id, by contact and then by time.
with numbered as (
    select
        contact_id,
        row_number() over (order by contact_id) - 1 as number,
    from contacts
)

select
    numbered.number::bigint as number,
    epoch_us(interactions.occurred_at) as micros,
    interactions.direction in ('out', 'both') as outward,
    interactions.direction in ('in', 'both') as inward,
    interactions.weight,
from interactions
join numbered using (contact_id)
where interactions.weight > 0 and interactions.occurred_at < getvariable('as_of')
order by 1, 2, interactions.reference
