"""Uses the generated Python client once: a list, a thing that is not there, and a parameter that is not known."""

import sys

from porchlight_client import AuthenticatedClient
from porchlight_client.api.leads import list_leads
from porchlight_client.api.settings import get_location
from porchlight_client.models import PageReachableLead, Problem

url, host, token = sys.argv[1:]
client = AuthenticatedClient(base_url=url, token=token, headers={"Host": host})

leads = list_leads.sync(client=client, limit=2)
assert isinstance(leads, PageReachableLead) and leads.items == [], leads

missing = get_location.sync(id="atlantis", client=client)
assert isinstance(missing, Problem) and missing.code == "not_found", missing

unknown = client.get_httpx_client().get("/v1/leads", params={"statu": "new"})
assert Problem.from_dict(unknown.json()).code == "unknown_parameter", unknown.text
print("used")
