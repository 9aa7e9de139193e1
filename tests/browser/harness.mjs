// A server with the samples and a browser that watches what a page does.
//
// SHOKUREKI_BIN names the program (../../target/debug/shokureki where it is not set), CHROMIUM the browser
// (/usr/bin/chromium), SCREENSHOTS a folder for pictures (none are kept where it is not set).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";

const here = import.meta.dirname;
const program = resolve(process.env.SHOKUREKI_BIN ?? join(here, "../../target/debug/shokureki"));
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

/** Returns a port that nobody listens on. */
export function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Runs a command of the program to its end and returns what it printed. */
export function run(...options) {
  return new Promise((ended, failed) => {
    const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH } });
    let out = "";
    let errors = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (errors += data));
    child.once("error", failed);
    child.once("exit", (code) => (code === 0 ? ended(out) : failed(new Error(`${options[0]} ended with ${code}: ${errors}`))));
  });
}

/**
 * Starts a server of its own, and ends it after the tests of the file.
 * @param {{ options?: string[], prepare?: (dataDir: string) => Promise<void>, samples?: boolean }} [settings]
 * `prepare` runs commands over the data directory first
 */
export async function serve({ options = [], prepare, samples = true } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "shokureki-browser-"));
  await prepare?.(dataDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    program,
    ["serve", ...(samples ? ["--samples"] : []), "--data-dir", dataDir, "--listen", `127.0.0.1:${port}`, ...options],
    { stdio: ["ignore", "ignore", "pipe"], env: { PATH: process.env.PATH } },
  );
  let log = "";
  let isOver = false;
  child.stderr.on("data", (data) => (log += data));
  const ended = new Promise((done) => child.once("exit", done)).then(() => (isOver = true));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  after(stop);
  const until = Date.now() + 90_000;
  while (true) {
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) return { url, dataDir, log: () => log };
    if (isOver || Date.now() > until) throw new Error(`the server does not come up:\n${log}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Asks a server over HTTP, past the page. */
export async function ask(url, query, variables = {}, token = null) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer.data;
}

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let browser;

after(async () => (await browser)?.close());

function launch() {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
  });
  return browser;
}

/**
 * Opens `path` of `origin` in a browser without any past, calls `test` with the page, and fails where the
 * page asked another origin for anything or complained on its console.
 *
 * @param {string} url
 * @param {(page: import("playwright-core").Page, watched: { requests: string[], problems: string[] }) => Promise<void>} test
 * @param {import("playwright-core").BrowserContextOptions & { origins?: string[], expected?: RegExp }} [options]
 * `origins` may be asked beside that of `url`; `expected` are complaints that belong to the test
 */
export async function open(url, test, { origins = [], expected, ...options } = {}) {
  const context = await (await launch()).newContext({ locale: "ja-JP", viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const requests = [];
    const problems = [];
    const complain = (text) => {
      if (!expected?.test(text)) problems.push(text);
    };
    context.on("request", (request) => requests.push(request.url()));
    page.on("websocket", (socket) => requests.push(socket.url().replace(/^ws/, "http")));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complain(message.text());
    });
    page.on("pageerror", (error) => complain(String(error)));
    await page.goto(url);
    await test(page, { requests, problems });
    const allowed = [new URL(url).origin, ...origins];
    const strangers = requests.filter((request) => {
      const { protocol, origin } = new URL(request);
      return protocol.startsWith("http") && !allowed.includes(origin);
    });
    assert.deepEqual(strangers, [], "requests that leave the origin");
    assert.deepEqual(problems, [], "complaints on the console");
  } finally {
    await context.close();
  }
}

/** Fails where axe finds that somebody could not use the page, or a part of it (WCAG 2.2 AA). */
export async function accessible(page, part = "html") {
  // Results that are about to be replaced are faint for the moment.
  await page.waitForFunction(() => !document.querySelector(".sp-results[aria-busy]"));
  await page.evaluate(`${axe};undefined`);
  const { violations } = await page.evaluate(
    (part) =>
      globalThis.axe.run(part, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }),
    part,
  );
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} (${failureSummary})`).join(" | ")}`);
  assert.deepEqual(told, []);
}

/** Keeps a picture where pictures are wanted. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
