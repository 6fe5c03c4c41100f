-- A row is one contact of whom nothing is known by which a source could name them: no address, number or profile.
select contacts.contact_id
from contacts
left join addresses using (contact_id)
group by contacts.contact_id
having count(addresses.address) = 0
order by contacts.contact_id
