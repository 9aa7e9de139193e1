// What tests of the search have in common.

import { ask } from "./harness.mjs";

export const names = (page) => page.locator("candidate-card h2").allTextContents();
export const box = (page) => page.getByRole("combobox", { name: "技術・会社・期間・ことばで探す" });
export const answered = (page) => page.locator(".sp-results:not([aria-busy]):not([hidden])").waitFor();
export const counted = (page) => page.locator(".sf-facets h2").waitFor();

/** Waits until these people are shown, in this order; those of the address before may stand there till then. */
export const shows = (page, people) =>
  page.waitForFunction(
    (people) => JSON.stringify([...document.querySelectorAll("candidate-card h2")].map(({ textContent }) => textContent)) === people,
    JSON.stringify(people),
  );

/** Who is found, as the API tells. */
export async function found(url, query, filter = null) {
  const { searchCandidates } = await ask(
    url,
    "query($query: String, $filter: CandidateFilter) { searchCandidates(query: $query, filter: $filter) { nodes { name } } }",
    { query, filter },
  );
  return searchCandidates.nodes.map(({ name }) => name);
}
