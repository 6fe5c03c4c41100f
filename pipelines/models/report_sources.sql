-- A row is one source, as this week's report knows it: by the first good pull after the week's end, else by the newest before it.
with told as (
    select
        source,
        min(ended_at) filter (error is null and ended_at >= getvariable('as_of')) as first_after,
        max(ended_at) filter (error is null and ended_at < getvariable('as_of')) as newest_before,
        arg_max(error, started_at) as newest_error,
        max(started_at) filter (error is not null) as failed_at,
        max(started_at) filter (error is null) as succeeded_at,
    from pulls
    group by source
)

select
    coverage.source,
    coverage.kind,
    coalesce(told.first_after, told.newest_before, coverage.last_success_at) as read_at,
    case
        when told.first_after is null and told.failed_at > coalesce(told.succeeded_at, '-infinity'::timestamptz)
            then told.newest_error
    end as error,
    coverage.oldest_item_at,
    coverage.newest_item_at,
    coverage.items,
    coverage.rejects,
    coalesce(coverage.note, '') as note,
from coverage
left join told using (source)
order by coverage.source
