// What the search finds: what is shown of it, and how it is narrowed by form and click.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { accessible, ask, open, picture, run, serve } from "./harness.mjs";
import { box, counted, found, names, shows } from "./searching.mjs";

const server = await serve();
const at = (query, rest = "") => `${server.url}/?q=${encodeURIComponent(query)}${rest}`;

test("a count that is added to a choice belongs to all of it", async () => {
  await open(at("決済 OR 動画"), async (page) => {
    const facet = page.locator(".sf-facet").first().getByRole("button").nth(1);
    await facet.waitFor();
    const count = await facet.locator(".sf-count").textContent();
    await facet.click();
    await page.waitForURL((url) => url.searchParams.get("q").startsWith("(決済 OR 動画) 技術:"));
    await page.locator("h1", { hasText: `${count}人が見つかりました` }).waitFor();
  });
});

test("a count adds its condition, and takes it out again", async () => {
  await open(at("Go"), async (page) => {
    const facet = page.locator(".sf-facet", { has: page.getByRole("heading", { name: "会社" }) }).getByRole("button").first();
    await facet.waitFor();
    const [employer, count] = [await facet.locator(".sf-name").textContent(), await facet.locator(".sf-count").textContent()];
    await facet.click();
    await page.waitForURL((url) => url.searchParams.get("q").startsWith("Go 会社:"));
    // As many are found as the count said, and it is shown to be asked for.
    await page.locator("h1", { hasText: `${count}人が見つかりました` }).waitFor();
    const chosen = page.locator('.sf-value[aria-pressed="true"]', { hasText: employer });
    await chosen.click();
    await page.waitForURL((url) => url.searchParams.get("q") === "Go");
  });
});

test("every count finds as many as it says, those of technologies with parts too", async () => {
  await open(at("決済"), async (page) => {
    await counted(page);
    const values = page.locator(".sf-value");
    const told = await values.evaluateAll((all) => all.map((one) => [one.querySelector(".sf-name").textContent, Number(one.querySelector(".sf-count").textContent)]));
    assert.ok(told.some(([value]) => value === "AWS"), String(told));
    for (const [place, [value, count]] of told.entries()) {
      if (count === told[place - 1]?.[1]) continue;
      await values.nth(place).click();
      await page.waitForURL((url) => url.searchParams.get("q") !== "決済");
      await page.locator("h1", { hasText: `${count}人が見つかりました` }).waitFor();
      assert.equal((await found(server.url, new URL(page.url()).searchParams.get("q"))).length, count, value);
      await page.goBack();
      await page.waitForFunction((told) => JSON.stringify([...document.querySelectorAll(".sf-value")].map((one) => [one.querySelector(".sf-name").textContent, Number(one.querySelector(".sf-count").textContent)])) === told, JSON.stringify(told));
    }
  });
});

test("conditions of one group are met by one job, those of two groups by any", async () => {
  // Somebody who has both, but nowhere together.
  const apart = await found(server.url, "技術:PHP 会社:カワセミペイメンツ");
  const together = await found(server.url, "{技術:PHP 会社:カワセミペイメンツ}");
  assert.ok(apart.length > together.length, `${apart} and ${together} do not differ`);
  await open(at("*"), async (page) => {
    await page.getByRole("button", { name: "＋ 別の職務の条件を追加" }).waitFor();
    const group = (place) => page.locator(`[data-group="${place}"]`);
    await group(0).getByLabel("技術").fill("PHP");
    await group(0).getByLabel("会社").fill("カワセミペイメンツ");
    await group(0).getByLabel("会社").press("Tab");
    await page.getByText("同じ職務で技術:PHP 会社:カワセミペイメンツ").waitFor();
    await page.waitForFunction((n) => document.querySelectorAll("candidate-card").length === n, together.length);
    await shows(page, together);
    await page.getByRole("button", { name: "＋ 別の職務の条件を追加" }).click();
    await group(1).getByLabel("会社").fill("カワセミペイメンツ");
    await group(0).getByLabel("会社").fill("");
    await group(0).getByLabel("会社").press("Tab");
    await page.waitForURL((url) => url.searchParams.get("employer2") === "カワセミペイメンツ" && !url.searchParams.has("employer"));
    await page.waitForFunction((n) => document.querySelectorAll("candidate-card").length === n, apart.length);
    assert.deepEqual((await names(page)).sort(), [...apart].sort());
    await accessible(page);
  });
});

test("the range of years is moved by keyboard, and marks what was asked on each timeline", async () => {
  await open(at("Erlang"), async (page) => {
    await counted(page);
    const from = page.getByRole("slider", { name: "始めの年" });
    const first = Number(await from.getAttribute("min"));
    await from.focus();
    for (let step = 0; step < 4; step++) await from.press("ArrowRight");
    await page.waitForURL((url) => url.searchParams.get("from") === String(first + 4));
    await page.locator("candidate-card .tl-bounds.from").first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "始めの年");
    assert.equal(await page.locator("candidate-card").count(), (await found(server.url, "Erlang", { period: { from: String(first + 4) } })).length);
    await page.getByLabel("期間の始め（年または年-月）").fill("２０１６年４月");
    await page.getByLabel("期間の始め（年または年-月）").press("Tab");
    await page.waitForURL((url) => url.searchParams.get("from") === "2016-04");
  });
});

test("a timeline marks the jobs and projects that match, and tells it to who does not see it", async () => {
  await open(at("{技術:Erlang 会社:ミナトソフト 期間:2016..2018}"), async (page) => {
    const card = page.locator("candidate-card", { hasText: "相馬 千紘" });
    await card.waitFor();
    assert.equal(await card.locator(".tl-bounds.from.to").count(), 1);
    const matched = await card.locator(".tl-bar.matched").evaluateAll((bars) => bars.map(({ title }) => title));
    assert.ok(matched.some((title) => title.startsWith("ライブ配信サービス「ミナトライブ」のコメント基盤\n2016年7月 〜 2019年3月")), String(matched));
    assert.ok(!matched.some((title) => title.includes("カワセミ") || title.includes("決済")), String(matched));
    const row = card.getByRole("row", { name: /ミナトライブ/ });
    assert.match(await row.textContent(), /2016年7月 〜 2019年3月（2年9ヶ月）.*一致$/);
  });
});

test("a line of evidence is marked and leads to its place", async () => {
  await open(at("Erlang"), async (page) => {
    const card = page.locator("candidate-card", { hasText: "相馬 千紘" });
    await card.waitFor();
    assert.equal(await card.locator("mark").first().textContent(), "Erlang/OTP");
    const before = await card.locator("evidence-list li").count();
    await card.getByRole("button", { name: /ほか\d+行を表示/ }).click();
    assert.ok((await card.locator("evidence-list li").count()) > before);
    const link = card.getByRole("link", { name: /32行目/ });
    await link.click();
    await page.waitForURL((url) => url.pathname.startsWith("/candidates/") && url.searchParams.get("line") === "32" && url.searchParams.get("q") === "Erlang");
    await page.goBack();
    await shows(page, await found(server.url, "Erlang"));
  });
});

test("back shows at once what was shown, where it was", async () => {
  await open(at("*"), async (page) => {
    await counted(page);
    const searches = [];
    page.on("request", (request) => {
      if (request.postData()?.includes("searchCandidates(")) searches.push(request.postData());
    });
    const person = page.locator("candidate-card h2 a").nth(9);
    await person.scrollIntoViewIfNeeded();
    // Where the page is when it is left: what is loaded late may move it before.
    await page.evaluate(() => addEventListener("click", () => (globalThis.place = scrollY), { capture: true, once: true }));
    await person.click();
    const place = await page.evaluate(() => globalThis.place);
    assert.ok(place > 500, String(place));
    await page.locator("candidate-page h1").first().waitFor();
    await page.goBack();
    await page.locator("candidate-card").nth(9).waitFor();
    await page.waitForFunction((place) => scrollY === place, place);
    assert.deepEqual(searches, []);
  });
});

test("an answer belongs to the address that it was asked at, though another is shown by then", async () => {
  await open("about:blank", async (page) => {
    const hold = () => {
      let release = () => {};
      return { until: new Promise((done) => (release = done)), release: () => release() };
    };
    const [answer, module] = [hold(), hold()];
    await page.route("**/pages/compare.js", (route) => module.until.then(() => route.continue()));
    await page.route("**/graphql", (route) => (route.request().postData()?.includes("query Search(") ? answer.until : Promise.resolve()).then(() => route.continue()));
    await page.goto(at("Erlang"));
    await page.locator("search-page").waitFor();
    await page.getByRole("link", { name: /^比較/ }).click();
    await page.waitForURL("**/compare?ids=");
    answer.release();
    await page.locator("candidate-card").first().waitFor();
    module.release();
    await page.locator("compare-page").getByRole("link").click();
    await page.waitForURL(at("Erlang"));
    await shows(page, await found(server.url, "Erlang"));
  }, { origins: [server.url] });
});

test("it is told why somebody is found, and why somebody is not", async () => {
  await open(at("Erlang 会社:ミナトソフト"), async (page) => {
    const card = page.locator("candidate-card").first();
    const button = card.getByRole("button", { name: "なぜこの順位か" });
    await button.click();
    await card.getByText("条件をすべて満たしています。").waitFor();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    const widths = await card.locator(".re-bar").evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    assert.ok(widths.length > 2 && new Set(widths).size > 1, String(widths));
    await page.getByText("あの人はなぜ出ない？").click();
    await page.getByLabel("氏名または外部ID").fill("久世 亮平");
    await page.getByLabel("氏名または外部ID").press("Enter");
    const answer = page.locator("why-not");
    await answer.getByText("満たしていない条件があるため、結果に出ません。").waitFor();
    assert.ok((await answer.getByText("✗ 不一致").count()) > 0);
    assert.ok((await answer.locator("evidence-list mark").count()) > 0, "nothing that comes near");
    await accessible(page);
  });
});

test("an address says what is asked, and back undoes it", async () => {
  const address = `${server.url}/?q=${encodeURIComponent("決済")}&tech=Go&months=12&work=1&employer=${encodeURIComponent("カワセミペイメンツ")}&from=2016-04&to=2024&sort=months`;
  await open(address, async (page) => {
    const expected = await found(server.url, "決済", {
      technology: { name: "Go", minMonths: 12, minGrade: "WORKED" },
      employer: { name: "カワセミペイメンツ" },
      period: { from: "2016-04", to: "2024" },
    });
    assert.ok(expected.length > 0);
    await shows(page, expected);
    assert.equal(await page.locator('[data-group="0"]').getByLabel("技術").inputValue(), "Go");
    assert.equal(await page.getByLabel("経験").inputValue(), "12");
    assert.equal(await page.getByLabel("並べ方").inputValue(), "months");
    await page.getByRole("button", { name: "条件を外す: 決済" }).click();
    await page.waitForURL((url) => !url.searchParams.has("q") && url.searchParams.get("tech") === "Go");
    await page.getByRole("button", { name: /条件を外す: \{技術:Go/ }).click();
    await page.waitForURL((url) => !url.searchParams.has("tech"));
    await page.goBack();
    await page.goBack();
    await page.waitForURL(address);
    await shows(page, expected);
    assert.equal(await box(page).inputValue(), "決済");
  });
});

test("more of the results follow those that are shown", async () => {
  const many = await serve({
    prepare: async (dataDir) => {
      const documents = join(dataDir, "documents");
      await run("generate", "--count", "25", "--seed", "7", "--out", documents);
      await run("import", "--data-dir", dataDir, documents);
    },
    samples: false,
  });
  await open(`${many.url}/?q=*`, async (page) => {
    await page.locator("candidate-card").nth(19).waitFor();
    assert.equal(await page.locator("candidate-card").count(), 20);
    const first = await names(page);
    await page.getByRole("button", { name: "さらに表示" }).click();
    await page.locator("candidate-card").nth(20).waitFor();
    const all = await page.locator("candidate-card h2 a").evaluateAll((links) => links.map(({ href }) => href));
    assert.equal(new Set(all).size, all.length, "somebody is shown twice");
    assert.deepEqual((await names(page)).slice(0, 20), first);
    // Whoever reads by keyboard goes on at the first who came.
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), new URL(all[20]).pathname + new URL(all[20]).search);
  });
});

test("at most five are chosen for the comparison", async () => {
  await open(at("Go"), async (page) => {
    await page.locator("candidate-card").nth(5).waitFor();
    const boxes = page.locator(".cc-select input");
    for (let place = 0; place < 5; place++) await boxes.nth(place).check();
    await boxes.nth(5).click();
    assert.equal(await boxes.nth(5).isChecked(), false);
    await page.getByText("比較できるのは5人までです。").waitFor();
    await page.getByRole("link", { name: "比較 5/5" }).waitFor();
  });
});

test("who may not know names searches without them", async () => {
  let token = "";
  const blind = await serve({
    prepare: async (dataDir) => {
      await run("import", "--data-dir", dataDir, new URL("../../samples", import.meta.url).pathname);
      const told = await run("token", "create", "--data-dir", dataDir, "--organization", "default", "--scope", "search", "--name", "blind");
      token = /skr_\S+/.exec(told)?.[0] ?? "";
    },
    samples: false,
  });
  assert.notEqual(token, "");
  await open(`${blind.url}/sign-in`, async (page) => {
    await page.evaluate((token) => sessionStorage.setItem("shokureki.token", token), token);
    await page.goto(`${blind.url}/?q=Erlang`);
    await page.locator("candidate-card").first().waitFor();
    await counted(page);
    for (const name of await names(page)) assert.match(name, /^候補者-/);
    const text = await page.locator("search-page").textContent();
    for (const name of [...(await found(server.url, "Erlang")), "東京都江東区", "example.com"]) assert.ok(!text.includes(name), name);
    assert.equal(await page.getByLabel("並べ方").locator("option", { hasText: "氏名順" }).count(), 0);
    assert.equal(await page.getByLabel("居住地").count(), 0);
    await page.getByText("あの人はなぜ出ない？").click();
    assert.equal(await page.getByLabel("氏名または外部ID").count(), 0);
    // Whoever is missing is asked for by the name that everybody has here, as it is copied or typed.
    const pseudonyms = async (query) => {
      const { searchCandidates } = await ask(blind.url, "query($query: String) { searchCandidates(query: $query, first: 100) { nodes { pseudonym } } }", { query }, token);
      return searchCandidates.nodes.map(({ pseudonym }) => pseudonym);
    };
    const among = await pseudonyms("Erlang");
    const missing = (await pseudonyms(null)).find((pseudonym) => !among.includes(pseudonym));
    const field = page.getByLabel("「候補者-…」または外部ID");
    const answer = page.locator("why-not");
    for (const [typed, pseudonym, verdict] of [
      [missing, missing, "満たしていない条件があるため、結果に出ません。"],
      [among[0].replace("候補者-", "候補者－").toLowerCase(), among[0], "条件をすべて満たしています。"],
      [missing.replace("候補者-", ""), missing, "満たしていない条件があるため、結果に出ません。"],
    ]) {
      await field.fill(typed);
      await field.press("Enter");
      await answer.getByRole("heading", { name: pseudonym }).waitFor();
      await answer.getByText(verdict).waitFor();
    }
    await field.fill("候補者-ABCDEFGH");
    await field.press("Enter");
    await answer.getByText("見つかりません。").waitFor();
    await accessible(page);
  }, { expected: /401/ });
});

test("a picture of a rich query", async () => {
  await open(at("Go AWS", `&tech=Go&months=12&work=1&from=2018-04&to=2023`), async (page) => {
    await page.locator("candidate-card").first().waitFor();
    await counted(page);
    await picture(page, "search");
  });
});
