-- The one row counts what is in the ledger: what counts, by channel, and what does not.
select
    count(*) filter (weight > 0 and channel = 'email') as mails,
    count(*) filter (weight > 0 and channel = 'meeting') as meetings,
    count(*) filter (weight > 0 and channel = 'call') as calls,
    count(*) filter (weight > 0 and channel = 'message') as messages,
    count(*) filter (weight = 0) as without_weight,
from interactions
