-- A row is one mail that is excluded with a reason and has a weight in the ledger all the same.
select distinct messages.message_key
from messages
join interactions on interactions.channel = 'email' and interactions.reference = messages.message_id
where messages.exclusion is not null and interactions.weight > 0
order by messages.message_key
