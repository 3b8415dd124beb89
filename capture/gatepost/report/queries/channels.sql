-- Channels and, where channel is NULL, the lead classes that group them: reads, confirmed leads, clients (leads with a deal)
-- and how many of the leads that is, with Wilson's 90 % interval. Leads are counted by the day of their confirmation.
WITH found AS (
    SELECT channel, sum(count) AS reads, 0 AS leads, 0 AS clients FROM counted WHERE rung = 'read' GROUP BY channel
    UNION ALL
    SELECT channel, 0, count(*), 0 FROM lead_source WHERE converted_on >= since_day() GROUP BY channel
    UNION ALL
    SELECT channel, 0, 0, count(*)
    FROM lead_source
    WHERE confirmed_on >= since_day() AND lead_id IN (SELECT lead_id FROM 'deal.parquet')
    GROUP BY channel
), grouped AS (
    SELECT lead_class, channel, sum(reads) AS reads, sum(leads) AS leads, sum(clients) AS clients
    FROM (SELECT *, class_of(channel) AS lead_class FROM found)
    GROUP BY GROUPING SETS ((lead_class, channel), (lead_class))
)
SELECT
    lead_class, channel, reads, leads, clients, clients / nullif(leads, 0) AS close_rate,
    wilson_low(clients, leads) AS close_rate_low, wilson_high(clients, leads) AS close_rate_high
FROM grouped
ORDER BY lead_class, channel IS NOT NULL, leads DESC, reads DESC, channel;
