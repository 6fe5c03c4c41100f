-- The one row is the days within which the owner has sent nine of ten answers to mails written to them alone; null if under 20 tell.
with counted as (
    select
        direction,
        channel,
        recipients,
        occurred_at,
        lead(occurred_at) over next_one as next_at,
        lead(direction) over next_one as next_direction,
    from interactions
    where weight > 0 and occurred_at < getvariable('as_of') and channel in ('email', 'message')
    window next_one as (partition by contact_id order by occurred_at, reference)
),

answers as (
    select date_diff('minute', occurred_at, next_at) / 1440.0 as days
    from counted
    where
        direction = 'in'
        and coalesce(recipients, 1) <= 1
        and next_direction = 'out'
        and next_at < occurred_at + interval 30 days
)

select case when count(*) >= 20 then quantile_cont(days, 0.9) end as days
from answers
