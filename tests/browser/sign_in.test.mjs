// Signing in with a token, and what becomes of one that is wrong, revoked, or brought by a stranger's link.

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import test, { after } from "node:test";
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
      await page.locator("sign-in-page h1").waitFor();
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

test("whoever signs out is signed out in every tab, and leaves nothing there", async () => {
  await open(
    `${server.url}/sign-in?next=/%3Fq=Erlang`,
    async (page) => {
      await signIn(page, reader);
      await page.locator("candidate-card h2 a").first().click();
      await page.locator("candidate-page h1").first().waitFor();
      const other = await page.context().newPage();
      await other.goto(`${server.url}/sign-in?next=/import`);
      await signIn(other, await token(dataDir, "search,import"));
      // An import that is under way asks nobody whether to leave.
      let isAsked = false;
      other.on("dialog", (dialog) => ((isAsked = true), dialog.accept()));
      await other.route("**/graphql", (route) => (route.request().postData()?.includes("StartImport") ? undefined : route.continue()));
      await other.locator("input[type=file]").first().setInputFiles({ name: "a.md", mimeType: "text/plain", buffer: Buffer.from("# 職務経歴書") });
      await other.getByRole("button", { name: "1件を取り込む" }).click();
      await other.getByRole("button", { name: "中止" }).waitFor();
      const third = await page.context().newPage();
      await third.goto(`${server.url}/sign-in`);
      await third.getByLabel("アクセストークン", { exact: true }).fill("half a token");

      await page.getByRole("button", { name: "サインアウト" }).click();
      for (const tab of [page, other]) {
        await tab.getByLabel("アクセストークン", { exact: true }).waitFor();
        assert.equal(new URL(tab.url()).pathname, "/sign-in");
        assert.deepEqual(await tab.evaluate(() => Object.keys(sessionStorage)), []);
      }
      await page.goBack();
      await page.waitForURL("**/sign-in?next=*");
      assert.equal(await page.locator("candidate-card").count(), 0);
      assert.equal(isAsked, false);
      // Who is not signed in yet goes on typing.
      assert.equal(await third.getByLabel("アクセストークン", { exact: true }).inputValue(), "half a token");
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

/**
 * An identity provider that knows one user, and gives a token to whoever proves that they asked for the code.
 */
async function startIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = { ...publicKey.export({ format: "jwk" }), kid: "1", alg: "ES256", use: "sig" };
  const asked = [];
  let url = "";
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: "shokureki", sub: "u1", iat: now, exp: now + 300, roles: ["recruiter"] };
    const signed = `${encode({ alg: "ES256", kid: "1", typ: "JWT" })}.${encode(claims)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  };
  const issuer = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, url);
    const answer = (status, body) => {
      response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
      response.end(JSON.stringify(body));
    };
    if (pathname === "/.well-known/openid-configuration") {
      return answer(200, { issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys` });
    }
    if (pathname === "/keys") return answer(200, { keys: [key] });
    if (pathname === "/authorize") {
      asked.push(Object.fromEntries(searchParams));
      const back = new URL(searchParams.get("redirect_uri"));
      back.searchParams.set("code", "c1");
      back.searchParams.set("state", searchParams.get("state"));
      response.writeHead(302, { location: back.href });
      return response.end();
    }
    let body = "";
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    const isGood = form.get("code") === "c1" && challenge === asked.at(-1)?.code_challenge && form.get("redirect_uri") === asked.at(-1)?.redirect_uri;
    return isGood ? answer(200, { access_token: token(), token_type: "Bearer" }) : answer(400, { error: "invalid_grant" });
  });
  await new Promise((done) => issuer.listen(0, "127.0.0.1", done));
  after(() => issuer.close());
  url = `http://127.0.0.1:${issuer.address().port}`;
  return { url, asked };
}

test("people of an organization sign in at its identity provider and come back to where they were going", async () => {
  const issuer = await startIssuer();
  const trusting = await serve({
    options: ["--oidc-issuer", issuer.url, "--oidc-audience", "shokureki", "--oidc-organization", "default", "--oidc-client-id", "page"],
  });
  const settings = { expected: /401|400/, origins: [issuer.url] };
  await open(
    `${trusting.url}/compare?ids=`,
    async (page) => {
      await page.getByRole("button", { name: "組織のアカウントでサインイン" }).click();
      await page.waitForURL(`${trusting.url}/compare?ids=`);
      await page.getByRole("button", { name: "サインアウト" }).waitFor();
      const [{ client_id, code_challenge_method, redirect_uri, response_type, state }] = issuer.asked;
      assert.deepEqual({ client_id, code_challenge_method, redirect_uri, response_type }, { client_id: "page", code_challenge_method: "S256", redirect_uri: `${trusting.url}/sign-in`, response_type: "code" });
      assert.ok(state.length >= 40);
      // Neither code nor token are left in what back leads to.
      assert.ok(!page.url().includes("code="));
    },
    settings,
  );
  // A stranger's answer signs nobody in.
  await open(
    `${trusting.url}/sign-in?code=c1&state=${"x".repeat(43)}`,
    async (page) => {
      await page.getByRole("alert").getByText("組織のアカウントでサインインできませんでした").waitFor();
      assert.equal(page.url(), `${trusting.url}/sign-in`);
      assert.equal(await page.getByRole("button", { name: "サインアウト" }).count(), 0);
      await page.getByRole("button", { name: "組織のアカウントでサインイン" }).waitFor();
      await accessible(page);
      await picture(page, "sign-in-organization");
    },
    settings,
  );
});
