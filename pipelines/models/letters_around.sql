-- A row is one mail that passed between the owner and a contact, as meetings are judged on: when, on which of the owner's
-- days, and what its subject says.
select
    interactions.contact_id,
    epoch(mails.sent_at)::bigint as at,
    epoch(mails.sent_at at time zone getvariable('zone'))::bigint // 86400 as day,
    mails.subject,
    mails.from_owner,
    list_contains(mails.marks, 'away') as away,
    len(mails.others) > if(mails.from_owner, 1, 0) as shared,
    list_contains(mails.marks, 'invitation') as calendar,
from interactions
join mails on coalesce(mails.message_id, mails.message_key) = interactions.reference
where interactions.channel = 'email' and not list_has_any(mails.marks, ['draft', 'spam', 'report'])
order by interactions.contact_id, mails.sent_at, mails.message_key
