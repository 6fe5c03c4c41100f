-- A row is one automatic answer of a living contact's of this week, or a report that a mail to them alone came back.
with answers as (
    select
        addresses.contact_id,
        mails.sender as address,
        mails.subject,
        mails.sent_at,
        false as returned,
    from mails
    join addresses on addresses.kind = 'email' and addresses.address = mails.sender
    where not mails.from_owner and list_has_any(mails.marks, ['away', 'auto']) and not list_contains(mails.marks, 'report')
),

reports as (
    select
        addresses.contact_id,
        addresses.address,
        mails.subject,
        mails.sent_at,
        true as returned,
    from mails
    join mails as written on written.message_key = mails.in_reply_to and written.from_owner and len(written.others) = 1
    join addresses on addresses.kind = 'email' and addresses.address = written.others[1]
    where not mails.from_owner and list_contains(mails.marks, 'report')
),

gathered as (
    select * from answers
    union all
    select * from reports
)

select
    gathered.contact_id,
    coalesce(contacts.name, '') as name,
    gathered.address,
    gathered.subject,
    gathered.returned,
    gathered.sent_at as at,
from gathered
join contacts using (contact_id)
where
    gathered.sent_at > getvariable('week_ago')
    and not coalesce(contacts.died, false)
order by gathered.sent_at, gathered.contact_id, gathered.address
