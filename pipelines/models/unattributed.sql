-- A row is one mail to or from an address that several contacts share, which no name in the mail credits to one of them.
with shared as (
    select lower(address) as address
    from addresses
    where kind = 'email'
    group by lower(address)
    having count(distinct contact_id) > 1
),

all_shared as (
    select coalesce(list(address), []::varchar[]) as addresses from shared
)

select messages.message_key
from messages
join mails using (message_key)
cross join all_shared
where
    messages.exclusion is null
    and list_has_any(all_shared.addresses, list_append(mails.others, mails.sender))
    and messages.message_id not in (select reference from interactions where channel = 'email')
order by messages.message_key
