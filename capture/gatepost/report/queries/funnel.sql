-- The ladder: how many stand on each rung, and the share of the rung before that took the step, with Wilson's 90 %
-- interval. Rungs counted in the browser are events; the last three are people, each
-- where it did so for the first time.
WITH ladder (place, rung, before) AS (
    VALUES
        (1, 'view', NULL), (2, 'read', 'view'), (3, 'consumed', 'read'), (4, 'linkedin-seen', 'view'),
        (5, 'linkedin-click', 'linkedin-seen'), (6, 'offer-seen', 'view'), (7, 'offer-click', 'offer-seen'),
        (8, 'form-start', 'offer-seen'), (9, 'signup', 'form-start'), (10, 'confirmed', 'signup'),
        (11, 'download', 'confirmed')
), reached AS (
    SELECT rung, sum(count) AS count FROM counted GROUP BY rung
    UNION ALL
    SELECT 'signup', count(*)
    FROM (SELECT min(requested_at) AS first FROM 'signup.parquet' GROUP BY lead_id)
    WHERE day_of(first) >= since_day()
    UNION ALL
    SELECT 'confirmed', count(*) FROM (SELECT min(day) AS first FROM confirmed_request GROUP BY lead_id)
    WHERE first >= since_day()
    UNION ALL
    SELECT 'download', count(*)
    FROM (
        SELECT min(download."at") AS first
        FROM 'download.parquet' AS download JOIN 'grant.parquet' AS held ON held.id = grant_id
        WHERE download.by = 'reader'
        GROUP BY lead_id
    )
    WHERE day_of(first) >= since_day()
), steps AS (
    SELECT ladder.*, coalesce(here.count, 0) AS count, coalesce(there.count, 0) AS before_count
    FROM ladder
    LEFT JOIN reached AS here ON here.rung = ladder.rung
    LEFT JOIN reached AS there ON there.rung = ladder.before
)
SELECT
    rung, before, count, before_count,
    CASE WHEN count <= before_count THEN count / nullif(before_count, 0) END AS share,
    wilson_low(count, before_count) AS share_low,
    wilson_high(count, before_count) AS share_high
FROM steps
ORDER BY place;
