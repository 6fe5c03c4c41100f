-- A row is one interaction that had not happened by the moment that is judged for.
select
    contact_id,
    channel,
    reference,
from interactions
where occurred_at > getvariable('as_of') and weight > 0
order by contact_id, channel, reference
