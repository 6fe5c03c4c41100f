-- A row is one number, address or profile with the name beside it, and how often either side spoke by `as_of`: answered
-- calls and direct messages.
with spoken as (
    select
        number as who,
        name,
        direction,
        source,
    from landed_calls
    where seconds > 0 and "at" < getvariable('as_of')
    union all
    select
        who,
        name,
        direction,
        source,
    from landed_chats
    where "at" < getvariable('as_of')
)

select
    who,
    name,
    count_if(direction = 'out') as spoke,
    count_if(direction = 'in') as heard,
    min(source) as source,
from spoken
where name <> ''
group by who, name
order by who, name
