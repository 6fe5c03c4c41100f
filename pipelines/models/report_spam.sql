-- A row is one mail of a living contact's, of the last four weeks, that lies in the spam folder; the newest of each contact.
select
    addresses.contact_id,
    coalesce(contacts.name, '') as name,
    coalesce(mails.subject, '') as subject,
    mails.sent_at,
from mails
join addresses on addresses.kind = 'email' and lower(addresses.address) = mails.sender
join contacts using (contact_id)
where
    list_contains(mails.marks, 'spam')
    and not mails.from_owner
    and mails.sent_at > getvariable('as_of') - interval 28 days
    and not coalesce(contacts.died, false)
qualify row_number() over (partition by addresses.contact_id order by mails.sent_at desc, mails.message_key) = 1
order by mails.sent_at desc, contacts.name, addresses.contact_id
