-- A row is one direct message with a contact of which only a network's notice tells: none that an export holds, too.
with held as (
    select
        talkers.contact_id,
        landed_chats.network,
        landed_chats."at" as said_at,
    from landed_chats
    join talkers on talkers.who = landed_chats.who and talkers.name = landed_chats.name
    where landed_chats.direction = 'in'
)

select
    notices.contact_id,
    notices.occurred_at,
    'message' as channel,
    'in' as direction,
    0 as seconds,
    'notice/' || notices.message_id as reference,
    false as noted,
    1.0::double as weight,
from notices
-- a network tells of a message within a day, and its clock is not the mail server's
left join held
    on held.contact_id = notices.contact_id
    and held.network = notices.network
    and held.said_at between notices.occurred_at - interval 26 hours and notices.occurred_at + interval 10 minutes
where notices.kind = 'message' and held.contact_id is null
order by notices.occurred_at, reference
