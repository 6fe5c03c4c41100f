-- A row is one distinct mail that was sent before `as_of`, merged over its copies in all folders, accounts and exports.
with copies as (
    select
        message_key,
        message_id,
        sent_at,
        time_note,
        subject,
        lower(sender) as sender,
        sender_name,
        lower(reply_to) as reply_to,
        list_transform(to_addresses, lambda address: lower(address)) as to_addresses,
        to_names,
        list_transform(cc_addresses, lambda address: lower(address)) as cc_addresses,
        cc_names,
        list_transform(bcc_addresses, lambda address: lower(address)) as bcc_addresses,
        in_reply_to,
        marks,
        source,
        -- the copy that says most about the mail: sent rather than drafted, direct rather than through a list,
        -- with a date of its own rather than the server's
        row_number() over (
            partition by message_key
            order by
                list_contains(marks, 'draft'),
                list_contains(marks, 'list') or list_contains(marks, 'bulk'),
                time_note is not null,
                sent_at nulls last,
                source,
                place,
                key
        ) as rank,
    from landed_messages
),

repeated as (
    select
        message_key,
        count(*) as copies,
        max(bcc_addresses) as bcc_addresses,
        flatten(list(marks)) as marks,
    from copies
    group by message_key
    having count(*) > 1
),

-- What only every copy together can say: one copy in the inbox, sent or direct, and the mail is no draft, spam or list mail.
merged as (
    select
        message_key,
        bcc_addresses,
        list_filter(
            list_sort(list_distinct(marks)),
            lambda mark: mark not in ('draft', 'spam', 'trash', 'list', 'bulk', 'auto', 'undisclosed', 'sender_differs')
            or len(list_filter(marks, lambda other: other = mark)) = copies
        ) as marks,
    from repeated
),

-- How one address can be spelled: a tag behind a plus sign, dots where the provider ignores them, its other domain.
spelled as (
    select
        address,
        split_part(regexp_replace(replace(address, '@googlemail.com', '@gmail.com'), '\+[^@]*@', '@'), '@', 1) as local,
        split_part(replace(address, '@googlemail.com', '@gmail.com'), '@', 2) as domain,
    from (
        select lower(address) as address from own_addresses
        union
        select sender from copies
        union
        select unnest(to_addresses) from copies
        union
        select unnest(cc_addresses) from copies
    )
),

forms as (
    select
        address,
        if(domain = 'gmail.com', replace(local, '.', ''), local) || '@' || domain as form,
    from spelled
    where address <> ''
),

own as (
    select coalesce(list(forms.address), []::varchar[]) as addresses
    from forms
    where forms.form in (select form from forms where address in (select lower(address) from own_addresses))
)

select
    copies.message_key,
    copies.message_id,
    copies.sent_at,
    copies.time_note,
    copies.subject,
    copies.sender,
    copies.sender_name,
    copies.reply_to,
    copies.to_addresses,
    copies.to_names,
    copies.cc_addresses,
    copies.cc_names,
    coalesce(merged.bcc_addresses, copies.bcc_addresses) as bcc_addresses,
    trim(copies.in_reply_to, '<> ') as in_reply_to,
    coalesce(merged.marks, copies.marks) as marks,
    copies.source,
    list_contains(own.addresses, copies.sender) as from_owner,
    list_has_any(copies.to_addresses, own.addresses)
    or list_has_any(copies.cc_addresses, own.addresses) as to_owner,
    list_has_any(copies.to_addresses, own.addresses) as owner_in_to,
    list_filter(
        list_distinct(list_concat(copies.to_addresses, copies.cc_addresses)),
        lambda address: address <> '' and not list_contains(own.addresses, address)
    ) as others,
from copies
cross join own
left join merged using (message_key)
where copies.rank = 1 and copies.sent_at < getvariable('as_of')
order by copies.sent_at, copies.message_key
