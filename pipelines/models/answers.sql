-- A row is one distinct mail that was really sent and whose subject speaks to coldcoffee, with a sender of one of its copies.
select
    message_key,
    coalesce(min(sent_at), min(received_at)) as sent_at,
    any_value(subject order by source, place, key) as subject,
    any_value(sender order by source, place, key) as sender,
from landed_messages
where contains(lower(subject), 'coldcoffee ')
group by message_key
having not bool_and(list_has_any(marks, ['draft', 'spam']))
order by 2 nulls last, message_key
