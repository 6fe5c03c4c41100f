-- A row is one meeting, with one contact, of the report's week, the week before it, or the four weeks to come.
select
    meetings.contact_id,
    contacts.name,
    meetings.event_key,
    meetings.title,
    meetings.starts_at,
    meetings.verdict,
    meetings.probability,
    list_transform(meetings.evidence, lambda one: one.reason)[1:3] as evidence,
from meetings
join contacts using (contact_id)
where
    meetings.starts_at >= getvariable('as_of') - interval 14 days
    and meetings.starts_at < getvariable('as_of') + interval 28 days
order by meetings.starts_at, contacts.name
