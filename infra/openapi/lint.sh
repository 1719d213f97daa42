#!/usr/bin/env bash
# The OpenAPI document against Redocly's recommended rules and Spectral's of OpenAPI: no error and no warning.
set -euo pipefail
cd "$(dirname "$0")/../.."
infra/openapi/install.sh
[[ -e .venv/node/installed ]] || exit 0
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
document=functions/api/docs/openapi.json
.venv/node/node_modules/.bin/redocly lint "$document" --extends recommended --format json >.venv/node/redocly.json || true
node -e '
const { totals, problems } = JSON.parse(require("fs").readFileSync(".venv/node/redocly.json"));
for (const { ruleId, message, location } of problems) console.error(`${location[0]?.pointer}: ${message} (${ruleId})`);
process.exit(totals.errors + totals.warnings + totals.ignored ? 1 : 0);
'
.venv/node/node_modules/.bin/spectral lint "$document" --ruleset infra/openapi/spectral.yaml --fail-severity hint
