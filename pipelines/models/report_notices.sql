-- A row is one piece of news of a living contact that a network's notice told of this week.
select
    notices.contact_id,
    coalesce(contacts.name, '') as name,
    notices.kind,
    notices.network,
    notices.subject,
    notices.occurred_at as at,
from notices
join contacts using (contact_id)
where
    notices.kind in ('job', 'anniversary', 'birthday')
    and notices.occurred_at > getvariable('week_ago')
    and notices.occurred_at <= getvariable('as_of')
    and not coalesce(contacts.died, false)
order by notices.occurred_at, notices.contact_id, notices.kind
