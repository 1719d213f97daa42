// Uses the generated TypeScript types once: a list, a thing that is not there, and a parameter that is not known.
import createClient from "openapi-fetch";
import type { components, paths } from "./api.d.ts";

type Problem = components["schemas"]["Problem"];

const [url, , token] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });

function demand(holds: boolean, found: unknown) {
  if (!holds) throw new Error(JSON.stringify(found));
}

const leads = await client.GET("/v1/leads", { params: { query: { limit: 2 } } });
const items: components["schemas"]["ReachableLead"][] | undefined = leads.data?.items;
demand(items?.length === 0, leads);

const missing = await client.GET("/v1/locations/{id}", { params: { path: { id: "atlantis" } } });
const code = (missing.error as Problem)?.code;
demand(code === "not_found", missing.error);

// @ts-expect-error: the types know every parameter that there is.
const unknown = await client.GET("/v1/leads", { params: { query: { statu: "new" } } });
demand((unknown.error as Problem)?.code === "unknown_parameter", unknown.error);
console.log("used");
