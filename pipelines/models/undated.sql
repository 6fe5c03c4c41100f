-- A row is one distinct mail of which no copy tells when it was sent: it is kept, and counts for nothing.
select
    message_key,
    any_value(coalesce(message_id, message_key) order by source, place, key) as message_id,
    any_value(subject order by source, place, key) as subject,
    any_value(lower(sender) order by source, place, key) as sender,
    any_value(source order by source, place, key) as source,
from landed_messages
group by message_key
having count(sent_at) = 0
order by message_key
