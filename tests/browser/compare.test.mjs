// People side by side: what is proposed, added and taken out, who has most, and careers over one axis.

import assert from "node:assert/strict";
import test from "node:test";
import { accessible, ask, open, picture, serve } from "./harness.mjs";

const server = await serve();

const { searchCandidates } = await ask(server.url, '{ searchCandidates(query: "Erlang", first: 6) { nodes { id name } } }');
const people = searchCandidates.nodes.slice(0, 3);
const ids = people.map(({ id }) => id).join(",");

const technologiesOf = (url) => new URL(url).searchParams.get("technologies")?.split(",") ?? null;
const rows = (page) => page.locator("table.compare tbody th").allTextContents().then((all) => all.map((text) => text.replace("×", "")));

test("technologies are proposed, stand in the address, and those of the last search come first", async () => {
  // As the server understands them: by any spelling, misspelt, by key and by form; not what must be missing.
  await open(`${server.url}/?q=${encodeURIComponent("アーラン Mnesa 決済 -PHP")}&tech=k8s`, async (page) => {
    await page.locator("search-page .chip").first().waitFor();
    await page.goto(`${server.url}/compare?ids=${ids}`);
    await page.locator("table.compare tbody tr").first().waitFor();
    const proposed = technologiesOf(page.url());
    assert.deepEqual(proposed.slice(0, 3), ["Erlang", "Mnesia", "Kubernetes"]);
    assert.equal(proposed.length, 8, String(proposed));
    assert.deepEqual(await rows(page), proposed);
    assert.deepEqual(await page.locator("table.compare thead a").allTextContents(), people.map(({ name }) => name));
  });
});

test("the longest of each row is marked, and months are those of the API", async () => {
  const technologies = ["Erlang", "AWS"];
  const { skillMatrix } = await ask(
    server.url,
    "query($ids: [ID!]!, $technologies: [String!]!) { skillMatrix(candidateIds: $ids, technologies: $technologies) { rows { cells { months } } } }",
    { ids: people.map(({ id }) => id), technologies },
  );
  await open(`${server.url}/compare?ids=${ids}&technologies=${technologies}`, async (page) => {
    await page.locator("table.compare tbody tr").first().waitFor();
    for (const [index] of technologies.entries()) {
      const months = skillMatrix.rows.map(({ cells }) => cells[index].months);
      const best = months.indexOf(Math.max(...months));
      const cells = page.locator("table.compare tbody tr").nth(index).locator("td");
      for (const [place, of] of months.entries()) {
        const text = await cells.nth(place).textContent();
        assert.equal(text.includes("最長"), place === best, text);
        const written = /^(?:(\d+)年)?(?:(\d+)ヶ月)?/.exec(text);
        assert.equal(Number(written[1] ?? 0) * 12 + Number(written[2] ?? 0), of, text);
      }
    }
    await picture(page, "compare");
    await accessible(page);
  });
});

test("technologies and people are added and taken out, by keyboard too, and the address follows", async () => {
  await open(`${server.url}/compare?ids=${ids}&technologies=Erlang`, async (page) => {
    const field = page.getByLabel("技術を追加");
    await field.fill("ポスグレ");
    await page.keyboard.press("Enter");
    await page.locator("table.compare tbody tr").nth(1).waitFor();
    assert.deepEqual(await rows(page), ["Erlang", "PostgreSQL"]);
    // The next one can be typed at once.
    await page.waitForFunction(() => document.activeElement?.id === "compare-add");
    await page.keyboard.type("そんな技術はない");
    await page.keyboard.press("Enter");
    await page.getByText("「そんな技術はない」という技術は見つかりません。").waitFor();
    await page.waitForURL((url) => !url.search.includes(encodeURIComponent("そんな")));
    assert.deepEqual(await rows(page), ["Erlang", "PostgreSQL"]);
    await page.getByRole("button", { name: "PostgreSQL の行を外す" }).press("Enter");
    await page.waitForURL((url) => technologiesOf(url).length === 1);
    await page.getByRole("button", { name: `${people[0].name} を比較から外す` }).click();
    await page.waitForURL((url) => !url.search.includes(people[0].id));
    await page.getByRole("link", { name: people[0].name }).waitFor({ state: "detached" });
    assert.deepEqual(await page.locator("table.compare thead a").allTextContents(), people.slice(1).map(({ name }) => name));
    assert.equal(await page.locator("career-timeline").count(), 2);
    // Somebody else who gets the address sees the same.
    await page.reload();
    await page.locator("table.compare tbody tr").first().waitFor();
    assert.deepEqual(await rows(page), ["Erlang"]);
  });
});

test("careers stand over one axis", async () => {
  await open(`${server.url}/compare?ids=${ids}&technologies=Erlang`, async (page) => {
    await page.locator("career-timeline .tl-bar").first().waitFor();
    const years = await page.locator("career-timeline").evaluateAll((all) => all.map((one) => [...one.querySelectorAll(".tl-year.named")].map((year) => year.textContent).join()));
    assert.equal(years.length, people.length);
    assert.equal(new Set(years).size, 1, String(years));
  });
});

test("nobody, somebody unknown and too many are told as such", async () => {
  await open(`${server.url}/compare?ids=`, async (page) => {
    await page.getByText("選ばれていません").waitFor();
    await accessible(page);
  });
  await open(`${server.url}/compare?ids=${people[0].id},Q2FuZGlkYXRlOjAxOTAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA&technologies=Erlang`, async (page) => {
    await page.getByText("見つからない候補者が1人います").waitFor();
    assert.equal(await page.locator("table.compare thead a").count(), 1);
  });
  const { searchCandidates } = await ask(server.url, "{ searchCandidates(first: 6) { nodes { id } } }");
  await open(`${server.url}/compare?ids=${searchCandidates.nodes.map(({ id }) => id)}&technologies=Java`, async (page) => {
    await page.getByText("最初の5人だけ").waitFor();
    assert.equal(await page.locator("table.compare thead a").count(), 5);
  });
});

test("the comparison fits a narrow screen, in both schemes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await open(
      `${server.url}/compare?ids=${ids}&technologies=Erlang,AWS,PostgreSQL`,
      async (page) => {
        await page.locator("table.compare tbody tr").first().waitFor();
        await accessible(page);
        await picture(page, `compare-${colorScheme}-360`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `${wider} pixels too wide`);
      },
      { colorScheme, viewport: { width: 360, height: 800 } },
    );
  }
});
