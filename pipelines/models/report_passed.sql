-- A row is one of the newest things that passed, or was to pass, with one living contact: mails, calls, messages, and meetings with their verdicts.
with told as (
    select
        interactions.contact_id,
        interactions.occurred_at,
        case
            when interactions.channel <> 'meeting' then interactions.channel
            else coalesce(meetings.verdict, 'met_in_person')
        end as what,
        interactions.direction,
        coalesce(interactions.subject, '') as subject,
        interactions.reference,
    from interactions
    left join meetings
        on interactions.channel = 'meeting'
        and meetings.contact_id = interactions.contact_id
        and meetings.event_key = interactions.reference
    where interactions.weight > 0 and interactions.occurred_at < getvariable('as_of')
    union all
    select
        contact_id,
        ends_at,
        verdict,
        'both',
        coalesce(title, ''),
        event_key,
    from meetings
    where verdict in ('did_not_meet', 'unknown') and ends_at <= getvariable('as_of')
)

select
    told.contact_id,
    told.occurred_at,
    told.what,
    told.direction,
    told.subject,
from told
join contacts using (contact_id)
where not coalesce(contacts.died, false)
qualify row_number() over (partition by told.contact_id order by told.occurred_at desc, told.reference) <= 12
order by told.contact_id, told.occurred_at desc, told.reference
