-- One row for each source: when it was last read, what stopped it, and what span of time its items cover.
with items as (
    select source, sent_at as moment from landed_messages
    union all
    select source, starts_at as moment from landed_events where method is null
    union all
    select source, connected_at as moment from landed_cards
    union all
    select source, "at" as moment from landed_calls
    union all
    select source, "at" as moment from landed_chats
),

spans as (
    select
        source,
        count(*) as items,
        min(moment) filter (where moment <= getvariable('as_of')) as oldest_item_at,
        max(moment) filter (where moment <= getvariable('as_of')) as newest_item_at,
    from items
    group by source
),

read as (
    select
        source,
        max(ended_at) filter (where error is null) as last_success_at,
        arg_max(error, started_at) as newest_error,
        max(started_at) filter (where error is not null) as failed_at,
        max(started_at) as started_at,
    from pulls
    group by source
),

lost as (
    select source, count(*) as rejects
    from rejects
    group by source
)

select
    sources.source,
    sources.kind,
    read.last_success_at,
    case when read.failed_at = read.started_at then read.newest_error end as last_error,
    spans.oldest_item_at,
    spans.newest_item_at,
    coalesce(spans.items, 0) as items,
    coalesce(lost.rejects, 0) as rejects,
    coalesce(source_notes.note, '') as note,
from sources
left join read using (source)
left join spans using (source)
left join lost using (source)
left join source_notes using (source)
order by sources.source
