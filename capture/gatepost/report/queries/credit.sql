-- What each model gives each article, in leads, with its standard error: the root of the sum of the squared parts.
-- The article '' has what no article can be given. Under each model the credits add up to the converted leads.
SELECT model, article, sum(share) AS credit, sqrt(sum(share ** 2)) AS credit_error
FROM credit
WHERE goal = 'lead'
GROUP BY model, article
ORDER BY model, credit DESC, article;
