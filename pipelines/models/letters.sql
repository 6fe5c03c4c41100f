-- A row is one distinct mail with what tells whether it counts: its marks, how many people it is addressed to, and what
-- passed around it.
with addressed as (
    select
        *,
        list_has_any(marks, ['list', 'bulk']) as bulky,
    from mails
),

-- A mail of the owner's that is an answer names what it answers.
answered as (
    select distinct in_reply_to as message_key
    from mails
    where from_owner and in_reply_to is not null and not list_has_any(marks, ['draft', 'auto', 'away'])
),

own_keys as (
    select message_key from mails where from_owner
),

-- How an author usually writes: newsletters come in numbers, and a gateway that marks all mail marks answers, too.
authors as (
    select
        sender,
        count_if(bulky) as bulk_mails,
        count_if(not bulky and to_owner) as plain_mails,
        count_if(bulky and in_reply_to in (select message_key from own_keys)) as bulk_answers,
    from addressed
    where not from_owner
    group by sender
),

written as (
    select
        sender,
        count(*) as sent,
    from (
        select unnest(others) as sender from addressed where from_owner and not list_contains(marks, 'draft')
    )
    group by sender
),

-- The calendar's own words, as answers to invitations repeat them in their subjects.
titles as (
    select distinct lower(trim(title)) as title from landed_events where length(trim(title)) > 3
)

select
    addressed.message_key,
    coalesce(addressed.message_id, addressed.message_key) as message_id,
    addressed.sent_at,
    addressed.subject,
    addressed.sender,
    addressed.sender_name,
    addressed.source,
    addressed.marks,
    addressed.from_owner,
    addressed.to_owner,
    len(addressed.others)::integer as others,
    len(addressed.bcc_addresses)::integer as bcc,
    addressed.in_reply_to in (select message_key from own_keys) as answers_owner,
    addressed.message_key in (select message_key from answered) as answered,
    coalesce(authors.bulk_mails, 0)::integer as bulk_mails,
    coalesce(authors.plain_mails, 0)::integer as plain_mails,
    coalesce(authors.bulk_answers, 0)::integer as bulk_answers,
    coalesce(written.sent, 0)::integer as written,
    contains(addressed.subject, ':')
    and lower(trim(regexp_replace(regexp_replace(addressed.subject, '^[^:]*:\s*', ''), '\s@ .*$', '')))
    in (select title from titles) as names_event,
from addressed
left join authors using (sender)
left join written using (sender)
order by addressed.sent_at, addressed.message_key
