-- What every query stands on. It reads the Parquet files of the folder it is run in, and makes views that last as long
-- as the session. Two settings, both may be left out:
--     SET VARIABLE since = DATE '2026-01-01';   -- count from this day on (UTC); all time, if not set
--     SET VARIABLE model = 'last';              -- how credit is shared; linear, if not set

CREATE OR REPLACE TEMP MACRO since_day() AS coalesce(CAST(getvariable('since') AS DATE), DATE '0001-01-01');
CREATE OR REPLACE TEMP MACRO chosen_model() AS coalesce(CAST(getvariable('model') AS VARCHAR), 'linear');
-- Days are those of UTC, wherever this runs.
CREATE OR REPLACE TEMP MACRO day_of(moment) AS CAST(moment AT TIME ZONE 'UTC' AS DATE);
-- Wilson's 90 % interval of k out of n; nothing where k of n is no share.
CREATE OR REPLACE TEMP MACRO wilson_half(k, n) AS 1.6448536269514722 / (1 + 1.6448536269514722 ** 2 / n)
    * sqrt(k / n * (1 - k / n) / n + 1.6448536269514722 ** 2 / (4 * n ** 2));
CREATE OR REPLACE TEMP MACRO wilson_middle(k, n) AS
    (k / n + 1.6448536269514722 ** 2 / (2 * n)) / (1 + 1.6448536269514722 ** 2 / n);
CREATE OR REPLACE TEMP MACRO wilson_low(k, n) AS
    CASE WHEN n = 0 OR k > n THEN NULL WHEN k = 0 THEN 0 ELSE wilson_middle(k, n) - wilson_half(k, n) END;
CREATE OR REPLACE TEMP MACRO wilson_high(k, n) AS
    CASE WHEN n = 0 OR k > n THEN NULL WHEN k = n THEN 1 ELSE wilson_middle(k, n) + wilson_half(k, n) END;

-- The reads, and everything else a browser counts, since the day.
CREATE OR REPLACE TEMP VIEW counted AS FROM 'touch_day.parquet' WHERE day >= since_day();

-- Confirmed requests. A lead converts once: with the first of its own.
CREATE OR REPLACE TEMP VIEW confirmed_request AS
SELECT *, day_of(confirmed_at) AS day, row_number() OVER (PARTITION BY lead_id ORDER BY confirmed_at, id) AS nth
FROM 'signup.parquet'
WHERE confirmed_at IS NOT NULL;

CREATE OR REPLACE TEMP VIEW conversion AS FROM confirmed_request WHERE nth = 1;

-- What is believed of a journey; where that is nothing, the page of the signup, which is known without one.
CREATE OR REPLACE TEMP VIEW believed AS
SELECT signup_id, place, "at", article, channel, rung
FROM 'touch.parquet'
WHERE suspect = ''
UNION ALL
SELECT id, 0, confirmed_at, article, channel, 'signup'
FROM confirmed_request
WHERE article <> '' AND id NOT IN (SELECT signup_id FROM 'touch.parquet' WHERE suspect = '');

-- Articles that helped a lead, each once: on the day of the first request that each was a part of.
CREATE OR REPLACE TEMP VIEW helped AS
SELECT lead_id, article, min(day) AS day
FROM (
    SELECT lead_id, day, article FROM confirmed_request
    UNION ALL
    SELECT lead_id, day, believed.article FROM confirmed_request JOIN believed ON signup_id = confirmed_request.id
)
WHERE article <> ''
GROUP BY lead_id, article;

-- What each touch of a conversion gets. last_known is the last place whose channel is not direct.
CREATE OR REPLACE TEMP VIEW touch_share AS
WITH placed AS (
    SELECT
        signup_id, believed.article, believed."at",
        row_number() OVER journey AS nth,
        count(*) OVER whole AS touches,
        count(*) OVER (PARTITION BY signup_id, believed.article) AS times,
        count(DISTINCT believed.article) OVER whole AS articles,
        max(believed."at") OVER whole AS newest,
        place = max(CASE WHEN believed.channel <> 'direct' THEN place END) OVER whole AS is_last_known,
        count(CASE WHEN believed.channel <> 'direct' THEN 1 END) OVER whole AS known
    FROM believed JOIN conversion ON conversion.id = signup_id
    WINDOW whole AS (PARTITION BY signup_id), journey AS (PARTITION BY signup_id ORDER BY place)
), weighed AS (
    -- Half for every seven days before the newest touch.
    SELECT *, 2.0 ** (-date_diff('microsecond', "at", newest) / (7 * 86400 * 1e6)) AS weight FROM placed
)
SELECT
    signup_id, article,
    CAST(nth = 1 AS DOUBLE) AS "first",
    CAST(nth = touches AS DOUBLE) AS "last",
    CAST(CASE WHEN known = 0 THEN nth = touches ELSE coalesce(is_last_known, false) END AS DOUBLE) AS last_non_direct,
    1.0 / touches AS linear,
    CAST(CASE WHEN touches <= 2 THEN 1.0 / touches WHEN nth IN (1, touches) THEN 0.4 ELSE 0.2 / (touches - 2) END AS DOUBLE)
        AS "position",
    weight / sum(weight) OVER (PARTITION BY signup_id) AS time_decay,
    1.0 / (articles * times) AS shapley
FROM weighed;

-- The models that judge each journey by itself.
CREATE OR REPLACE TEMP VIEW additive (model) AS
VALUES ('first'), ('last'), ('last_non_direct'), ('linear'), ('position'), ('time_decay'), ('shapley');

-- The same by article. A conversion of which no article is known gives one lead to the article ''.
CREATE OR REPLACE TEMP VIEW article_share AS
SELECT id AS signup_id, additive.model, coalesce(given.article, '') AS article, coalesce(share, 1) AS share
FROM conversion
CROSS JOIN additive
LEFT JOIN (
    SELECT signup_id, model, article, sum(part) AS share
    FROM (UNPIVOT touch_share ON "first", "last", last_non_direct, linear, "position", time_decay, shapley INTO NAME model VALUE part)
    GROUP BY signup_id, model, article
    HAVING sum(part) > 0
) AS given ON given.signup_id = id AND given.model = additive.model;

-- Every conversion's share for every article by every model, and its part of the money in minor units: of leads with the
-- value of what they asked for, and of deals, which go where the credit for their lead went.
CREATE OR REPLACE TEMP VIEW credit AS
SELECT
    'lead' AS goal, model, article_share.article, coalesce(value_currency, '') AS currency, share,
    share * coalesce(value_amount, 0) AS amount
FROM article_share JOIN conversion ON id = signup_id
WHERE day >= since_day()
UNION ALL
SELECT 'deal', additive.model, coalesce(article_share.article, ''), currency, coalesce(share, 1), coalesce(share, 1) * amount
FROM 'deal.parquet' AS deal
LEFT JOIN conversion USING (lead_id)
CROSS JOIN additive
LEFT JOIN article_share ON article_share.signup_id = conversion.id AND article_share.model = additive.model
WHERE deal.day >= since_day();

-- Where each lead came from: the owner's word, else the channel of the first request it confirmed.
CREATE OR REPLACE TEMP VIEW lead_source AS
SELECT
    lead.id AS lead_id, coalesce(nullif(lead.channel, ''), conversion.channel, 'direct') AS channel,
    day_of(lead.confirmed_at) AS confirmed_on, conversion.day AS converted_on, value_amount, value_currency
FROM 'lead.parquet' AS lead LEFT JOIN conversion ON conversion.lead_id = lead.id;

-- The class of a channel; one that is not known is unknown, and never guessed at.
CREATE OR REPLACE TEMP MACRO class_of(name) AS
    coalesce((SELECT lead_class FROM 'channel.parquet' AS known WHERE known.channel = name), 'direct');
