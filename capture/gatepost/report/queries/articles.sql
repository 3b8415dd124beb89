-- The article report: one row an article. Credit is that of the chosen model, and between which ends all models put it.
WITH read AS (
    SELECT article, sum(count) AS reads, sum(firsts) AS unique_readers FROM counted WHERE rung = 'read' GROUP BY article
), asking AS (
    -- A lead counts on an article where it asked, or confirmed, for the first time.
    SELECT article, lead_id, min(requested_at) AS requested_at, min(confirmed_at) AS confirmed_at
    FROM 'signup.parquet'
    GROUP BY article, lead_id
), asked AS (
    SELECT
        article,
        count(*) FILTER (WHERE day_of(requested_at) >= since_day()) AS signed_up_here,
        count(*) FILTER (WHERE day_of(confirmed_at) >= since_day()) AS confirmed
    FROM asking
    GROUP BY article
), helping AS (
    SELECT article, count(*) AS helped FROM helped WHERE day >= since_day() GROUP BY article
), given AS MATERIALIZED (
    SELECT goal, model, article, sum(share) AS credit, sqrt(sum(share ** 2)) AS credit_error
    FROM credit
    GROUP BY goal, model, article
), ends AS (
    -- A model that gives an article nothing has no row for it.
    SELECT article, CASE WHEN count(*) < 7 THEN 0 ELSE min(credit) END AS credit_least, max(credit) AS credit_most
    FROM given
    WHERE goal = 'lead'
    GROUP BY article
), leads AS (
    SELECT count(*) AS confirmed FROM (SELECT min(day) AS day FROM confirmed_request GROUP BY lead_id) WHERE day >= since_day()
), known AS (
    SELECT slug FROM 'article.parquet'
    UNION SELECT article FROM counted
    UNION SELECT article FROM asked WHERE signed_up_here + confirmed > 0
    UNION SELECT article FROM helping
    UNION SELECT article FROM given
    UNION SELECT article FROM 'spend.parquet' WHERE day >= since_day()
)
SELECT
    known.slug,
    coalesce(title, known.slug) AS title,
    published_on,
    coalesce(reads, 0) AS reads,
    coalesce(unique_readers, 0) AS unique_readers,
    coalesce(signed_up_here, 0) AS signed_up_here,
    coalesce(asked.confirmed, 0) AS confirmed,
    coalesce(helped, 0) AS helped,
    coalesce(helped, 0) / nullif(unique_readers, 0) AS helped_per_reader,
    coalesce(helped, 0) / nullif(leads.confirmed, 0) AS touched_by,
    coalesce(credit, 0) AS credit,
    coalesce(credit_error, 0) AS credit_error,
    coalesce(credit_least, 0) AS credit_least,
    coalesce(credit_most, 0) AS credit_most
FROM known
CROSS JOIN leads
LEFT JOIN 'article.parquet' AS article ON article.slug = known.slug
LEFT JOIN read ON read.article = known.slug
LEFT JOIN asked ON asked.article = known.slug
LEFT JOIN helping ON helping.article = known.slug
LEFT JOIN given ON given.goal = 'lead' AND given.model = chosen_model() AND given.article = known.slug
LEFT JOIN ends ON ends.article = known.slug
WHERE known.slug <> ''
ORDER BY helped DESC, reads DESC, known.slug;
