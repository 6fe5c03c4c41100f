-- A row is one mail of a contact's, of the last 60 days, that lies in the spam folder.
select
    contacts.name,
    mails.subject,
    mails.sent_at,
from mails
join addresses on addresses.kind = 'email' and addresses.address = mails.sender
join contacts using (contact_id)
where list_contains(mails.marks, 'spam') and mails.sent_at > getvariable('as_of') - interval 60 days and not contacts.died
order by mails.sent_at desc
