-- A row is one call, direct message or note of the owner's ("I called her") with one contact.
with talks as (
    select
        'call' as channel,
        source,
        place,
        key,
        "at" as rung_at,
        direction,
        seconds,
        number as who,
        name,
    from landed_calls
    union all
    select
        'message',
        source,
        place,
        key,
        "at" as rung_at,
        direction,
        0,
        who,
        name,
    from landed_chats
),

-- A telephone number is known by its last nine digits: the same one is written with and without its country.
keyed as (
    select
        *,
        lower(trim(who)) as address,
        case
            when who not like '%@%' and length(regexp_replace(who, '[^0-9]', '', 'g')) >= 7
                then right(regexp_replace(who, '[^0-9]', '', 'g'), 9)
        end as digits,
        rtrim(regexp_replace(lower(trim(who)), '^(https?://)?(www\.)?', ''), '/') as profile,
    from talks
    where rung_at < getvariable('as_of')
),

reachable as (
    select
        any_value(contact_id) as contact_id,
        case kind
            when 'phone' then right(regexp_replace(address, '[^0-9]', '', 'g'), 9)
            when 'profile' then rtrim(regexp_replace(lower(address), '^(https?://)?(www\.)?', ''), '/')
            else lower(address)
        end as key,
        kind,
    from addresses
    group by 2, 3
    having count(distinct contact_id) = 1
),

names as (
    select
        any_value(contact_id) as contact_id,
        lower(trim(name)) as name,
    from contacts
    where trim(name) <> ''
    group by 2
    having count(*) = 1
),

matched as (
    select
        coalesce(phone.contact_id, email.contact_id, profile.contact_id, names.contact_id) as contact_id,
        keyed.*,
    from keyed
    left join reachable as phone on phone.kind = 'phone' and phone.key = keyed.digits
    left join reachable as email on email.kind = 'email' and email.key = keyed.address
    left join reachable as profile on profile.kind = 'profile' and profile.key = keyed.profile
    left join names on names.name = lower(trim(keyed.name))
),

-- The same call in two logs differs by some seconds.
once as (
    select *
    from matched
    where contact_id is not null
    qualify
        lag(rung_at) over (partition by contact_id, channel, direction order by rung_at, source, place, key) is null
        or rung_at - lag(rung_at) over (partition by contact_id, channel, direction order by rung_at, source, place, key)
        > if(channel = 'call', interval 90 second, interval 0 second)
),

noted as (
    select
        corrections.subject as contact_id,
        coalesce(json_extract_string(corrections.value, '$.channel'), 'call') as channel,
        try_cast(json_extract_string(corrections.value, '$.at') as timestamptz) as rung_at,
        corrections.correction_id,
    from corrections
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
from noted
where rung_at < getvariable('as_of')
order by occurred_at, reference
