-- A row is one call, direct message or note of the owner's ("I called her") with one contact.
with calls as (
    select
        talkers.contact_id,
        landed_calls.source,
        landed_calls.place,
        landed_calls.key,
        landed_calls."at" as rung_at,
        if(landed_calls.direction = 'in' and landed_calls.seconds <= 0, 'missed', landed_calls.direction) as direction,
        landed_calls.seconds,
        landed_calls.source || '/' || landed_calls.place as log,
        epoch_us(landed_calls."at") // 90_000_000 as bucket,
    from landed_calls
    join talkers on talkers.who = landed_calls.number and talkers.name = landed_calls.name
    where landed_calls."at" < getvariable('as_of')
),

-- The same call in two logs differs by some seconds; two calls in one log are two, however close.
repeated as (
    select distinct
        later.source,
        later.place,
        later.key,
    from (select *, unnest([bucket - 1, bucket, bucket + 1]) as near from calls) as later
    join calls as earlier
        on earlier.contact_id = later.contact_id
        and earlier.direction = later.direction
        and earlier.bucket = later.near
        and earlier.log < later.log
        and abs(epoch_us(earlier.rung_at) - epoch_us(later.rung_at)) <= 90_000_000
),

chats as (
    select
        talkers.contact_id,
        landed_chats.source,
        landed_chats.place,
        landed_chats.key,
        landed_chats."at" as rung_at,
        landed_chats.direction,
        landed_chats.network,
        date_trunc('minute', landed_chats."at") as minute,
    from landed_chats
    join talkers on talkers.who = landed_chats.who and talkers.name = landed_chats.name
    where landed_chats."at" < getvariable('as_of')
),

-- Some logs tell only the minute: of the messages of one minute, the first in two logs is the same, the second, …
numbered as (
    select
        *,
        row_number() over (
            partition by contact_id, network, direction, minute, source, place
            order by rung_at, key
        ) as nth,
    from chats
),

once as (
    select
        contact_id,
        'call' as channel,
        source,
        place,
        key,
        rung_at,
        direction,
        seconds,
    from calls
    anti join repeated using (source, place, key)
    union all
    select
        contact_id,
        'message',
        source,
        place,
        key,
        rung_at,
        direction,
        0,
    from numbered
    qualify
        row_number() over (
            partition by contact_id, network, direction, minute, nth
            order by source, place, key
        ) = 1
),

noted as (
    select
        coalesce(former_ids.contact_id, corrections.subject) as contact_id,
        coalesce(json_extract_string(corrections.value, '$.channel'), 'call') as channel,
        try_cast(json_extract_string(corrections.value, '$.at') as timestamptz) as rung_at,
        corrections.correction_id,
    from corrections
    left join former_ids on former_ids.former = corrections.subject
    where corrections.kind = 'log' and json_valid(corrections.value)
)

select
    contact_id,
    rung_at as occurred_at,
    channel,
    direction,
    seconds,
    place || '/' || key as reference,
    false as noted,
    -- what one side writes in a day weighs together what a mail does: messages are sentences
    if(
        channel = 'message',
        1.0 / count(*) over (
            partition by contact_id, channel, direction, (rung_at at time zone getvariable('zone'))::date
        ),
        1.0
    )::double as weight,
from once
union all
select
    contact_id,
    rung_at,
    case channel
        when 'met' then 'meeting'
        when 'message' then 'message'
        when 'email' then 'email'
        when 'meeting' then 'meeting'
        else 'call'
    end,
    'both',
    0,
    correction_id,
    true,
    1.0,
from noted
where rung_at < getvariable('as_of')
order by occurred_at, reference
