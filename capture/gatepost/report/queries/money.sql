-- Money by article and currency under the chosen model, in minor units: what the leads asked for is worth, what they
-- brought (deals), what was spent on the article, and the return on that with its 90 % interval. The article '' has what no
-- article can be given. A return is reckoned from deals where there is one in its currency at all, else from the value.
WITH earned AS (
    SELECT
        article, currency,
        sum(CASE WHEN goal = 'lead' THEN amount ELSE 0 END) AS value,
        sqrt(sum(CASE WHEN goal = 'lead' THEN amount ** 2 ELSE 0 END)) AS value_error,
        sum(CASE WHEN goal = 'deal' THEN amount ELSE 0 END) AS deals,
        sqrt(sum(CASE WHEN goal = 'deal' THEN amount ** 2 ELSE 0 END)) AS deals_error
    FROM credit
    WHERE currency <> '' AND model = chosen_model()
    GROUP BY article, currency
), cost AS (
    SELECT article, currency, sum(amount) AS spend
    FROM 'spend.parquet'
    WHERE day >= since_day() AND article <> ''
    GROUP BY article, currency
), balance AS (
    SELECT
        article, currency, coalesce(value, 0) AS value, coalesce(value_error, 0) AS value_error,
        coalesce(deals, 0) AS deals, coalesce(deals_error, 0) AS deals_error, spend,
        currency IN (SELECT currency FROM 'deal.parquet' WHERE day >= since_day() AND amount <> 0) AS is_sold
    FROM earned FULL JOIN cost USING (article, currency)
), reckoned AS (
    SELECT
        *,
        CASE WHEN is_sold THEN deals ELSE value END AS back,
        CASE WHEN is_sold THEN deals_error ELSE value_error END AS error
    FROM balance
)
SELECT
    article, currency, value, value_error, deals, deals_error, coalesce(spend, 0) AS spend,
    CASE WHEN spend > 0 THEN CASE WHEN is_sold THEN 'deals' ELSE 'value' END END AS return_of,
    CASE WHEN spend > 0 THEN (back - spend) / spend END AS "return",
    -- More than all of the cost cannot be lost, unless more was paid back than came in.
    CASE WHEN spend > 0 AND error > 0
        THEN greatest((back - spend) / spend - 1.6448536269514722 * error / spend, least(-1, (back - spend) / spend))
    END AS return_low,
    CASE WHEN spend > 0 AND error > 0 THEN (back - spend) / spend + 1.6448536269514722 * error / spend END AS return_high
FROM reckoned
ORDER BY article, currency;
