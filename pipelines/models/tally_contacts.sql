-- The one row counts people: contacts, those found by an exchange, and correspondents who are no contacts.
select
    (select count(*) from contacts) as contacts,
    (select count(*) from contacts where discovered) as discovered,
    (select count(*) from correspondents) as correspondents,
