-- The one row is when coldcoffee first read a source of the owner's: no mail told of a week that had been over for a week by then.
select min(started_at) as running_since
from pulls
