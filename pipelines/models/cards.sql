-- A row is one person's card, from whatever address book, or one connection of a network that was made by `as_of`.
select
    source,
    place,
    key,
    name,
    given,
    family,
    nicknames,
    organization,
    title,
    emails,
    phones,
    profiles,
    kind,
    tags,
    connected_at,
    died_on,
    form,
from landed_cards
where
    kind <> 'group'
    and (connected_at is null or connected_at < getvariable('as_of'))
    -- X's archive tells whom one follows by numbers only: without a message that is nobody yet
    and (
        form <> 'x'
        or name <> ''
        or list_has_any(
            profiles,
            (select coalesce(list(who), []) from landed_chats where "at" < getvariable('as_of'))
        )
    )
order by source, place, key
