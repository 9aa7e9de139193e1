// A candidate: what the résumé tells beside the résumé, its marks, paper, what must not be seen, what is changed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { accessible, ask, open, picture, run, serve } from "./harness.mjs";

// A program without optimization reads a long document for a while.
const server = await serve({ options: ["--request-timeout-ms", "60000"] });

const IMPORT = "mutation($input: ImportResumeInput!) { importResume(input: $input) { candidate { id } userErrors { message } } }";

async function take(url, input, token) {
  const { importResume } = await ask(url, IMPORT, { input }, token);
  assert.deepEqual(importResume.userErrors, []);
  return importResume.candidate.id;
}

async function idOf(name, url = server.url, token = null) {
  const { searchCandidates } = await ask(url, "query($query: String!) { searchCandidates(query: $query, first: 1) { nodes { id } } }", { query: `name:"${name}"` }, token);
  return searchCandidates.nodes[0].id;
}

/** A résumé in which bytes, letters and units of UTF-16 count differently. */
const WIDE = `# 職務経歴書 🧑‍💻

氏名: 森 𠮷江
更新日: 2024/03/01

## 職務経歴

### ㈱ハナミズキ 🌸🌸 (2018/04 〜 2022/03)

#### 𩸽の通販サイト 🐟 (2018/04 〜 2020/03)

- 使用技術: 🚀 Ｅｒｌａｎｇ, PostgreSQL 🐘, ＡＷＳ
- 🐟の配送を Erlang で追跡

#### 在庫管理 (2020/04 〜 2022/03)

- 使用技術: Ruby, PostgreSQL
`;

test("marks stand on the very letters, after emoji and full-width letters too", async () => {
  const id = await take(server.url, { text: WIDE, fileName: "wide.md" });
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    const marks = page.locator("resume-document mark");
    await marks.first().waitFor();
    const lines = WIDE.split("\n");
    const found = await marks.evaluateAll((all) => all.map((mark) => [mark.textContent, Number(mark.parentElement.dataset.line), mark.parentElement.textContent]));
    assert.deepEqual(
      found.map(([text, line]) => [text, line]),
      [["Ｅｒｌａｎｇ", lines.findIndex((line) => line.includes("Ｅｒｌａｎｇ")) + 1], ["Erlang", lines.findIndex((line) => line.includes("追跡")) + 1]],
    );
    for (const [, line, text] of found) assert.equal(text, lines[line - 1]);
    // The whole document is there, line by line.
    const shown = await page.locator(".doc-line").evaluateAll((all) => all.map((line) => line.textContent));
    assert.deepEqual(shown, lines);
  });
});

test("n and p, buttons and links go from mark to mark and to lines", async () => {
  const id = await idOf("相馬 千紘");
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    const current = page.locator("resume-document mark.current");
    const status = page.locator(".doc-status");
    await current.waitFor();
    const all = await page.locator("resume-document mark").count();
    assert.ok(all >= 3, String(all));
    /** Where the current mark is, and whether it can be seen. */
    const where = () =>
      current.evaluate((mark) => {
        const box = mark.getBoundingClientRect();
        const pane = mark.closest(".doc-text").getBoundingClientRect();
        return { line: mark.parentElement.dataset.line, isSeen: box.top >= pane.top && box.bottom <= pane.bottom && box.bottom <= innerHeight };
      });
    const first = await where();
    assert.ok(first.isSeen);
    await page.keyboard.press("n");
    await status.getByText(`マーク 2 / ${all}`).waitFor();
    const second = await where();
    assert.notEqual(second.line, first.line);
    assert.ok(second.isSeen);
    await page.keyboard.press("p");
    await page.getByRole("button", { name: "前のマーク" }).click();
    await status.getByText(`マーク ${all} / ${all}`).waitFor();
    assert.ok((await where()).isSeen);
    // Keys can be switched off, and typing is typing.
    await page.getByLabel("n / p キーで移動").uncheck();
    await page.keyboard.press("n");
    await status.getByText(`マーク ${all} / ${all}`).waitFor();

    // A bar of the timeline leads to its line; the page stays where it is.
    const top = await page.evaluate(() => scrollY);
    await page.locator("a.tl-bar", { hasText: "ミナトソフト" }).click();
    await page.locator('.doc-line.here[data-line="19"]').waitFor();
    assert.equal(await page.evaluate(() => scrollY), top);
    assert.match(page.url(), /line=19/);
    // So does a line of evidence, and the address alone.
    await page.locator("evidence-list a", { hasText: "39行目" }).first().click();
    await page.locator('.doc-line.here[data-line="39"]').waitFor();
    await page.reload();
    await page.locator('.doc-line.here[data-line="39"]').waitFor();
    assert.equal((await where()).line, "39");
  });
});

test("a technology shows its lines, here and in the document", async () => {
  const id = await idOf("相馬 千紘");
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    await page.locator("resume-document mark.current").waitFor();
    const button = page.locator(".skill-name", { hasText: /^AWS$/ });
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    await page.getByText("「AWS」のマーク").waitFor();
    const marked = await page.locator("resume-document mark").allTextContents();
    assert.ok(marked.length > 0 && marked.every((text) => !text.includes("Erlang")), String(marked));
    // Parts stand beneath their whole whatever the order.
    await page.getByRole("button", { name: /^技術/ }).click();
    const names = await page.locator(".skill-name").allTextContents();
    const at = names.indexOf("AWS");
    assert.match(names[at + 1], /^Amazon/);
    assert.equal(await page.locator("th[aria-sort]").textContent(), "技術 ▼");
    await page.getByRole("button", { name: "検索条件のマークに戻す" }).click();
    assert.ok((await page.locator("resume-document mark").allTextContents()).every((text) => text.includes("Erlang")));
    await accessible(page);
  });
});

test("of a long document only what is near is rendered, and its last line is found", async () => {
  const filler = Array.from({ length: 8_000 }, (_, index) => `- ${index} 行目の議事録をまとめた。`).join("\n");
  const text = `# 職務経歴書\n\n氏名: 長井 文\n更新日: 2024/03/01\n\n## 職務経歴\n\n### 株式会社ナガイ (2018/04 〜 2022/03)\n\n${filler}\n- Erlang で最後に書き直した。\n`;
  const id = await take(server.url, { text, fileName: "long.md" });
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    const mark = page.locator("resume-document mark.current");
    await mark.waitFor();
    assert.equal(await mark.evaluate((found) => found.parentElement.dataset.line), String(text.split("\n").length - 1));
    assert.ok(await mark.evaluate((found) => { const box = found.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; }), "the mark is not in sight");
    const rendered = await page.locator(".doc-line").count();
    assert.ok(rendered < 3_000, `${rendered} lines are rendered`);
  });
});

test("a line of a hundred thousand letters is shown in rows, and its marks stand where they should", async () => {
  const long = `- ${"通信の仕組みを🐟から学んだ。".repeat(8_000)}`;
  const text = WIDE.replace("- 🐟の配送を Erlang で追跡", `${long}\n- Erlang で追跡`).replace("森 𠮷江", "長田 行");
  const id = await take(server.url, { text, fileName: "row.md" });
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    const marks = page.locator("resume-document mark");
    await page.locator("resume-document mark.current").waitFor();
    assert.deepEqual(await marks.allTextContents(), ["Ｅｒｌａｎｇ", "Erlang"]);
    await page.keyboard.press("n");
    await page.locator("mark.current", { hasText: "Erlang" }).waitFor();
    const line = text.split("\n").indexOf("- Erlang で追跡") + 1;
    assert.equal(await marks.nth(1).evaluate((mark) => mark.parentElement.dataset.line), String(line));
    const rows = await page.locator(".doc-line").evaluateAll((all) => all.map((row) => [row.dataset.line ?? "", row.textContent]));
    const longest = Math.max(...rows.map(([, row]) => row.length));
    assert.ok(longest <= 1_000, String(longest));
    assert.ok(rows.every(([, row]) => !/^[\uDC00-\uDFFF]/.test(row)), "a letter is cut in two");
    assert.equal(rows.map(([number, row]) => (number ? "\n" : "") + row).join("").slice(1), text);
  });
});

test("whoever must not know a person learns nothing of them", async () => {
  let secret = "";
  let all = "";
  const blind = await serve({
    prepare: async (dir) => {
      await run("migrate", "--data-dir", dir);
      secret = (await run("token", "create", "--data-dir", dir, "--scope", "search,document")).match(/skr_\S+/)[0];
      all = (await run("token", "create", "--data-dir", dir, "--scope", "search,identity,contact")).match(/skr_\S+/)[0];
    },
  });
  const id = await idOf("相馬 千紘", blind.url, all);
  const { candidate } = await ask(blind.url, "query($id: ID!) { candidate(id: $id) { name nameKana emails location pseudonym education { school } } }", { id }, all);
  await open(
    `${blind.url}/sign-in?next=${encodeURIComponent(`/candidates/${id}?q=Erlang`)}`,
    async (page) => {
      await page.getByLabel("アクセストークン", { exact: true }).fill(secret);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: candidate.pseudonym }).waitFor();
      await page.locator("resume-document mark").first().waitFor();
      await page.getByText("匿名表示: ").waitFor();
      const dom = await page.evaluate(() => document.documentElement.outerHTML + location.href + document.title);
      const secrets = [candidate.name, ...candidate.name.split(" "), candidate.nameKana, "そうま", "ソウマ", "soma", ...candidate.emails, candidate.location, "1991", ...candidate.education.map(({ school }) => school)];
      for (const word of secrets) assert.ok(!dom.includes(word), "the page tells who it is");
      assert.ok(dom.includes("ミナトソフト") && dom.includes("Erlang"), "what they did is not told either");
      // What the token does not allow is not offered.
      assert.equal(await page.getByRole("button", { name: "消去…" }).count(), 0);
      await accessible(page);
    },
    { expected: /401/ },
  );
});

test("on paper there is the candidate, and the document where it is asked for", async () => {
  const id = await idOf("相馬 千紘");
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    await page.locator("resume-document mark").first().waitFor();
    await page.emulateMedia({ media: "print" });
    const isSeen = async (selector) => page.locator(selector).first().isVisible();
    for (const selector of ["h1", "career-timeline .tl-bar", ".skills", ".person-job"]) assert.ok(await isSeen(selector), selector);
    for (const selector of [".head", ".person-document", ".person-actions", ".person-back", ".person-privacy"]) assert.ok(!(await isSeen(selector)), selector);
    // Technologies that the screen shows on demand are there too.
    assert.equal(await page.locator(".skills tbody tr:visible").count(), await page.locator(".skills tbody tr").count());
    await page.emulateMedia({ media: "screen" });
    await page.getByLabel("原本も印刷").check();
    await page.emulateMedia({ media: "print" });
    assert.ok(await isSeen(".doc-line"));
    const cut = await page.locator(".doc-text").evaluate((text) => text.scrollHeight - text.clientHeight);
    assert.ok(cut <= 1, "the document is cut off on paper");
  });
});

test("use is stopped, agreed and handed out, and whoever is erased is gone", async () => {
  const id = await take(server.url, { text: WIDE.replace("森 𠮷江", "消田 去子"), fileName: "gone.md" });
  await open(`${server.url}/candidates/${id}`, async (page) => {
    await page.getByRole("button", { name: "利用を停止" }).click();
    await page.getByText("利用停止中です").waitFor();
    await page.getByRole("button", { name: "利用を再開" }).click();
    await page.getByRole("button", { name: "利用を停止" }).waitFor();
    await page.getByRole("button", { name: "変更" }).click();
    await page.getByLabel("利用目的").fill("採用選考");
    await page.getByLabel("保管期限").fill("2030-03-31");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("2030-03-31").waitFor();
    await page.getByText("採用選考").waitFor();

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "保有データを書き出す" }).click();
    const file = await download;
    assert.ok(!file.suggestedFilename().includes("消田"), file.suggestedFilename());
    const held = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.ok(JSON.stringify(held).includes("消田"));

    await page.getByRole("button", { name: "消去…" }).click();
    const submit = page.getByRole("button", { name: "完全に消去する" });
    await accessible(page);
    await page.getByLabel("確認のための入力").fill("消田");
    assert.ok(await submit.isDisabled(), "half a name is enough");
    await page.keyboard.press("Enter");
    await page.getByLabel("確認のための入力").fill("消田 去子");
    await submit.click();
    await page.waitForURL((url) => url.pathname === "/");
    assert.equal((await ask(server.url, "query($id: ID!) { candidate(id: $id) { id } }", { id })).candidate, null);
    await page.goto(`${server.url}/candidates/${id}`);
    await page.getByRole("alert").getByText("見つかりません").waitFor();
  });
});

test("of several documents each can be read", async () => {
  const externalId = "two";
  await take(server.url, { text: WIDE.replace("2024/03/01", "2021/03/01"), fileName: "old.md", externalId });
  const id = await take(server.url, { text: WIDE.replace("Ruby", "Elixir"), fileName: "new.md", externalId });
  await open(`${server.url}/candidates/${id}?q=Erlang`, async (page) => {
    await page.locator("resume-document mark").first().waitFor();
    await page.getByLabel("書類").selectOption({ index: 1 });
    await page.locator(".doc-line", { hasText: "2021/03/01" }).waitFor();
    await page.getByText("以前の書類です").waitFor();
    // The evidence is of the newest document.
    assert.equal(await page.locator("resume-document mark").count(), 0);
    await page.locator("evidence-list a").first().click();
    await page.locator(".doc-line.here mark.current").waitFor();
    assert.equal(await page.getByLabel("書類").evaluate((select) => select.selectedIndex), 0);
  });
});

test("the page can be used without a mouse, by everybody, on a narrow screen and in the dark", async () => {
  const id = await idOf("相馬 千紘");
  const path = `/candidates/${id}?q=Erlang`;
  await open(server.url + path, async (page) => {
    await page.locator("resume-document mark").first().waitFor();
    await picture(page, "candidate");
    await accessible(page);
    await page.getByRole("button", { name: "比較に追加" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "比較 1/5" }).waitFor();
    // By tabs alone to a technology's lines and to the document.
    const reached = async (selector) => {
      for (let press = 0; press < 150; press += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
      }
      assert.fail(`${selector} is not reached`);
    };
    await reached(".skill-name");
    await page.keyboard.press("Enter");
    await page.locator(".skill-lines evidence-list").waitFor();
    await reached(".doc-text");
  });
  for (const [colorScheme, width] of [["dark", 1280], ["dark", 360], ["light", 360]]) {
    await open(
      server.url + path,
      async (page) => {
        await page.locator("resume-document mark").first().waitFor();
        await page.locator(".skill-name").first().click();
        await page.locator(".skill-lines evidence-list li").first().waitFor();
        await accessible(page);
        await picture(page, `candidate-${colorScheme}-${width}`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `${wider} pixels too wide`);
      },
      { colorScheme, viewport: { width, height: 800 } },
    );
  }
});

test("back leads to the results as they were", async () => {
  const id = await idOf("相馬 千紘");
  await open(`${server.url}/?q=Erlang`, async (page) => {
    await page.locator("search-page").waitFor();
    await page.evaluate((path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `/candidates/${id}?q=Erlang`);
    await page.getByRole("link", { name: "検索結果へ戻る" }).click();
    await page.waitForURL("**/?q=Erlang");
  });
});
