-- The one row counts, from the judged tables alone, the people that the report's numbers count; the dead are left out.
with living as (
    select contact_id from contacts where not coalesce(died, false)
),

weeks as (
    select distinct week from relationships order by week desc limit 2
),

turned as (
    select relationships.contact_id
    from relationships
    where relationships.week = (select max(week) from weeks) and relationships.state = 'cold'
    intersect
    select relationships.contact_id
    from relationships
    where
        relationships.week = (select min(week) from weeks)
        and relationships.state in ('new', 'warm', 'cooling')
        and (select count(*) from weeks) = 2
)

select
    (select count(*) from turned join living using (contact_id))::bigint as turned_cold,
    (
        select count(distinct meetings.contact_id)
        from meetings
        join living using (contact_id)
        where
            meetings.verdict = 'met_in_person'
            and meetings.ends_at > getvariable('week_ago')
            and meetings.ends_at <= getvariable('as_of')
    )::bigint as met_in_person,
