-- A row is one mail or message that a contact wrote to the owner alone, and when the owner's next sign came; quick answers are left out.
with counted as (
    select
        contact_id,
        occurred_at,
        channel,
        direction,
        recipients,
        subject,
        reference,
        min(occurred_at) filter (direction <> 'in') over (
            partition by contact_id
            order by occurred_at
            range between interval 1 microsecond following and unbounded following
        ) as answered_at,
    from interactions
    where weight > 0 and occurred_at < getvariable('as_of')
)

select
    counted.contact_id,
    coalesce(contacts.name, '') as name,
    coalesce(contacts.died, false) as died,
    coalesce(counted.subject, '') as subject,
    counted.channel,
    counted.occurred_at as since,
    counted.answered_at,
from counted
join contacts using (contact_id)
where
    counted.direction = 'in'
    and counted.channel in ('email', 'message')
    and coalesce(counted.recipients, 1) <= 1
    -- 26 weeks of turns, and the 90 days after which no answer is owed any more
    and counted.occurred_at > getvariable('as_of') - interval 280 days
    and (counted.answered_at is null or counted.answered_at > counted.occurred_at + interval 3 days)
order by counted.occurred_at, counted.reference, counted.contact_id
