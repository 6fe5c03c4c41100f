-- A row is one contact at the end of the report's week, with the states of the eight weeks before.
with newest as (
    select max(week) as week from relationships
),

weeks as (
    select week, row_number() over (order by week desc) - 1 as ago
    from (select distinct week from relationships)
    qualify ago <= 8
),

counted as (
    select contact_id, count(*) filter (weight > 0) as exchanges
    from interactions
    group by contact_id
),

earlier as (
    select relationships.contact_id, list(relationships.state order by weeks.ago) as earlier_states
    from relationships
    join weeks using (week)
    where weeks.ago > 0
    group by relationships.contact_id
)

select
    relationships.contact_id,
    contacts.name,
    contacts.organization,
    relationships.state,
    coalesce(earlier.earlier_states, []) as earlier_states,
    relationships.balance,
    relationships.reason,
    relationships.silence_days,
    relationships.cold_probability,
    relationships.last_interaction_at,
    relationships.last_sent_at,
    relationships.last_received_at,
    relationships.last_met_in_person_at,
    coalesce(counted.exchanges, 0) as exchanges,
    contacts.connected_at,
    contacts.died,
from relationships
join newest using (week)
join contacts using (contact_id)
left join counted using (contact_id)
left join earlier using (contact_id)
order by contacts.name, relationships.contact_id
