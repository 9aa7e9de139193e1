// The playground as the build bundled it: everything from this server.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { accessible, ask, open, picture, run, serve } from "./harness.mjs";

const server = await serve();
const isBundled = !(await (await fetch(`${server.url}/graphiql`)).text()).includes("unpkg.com");
const skip = !isBundled && "the build has no bundle: npm run build in web/playground, then build again";

/** The titles of `examples/queries`, in their order. */
const folder = join(import.meta.dirname, "../../examples/queries");
const titles = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8").split("\n", 1)[0].replace("# ", ""));

/** What an editor holds; its models are those of Monaco. */
function text(page, part) {
  return page.evaluate((part) => {
    const models = globalThis.__MONACO.editor.getModels();
    return models.find(({ uri }) => uri.path.endsWith(part))?.getValue() ?? "";
  }, part);
}

/** Waits until the answer has `part`, and returns it. */
async function answer(page, part) {
  const until = Date.now() + 10_000;
  while (true) {
    const response = await text(page, "response.json");
    if (response.includes(part)) return response;
    assert.ok(Date.now() < until, `the answer has no ${part}: ${response}`);
    await page.waitForTimeout(50);
  }
}

async function opened(page) {
  await page.locator(".graphiql-query-editor .view-line").first().waitFor();
  await page.getByText("GraphQL Schema").or(page.getByRole("button", { name: titles[0] })).first().waitFor();
}

const QUERY = "operation.graphql";
const HEADERS = "request-headers.json";

async function type(page, editor, value) {
  await page.locator(`[data-uri$="${editor}"]`).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(value);
  // GraphiQL reads a moment later what is to run: none of these has a name.
  if (editor === QUERY) await page.getByRole("tab", { name: "<untitled>", selected: true }).waitFor();
}

test("examples are offered and run", { skip }, async () => {
  await open(`${server.url}/graphiql`, async (page) => {
    await opened(page);
    const offered = await page.locator(".example").allInnerTexts();
    assert.deepEqual(offered, titles);
    await page.getByRole("button", { name: titles[1] }).click();
    await page.keyboard.press("Control+Enter");
    const response = await answer(page, "日東");
    assert.match(response, /久世 亮平/);
    await picture(page, "playground");
    // One that was not touched gives way; one that was is kept beside it.
    assert.equal(await page.getByRole("tab").count(), 1);
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("# 私のメモ");
    await page.getByRole("button", { name: titles[2] }).click();
    assert.equal(await page.getByRole("tab").count(), 2);
    await page.keyboard.press("Control+Enter");
    await answer(page, "アーラン 配信");
  });
});

test("what is written is completed, documented, explored and remembered", { skip }, async () => {
  await open(`${server.url}/graphiql`, async (page) => {
    await opened(page);
    await type(page, QUERY, "{ index");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget").getByText("indexStatus", { exact: true }).first().waitFor();
    await page.keyboard.press("Escape");
    // GraphiQL remembers what it sees under way; an answer within a millisecond it may not.
    await page.route("**/graphql", (route) => setTimeout(() => route.continue(), 100));
    await type(page, QUERY, "{ indexStatus { candidates } }");
    await page.getByRole("button", { name: /Execute query/ }).click();
    assert.match(await answer(page, "indexStatus"), /"candidates": 16/);

    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByRole("link", { name: "Mutation", exact: true }).click();
    await page.getByText("Takes a résumé in").first().waitFor();

    await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
    await page.locator(".graphiql-explorer-root").getByText("technologies", { exact: true }).click();
    await page.waitForFunction(() =>
      globalThis.__MONACO.editor.getModels().some((model) => model.getValue().includes("technologies")),
    );

    await page.getByRole("button", { name: "Show History" }).click();
    await page.locator(".graphiql-history-item").getByText("indexStatus").first().waitFor();
  });
});

const IMPORT = "mutation($input: ImportResumeInput!) { importResume(input: $input) { userErrors { code } } }";

/** Follows what changes, sees `name` come in, and stops. */
async function follow(page, name, comeIn) {
  await type(page, QUERY, "subscription { candidatesChanged { kind candidate { name externalId } } }");
  await page.getByRole("button", { name: /Execute query/ }).click();
  await page.getByRole("button", { name: /Stop query/ }).waitFor();
  // Whether the server follows already cannot be seen: it is told until the page hears of it.
  for (let attempt = 1; ; attempt += 1) {
    await comeIn(`${name}-${attempt}`);
    const heard = await answer(page, `"${name}-`).catch((error) => (attempt < 3 ? null : Promise.reject(error)));
    if (heard) break;
  }
  await page.getByRole("button", { name: /Stop query/ }).click();
  await page.getByRole("button", { name: /Execute query/ }).waitFor();
}

test("what changes is followed over a socket of this server", { skip }, async () => {
  await open(`${server.url}/graphiql`, async (page, { requests }) => {
    await opened(page);
    await follow(page, "followed", (externalId) =>
      ask(server.url, IMPORT, { input: { externalId, text: `# 職務経歴書\n\n- ${externalId}\n` } }),
    );
    const sockets = requests.filter((request) => request === `${server.url}/graphql`);
    assert.ok(sockets.length > 0, String(requests));
    // The example begins with what there is.
    await page.getByRole("button", { name: titles.find((title) => title.includes("変化を追う")) }).click();
    await page.keyboard.press("Control+Enter");
    await answer(page, "candidatesChanged");
  });
});

test("what stands around GraphiQL can be used by everybody", { skip }, async () => {
  for (const colorScheme of ["light", "dark"]) {
    await open(
      `${server.url}/graphiql`,
      async (page) => {
        await opened(page);
        // GraphiQL's own tabs and line numbers have faults of their own.
        for (const part of [".title", ".graphiql-plugin"]) await accessible(page, part);
      },
      { colorScheme },
    );
  }
});

test("a token is asked for, used and not kept", { skip }, async () => {
  let token = "";
  const guarded = await serve({
    samples: false,
    options: ["--playground", "on"],
    prepare: async (dataDir) => {
      token = (await run("token", "create", "--scope", "search,import", "--data-dir", dataDir)).trim();
    },
  });
  await open(
    `${guarded.url}/graphiql`,
    async (page) => {
      await page.getByText("このサーバーにはトークンが必要です。").waitFor();
      await opened(page);
      await page.getByRole("button", { name: "Headers" }).click();
      await type(page, HEADERS, JSON.stringify({ Authorization: `Bearer ${token}` }));
      await page.getByRole("button", { name: "Re-fetch GraphQL schema" }).click();
      await page.getByText("スキーマの取得（introspection）を許可していません").waitFor();
      await type(page, QUERY, "{ indexStatus { candidates } }");
      await page.getByRole("button", { name: /Execute query/ }).click();
      assert.match(await answer(page, "indexStatus"), /"candidates": 0/);
      // Another tab goes on with it.
      await page.getByRole("button", { name: "New tab" }).click();
      await type(page, QUERY, "{ indexStatus { isCurrent } }");
      await page.getByRole("button", { name: /Execute query/ }).click();
      await answer(page, "isCurrent");
      // A socket says it in its first message.
      await follow(page, "guarded", (externalId) =>
        ask(guarded.url, IMPORT, { input: { externalId, text: `# 職務経歴書\n\n- ${externalId}\n` } }, token),
      );
      await page.waitForTimeout(1_000);
      const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      assert.match(kept, /indexStatus/);
      assert.ok(!kept.includes("skr_"), kept);
    },
    { expected: /status of 40[13]/ },
  );
});
