// The frame around every page: language, addresses, what a browser may load.

import assert from "node:assert/strict";
import test from "node:test";
import { accessible, open, serve } from "./harness.mjs";

const server = await serve();

test("the language is the browser's, and a switch changes it for good", async () => {
  await open(
    server.url,
    async (page) => {
      await page.getByRole("link", { name: "Import" }).waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      await page.getByRole("button", { name: "日本語" }).click();
      await page.getByRole("link", { name: "取り込み" }).waitFor();
      await page.reload();
      await page.getByRole("link", { name: "取り込み" }).waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "ja");
    },
    { locale: "en-GB" },
  );
});

test("links within the page do not load it again, and back works", async () => {
  await open(server.url, async (page, { requests }) => {
    await page.getByRole("link", { name: "取り込み" }).click();
    await page.waitForURL("**/import");
    await page.locator("import-page").waitFor();
    await page.goBack();
    await page.locator("search-page").waitFor();
    const documents = requests.filter((request) => ["/", "/import"].includes(new URL(request).pathname));
    assert.equal(documents.length, 1, String(documents));
  });
});

test("every address of the page can be opened at once", async () => {
  for (const [path, tag] of [["/compare", "compare-page"], ["/import", "import-page"], ["/sign-in", "sign-in-page"]]) {
    await open(server.url + path, (page) => page.locator(tag).waitFor({ state: "attached" }));
  }
});

test("a browser keeps modules and styles, and no page can run a text", async () => {
  await open(server.url, async (page, { requests, problems }) => {
    await page.locator("search-page").waitFor();
    const assets = requests.filter((request) => new URL(request).pathname.startsWith("/assets/"));
    assert.ok(assets.length > 5, String(requests));
    for (const asset of assets) {
      const { headers } = await fetch(asset);
      assert.match(headers.get("cache-control") ?? "", /immutable/, asset);
    }
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      try {
        script.text = "globalThis.ran = true";
        document.body.append(script);
      } catch {
        // Trusted types refuse the assignment itself.
      }
      return globalThis.ran === true;
    });
    assert.equal(ran, false);
    assert.ok(problems.length > 0, "the policy says nothing");
    problems.length = 0;
  });
});

test("the frame is usable by everybody, in both schemes and on a narrow screen", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await open(
      `${server.url}/import`,
      async (page) => {
        await page.getByRole("link", { name: "取り込み" }).waitFor();
        await accessible(page);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, "the page is wider than the screen");
      },
      { colorScheme, viewport: { width: 360, height: 740 } },
    );
  }
});
