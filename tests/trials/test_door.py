"""A program reads the same tests under /api/v1, as the description says they look."""

from __future__ import annotations

from gatepost.actions import admitting
from tests.trials.conftest import TRIAL, Site
from tests.trials.test_panel import happened
from tests.web.test_api import bearer, breaches


def test_a_running_and_a_past_test_look_as_described(site: Site) -> None:
    happened(site.engine.database, TRIAL.key, now=(400, 0), short=(410, 20))
    happened(site.engine.database, "0badcafe", "gone", now=(400, 10), bold=(410, 20))
    token = admitting.add(site.engine, "spreadsheet")
    answer = site.client.get("/api/v1/trials", headers=bearer(token))
    assert answer.status_code == 200
    assert [len(answer.json[name]) for name in ("running", "past", "untested")] == [1, 1, 1]
    described = site.client.get("/api/v1/openapi.json").json
    operation = described["paths"]["/trials"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(breaches(answer.json, schema, described)) == []
    only = site.client.get("/api/v1/trials?offer=gone", headers=bearer(token)).json
    assert [len(only[name]) for name in ("running", "past", "untested")] == [0, 1, 0]
