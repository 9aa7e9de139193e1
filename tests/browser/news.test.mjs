// Whoever looks at results learns that others came in since, and sees them when they want to.

import assert from "node:assert/strict";
import test from "node:test";
import { accessible, ask, open, run, serve } from "./harness.mjs";

const IMPORT = "mutation($input: ImportResumeInput!) { importResume(input: $input) { candidate { id } userErrors { message } } }";

async function take(url, name, token) {
  const text = `# 職務経歴書\n\n氏名: ${name}\n更新日: 2024/03/01\n\n## 職務経歴\n\n### 株式会社ハナミズキ (2018/04 〜 2022/03)\n\n- 使用技術: Erlang\n`;
  const { importResume } = await ask(url, IMPORT, { input: { text, fileName: "a.md" } }, token);
  assert.deepEqual(importResume.userErrors, []);
  return importResume.candidate.id;
}

const server = await serve({ samples: false });
await take(server.url, "梅田 一");

test("candidates that come in are told, and shown when that is asked for", async () => {
  await open(`${server.url}/?q=Erlang`, async (page) => {
    await page.getByRole("link", { name: "梅田 一" }).first().waitFor();
    await take(server.url, "梅田 二");
    const gone = await take(server.url, "梅田 三");
    await page.getByText("候補者2人が追加・更新されました。").waitFor();
    await accessible(page);
    // Nothing moves under whoever reads.
    assert.equal(await page.getByRole("link", { name: "梅田 二" }).count(), 0);
    await ask(server.url, "mutation($id: ID!) { eraseCandidate(input: { id: $id }) { erasedId } }", { id: gone });
    await page.getByText("候補者1人が追加・更新されました。").waitFor();
    await page.getByRole("button", { name: "表示する" }).press("Enter");
    await page.getByRole("link", { name: "梅田 二" }).first().waitFor();
    assert.equal(await page.getByText("追加・更新されました").count(), 0);

    // What came in while another page was shown is told, too.
    await page.getByRole("link", { name: "取り込み" }).click();
    await page.locator("import-page").waitFor();
    await take(server.url, "梅田 四");
    await page.goBack();
    await page.getByText("候補者1人が追加・更新されました。").waitFor();
  });
});

test("a token that is revoked while a page listens leads to the sign-in", async () => {
  let dir = "";
  let secret = "";
  let writer = "";
  const asked = await serve({
    samples: false,
    prepare: async (dataDir) => {
      dir = dataDir;
      await run("migrate", "--data-dir", dir);
      const token = async (scopes) => (await run("token", "create", "--data-dir", dir, "--scope", scopes)).match(/skr_\S+/)[0];
      secret = await token("search,identity");
      writer = await token("search,identity,import");
    },
  });
  await take(asked.url, "梅田 一", writer);
  await open(
    `${asked.url}/sign-in?next=${encodeURIComponent("/?q=Erlang")}`,
    async (page) => {
      await page.getByLabel("アクセストークン", { exact: true }).fill(secret);
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "梅田 一" }).first().waitFor();
      await take(asked.url, "梅田 二", writer);
      await page.getByText("候補者1人が追加・更新されました。").waitFor();
      await run("token", "revoke", "--data-dir", dir, secret.split("_")[1]);
      await take(asked.url, "梅田 三", writer);
      await page.waitForURL("**/sign-in?next=*");
      assert.ok(!(await page.evaluate(() => document.body.textContent)).includes("梅田"), "what was shown is still there");
    },
    { expected: /401/ },
  );
});
