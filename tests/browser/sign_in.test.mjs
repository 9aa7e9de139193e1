// Signing in with a token, and what becomes of one that is wrong, revoked, or brought by a stranger's link.

import assert from "node:assert/strict";
import test from "node:test";
import { accessible, ask, open, picture, run, serve } from "./harness.mjs";

let reader = "";
let dataDir = "";

/** Gives a token out and returns it. */
async function token(dir, scopes) {
  const out = await run("token", "create", "--data-dir", dir, "--scope", scopes);
  return out.match(/skr_\S+/)[0];
}

const server = await serve({
  prepare: async (dir) => {
    dataDir = dir;
    await run("migrate", "--data-dir", dir);
    reader = await token(dir, "search,document");
  },
});

const refused = /401/;

async function signIn(page, secret) {
  await page.getByLabel("アクセストークン", { exact: true }).fill(secret);
  await page.keyboard.press("Enter");
}

test("whoever has no token is asked for one, and comes to what they asked for", async () => {
  await open(
    `${server.url}/compare?ids=a&technologies=Erlang`,
    async (page) => {
      await page.waitForURL("**/sign-in?next=*");
      await accessible(page);
      await signIn(page, reader);
      await page.waitForURL("**/compare?ids=a&technologies=Erlang");
      await page.getByRole("button", { name: "サインアウト" }).waitFor();
      // It is nowhere but in the tab.
      const kept = await page.evaluate(() => ({ local: JSON.stringify(localStorage), cookie: document.cookie, here: location.href }));
      assert.ok(!JSON.stringify(kept).includes("skr_"), "the token is kept elsewhere");
      await page.reload();
      await page.getByRole("button", { name: "サインアウト" }).click();
      await page.waitForURL("**/sign-in");
      assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage))).includes("skr_"), "the token outlives the sign-out");
    },
    { expected: refused },
  );
});

test("a wrong token is told as such, and the field is reached again", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await open(
      `${server.url}/sign-in`,
      async (page) => {
        await signIn(page, "  ");
        await page.getByRole("alert").getByText("入力してください").waitFor();
        await signIn(page, "skr_aaaaaaaaaaaa_wrong");
        await page.getByRole("alert").getByText("使えません").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.id), "token");
        assert.equal(await page.getByLabel("アクセストークン", { exact: true }).getAttribute("aria-invalid"), "true");
        assert.ok(page.url().endsWith("/sign-in"), page.url());
        await accessible(page);
        await picture(page, `sign-in-${colorScheme}`);
      },
      { expected: refused, colorScheme, viewport: { width: 360, height: 740 } },
    );
  }
});

test("a token that is revoked leads back to the sign-in, and the next one to where one was", async () => {
  const secret = await token(dataDir, "search");
  const { searchCandidates } = await ask(server.url, "{ searchCandidates(first: 1) { nodes { id } } }", {}, reader);
  const path = `/candidates/${searchCandidates.nodes[0].id}`;
  await open(
    `${server.url}/sign-in?next=${path}`,
    async (page) => {
      await signIn(page, secret);
      await page.waitForURL(`**${path}`);
      await page.locator("h1").waitFor();
      await run("token", "revoke", "--data-dir", dataDir, secret.split("_")[1]);
      // Anything that is asked from now on is refused.
      await page.evaluate(() => {
        history.pushState(null, "", `${location.pathname}?q=Erlang`);
        dispatchEvent(new PopStateEvent("popstate"));
      });
      await page.waitForURL("**/sign-in?next=*");
      await page.getByRole("alert").getByText("取り消されたか").waitFor();
      assert.equal(await page.locator("candidate-page").count(), 0);
      await signIn(page, reader);
      await page.waitForURL(`**${path}?q=Erlang`);
    },
    { expected: refused },
  );
});

test("no link leads to another server through the sign-in", async () => {
  for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/graphiql", "/candidates/../../x", "https:evil.example"]) {
    await open(
      `${server.url}/sign-in?next=${encodeURIComponent(next)}`,
      async (page, { requests }) => {
        await signIn(page, reader);
        await page.waitForURL((url) => url.pathname !== "/sign-in");
        assert.equal(page.url(), `${server.url}/`, next);
        assert.ok(requests.every((request) => new URL(request).origin === server.url));
      },
      { expected: refused },
    );
  }
});
