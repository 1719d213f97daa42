// fetch sets Host by itself and lets nobody change it; the local stack tells APIs apart by it. So this fetch takes
// it from the command line: node --import ./host.mjs leads.js URL HOST TOKEN. For requests without a body.
import { request } from "node:http";

const host = process.argv[3];

globalThis.fetch = (asked) =>
  new Promise((resolve, reject) => {
    const headers = { ...Object.fromEntries(asked.headers), host };
    const sent = request(asked.url, { method: asked.method, headers }, async (answer) => {
      const body = [];
      for await (const chunk of answer) body.push(chunk);
      resolve(new Response(Buffer.concat(body), { status: answer.statusCode, headers: answer.headers }));
    });
    sent.on("error", reject);
    sent.end();
  });
