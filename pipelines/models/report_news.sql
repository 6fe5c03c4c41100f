-- A row is one living contact who wrote this week for the first time from a domain, beside one that they used before.
with written as (
    select
        addresses.contact_id,
        mails.sender as address,
        split_part(mails.sender, '@', 2) as domain,
        mails.sent_at,
        mails.message_key,
    from mails
    join addresses on addresses.kind = 'email' and lower(addresses.address) = mails.sender
    where not mails.from_owner and mails.to_owner and not list_contains(mails.marks, 'spam')
),

domains as (
    select
        contact_id,
        domain,
        min(sent_at) as first_at,
        max(sent_at) as last_at,
        count(distinct message_key) as mails,
        arg_min(address, sent_at) as address,
    from written
    group by contact_id, domain
)

select
    newer.contact_id,
    coalesce(contacts.name, '') as name,
    newer.address,
    older.address as known_address,
    newer.first_at as sent_at,
from domains as newer
-- three mails: an address that was really in use
join domains as older on older.contact_id = newer.contact_id and older.first_at < newer.first_at and older.mails >= 3
join contacts on contacts.contact_id = newer.contact_id
where
    newer.first_at > getvariable('week_ago')
    and not coalesce(contacts.died, false)
    and older.domain not like '%.' || newer.domain
    and newer.domain not like '%.' || older.domain
order by newer.first_at, newer.contact_id, older.last_at desc
