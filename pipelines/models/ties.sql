-- A row is one contact, in the order of contact_id, with what the owner or a network has said of the tie.
with latest as (
    select
        coalesce(former_ids.contact_id, corrections.subject) as subject,
        corrections.kind,
        arg_max(corrections.value, (corrections.made_at, corrections.correction_id)) as value,
        arg_max(corrections.made_at, (corrections.made_at, corrections.correction_id)) as made_at,
    from corrections
    left join former_ids on former_ids.former = corrections.subject
    where corrections.kind in ('cadence', 'snooze')
    group by all
),

-- The settings may say how often to be in touch with those of a tag, or of an organization.
of_groups as (
    select
        contacts.contact_id,
        list_sort(list(distinct set_cadences.cadence)) as cadences,
    from contacts
    join set_cadences
        on
            set_cadences.scope = 'tag'
            and list_contains(list_transform(contacts.tags, lambda tag: lower(trim(tag))), lower(trim(set_cadences.name)))
            or set_cadences.scope = 'organization'
            and lower(trim(contacts.organization)) = lower(trim(set_cadences.name))
    group by contacts.contact_id
)

select
    contacts.contact_id,
    coalesce(contacts.name, '') as name,
    coalesce(contacts.died, false) as died,
    epoch_us(contacts.connected_at) as connected,
    said.value as cadence,
    coalesce(of_groups.cadences, []) as group_cadences,
    snoozes.value as snooze,
    snoozes.made_at as snoozed_at,
from contacts
left join of_groups using (contact_id)
left join latest as said on said.kind = 'cadence' and said.subject = contacts.contact_id
left join latest as snoozes on snoozes.kind = 'snooze' and snoozes.subject = contacts.contact_id
order by contacts.contact_id
