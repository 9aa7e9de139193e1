// @ts-check
// The applicant tracking system's own page: it shows its record of whoever is chosen.

const record = /** @type {HTMLElement} */ (document.getElementById("record"));

/** @type {AbortController | undefined} */
let asking;

/** @param {string | null} id an applicant's number: shokureki's `externalId` */
async function show(id) {
  asking?.abort();
  asking = new AbortController();
  const title = document.createElement("h2");
  title.textContent = "応募者の記録";
  if (id === null) return say(title, "この候補者は応募者の一覧にありません。");
  try {
    const response = await fetch(`/applicants/${encodeURIComponent(id)}`, { signal: asking.signal });
    if (response.status === 404) return say(title, `${id} は応募者の一覧にありません。`);
    if (!response.ok) return say(title, "記録を読み込めません。サインインし直してください。");
    const { name, position, stage, appliedOn, owner, note } = await response.json();
    title.textContent = name;
    const list = document.createElement("dl");
    for (const [label, value] of [["応募番号", id], ["応募職種", position], ["選考段階", stage], ["応募日", appliedOn.replaceAll("-", "/")], ["担当", owner], ["メモ", note || "なし"]]) {
      list.append(Object.assign(document.createElement("dt"), { textContent: label }), Object.assign(document.createElement("dd"), { textContent: value }));
    }
    record.replaceChildren(title, list);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) say(title, "記録を読み込めません。");
  }
}

/**
 * @param {HTMLElement} title
 * @param {string} text
 */
function say(title, text) {
  record.replaceChildren(title, Object.assign(document.createElement("p"), { textContent: text }));
}

document.addEventListener("candidate-selected", (event) => {
  const { externalId } = /** @type {CustomEvent<{ externalId: string | null }>} */ (event).detail;
  void show(externalId);
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-applicant]") : null;
  if (button instanceof HTMLElement) void show(button.dataset.applicant ?? null);
});
