// <shokureki-search> in the pages of other applications: the example, and pages that do what pages do.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { accessible, open, picture, run, serve } from "./harness.mjs";
import { startExample, startHost } from "./hosts.mjs";

const SCOPES = "search,identity,import";

/** @type {string} */
let tokenFile;
/** @type {string} */
let hostToken;

const server = await serve({
  samples: false,
  prepare: async (dataDir) => {
    tokenFile = join(dataDir, "ats-token");
    writeFileSync(tokenFile, await createToken(dataDir));
    hostToken = await createToken(dataDir);
  },
});
const example = await startExample(server.url, tokenFile);
const host = await startHost(server.url, hostToken);
const TAG = `<shokureki-search endpoint="${server.url}/graphql" token-url="/token"></shokureki-search>`;

async function createToken(dataDir) {
  return (await run("token", "create", "--data-dir", dataDir, "--scope", SCOPES, "--name", "ATS")).trim();
}

const withTag = (attributes) => TAG.replace("<shokureki-search", `<shokureki-search ${attributes}`);

/** Opens the example as one of its users. */
function openExample(test, options = {}) {
  return open(
    example.url,
    async (page, watched) => {
      await page.getByRole("button", { name: "佐藤 としてサインイン" }).click();
      await page.getByRole("combobox").waitFor();
      await test(page, watched);
    },
    { origins: [server.url], ...options },
  );
}

const box = (page) => page.locator("shokureki-search").getByRole("combobox");
const name = (page, text) => page.locator("shokureki-search").getByRole("button", { name: text });

async function search(page, query) {
  await box(page).fill(query);
  await box(page).press("Enter");
  await page.locator("shokureki-search").getByText(/人が見つかりました|見つかりませんでした/).waitFor();
}

/** Keeps the events of the search that reach the document, in `window.told`. */
const listen = (page) =>
  page.evaluate(() => {
    globalThis.told = [];
    for (const type of ["search-performed", "candidate-selected", "search-failed"]) {
      document.addEventListener(type, ({ detail }) => globalThis.told.push({ type, ...detail }));
    }
  });
const told = (page) => page.evaluate(() => globalThis.told);

test("an applicant tracking system finds a person and shows its own record of them", async () => {
  await openExample(async (page) => {
    await listen(page);
    await search(page, "Erlang");
    await name(page, "相馬 千紘").click();
    await page.locator("#record").getByText("一次面接").waitFor();
    assert.match(await page.locator("#record").innerText(), /相馬 千紘[\s\S]*A-1001/);
    const [performed, selected] = await told(page);
    assert.equal(performed.type, "search-performed");
    assert.equal(performed.query, "Erlang");
    assert.ok(performed.totalCount >= 1, JSON.stringify(performed));
    assert.equal(selected.type, "candidate-selected");
    assert.equal(selected.externalId, "A-1001");
    assert.ok(selected.id);
    await page.locator('shokureki-search [aria-current="true"]').getByText("相馬 千紘").first().waitFor();
    // Lengths below nothing are adapted, too: the mark reaches to the frame's own edge.
    const [frame, card] = await page.locator("shokureki-search").evaluate(({ shadowRoot }) =>
      [".frame", "[aria-current]"].map((selector) => shadowRoot.querySelector(selector).getBoundingClientRect().left),
    );
    assert.equal(card, frame + 1);
    await picture(page, "embed");
  });
});

test("what is selected is not marked where the page says that it took care of it", async () => {
  const url = host.put("/cancel", { body: withTag('query="Erlang"') });
  await open(
    url,
    async (page) => {
      await page.evaluate(() => document.addEventListener("candidate-selected", (event) => event.preventDefault()));
      await name(page, "相馬 千紘").click();
      assert.equal(await page.locator("shokureki-search [aria-current]").count(), 0);
    },
    { origins: [server.url] },
  );
});

test("the host's own token never reaches the browser, and an embed token only memory", async () => {
  const secret = readFileSync(tokenFile, "utf8").trim();
  await openExample(async (page, { requests }) => {
    const seen = [];
    /** @type {string[]} */
    const bearers = [];
    page.on("request", (request) => {
      seen.push(JSON.stringify(request.headers()) + (request.postData() ?? "") + request.url());
      bearers.push(request.headers().authorization ?? "");
    });
    const bodies = [];
    page.on("response", (response) => bodies.push(response.text().then((text) => text + JSON.stringify(response.headers()), () => "")));
    await page.reload();
    await box(page).waitFor();
    await search(page, "Rust");
    const source = await page.content();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
    const all = [...seen, ...(await Promise.all(bodies)), source, kept].join("\n");
    assert.ok(all.includes("searchCandidates"), "nothing was watched");
    assert.ok(!all.includes(secret), "the real token was seen");
    assert.ok(!all.includes(secret.split("_")[2]), "the secret was seen");
    const embed = bearers.find((bearer) => bearer.startsWith("Bearer ske_"))?.slice("Bearer ".length);
    assert.ok(embed, "no embed token was used");
    assert.ok(!source.includes(embed) && !kept.includes(embed) && !requests.some((request) => request.includes(embed)));
  });
});

test("a page of another origin follows changes with its token, and hears nothing without", async () => {
  await open(
    host.put("/follow", { body: "" }),
    async (page) => {
      const heard = await page.evaluate(
        async ({ address, hostToken }) => {
          const { token } = await (await fetch("/token", { method: "POST" })).json();
          /** What comes of a socket whose page says this of itself: the first event, or the closing code. */
          const listen = (authorization) =>
            new Promise((told) => {
              const socket = new WebSocket(address, "graphql-transport-ws");
              const say = (message) => socket.send(JSON.stringify(message));
              socket.onopen = () => say({ type: "connection_init", payload: authorization && { authorization: `Bearer ${authorization}` } });
              socket.onmessage = ({ data }) => {
                const { type, payload } = JSON.parse(data);
                const query = "subscription { candidatesChanged(afterSequence: 0) { sequence } }";
                if (type === "connection_ack") say({ id: "1", type: "subscribe", payload: { query } });
                else if (type === "next") told(payload.data.candidatesChanged.sequence);
              };
              socket.onclose = ({ code }) => told(code);
            });
          return [await listen(token), await listen(null), await listen(hostToken)];
        },
        { address: `${server.url.replace("http", "ws")}/graphql`, hostToken },
      );
      assert.deepEqual(heard, [1, 4403, 4403]);
    },
    { origins: [server.url] },
  );
});

test("a token is asked for once by many, and again before it ends", async () => {
  await openExample(async (page, { requests }) => {
    const tokens = () => requests.filter((request) => new URL(request).pathname === "/token").length;
    const refused = [];
    page.on("response", (response) => response.status() === 401 && refused.push(response.url()));
    await page.clock.install();
    await page.locator("shokureki-search").evaluate((element) => Promise.all([element.search("Go"), element.search("Rust"), element.search("AWS")]));
    assert.equal(tokens(), 1);
    await search(page, "Erlang");
    assert.equal(tokens(), 1);
    await page.clock.fastForward("14:45");
    await page.locator("shokureki-search").evaluate((element) => element.search("Terraform"));
    assert.equal(tokens(), 2);
    assert.deepEqual(refused, []);
  });
});

test("a token that is refused is exchanged for another, without a word to the user", async () => {
  await openExample(
    async (page, { requests }) => {
      const tokens = () => requests.filter((request) => new URL(request).pathname === "/token").length;
      await listen(page);
      await search(page, "Erlang");
      const old = readFileSync(tokenFile, "utf8").trim();
      writeFileSync(tokenFile, await createToken(server.dataDir));
      await run("token", "revoke", "--data-dir", server.dataDir, old.split("_")[1]);
      await page.locator("shokureki-search").evaluate((element) => element.search("Rust"));
      assert.equal(tokens(), 2);
      assert.deepEqual((await told(page)).map(({ type, query }) => [type, query]), [["search-performed", "Erlang"], ["search-performed", "Rust"]]);
    },
    { expected: /status of 401/ },
  );
});

test("an embed token is of no use from another origin, and the example gives none to strangers", async () => {
  await openExample(async (page) => {
    const token = await page.evaluate(async () => (await (await fetch("/token", { method: "POST" })).json()).token);
    assert.match(token, /^ske_/);
    const ask = (origin) =>
      fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...(origin ? { origin } : {}) },
        body: JSON.stringify({ query: "{ searchCandidates { totalCount } }" }),
      });
    assert.equal((await ask(example.url)).status, 200);
    assert.equal((await ask(host.url)).status, 401);
    assert.equal((await ask(null)).status, 401);
    // The same from a page of that other origin, where the browser says whose it is.
    const other = await page.context().newPage();
    await other.goto(host.put("/other", { body: "<p>other</p>" }));
    const answer = await other.evaluate(
      async ([url, token]) => {
        const response = await fetch(`${url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: "{ searchCandidates { totalCount } }" }),
        });
        return { status: response.status, code: (await response.json()).errors[0].extensions.code };
      },
      [server.url, token],
    );
    assert.deepEqual(answer, { status: 401, code: "UNAUTHENTICATED" });
    const cookie = (await page.context().cookies(example.url)).map(({ name, value }) => `${name}=${value}`).join("; ");
    const strangers = [
      { method: "POST", headers: { cookie, origin: host.url } },
      { method: "POST", headers: { cookie } },
      { method: "POST", headers: { origin: example.url } },
      { method: "GET", headers: { cookie } },
    ];
    for (const stranger of strangers) {
      const response = await fetch(`${example.url}/token`, stranger);
      assert.ok([401, 403, 404].includes(response.status), `${JSON.stringify(stranger)}: ${response.status}`);
      assert.ok(!(await response.text()).includes("ske_"));
    }
    const own = await fetch(`${example.url}/token`, { method: "POST", headers: { cookie, origin: example.url } });
    assert.equal(own.status, 200);
  }, { origins: [server.url, host.url], expected: /status of 401/ });
});

test("whoever is signed out of the application is told so, and the application too", async () => {
  await openExample(
    async (page) => {
      await listen(page);
      await search(page, "Erlang");
      await page.clock.install();
      await page.context().request.post(`${example.url}/sign-out`, { headers: { origin: example.url } });
      await page.clock.fastForward("16:00");
      await box(page).press("Enter");
      await page.getByRole("alert").getByText("サインインし直してください").waitFor();
      assert.deepEqual((await told(page)).at(-1), { type: "search-failed", code: "UNAUTHENTICATED" });
      await accessible(page);
    },
    { expected: /status of 401/ },
  );
});

test("a mistake in the query is told with its words, and nothing else is lost", async () => {
  await open(
    host.put("/mistake", { body: `<main><h1>誤り</h1>${TAG}</main>` }),
    async (page) => {
      await listen(page);
      await box(page).fill('"Erlang');
      await box(page).press("Enter");
      await page.getByRole("alert").waitFor();
      assert.deepEqual(await told(page), [{ type: "search-failed", code: "BAD_USER_INPUT" }]);
      assert.equal(await box(page).getAttribute("aria-invalid"), "true");
      await accessible(page);
      await search(page, "Erlang");
      assert.equal(await page.getByRole("alert").count(), 0);
    },
    { origins: [server.url], expected: /status of 400/ },
  );
});

test("a server that is away is asked again when somebody says so", async () => {
  await open(
    host.put("/away", { body: TAG }),
    async (page) => {
      await listen(page);
      await page.route(`${server.url}/graphql`, (route) => route.abort());
      await box(page).fill("Erlang");
      await box(page).press("Enter");
      await page.getByRole("alert").getByText("接続できません").waitFor();
      assert.deepEqual(await told(page), [{ type: "search-failed", code: "NETWORK" }]);
      await page.unroute(`${server.url}/graphql`);
      await page.getByRole("button", { name: "もう一度試す" }).click();
      await name(page, "相馬 千紘").waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);
    },
    { origins: [server.url], expected: /ERR_FAILED/ },
  );
});

test("a token without the scope for names shows none", async () => {
  await open(
    host.put("/blind", { body: withTag('query="Erlang"').replace('"/token"', '"/token/blind"') }),
    async (page) => {
      await name(page, "候補者-").first().waitFor();
      const text = await page.locator("shokureki-search").evaluate((element) => element.shadowRoot.textContent);
      assert.match(text, /Erlang/);
      assert.doesNotMatch(text, /相馬|千紘|ソウマ|千早|Soma/i);
    },
    { origins: [server.url] },
  );
});

test("suggestions help, and what was understood can be changed", async () => {
  await open(
    host.put("/suggest", { body: `<main><h1>候補</h1>${TAG}</main>` }),
    async (page) => {
      await box(page).pressSequentially("erl");
      await page.getByRole("option", { name: /^Erlang/ }).waitFor();
      await accessible(page);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      assert.match(await box(page).inputValue(), /^Erlang/);
      await page.keyboard.type("COBOL");
      await listen(page);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => globalThis.told.length === 1);
      await page.getByRole("button", { name: /条件を外す: .*COBOL/ }).click();
      await page.waitForFunction(() => globalThis.told.length === 2);
      await name(page, "相馬 千紘").waitFor();
      assert.deepEqual((await told(page)).map(({ query }) => query.trim()), ["Erlang COBOL", "Erlang"]);
      // What the parts of the search tell one another stays among them.
      const heard = await page.evaluate(() => {
        let count = 0;
        for (const type of ["search-asked", "query-changed"]) document.addEventListener(type, () => count++);
        document.querySelector("shokureki-search").shadowRoot.querySelector("form").requestSubmit();
        return count;
      });
      assert.equal(heard, 0);
    },
    { origins: [server.url] },
  );
});

test("a page that has elements of our names keeps them, and the search works", async () => {
  const names = ["search-box", "candidate-card", "career-timeline", "evidence-list", "query-understood", "rank-explanation"];
  const js = `for (const name of ${JSON.stringify(names)}) customElements.define(name, class extends HTMLElement { connectedCallback() { this.textContent = "theirs"; } });`;
  await open(
    host.put("/names", { js, body: `${names.map((name) => `<${name}></${name}>`).join("")}${withTag('query="Erlang"')}` }),
    async (page) => {
      await name(page, "相馬 千紘").waitFor();
      assert.equal(await page.locator("body > :not(shokureki-search)").filter({ hasText: "theirs" }).count(), names.length);
      assert.equal(await page.locator("shokureki-search").getByText("theirs").count(), 0);
      const wide = await page.locator("shokureki-search .tl-field").first().evaluate((field) => field.getBoundingClientRect().width);
      assert.ok(wide > 500, `${wide} px`);
      await page.locator("shokureki-search .tl-bar.matched").first().waitFor();
      await page.getByRole("button", { name: "なぜこの順位か" }).first().click();
      await page.locator("shokureki-search").getByText("条件をすべて満たしています。").waitFor();
    },
    { origins: [server.url] },
  );
});

// What pages say about all buttons, lists and inputs, without thinking of ours.
const HOSTILE = `
  html { font-size: 62.5%; }
  * { color: rgb(255, 0, 0) !important; font-family: fantasy !important; letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 3 !important; }
  button, input, ol, li, mark, a, div, span, form { background: rgb(0, 255, 0) !important; border: 7px solid lime !important; display: block !important; position: static !important; }
  :root { --text: red; --surface: lime; --accent: lime; --font: fantasy; --radius: 40px; }
`;

const LOOKED_AT = ["color", "backgroundColor", "fontFamily", "fontSize", "letterSpacing", "lineHeight", "textTransform", "direction", "borderTopWidth", "borderRadius", "display"];

/** What the parts of the search look like. */
const look = (page) =>
  page.locator("shokureki-search").evaluate((element, properties) => {
    const parts = {};
    for (const part of element.shadowRoot.querySelectorAll("[part]")) {
      const style = getComputedStyle(part);
      parts[part.getAttribute("part")] ??= Object.fromEntries(properties.map((property) => [property, style[property]]));
    }
    return parts;
  }, LOOKED_AT);

test("no rule of the page reaches into the search", async () => {
  const body = withTag('query="Erlang" locale="ja"');
  const looks = [];
  for (const page of [{ body }, { body, css: HOSTILE }, { body, css: "body { direction: rtl }", html: 'lang="ar" dir="rtl"' }]) {
    await open(
      host.put(`/look${looks.length}`, page),
      async (opened) => {
        await name(opened, "相馬 千紘").waitFor();
        looks.push(await look(opened));
        await picture(opened, `embed-look-${looks.length}`);
      },
      { origins: [server.url] },
    );
  }
  assert.ok(Object.keys(looks[0]).length > 5, JSON.stringify(looks[0]));
  assert.deepEqual(looks[1], looks[0]);
  assert.deepEqual(looks[2], looks[0]);
});

test("a page gives the search its look by custom properties and parts", async () => {
  const css = `
    shokureki-search { --shokureki-accent: rgb(11, 107, 87); --shokureki-on-accent: rgb(250, 250, 250); --shokureki-font: monospace; --shokureki-font-size: 14px; --shokureki-radius: 0px; }
    shokureki-search::part(name) { color: rgb(1, 2, 3); }
  `;
  await open(
    host.put("/theme", { body: withTag('query="Erlang"'), css }),
    async (page) => {
      await name(page, "相馬 千紘").waitFor();
      const { button, frame, name: title } = await look(page);
      assert.equal(button.backgroundColor, "rgb(11, 107, 87)");
      assert.equal(button.color, "rgb(250, 250, 250)");
      assert.equal(frame.fontFamily, "monospace");
      assert.equal(frame.fontSize, "14px");
      assert.equal(frame.borderRadius, "0px");
      assert.equal(title.color, "rgb(1, 2, 3)");
    },
    { origins: [server.url] },
  );
});

test("the scheme is the page's, unless the element says otherwise, and is readable in each", async () => {
  const luminance = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, value) => sum + Number(value), 0);
  const cases = [
    { css: ":root { color-scheme: light }", colorScheme: "dark", isDark: false },
    { css: ":root { color-scheme: dark; background: #111 }", colorScheme: "light", isDark: true },
    { css: ":root { color-scheme: light dark }", colorScheme: "dark", isDark: true },
    { css: "", colorScheme: "light", theme: "dark", isDark: true },
    { css: ":root { color-scheme: dark; background: #111 }", colorScheme: "dark", theme: "light", isDark: false },
  ];
  for (const [number, { css, colorScheme, theme, isDark }] of cases.entries()) {
    await open(
      host.put(`/scheme${number}`, { css, body: `<main><h1>見出し</h1>${withTag(`query="Erlang" ${theme ? `theme="${theme}"` : ""}`)}</main>` }),
      async (page) => {
        await name(page, "相馬 千紘").waitFor();
        const { frame } = await look(page);
        assert.equal(luminance(frame.backgroundColor) < 200, isDark, `${number}: ${frame.backgroundColor}`);
        assert.equal(luminance(frame.color) > 500, isDark, `${number}: ${frame.color}`);
        await accessible(page);
        await picture(page, `embed-scheme-${number}`);
      },
      { origins: [server.url], colorScheme },
    );
  }
});

test("two on a page go their own ways", async () => {
  const body = `<main><h1>二つ</h1><div id="a">${withTag('query="Erlang" label="一つ目"')}</div><div id="b">${withTag('query="COBOL" page-size="1" label="二つ目"')}</div></main>`;
  await open(
    host.put("/two", { body }),
    async (page) => {
      await page.locator("#a").getByText(/人が見つかりました/).waitFor();
      await page.locator("#b").getByText(/人が見つかりました|見つかりませんでした/).waitFor();
      const before = await page.locator("#a").getByRole("status").first().innerText();
      await page.locator("#b").getByRole("combobox").fill("Rust");
      await page.locator("#b").getByRole("combobox").press("Enter");
      await page.locator("#b").getByText("千早 潤").or(page.locator("#b").getByText("相馬 千紘")).first().waitFor();
      assert.equal(await page.locator("#a").getByRole("status").first().innerText(), before);
      await accessible(page);
    },
    { origins: [server.url] },
  );
});

test("two on a page speak a language each", async () => {
  const body = `<main><h1>Two</h1><div id="ja">${withTag('query="Erlang 会社:ミナトソフト" locale="ja" label="日本語"')}</div><div id="en">${withTag('query="Erlang 会社:ミナトソフト" locale="en" label="English"')}</div></main>`;
  await open(
    host.put("/languages", { body, html: 'lang="fr"' }),
    async (page) => {
      const of = (language) => page.locator(`#${language} shokureki-search`);
      for (const language of ["ja", "en"]) await of(language).locator("candidate-card h2").first().waitFor();
      // Each goes on in its own after the other has spoken: what opens later, and what is drawn anew.
      await of("ja").getByRole("button", { name: "なぜこの順位か" }).first().click();
      await of("en").getByRole("button", { name: "Why this rank" }).first().click();
      await of("ja").getByText("条件をすべて満たしています。").waitFor();
      await of("en").getByText("Meets every condition.").waitFor();
      await page.setViewportSize({ width: 700, height: 800 });
      await of("ja").getByRole("combobox").fill("みなと");
      await of("ja").getByRole("option", { name: /株式会社ミナトソフト 会社 \d人/ }).waitFor();
      await of("en").getByRole("combobox").fill("みなと");
      await of("en").getByRole("option", { name: /株式会社ミナトソフト Employer \d people/ }).click();
      assert.equal(await of("en").getByRole("combobox").inputValue(), "employer:株式会社ミナトソフト ");
      const words = {
        ja: ["人が見つかりました", "まで", "年", "行目", "実務", "経歴", "期間", "会社:", "条件を外す", "検索"],
        en: ["Found:", "until", " y ", "line ", "at work", "Career", "Period", "employer:", "Remove condition", "Search"],
      };
      const said = async (language) => of(language).evaluate((element) => {
        const labels = [...element.shadowRoot.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
        return element.shadowRoot.querySelector(".frame").textContent + labels.join(" ");
      });
      for (const word of words.ja) assert.ok((await said("ja")).includes(word), word);
      for (const word of words.en) assert.ok((await said("en")).includes(word), word);
      for (const word of words.en.filter((word) => word.trim().length > 2)) assert.ok(!(await said("ja")).includes(word), word);
      for (const word of ["人が見つかりました", "行目", "実務", "条件を外す", "検索"]) assert.ok(!(await said("en")).includes(word), word);
      await accessible(page);
    },
    { origins: [server.url] },
  );
});

test("what is moved keeps what it shows, and what is taken away asks no more", async () => {
  const body = `<div id="a">${withTag('query="Erlang"')}</div><div id="b"></div>`;
  await open(
    host.put("/move", { body }),
    async (page, { requests }) => {
      const asked = () => requests.filter((request) => request.endsWith("/graphql")).length;
      await name(page, "相馬 千紘").waitFor();
      const before = asked();
      await page.evaluate(() => document.querySelector("#b").append(document.querySelector("shokureki-search")));
      await page.locator("#b").getByRole("button", { name: "相馬 千紘" }).waitFor();
      assert.equal(asked(), before);
      // Moved while it asks, it asks again; taken away, it is silent.
      await listen(page);
      await page.evaluate(() => {
        const element = document.querySelector("shokureki-search");
        void element.search("Rust");
        document.querySelector("#a").append(element);
      });
      await page.locator("#a").getByText(/人が見つかりました/).waitFor();
      await page.waitForFunction(() => globalThis.told.length === 1);
      await page.evaluate(async () => {
        const element = document.querySelector("shokureki-search");
        const over = element.search("AWS");
        element.remove();
        await over;
      });
      assert.deepEqual((await told(page)).map(({ query }) => query), ["Rust"]);
    },
    { origins: [server.url] },
  );
});

test("attributes that change are followed, and a page may bring tokens itself", async () => {
  const body = `<shokureki-search endpoint="${server.url}/graphql" query="Erlang" page-size="1"></shokureki-search>`;
  await open(
    host.put("/attributes", { body }),
    async (page) => {
      // Without a token there is nothing to ask with, and the element says so.
      await page.getByRole("alert").getByText("設定が足りません").waitFor();
      await listen(page);
      await page.locator("shokureki-search").evaluate((element) => (element.tokenProvider = () => Promise.reject(new Error("away"))));
      await page.getByRole("alert").getByText("接続できません").waitFor();
      await page.locator("shokureki-search").evaluate((element) => (element.tokenProvider = async () => null));
      await page.getByRole("alert").getByText("サインインし直してください").waitFor();
      assert.deepEqual((await told(page)).map(({ code }) => code), ["UNAVAILABLE", "UNAUTHENTICATED"]);
      await page.locator("shokureki-search").evaluate((element) => {
        element.tokenProvider = async () => (await fetch("/token", { method: "POST" })).json();
      });
      await page.locator("shokureki-search").getByText("2人が見つかりました").waitFor();
      assert.equal(await page.locator("shokureki-search").getByRole("list", { name: "検索結果" }).locator("> li").count(), 1);
      await page.locator("shokureki-search").evaluate((element) => element.setAttribute("locale", "en"));
      await page.locator("shokureki-search").getByText("Found: 2").waitFor();
      await page.locator("shokureki-search").evaluate((element) => {
        element.setAttribute("placeholder", "Whom?");
        element.setAttribute("query", "COBOL");
      });
      await page.locator("shokureki-search").locator('input[placeholder="Whom?"]').waitFor();
      assert.equal(await box(page).inputValue(), "COBOL");
      await page.locator("shokureki-search").evaluate((element) => element.focus());
      await page.keyboard.press("Control+A");
      await page.keyboard.type("Rust");
      await page.keyboard.press("Enter");
      await page.locator("shokureki-search").getByRole("button", { name: /^Show more/ }).click();
      await page.waitForFunction(() => document.querySelector("shokureki-search").shadowRoot.activeElement?.part.contains("name"));
    },
    { origins: [server.url] },
  );
});

test("shortcuts of the page do not run while somebody types, and other keys reach it", async () => {
  await open(
    host.put("/keys", { body: TAG }),
    async (page) => {
      await page.evaluate(() => {
        globalThis.keys = [];
        document.addEventListener("keydown", ({ key }) => globalThis.keys.push(key));
      });
      await box(page).focus();
      await page.keyboard.type("jk");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+k");
      assert.deepEqual(await page.evaluate(() => globalThis.keys.filter((key) => key !== "Control")), ["Escape", "k"]);
    },
    { origins: [server.url] },
  );
});

test("the example is used by keyboard alone, and by everybody", async () => {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 360]]) {
    await openExample(
      async (page) => {
        await accessible(page);
        await page.locator("shokureki-search").evaluate((element) => element.focus());
        await page.keyboard.type("tech:AWS>=1y");
        await page.keyboard.press("Enter");
        await page.locator("shokureki-search").getByText(/人が見つかりました/).waitFor();
        const isOnName = () => page.evaluate(() => document.querySelector("shokureki-search").shadowRoot.activeElement?.part.contains("name") ?? false);
        for (let presses = 0; !(await isOnName()); presses++) {
          assert.ok(presses < 30, "no result is reached by Tab");
          await page.keyboard.press("Tab");
        }
        await page.keyboard.press("Enter");
        await page.locator("#record").getByText("選考段階").waitFor();
        await accessible(page);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `the page is ${wider} px wider than the screen`);
        await picture(page, `embed-${width}`);
      },
      { colorScheme, viewport: { width, height: 900 } },
    );
  }
});

test("the search costs a page little", async (context) => {
  await openExample(async (page, { requests }) => {
    const modules = [...new Set(requests.filter((request) => request.startsWith(server.url) && request.endsWith(".js")))];
    const sizes = await Promise.all(modules.map(async (module) => (await (await fetch(module)).arrayBuffer()).byteLength));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    context.diagnostic(`${modules.length} modules, ${bytes} bytes`);
    assert.ok(modules.length > 3, String(modules));
    assert.ok(bytes < 100_000, `${bytes} bytes`);
    assert.deepEqual(modules.filter((module) => /session|route|app\.js|pages\//.test(module)), []);
  });
});
