-- A row is one answer that was mailed in the report's week, what became of it, and what it was about.
select
    answers.sent_at,
    answers.action,
    answers.outcome,
    coalesce(issued.label, '') as label,
from answers
left join issued using (token)
where
    answers.sent_at >= getvariable('week_ago')
    and answers.sent_at < getvariable('as_of')
order by answers.sent_at, answers.message_key
