-- How much of the leads' journeys is known. A browser is forgetful if it keeps nothing for more than seven days without a
-- visit; of the others, reaching_back have journeys longer than that.
WITH journey AS (
    SELECT
        conversion.id, conversion.forgetful, conversion.requested_at,
        count(rung) AS touches,
        count(CASE WHEN suspect <> '' THEN 1 END) AS suspect,
        min(CASE WHEN suspect = '' THEN place END) AS first_place,
        arg_min("at", place) FILTER (WHERE suspect = '') AS began_at
    FROM conversion
    LEFT JOIN 'touch.parquet' AS touch ON touch.signup_id = conversion.id AND rung <> 'signup'
    WHERE day >= since_day()
    GROUP BY ALL
)
SELECT
    count(*) AS leads,
    count(*) FILTER (WHERE began_at IS NULL) AS without_journey,
    coalesce(sum(touches), 0) AS touches,
    coalesce(sum(suspect), 0) AS suspect,
    count(*) FILTER (WHERE began_at IS NOT NULL AND forgetful) AS forgetful,
    count(*) FILTER (WHERE began_at IS NOT NULL AND NOT forgetful) AS remembering,
    count(*) FILTER (WHERE NOT forgetful AND requested_at - began_at > INTERVAL 7 DAYS) AS reaching_back
FROM journey;
