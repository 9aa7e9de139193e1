// How soon the first result stands on the screen: `npm run bench -- URL [QUERY…]`, over a server that runs.
//
// Each query is opened in a browser without any past, opened again with the files of the page kept, and asked
// in the box of an open page. Times count from the beginning of the navigation, or from Enter, to the frame that
// shows the first card; of each the median and the slowest of the rounds are printed, and beside them how long
// the API alone takes for the same search. The page must tell as many people as the API, or the bench fails.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const ROUNDS = 15;

const [url, ...queries] = process.argv.slice(2);
assert.ok(url, "npm run bench -- URL [QUERY…]");
if (queries.length === 0) queries.push("AWS", "Go 3年以上", "配車 給与");

const operations = join(import.meta.dirname, "../../web/page/operations");
const parts = ["Search", "Found", "Career", "Understood", "EvidenceLine"];
const search = parts.map((name) => readFileSync(join(operations, `${name}.graphql`), "utf8")).join("\n");
const count = "query($query: String!) { searchCandidates(query: $query, first: 1) { totalCount } }";

async function ask(operation, variables) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: operation, variables }) });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data.searchCandidates;
}

/** Gives the page two promises: when the first card is shown, and when Enter is pressed. */
const watch = () => {
  globalThis.shown = () =>
    new Promise((shown) => {
      const look = () => {
        const card = document.querySelector("candidate-card h2");
        requestAnimationFrame(card ? () => shown(performance.now()) : look);
      };
      look();
    });
  globalThis.pressed = new Promise((pressed) => {
    addEventListener("keydown", ({ key }) => key === "Enter" && pressed(performance.now()), { capture: true });
  });
};

const middle = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const told = (times) => `${middle(times).toFixed(0)} ms (slowest ${Math.max(...times).toFixed(0)})`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
});
for (const query of queries) {
  const { totalCount } = await ask(count, { query });
  assert.ok(totalCount > 0, `${query} finds nobody`);
  const [first, again, asked, alone] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ locale: "ja-JP", viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(watch);
    for (const times of [first, again]) {
      await page.goto(`${url}/?q=${encodeURIComponent(query)}`, { waitUntil: "commit" });
      times.push(await page.evaluate(() => globalThis.shown()));
    }
    await page.getByText(`${totalCount.toLocaleString("ja-JP")}人が見つかりました`).first().waitFor();
    await page.goto(url);
    const box = page.getByRole("combobox", { name: "技術・会社・期間・ことばで探す" });
    await box.fill(query);
    await box.press("Enter");
    asked.push(await page.evaluate(async () => (await globalThis.shown()) - (await globalThis.pressed)));
    await context.close();
    const begun = performance.now();
    const { edges } = await ask(search, { query, first: 20 });
    alone.push(performance.now() - begun);
    assert.equal(edges.length, Math.min(totalCount, 20));
  }
  console.log(
    `${query}: ${totalCount} people; first visit ${told(first)}, next visit ${told(again)}, asked in the box ${told(asked)}, API ${told(alone)}`,
  );
}
await browser.close();
