#!/usr/bin/env bash
# Installs what package.json pins into .venv/node, unless it is there. Says so and ends well where this machine has no node.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v npm >/dev/null; then
    echo 'Skipped: there is no node on this machine, so that the OpenAPI document is not linted and no TypeScript client is made.'
    exit 0
fi
cmp -s infra/openapi/package.json .venv/node/package.json && [[ -e .venv/node/installed ]] && exit 0
mkdir -p .venv/node
rm -f .venv/node/installed
cp infra/openapi/package.json .venv/node/
npm install --prefix .venv/node --no-audit --no-fund --ignore-scripts --loglevel=error
touch .venv/node/installed
