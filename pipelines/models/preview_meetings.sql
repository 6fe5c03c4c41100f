-- A row is one of the newest meetings that are over, with its strongest reason.
select
    strftime(meetings.starts_at, '%Y-%m-%d %H:%M') as starts_at,
    contacts.name,
    meetings.title,
    meetings.verdict,
    round(meetings.probability, 2) as probability,
    coalesce(meetings.evidence[1].reason, '') as reason,
from meetings
join contacts using (contact_id)
where meetings.verdict <> 'upcoming'
order by meetings.starts_at desc, meetings.event_key
limit 12
