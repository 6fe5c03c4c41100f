-- A row is one mail from a network's domain (the variable `networks`) to the owner that does not lie in spam.
select
    message_key,
    coalesce(message_id, message_key) as message_id,
    sent_at,
    sender,
    sender_name,
    subject,
from mails
where
    not from_owner
    and to_owner
    and not list_has_any(marks, ['spam', 'draft'])
    and len(list_filter(
        getvariable('networks'),
        lambda domain: ends_with(sender, '@' || domain) or ends_with(sender, '.' || domain)
    )) > 0
order by sent_at, message_key
