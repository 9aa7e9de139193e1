// The search: what is asked in words, and how it was understood.

import assert from "node:assert/strict";
import test from "node:test";
import { accessible, open, picture, serve } from "./harness.mjs";
import { answered, box, counted, found, names, shows } from "./searching.mjs";

const server = await serve();
const at = (query, rest = "") => `${server.url}/?q=${encodeURIComponent(query)}${rest}`;

async function notWider(page) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wider <= 0, `the page is ${wider} pixels wider than the screen`);
}

test("words and conditions find whom the API finds, with lines that prove it", async () => {
  await open(server.url, async (page) => {
    for (const query of ["Erlang", "技術:Go>=3年 会社:カワセミペイメンツ"]) {
      await box(page).fill(query);
      await box(page).press("Enter");
      await page.waitForURL((url) => url.searchParams.get("q") === query);
      const expected = await found(server.url, query);
      await shows(page, expected);
      await answered(page);
      assert.equal(await page.locator("h1").textContent(), `${expected.length}人が見つかりました`);
      for (const card of await page.locator("candidate-card").all()) {
        assert.match(await card.locator(".cc-clause", { hasText: /Erlang|Go/ }).first().textContent(), /\d+(年|ヶ月).*\d{4}年\d+月まで/);
        assert.ok((await card.locator("evidence-list mark").count()) > 0, "a card without a marked line");
      }
      await page.getByRole("button", { name: "消す" }).click();
    }
  });
});

test("a key that belongs to an input method asks for nothing", async () => {
  await open(server.url, async (page) => {
    await box(page).click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "けっさい", selectionStart: 4, selectionEnd: 4 });
    assert.equal(await box(page).inputValue(), "けっさい");
    // Enter as browsers tell it while something is composed: with the flag, and from Safari with the code alone.
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      const isTaken = await box(page).evaluate(
        (input, init) => !input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init })),
        init,
      );
      assert.equal(isTaken, false);
    }
    await box(page).evaluate((input) => input.form.requestSubmit());
    assert.equal(new URL(page.url()).search, "");
    await devtools.send("Input.insertText", { text: "決済" });
    assert.equal(await box(page).inputValue(), "決済");
    assert.equal(new URL(page.url()).search, "");
    await box(page).press("Enter");
    await page.waitForURL((url) => url.searchParams.get("q") === "決済");
    await page.locator("candidate-card").first().waitFor();
  });
});

test("kana that is being composed is suggested for", async () => {
  await open(server.url, async (page) => {
    await box(page).click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "みなと", selectionStart: 3, selectionEnd: 3 });
    await page.getByRole("option", { name: /株式会社ミナトソフト/ }).waitFor();
  });
});

test("a suggestion is taken by keyboard, with its key, in the middle of a query", async () => {
  await open(server.url, async (page) => {
    await box(page).fill("Go  -PHP");
    await box(page).press("Home");
    for (let step = 0; step < 3; step++) await box(page).press("ArrowRight");
    await box(page).pressSequentially("みなと");
    const option = page.getByRole("option", { name: /株式会社ミナトソフト 会社 2人/ });
    await option.waitFor();
    assert.equal(await box(page).getAttribute("aria-expanded"), "true");
    await box(page).press("ArrowDown");
    assert.equal(await option.getAttribute("aria-selected"), "true");
    assert.equal(await box(page).getAttribute("aria-activedescendant"), await option.getAttribute("id"));
    await accessible(page);
    await box(page).press("Escape");
    assert.equal(await page.getByRole("option").count(), 0);
    assert.equal(await box(page).inputValue(), "Go みなと -PHP");
    await box(page).press("ArrowDown");
    await option.waitFor();
    await box(page).press("ArrowUp");
    await box(page).press("Enter");
    assert.equal(await box(page).inputValue(), "Go 会社:株式会社ミナトソフト -PHP");
    // A name with a space needs its key and quotes; one behind a key is of its kind.
    await box(page).fill("技術:lambd");
    await page.getByRole("option", { name: /AWS Lambda/ }).click();
    assert.equal(await box(page).inputValue(), '技術:"AWS Lambda" ');
  });
});

test("a chip is edited and taken out by its place in the query", async () => {
  await open(at("Erlang (決済 OR 動画) -PHP"), async (page) => {
    const query = () => new URL(page.url()).searchParams.get("q");
    await page.getByRole("button", { name: "条件を編集: Erlang" }).click();
    const editor = page.locator(".chip input");
    await editor.fill("Go");
    await editor.press("Escape");
    assert.equal(query(), "Erlang (決済 OR 動画) -PHP");
    await page.getByRole("button", { name: "条件を編集: Erlang" }).click();
    await editor.fill("Go");
    await editor.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("q") === "Go (決済 OR 動画) -PHP");
    await page.getByRole("button", { name: "条件を外す: (決済 または 動画)" }).click();
    await page.waitForURL((url) => url.searchParams.get("q") === "Go -PHP");
    await page.getByRole("button", { name: "条件を外す: -PHP" }).click();
    await page.waitForURL((url) => url.searchParams.get("q") === "Go");
    assert.equal(await box(page).inputValue(), "Go");
  });
});

test("what was corrected, offered and given up is told, and is one press away", async () => {
  await open(at("Elang ミナトソフド"), async (page) => {
    await page.getByText("「Elang」を「Erlang」として検索しました。").waitFor();
    await page.getByText("すべての条件を満たす人はいません。満たす条件の多い人を表示しています。").waitFor();
    await accessible(page);
    await page.getByRole("button", { name: "ミナトソフト", exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get("q") === "Elang ミナトソフト");
    await page.getByRole("button", { name: "「Elang」のまま検索" }).click();
    await page.waitForURL((url) => url.searchParams.get("q") === '"Elang" ミナトソフト');
  });
});

test("a query that cannot be read shows where", async () => {
  await open(
    at("Go tech:(Rust OR"),
    async (page) => {
      const alert = page.getByRole("alert");
      await alert.waitFor();
      assert.equal(await alert.locator("mark").textContent(), "OR");
      assert.equal(await box(page).getAttribute("aria-invalid"), "true");
      await accessible(page);
      await box(page).fill("Go");
      await box(page).press("Enter");
      await page.locator("candidate-card").first().waitFor();
      assert.equal(await alert.count(), 0);
    },
    { expected: /400/ },
  );
});

test("all of it can be done by keyboard", async () => {
  await open(at("Go"), async (page) => {
    await page.locator("candidate-card").nth(2).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.closest("candidate-card")?.querySelector("h2")?.textContent ?? document.activeElement?.localName);
    const [first, second] = await names(page);
    await page.locator("body").press("j");
    assert.equal(await focused(), first);
    await page.keyboard.press("j");
    assert.equal(await focused(), second);
    await page.keyboard.press("k");
    assert.equal(await focused(), first);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByRole("link", { name: "比較 1/5" }).waitFor();
    await page.keyboard.press("/");
    assert.equal(await box(page).evaluate((input) => input === document.activeElement), true);
    await page.keyboard.type("j/k");
    assert.equal(await box(page).inputValue(), "j/k");
  });
});

test("before anything is asked, examples lead to people", async () => {
  await open(server.url, async (page) => {
    await page.getByText("16人の職務経歴書を検索できます。").waitFor();
    await accessible(page);
    const examples = await page.locator(".sp-examples a").evaluateAll((links) => links.map(({ href }) => href));
    assert.ok(examples.length > 4);
    for (const example of examples) {
      await page.goto(example);
      await page.locator("candidate-card").first().waitFor();
    }
  });
});

test("where nobody is found, it is offered what to do without", async () => {
  await open(at("tech:Erlang tech:COBOL"), async (page) => {
    await page.locator("h1", { hasText: "0人が見つかりました" }).waitFor();
    await accessible(page);
    await page.getByRole("link", { name: "「技術:COBOL」を外す" }).click();
    await page.locator("candidate-card").first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get("q"), "tech:Erlang");
  });
});

test("without any résumé, the way to the import is shown", async () => {
  const empty = await serve({ samples: false });
  await open(empty.url, async (page) => {
    await page.getByRole("link", { name: "職務経歴書を取り込む" }).click();
    await page.waitForURL("**/import");
  });
});

test("the search is usable in both schemes, both languages and on a narrow screen", async () => {
  for (const [colorScheme, locale, width] of [["light", "ja-JP", 1280], ["dark", "ja-JP", 360], ["dark", "en-GB", 1280], ["light", "en-GB", 360]]) {
    await open(
      at("Go AWS", "&from=2016-04&to=2022"),
      async (page) => {
        await page.locator("candidate-card").first().waitFor();
        await page.locator(".sf-facets h2").waitFor({ state: "attached" });
        await accessible(page);
        await notWider(page);
        if (width === 360) {
          await page.locator("details.sp-side > summary").click();
          await page.locator("[data-group] input").first().waitFor();
          await accessible(page);
          await notWider(page);
        }
        await picture(page, `search-${colorScheme}-${locale}-${width}`);
      },
      { colorScheme, locale, viewport: { width, height: 900 } },
    );
  }
});
