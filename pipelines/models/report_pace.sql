-- A row is the report's week or one of the 33 before it, newest first, with the days within which the owner had sent nine of ten answers to mails written to them alone; null if under 20 told.
with weeks as (
    select
        unnest(range(34)) as ago,
        timezone(getvariable('zone'), timezone(getvariable('zone'), getvariable('as_of')) - to_days(7 * ago::integer)) as ends_at,
),

counted as (
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
    select next_at, date_diff('minute', occurred_at, next_at) / 1440.0 as days
    from counted
    where
        direction = 'in'
        and coalesce(recipients, 1) <= 1
        and next_direction = 'out'
        and next_at < occurred_at + interval 30 days
)

select weeks.ago, case when count(answers.days) >= 20 then quantile_cont(answers.days, 0.9) end as days
from weeks
left join answers on answers.next_at < weeks.ends_at
group by weeks.ago
order by weeks.ago
