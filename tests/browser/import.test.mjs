// Résumés come in by dropping them: what becomes of good, known, broken and too large ones.

import assert from "node:assert/strict";
import test from "node:test";
import { accessible, ask, open, picture, serve } from "./harness.mjs";

const server = await serve({ samples: false });

/** A résumé of somebody. */
const resume = (name, technology = "Erlang") => `# 職務経歴書

氏名: ${name}
更新日: 2024/03/01

## 職務経歴

### 株式会社ハナミズキ (2018/04 〜 2022/03)

#### 配送サイト (2018/04 〜 2020/03)

- 使用技術: ${technology}, PostgreSQL
`;

/** Drops files as a person would: text, or how many bytes of nothing in particular. */
async function drop(page, files) {
  await page.locator(".import-zone").evaluate((zone, files) => {
    const data = new DataTransfer();
    for (const [name, content] of Object.entries(files)) {
      const part = typeof content === "number" ? new Uint8Array(content).fill(65) : content;
      data.items.add(new File([part], name, { type: "text/plain" }));
    }
    for (const type of ["dragenter", "dragover"]) zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    if (!zone.classList.contains("over")) throw new Error("the place does not show that it takes files");
    zone.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
  }, files);
}

const row = (page, name) => page.locator(".import-files tbody tr", { hasText: name });
const state = (page, name) => row(page, name).locator(".import-state");

test("each dropped file tells what became of it, and why", async () => {
  await open(`${server.url}/import`, async (page) => {
    await page.getByText("20 MB").waitFor();
    await picture(page, "import-empty");
    await accessible(page);
    await drop(page, {
      "good.md": resume("梅田 一"),
      "other.md": resume("梅田 二", "Rust"),
      "broken.pdf": "%PDF-1.7 …",
      "nothing.md": "",
      "large.txt": 21 * 1024 * 1024,
      "long.txt": "あいうえお\n".repeat(180_000),
    });
    // What cannot be taken is told before anything is sent.
    await row(page, "large.txt").getByText("20 MB を超えています").waitFor();
    await row(page, "nothing.md").getByText("空です").waitFor();
    assert.equal(await state(page, "good.md").textContent(), "待機中");
    await accessible(page);
    await page.getByRole("button", { name: "4件を取り込む" }).click();
    await page.getByText("6 / 6 件 完了 · 新しい候補者 2 · 失敗 4").waitFor();
    await row(page, "broken.pdf").getByText("読める形式ではありません").waitFor();
    await row(page, "long.txt").getByText("本文が大きすぎます").waitFor();
    await picture(page, "import");
    await accessible(page);
    const { searchCandidates } = await ask(server.url, '{ searchCandidates(query: "tech:Erlang") { nodes { id name } } }');
    assert.deepEqual(searchCandidates.nodes.map(({ name }) => name), ["梅田 一"]);

    // The same again, from a page that knows nothing of it, changes nothing.
    await page.reload();
    await drop(page, { "good.md": resume("梅田 一") });
    await page.getByRole("button", { name: "1件を取り込む" }).click();
    await state(page, "good.md").getByText("変更なし").waitFor();
    await row(page, "good.md").getByRole("link", { name: "梅田 一" }).click();
    await page.getByRole("heading", { level: 1, name: "梅田 一" }).waitFor();
    // What was imported is still told on the way back.
    await page.goBack();
    await state(page, "good.md").getByText("変更なし").waitFor();
  });
});

test("the date and your own id go with the document", async () => {
  await open(`${server.url}/import`, async (page) => {
    await drop(page, { "ats-7.md": resume("桜田 三").replace("更新日: 2024/03/01", "") });
    await page.getByText("任意の設定").click();
    await page.getByLabel("書類の日付").fill("2023-05-01");
    await page.getByLabel("ats-7.md の管理番号").fill("手入力");
    await page.getByLabel("ファイル名（拡張子なし）を管理番号にする").check();
    assert.equal(await page.getByLabel("ats-7.md の管理番号").inputValue(), "ats-7");
    await page.getByRole("button", { name: "1件を取り込む" }).click();
    await state(page, "ats-7.md").getByText("新しい候補者").waitFor();
    const { candidate } = await ask(server.url, '{ candidate(externalId: "ats-7") { name resume { documentDate fileName } } }');
    assert.deepEqual(candidate, { name: "桜田 三", resume: { documentDate: "2023-05-01", fileName: "ats-7.md" } });
    // A newer document of the same person.
    await page.reload();
    await drop(page, { "ats-7.md": resume("桜田 三", "Kotlin") });
    await page.getByText("任意の設定").click();
    await page.getByLabel("ファイル名（拡張子なし）を管理番号にする").check();
    await page.getByRole("button", { name: "1件を取り込む" }).click();
    await state(page, "ats-7.md").getByText("候補者を更新").waitFor();
  });
});

test("what the network lost is tried again, and what was stopped waits", async () => {
  await open(
    `${server.url}/import`,
    async (page) => {
      let isDown = true;
      await page.route("**/graphql", async (route) => {
        const { query, variables } = route.request().postDataJSON();
        if (!query.includes("mutation")) return route.continue();
        // Never answered: it is there to be stopped.
        if (JSON.stringify(variables).includes("slow")) return;
        return isDown ? route.abort() : route.continue();
      });
      await drop(page, { "lost.md": resume("松田 四") });
      await page.getByRole("button", { name: "1件を取り込む" }).press("Enter");
      await row(page, "lost.md").getByText("サーバーに接続できません").waitFor();
      isDown = false;
      await page.getByRole("button", { name: "失敗した1件をもう一度" }).press("Enter");
      await state(page, "lost.md").getByText("新しい候補者").waitFor();

      await drop(page, { "slow-1.md": resume("竹田 五"), "slow-2.md": resume("竹田 六"), "slow-3.md": resume("竹田 七") });
      const held = page.waitForRequest((request) => Boolean(request.postData()?.includes("slow")));
      await page.getByRole("button", { name: "3件を取り込む" }).press("Enter");
      await held;
      assert.ok((await page.locator(".import-sending").count()) > 0);
      // The button that was pressed is gone; the keyboard is on the one in its place.
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), "中止");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "3件を取り込む" }).waitFor();
      for (const name of ["slow-1.md", "slow-2.md", "slow-3.md"]) assert.equal(await state(page, name).textContent(), "待機中");
    },
    { expected: /ERR_FAILED/ },
  );
});

test("many files are one job that is followed; where no socket can be opened they go one by one", async () => {
  for (const hasSocket of [true, false]) {
    const names = ["一", "二", "三", "四"].map((name) => `${hasSocket ? "杉田" : "柏田"} ${name}`);
    await open(`${server.url}/import`, async (page) => {
      if (!hasSocket) await page.routeWebSocket("**/graphql", (socket) => socket.close());
      const asked = [];
      page.on("request", (request) => request.method() === "POST" && asked.push(/(mutation|query) (\w+)/.exec(request.postDataJSON().query)?.[2]));
      await drop(page, Object.fromEntries(names.map((name, index) => [`${index}.md`, resume(name)])));
      await page.getByRole("button", { name: "4件を取り込む" }).click();
      await page.getByText("4 / 4 件 完了 · 新しい候補者 4").waitFor();
      for (const name of names) await page.getByRole("link", { name: `${name} を開く` }).waitFor();
      const mutations = asked.filter((name) => ["StartImport", "ImportResume"].includes(name));
      assert.deepEqual(mutations, hasSocket ? ["StartImport"] : names.map(() => "ImportResume"));
    });
  }
});

test("jobs are as large as the server takes in a moment, so that a stop is prompt", async () => {
  for (const [isSlow, expected] of [[true, [5, 1]], [false, [5, 10, 5]]]) {
    const names = Array.from({ length: 20 }, (_, index) => `${isSlow ? "slow" : "fast"}-${index}.md`);
    await open("about:blank", async (page) => {
      // A clock that goes by each time that somebody looks, or stands still.
      await page.addInitScript((step) => {
        let now = 0;
        performance.now = () => (now += step);
      }, isSlow ? 5_000 : 0);
      const sizes = [];
      let isHeld = () => {};
      const held = new Promise((told) => (isHeld = told));
      await page.route("**/graphql", (route) => {
        const { query, variables } = route.request().postDataJSON();
        if (query.includes("startImport")) sizes.push(variables.input.files.length);
        if (!isSlow || sizes.length < 2 || !query.includes("startImport")) return route.continue();
        isHeld();
      });
      await page.goto(`${server.url}/import`);
      await page.locator(".import-zone").waitFor();
      await drop(page, Object.fromEntries(names.map((name) => [name, resume(`柳田 ${name}`)])));
      await page.getByRole("button", { name: "20件を取り込む" }).click();
      if (isSlow) {
        await held;
        await page.getByRole("button", { name: "中止" }).click();
        await page.getByRole("button", { name: "15件を取り込む" }).waitFor();
        await page.getByText("5 / 20 件 完了").waitFor();
      } else {
        await page.getByText("20 / 20 件 完了").waitFor();
      }
      assert.deepEqual(sizes, expected);
    }, { origins: [server.url] });
  }
});

test("what is on its way when an import is stopped is waited for", async () => {
  await open(`${server.url}/import`, async (page) => {
    // The server began, and has not told the end yet.
    let tell = () => {};
    await page.routeWebSocket("**/graphql", (socket) => {
      const upstream = socket.connectToServer();
      upstream.onMessage((message) => {
        const { type } = JSON.parse(String(message));
        if (type === "connection_ack") return socket.send(message);
        const before = tell;
        tell = () => (before(), socket.send(message));
      });
    });
    await page.reload();
    await page.locator(".import-zone").waitFor();
    await drop(page, Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${index}.md`, resume(`楠田 ${index}`)])));
    const answered = page.waitForResponse((response) => Boolean(response.request().postData()?.includes("startImport")));
    await page.getByRole("button", { name: "6件を取り込む" }).click();
    await answered;
    await page.waitForFunction(() => document.querySelectorAll(".import-sending").length === 5);
    await page.getByRole("button", { name: "中止" }).click();
    await page.getByText("送信中の分が終わるのを待っています…").waitFor();
    await accessible(page);
    tell();
    const later = setInterval(() => tell(), 200);
    await page.getByRole("button", { name: "1件を取り込む" }).waitFor();
    clearInterval(later);
    await page.getByText("5 / 6 件 完了").waitFor();
  });
});

test("the import fits a narrow screen, in both schemes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await open(
      `${server.url}/import`,
      async (page) => {
        await drop(page, { "a-rather-long-name-of-a-resume-2024-03.md": resume("梅田 一"), "b.pdf": "%PDF-1.7" });
        await page.getByRole("button", { name: "2件を取り込む" }).click();
        await page.getByText("2 / 2 件 完了").waitFor();
        await accessible(page);
        await picture(page, `import-${colorScheme}-360`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `${wider} pixels too wide`);
      },
      { colorScheme, viewport: { width: 360, height: 800 } },
    );
  }
});
