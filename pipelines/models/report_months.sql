-- A row is one living contact in one month of the year up to the week's end in which they were met, and how often.
with met as (
    select
        meetings.contact_id,
        coalesce(contacts.name, '') as name,
        timezone(getvariable('zone'), meetings.ends_at) as local_end,
        meetings.verdict,
    from meetings
    join contacts using (contact_id)
    where
        meetings.verdict in ('met_in_person', 'met_remotely')
        and not coalesce(contacts.died, false)
        and meetings.ends_at <= getvariable('as_of')
)

select
    contact_id,
    name,
    strftime(local_end, '%Y-%m') as month,
    (count(*) filter (verdict = 'met_in_person'))::integer as in_person,
    (count(*) filter (verdict = 'met_remotely'))::integer as remotely,
from met
where
    local_end
    >= date_trunc('month', timezone(getvariable('zone'), getvariable('as_of') - interval 1 second)) - interval 11 months
group by contact_id, name, strftime(local_end, '%Y-%m')
order by month, name, contact_id
