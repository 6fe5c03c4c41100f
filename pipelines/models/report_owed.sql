-- A row is one contact whose last mail went to the owner alone and has no answer since: by the week's end or a week before it.
with ends as (
    select getvariable('as_of') as ends_at, 0 as ago
    union all
    select getvariable('as_of') - interval 7 days, 1
),

latest as (
    select
        ends.ago,
        ends.ends_at,
        interactions.contact_id,
        arg_max(interactions.direction, interactions.occurred_at) as direction,
        arg_max(interactions.subject, interactions.occurred_at) as subject,
        arg_max(interactions.recipients, interactions.occurred_at) as recipients,
        arg_max(interactions.channel, interactions.occurred_at) as channel,
        max(interactions.occurred_at) as since,
    from interactions
    cross join ends
    where interactions.weight > 0 and interactions.occurred_at < ends.ends_at
    group by all
)

select
    latest.ago,
    latest.contact_id,
    contacts.name,
    coalesce(latest.subject, '') as subject,
    latest.since,
from latest
join contacts using (contact_id)
where
    latest.direction = 'in'
    and latest.channel in ('email', 'message')
    and coalesce(latest.recipients, 1) <= 1
    and latest.since < latest.ends_at - interval 3 days
    and latest.since > latest.ends_at - interval 90 days
order by latest.since
