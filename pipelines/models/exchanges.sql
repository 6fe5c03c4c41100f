-- A row is an address with what passed between it and the owner by `as_of`: all mails, personal mails (no list, no
-- automatic mail, at most 15 recipients), answers in either direction, and meetings that it was invited to: `met` are those
-- of at most five people that both accepted, since in larger rounds one need not have spoken.
with letters as (
    select
        *,
        not list_has_any(marks, ['list', 'bulk', 'auto', 'report', 'away', 'invitation', 'spam', 'draft'])
        and len(others) <= 15 as personal,
        lower(subject) similar to '(automatic reply|out of office|auto|abwesen|réponse automatique|respuesta autom|risposta automatica|resposta autom|autosvar).*' as away,
    from mails
    where not list_has_any(marks, ['draft', 'spam'])
),

own as (
    select coalesce(list(lower(address)), []::varchar[]) as addresses from own_addresses
),

sent_keys as (
    select message_key from letters where from_owner
),

answered as (
    select distinct in_reply_to as message_key
    from letters
    where from_owner and in_reply_to is not null and personal
),

received as (
    select
        sender as address,
        count(*) as received,
        count_if(personal and to_owner and not away) as wrote,
        count_if(not list_has_any(marks, ['list', 'bulk'])) as plain,
        count_if(personal and not away and in_reply_to in (select message_key from sent_keys)) as answers,
        count_if(personal and to_owner and not away and message_key in (select message_key from answered)) as answered,
        min(source) as source,
    from letters
    where not from_owner and sender <> ''
    group by sender
),

sent as (
    select
        address,
        count(*) as sent,
        count_if(personal) as written,
        min(source) as source,
    from (
        select
            unnest(list_distinct(list_concat(to_addresses, list_concat(cc_addresses, bcc_addresses)))) as address,
            personal,
            source,
        from letters
        where from_owner
    )
    where address <> ''
    group by address
),

guests as (
    select
        event_key,
        lower(guest.address) as address,
        guest.status = 'accepted' as accepted,
        status <> 'cancelled'
        and not all_day
        and ends_at <= getvariable('as_of')
        and len(list_filter(attendees, lambda one: one.kind not in ('room', 'resource'))) <= 5 as small,
        list_has_any(
            list_transform(
                list_filter(attendees, lambda one: one.status = 'accepted'),
                lambda one: lower(one.address)
            ),
            own.addresses
        )
        or list_contains(own.addresses, lower(organizer)) as owner_comes,
        source,
    from (select *, unnest(attendees) as guest from occurrences)
    cross join own
),

met as (
    select
        address,
        count(distinct event_key) as meetings,
        count(distinct event_key) filter (where small and accepted and owner_comes) as met,
        min(source) as source,
    from guests
    where address <> ''
    group by address
),

everyone as (
    select address from received
    union
    select address from sent
    union
    select address from met
)

select
    everyone.address,
    coalesce(sent.sent, 0)::bigint as sent,
    coalesce(sent.written, 0)::bigint as written,
    coalesce(received.received, 0)::bigint as received,
    coalesce(received.wrote, 0)::bigint as wrote,
    coalesce(received.plain, 0)::bigint as plain,
    coalesce(received.answers, 0)::bigint as answers,
    coalesce(received.answered, 0)::bigint as answered,
    coalesce(met.meetings, 0)::bigint as meetings,
    coalesce(met.met, 0)::bigint as met,
    coalesce(received.source, sent.source, met.source) as source,
from everyone
left join received using (address)
left join sent using (address)
left join met using (address)
order by everyone.address
