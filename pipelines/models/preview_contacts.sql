-- A row is one of a few contacts, in the order of their names.
select
    contacts.name,
    contacts.organization,
    contacts.title,
    contacts.first_source,
from contacts
order by contacts.name, contacts.contact_id
limit 12
