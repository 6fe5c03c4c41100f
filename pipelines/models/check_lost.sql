-- A row is one mail of the owner's that is neither in the ledger, nor excluded with a reason, nor a correspondent's.
with landed as (
    select distinct message_key
    from landed_messages
    where sent_at is null or sent_at < getvariable('as_of')
),

strangers as (
    select coalesce(list(address), []::varchar[]) as addresses from correspondents
),

in_ledger as (
    select distinct reference from interactions where channel = 'email'
)

select landed.message_key
from landed
cross join strangers
left join messages using (message_key)
left join mails using (message_key)
where
    messages.message_key is null
    or messages.exclusion is null
    and messages.message_id not in (select reference from in_ledger)
    and not list_contains(strangers.addresses, mails.sender)
    and not list_has_any(strangers.addresses, mails.others)
order by landed.message_key
