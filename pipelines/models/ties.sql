-- A row is one contact, in the order of contact_id, with what the owner or a network has said of the tie.
with latest as (
    select
        subject,
        kind,
        arg_max(value, (made_at, correction_id)) as value,
        arg_max(made_at, (made_at, correction_id)) as made_at,
    from corrections
    where kind in ('cadence', 'snooze')
    group by subject, kind
),

-- A cadence may be set for a person, for a tag or for an organization; what is set for the person comes first.
cadences as (
    select
        contacts.contact_id,
        arg_max(latest.value, (latest.subject = contacts.contact_id, latest.made_at)) as cadence,
    from contacts
    join latest
        on latest.kind = 'cadence'
        and (
            latest.subject = contacts.contact_id
            or starts_with(latest.subject, 'tag:') and list_contains(contacts.tags, substr(latest.subject, 5))
            or latest.subject = 'organization:' || contacts.organization
        )
    group by contacts.contact_id
)

select
    contacts.contact_id,
    coalesce(contacts.name, '') as name,
    coalesce(contacts.died, false) as died,
    epoch_us(contacts.connected_at) as connected,
    cadences.cadence,
    snoozes.value as snooze,
    snoozes.made_at as snoozed_at,
from contacts
left join cadences using (contact_id)
left join latest as snoozes on snoozes.kind = 'snooze' and snoozes.subject = contacts.contact_id
order by contacts.contact_id
