-- The chain behind the Markov model: how often readers went from one article to another, the same one never following
-- itself, and with what chance. Nobody is followed: the counters only say which article came after which.
-- '(start)' is where visits begin, '(conversion)' where the last touch of a lead's journey led, '(null)' where readers left
-- without more. Where more went on from an article than were counted coming, those too many began there.
WITH walked AS (
    SELECT previous, article, sum(count) AS count
    FROM 'pair_day.parquet'
    WHERE day >= since_day() AND article <> '' AND previous <> article
    GROUP BY previous, article
), ending AS (
    SELECT article, sum(share) AS count
    FROM credit
    WHERE goal = 'lead' AND model = 'last' AND article <> ''
    GROUP BY article
), flow AS (
    SELECT
        article,
        sum(coming) AS coming, sum(going) AS going, greatest(sum(coming), sum(going)) AS visits,
        sum(began) + greatest(sum(going) - sum(coming), 0) AS starts
    FROM (
        SELECT article, count AS coming, 0 AS going, CASE WHEN previous = '' THEN count ELSE 0 END AS began FROM walked
        UNION ALL SELECT previous, 0, count, 0 FROM walked WHERE previous <> ''
        UNION ALL SELECT article, 0, count, 0 FROM ending
    )
    GROUP BY article
), step AS (
    SELECT '(start)' AS previous, article AS next, CAST(starts AS DOUBLE) AS count FROM flow WHERE starts > 0
    UNION ALL SELECT previous, article, count FROM walked WHERE previous <> ''
    UNION ALL SELECT article, '(conversion)', count FROM ending
    UNION ALL SELECT article, '(null)', visits - going FROM flow WHERE visits > going
)
SELECT previous, next, count, count / sum(count) OVER (PARTITION BY previous) AS chance
FROM step
ORDER BY previous, count DESC, next;
