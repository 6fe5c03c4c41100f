-- A row is one contact at the end of the report's week, with the states of the 33 weeks before and what passed in the last 52.
with ranked as (
    select week, row_number() over (order by week desc) - 1 as ago
    from (select distinct week from relationships)
),

earlier as (
    select relationships.contact_id, list(relationships.state::varchar order by ranked.ago) as earlier_states
    from relationships
    join ranked using (week)
    where ranked.ago between 1 and 33
    group by relationships.contact_id
),

counted as (
    select
        *,
        date_diff(
            'week',
            timezone(getvariable('zone'), occurred_at),
            timezone(getvariable('zone'), getvariable('as_of') - interval 1 second)
        )::integer as ago,
    from interactions
    where weight > 0 and occurred_at < getvariable('as_of')
),

summed as (
    select
        contact_id,
        coalesce(sum(weight) filter (direction = 'out'), 0.0) as sent,
        coalesce(sum(weight) filter (direction = 'in'), 0.0) as received,
        coalesce(sum(weight) filter (direction = 'both'), 0.0) as together,
        arg_max(subject, occurred_at) filter (channel = 'email') as last_subject,
        max(occurred_at) filter (channel = 'email') as last_subject_at,
    from counted
    group by contact_id
),

beats as (
    select
        contact_id,
        ago,
        count(*) filter (direction = 'out')::integer as sent,
        count(*) filter (direction = 'in')::integer as received,
        count(*) filter (direction = 'both')::integer as together,
    from counted
    where ago between 0 and 51
    group by contact_id, ago
),

rhythms as (
    select
        contact_id,
        list(struct_pack(ago := ago, sent := sent, received := received, together := together) order by ago) as beats,
    from beats
    group by contact_id
),

ahead as (
    select contact_id, min(starts_at) as meets_next_at
    from meetings
    where verdict = 'upcoming' and starts_at < getvariable('as_of') + interval 28 days
    group by contact_id
)

select
    relationships.contact_id,
    coalesce(contacts.name, '') as name,
    coalesce(contacts.organization, '') as organization,
    coalesce(contacts.first_source, '') as collected_from,
    relationships.state::varchar as state,
    coalesce(earlier.earlier_states, []) as earlier_states,
    relationships.balance::varchar as balance,
    coalesce(relationships.reason, '') as reason,
    relationships.silence_days,
    relationships.cold_probability,
    relationships.last_interaction_at,
    relationships.last_received_at,
    coalesce(summed.last_subject, '') as last_subject,
    summed.last_subject_at,
    coalesce(summed.sent, 0.0) as sent,
    coalesce(summed.received, 0.0) as received,
    coalesce(summed.together, 0.0) as together,
    contacts.connected_at,
    ahead.meets_next_at,
    coalesce(contacts.died, false) as died,
    coalesce(rhythms.beats, []) as beats,
from relationships
join ranked on ranked.week = relationships.week and ranked.ago = 0
join contacts using (contact_id)
left join summed using (contact_id)
left join earlier using (contact_id)
left join rhythms using (contact_id)
left join ahead using (contact_id)
order by contacts.name, relationships.contact_id
