-- A row is one number, address or profile and name with which somebody stands in a call or a message.
select
    number as who,
    name,
from landed_calls
union
select
    who,
    name,
from landed_chats
order by who, name
