-- A row is one contact at the end of one of the twelve weeks before the report's, if something has passed since or the tie was cooling then.
with ranked as (
    select week, row_number() over (order by week desc) - 1 as ago
    from (select distinct week from relationships)
),

ends as (
    select
        week,
        ago,
        timezone(getvariable('zone'), timezone(getvariable('zone'), getvariable('as_of')) - to_days(7 * ago::integer)) as ends_at,
    from ranked
    where ago between 1 and 12
),

lived as (
    select contact_id, max(occurred_at) as last_at
    from interactions
    where weight > 0 and occurred_at < getvariable('as_of')
    group by contact_id
),

stood as (
    select
        relationships.contact_id,
        ends.ago,
        ends.ends_at,
        relationships.balance::varchar as balance,
        relationships.cold_probability,
        relationships.last_interaction_at,
        relationships.last_received_at,
    from relationships
    join ends using (week)
    left join lived using (contact_id)
    where lived.last_at >= ends.ends_at or relationships.state = 'cooling'
),

summed as (
    select
        stood.contact_id,
        stood.ago,
        sum(interactions.weight) filter (interactions.direction = 'out') as sent,
        sum(interactions.weight) filter (interactions.direction = 'in') as received,
        sum(interactions.weight) filter (interactions.direction = 'both') as together,
    from stood
    join interactions
        on interactions.contact_id = stood.contact_id
        and interactions.weight > 0
        and interactions.occurred_at < stood.ends_at
    group by stood.contact_id, stood.ago
),

-- what was ahead then, as it is known now
ahead as (
    select stood.contact_id, stood.ago, min(meetings.starts_at) as meets_next_at
    from stood
    join meetings
        on meetings.contact_id = stood.contact_id
        and meetings.verdict <> 'did_not_meet'
        and meetings.starts_at >= stood.ends_at
        and meetings.starts_at < stood.ends_at + interval 28 days
    group by stood.contact_id, stood.ago
)

select
    stood.contact_id,
    stood.ago,
    stood.balance,
    stood.cold_probability,
    stood.last_interaction_at,
    stood.last_received_at,
    ahead.meets_next_at,
    coalesce(summed.sent, 0.0) as sent,
    coalesce(summed.received, 0.0) as received,
    coalesce(summed.together, 0.0) as together,
from stood
left join summed using (contact_id, ago)
left join ahead using (contact_id, ago)
order by stood.contact_id, stood.ago
