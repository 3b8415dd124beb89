-- Money by channel and, where channel is NULL, by lead class, a row a currency, in minor units: what the leads asked for is
-- worth, what they brought, what was spent, and the return on that. Classes are never added up to one.
WITH found AS (
    SELECT channel, value_currency AS currency, sum(value_amount) AS value, 0 AS deals, 0 AS spend
    FROM lead_source
    WHERE converted_on >= since_day() AND value_currency IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT channel, currency, 0, sum(amount), 0
    FROM 'deal.parquet' AS deal JOIN lead_source USING (lead_id)
    WHERE deal.day >= since_day()
    GROUP BY ALL
    UNION ALL
    SELECT channel, currency, 0, 0, sum(amount)
    FROM 'spend.parquet'
    WHERE day >= since_day() AND channel <> ''
    GROUP BY ALL
), grouped AS (
    SELECT
        lead_class, channel, currency, sum(value) AS value, sum(deals) AS deals, sum(spend) AS spend,
        currency IN (SELECT currency FROM 'deal.parquet' WHERE day >= since_day() AND amount <> 0) AS is_sold
    FROM (SELECT *, class_of(channel) AS lead_class FROM found)
    GROUP BY GROUPING SETS ((lead_class, channel, currency), (lead_class, currency))
)
SELECT
    lead_class, channel, currency, value, deals, spend,
    CASE WHEN spend > 0 THEN CASE WHEN is_sold THEN 'deals' ELSE 'value' END END AS return_of,
    CASE WHEN spend > 0 THEN (CASE WHEN is_sold THEN deals ELSE value END - spend) / spend END AS "return"
FROM grouped
ORDER BY lead_class, channel IS NOT NULL, channel, currency;
