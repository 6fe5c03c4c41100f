-- A row is one meeting with one contact that ended in the report's week or the two before it, or comes in the four weeks after.
select
    meetings.contact_id,
    coalesce(contacts.name, '') as name,
    coalesce(contacts.died, false) as died,
    meetings.event_key,
    coalesce(meetings.title, '') as title,
    meetings.starts_at,
    meetings.ends_at,
    meetings.verdict,
    meetings.probability,
    list_transform(meetings.evidence, lambda one: one.reason) as evidence,
    meetings.size,
    coalesce(meetings.asks, false) as asks,
from meetings
join contacts using (contact_id)
where
    meetings.ends_at > getvariable('as_of') - interval 21 days
    and meetings.starts_at < getvariable('as_of') + interval 28 days
order by meetings.starts_at, meetings.event_key, meetings.contact_id
