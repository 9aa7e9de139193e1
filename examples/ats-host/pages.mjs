// The pages, as text. What comes from data is escaped.

const escaped = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {unknown} text */
const e = (text) => String(text).replace(/[&<>"']/g, (letter) => escaped[letter]);

const page = (title, head, body) => `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${e(title)} – 採用管理</title>
<link rel="stylesheet" href="/app.css">
<link rel="icon" href="data:,">
${head}
<body>
${body}
</body>
</html>
`;

/** Who are you? */
export function signInPage(users) {
  const buttons = users.map(({ id, name }) => `<button name="user" value="${e(id)}">${e(name)} としてサインイン</button>`);
  return page("サインイン", "", `<main class="sign-in"><h1>採用管理</h1><form method="post" action="/sign-in">${buttons.join("")}</form></main>`);
}

/** The list of applicants, the search of shokureki beside it, and a place for the record that is looked at. */
export function applicantsPage({ user, applicants, shokureki }) {
  const rows = applicants.map(
    ({ id, name, position, stage, appliedOn }) => `<tr>
  <td><button type="button" class="link" data-applicant="${e(id)}">${e(name)}</button></td>
  <td>${e(position)}</td><td><span class="stage">${e(stage)}</span></td><td>${e(appliedOn.replaceAll("-", "/"))}</td></tr>`,
  );
  // These two lines are all that shokureki needs of a page.
  const script = `<script type="module" src="${e(shokureki)}/embed/shokureki-search.js"></script>`;
  const search = `<shokureki-search endpoint="${e(shokureki)}/graphql" token-url="/token" locale="ja" page-size="5"
  placeholder="技術・会社・期間で応募者を探す"></shokureki-search>`;
  return page(
    "応募者",
    `${script}\n<script type="module" src="/app.js"></script>`,
    `<header><strong>採用管理</strong><span>${e(user.name)} さん</span>
<form method="post" action="/sign-out"><button>サインアウト</button></form></header>
<main>
<h1>応募者</h1>
<div class="columns">
<section aria-labelledby="search-title"><h2 id="search-title">職務経歴から探す</h2>
${search}
</section>
<section class="record" id="record" aria-live="polite"><h2>応募者の記録</h2><p>検索結果か一覧から選ぶと、ここに表示されます。</p></section>
</div>
<h2>一覧</h2>
<div class="scroll" tabindex="0" role="region" aria-label="応募者の一覧"><table><thead><tr><th scope="col">氏名</th><th scope="col">応募職種</th><th scope="col">選考段階</th><th scope="col">応募日</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>
</main>`,
  );
}
