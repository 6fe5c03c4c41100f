-- A row is one mail with one contact who wrote it, or to whom the owner wrote it, and how they stood in it.
with people as (
    select distinct
        contact_id,
        lower(address) as address,
    from addresses
    where kind = 'email'
),

roles as (
    select
        message_key,
        sender as address,
        sender_name as name,
        if(owner_in_to, 'author', 'author_cc') as role,
        len(others) + 1 as recipients,
    from mails
    where not from_owner
    union all
    select
        message_key,
        unnest(to_addresses),
        unnest(to_names),
        'to',
        len(others),
    from mails
    where from_owner
    union all
    select
        message_key,
        unnest(cc_addresses),
        unnest(cc_names),
        'cc',
        len(others),
    from mails
    where from_owner
    union all
    select
        message_key,
        unnest(bcc_addresses),
        '',
        'bcc',
        len(others),
    from mails
    where from_owner
),

-- A mail may carry a tag behind a plus sign that the address book does not.
spellings as (
    select
        address,
        case
            when address in (select address from people) then address
            else regexp_replace(address, '\+[^@]*@', '@')
        end as known_as,
    from (select distinct address from roles)
),

shared as (
    select address from people group by address having count(*) > 1
),

matched as (
    select
        roles.message_key,
        roles.name,
        roles.role,
        roles.recipients,
        people.address,
        people.contact_id,
    from roles
    join spellings using (address)
    join people on people.address = spellings.known_as
),

-- An address that two people share is credited to the one whose name the mail gives, or to nobody.
named as (
    select
        matched.*,
        len(list_intersect(
            string_split_regex(lower(strip_accents(coalesce(contacts.name, ''))), '[^\w]+'),
            list_filter(
                string_split_regex(lower(strip_accents(coalesce(matched.name, ''))), '[^\w]+'),
                lambda word: word <> ''
            )
        )) as words,
    from matched
    join contacts using (contact_id)
    where matched.address in (select address from shared)
),

credited as (
    select
        message_key,
        role,
        recipients,
        contact_id,
        address in (select address from assistants) as halved,
    from matched
    where address not in (select address from shared)
    union all
    select
        message_key,
        role,
        recipients,
        contact_id,
        address in (select address from assistants),
    from named
    where words > 0
    qualify
        words = max(words) over (partition by message_key, address, role)
        and count(*) over (partition by message_key, address, role, words) = 1
    union all
    -- what passes with an assistant passes with whom they write for, by half
    select
        roles.message_key,
        roles.role,
        roles.recipients,
        assistants.contact_id,
        true,
    from roles
    join spellings using (address)
    join assistants on assistants.address in (spellings.address, spellings.known_as)
),

-- One mail to two addresses of a person is one mail: the best standing counts.
once as (
    select
        message_key,
        contact_id,
        min_by(role, list_position(['author', 'to', 'author_cc', 'cc', 'bcc'], role)) as role,
        max(recipients)::integer as recipients,
        bool_and(halved) as halved,
    from credited
    group by message_key, contact_id
)

select
    once.contact_id,
    messages.message_id as reference,
    messages.sent_at as occurred_at,
    messages.subject,
    once.role,
    once.recipients,
    once.halved,
    messages.exclusion,
from once
join messages using (message_key)
order by messages.sent_at, messages.message_key, once.contact_id
