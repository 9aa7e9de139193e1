// Pages of other applications, from servers of their own: the example, and pages that a test writes.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { after } from "node:test";
import { ask, freePort } from "./harness.mjs";

const example = join(import.meta.dirname, "../../examples/ats-host/server.mjs");

/**
 * Starts examples/ats-host against a server of ours, and ends it after the tests of the file.
 * @param {string} shokureki the address of the server
 * @param {string} tokenFile a file that holds the host's own token
 * @returns {Promise<{ url: string, log: () => string }>}
 */
export async function startExample(shokureki, tokenFile) {
  const port = await freePort();
  // A name that is not the server's: to a browser another site, whose cookies and pages are its own.
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [example], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, SHOKUREKI_URL: shokureki, SHOKUREKI_TOKEN_FILE: tokenFile, PORT: String(port), ORIGIN: url },
  });
  let log = "";
  const ended = new Promise((done) => child.once("exit", done));
  after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  child.stderr.on("data", (data) => (log += data));
  await new Promise((ready, failed) => {
    child.stdout.on("data", (data) => {
      log += data;
      if (log.includes(url)) ready();
    });
    void ended.then((code) => failed(new Error(`the example ends with ${code}: ${log}`)));
  });
  return { url, log: () => log };
}

/**
 * Serves pages whose text a test gives, each with a policy as strict as an application can have, and a
 * `/token` that answers everybody; `/token/blind` gives tokens that show nobody's name.
 * @param {string} shokureki
 * @param {string} token the host's own
 */
export async function startHost(shokureki, token) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  /** @type {Map<string, { type: string, body: string }>} */
  const files = new Map();
  const policy = `default-src 'self'; script-src 'self' ${shokureki}; connect-src 'self' ${shokureki} ${shokureki.replace("http", "ws")}; style-src 'self'; img-src data:; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const server = createServer(async (request, response) => {
    if (request.method === "POST" && request.url.startsWith("/token")) {
      const scopes = request.url === "/token/blind" ? ["SEARCH"] : ["SEARCH", "IDENTITY"];
      const { createEmbedToken } = await ask(
        shokureki,
        `mutation($input: CreateEmbedTokenInput!) { createEmbedToken(input: $input) { token expiresAt userErrors { message } } }`,
        { input: { scopes, allowedOrigin: url, user: "tester" } },
        token,
      );
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify(createEmbedToken));
    }
    const file = files.get(request.url);
    response.writeHead(file ? 200 : 404, { "content-type": file?.type ?? "text/plain", "content-security-policy": policy });
    response.end(file?.body ?? "");
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  after(() => new Promise((closed) => (server.closeAllConnections(), server.close(closed))));

  /**
   * Puts a page at `path`.
   * @param {string} path
   * @param {{ body: string, css?: string, js?: string, html?: string }} page `html` are attributes of the root
   */
  const put = (path, { body, css = "", js = "", html = 'lang="ja"' }) => {
    files.set(`${path}.css`, { type: "text/css", body: css });
    files.set(`${path}.js`, { type: "text/javascript", body: js });
    files.set(path, {
      type: "text/html; charset=utf-8",
      body: `<!doctype html><html ${html}><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>host</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${path}.css"><script src="${path}.js"></script><script type="module" src="${shokureki}/embed/shokureki-search.js"></script><body>${body}</body></html>`,
    });
    return url + path;
  };
  return { url, put };
}
