// The Lambda Runtime API's loop: poll, handle, answer.
//
// Stands in for AWS's `aws-lambda-ric`, whose native part needs cmake and autotools to build. It does less than that
// client (no native addon to load, no log patching), so it flatters Node slightly.

import { Agent, request } from "node:http";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const req = request({ host, port, agent, method, path: `/2018-06-01/runtime/${path}`, headers }, (res) => {
      const chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => resolve({ headers: res.headers, body: Buffer.concat(chunks).toString("utf8") }));
    });
    req.on("error", reject);
    req.end(body);
  });
}

const failure = (error) => JSON.stringify({ errorType: error.name, errorMessage: error.message });

let handler;
try {
  ({ handler } = await import("./handler.mjs"));
} catch (error) {
  await call("POST", "init/error", failure(error));
  process.exit(1);
}
for (;;) {
  const next = await call("GET", "invocation/next");
  const id = next.headers["lambda-runtime-aws-request-id"];
  try {
    const answer = await handler(JSON.parse(next.body), { awsRequestId: id });
    await call("POST", `invocation/${id}/response`, JSON.stringify(answer));
  } catch (error) {
    await call("POST", `invocation/${id}/error`, failure(error));
  }
}
