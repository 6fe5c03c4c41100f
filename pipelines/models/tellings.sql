-- A row is one automatic mail to the owner, or one out-of-office answer of the owner's own, with its time.
select
    epoch(sent_at)::bigint as at,
    subject,
    from_owner,
from mails
where
    (from_owner and list_contains(marks, 'away'))
    or (not from_owner and (list_has_any(marks, ['auto', 'bulk']) or regexp_matches(sender, '^(no|do-?not)[-_.]?reply|^notif|^meetings?@|^recording')))
order by sent_at, message_key
