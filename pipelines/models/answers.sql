-- A row is one distinct mail that was really sent and whose subject speaks to coldcoffee, with a sender of one of its copies, of one among sent mail if there is one.
with copies as (
    select
        *,
        list_contains(marks, 'sent') and not list_has_any(marks, ['draft', 'spam']) as sent,
    from landed_messages
    where contains(lower(subject), 'coldcoffee ')
)

select
    message_key,
    coalesce(min(sent_at), min(received_at)) as sent_at,
    any_value(subject order by not sent, source, place, key) as subject,
    any_value(sender order by not sent, source, place, key) as sender,
    bool_or(sent) as sent,
from copies
group by message_key
having not bool_and(list_has_any(marks, ['draft', 'spam']))
order by 2 nulls last, message_key
