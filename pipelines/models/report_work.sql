-- A row is one card of a living contact on which organization or title were first seen to have changed this week.
with history as (
    select
        *,
        lag(organization) over later as known_organization,
        lag(title) over later as known_title,
        lag(seen_at) over later as known_at,
    from card_work
    where seen_at <= getvariable('as_of')
    window later as (partition by source, form, key order by seen_at, organization, title)
)

select distinct
    contact_cards.contact_id,
    coalesce(contacts.name, '') as name,
    history.known_organization,
    history.known_title,
    history.organization,
    history.title,
    history.form,
    history.seen_at as at,
from history
join contact_cards using (source, form, key)
join contacts using (contact_id)
where
    history.known_at < history.seen_at
    and history.seen_at > getvariable('week_ago')
    and not coalesce(contacts.died, false)
order by history.seen_at, contact_cards.contact_id
