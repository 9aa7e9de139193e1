//! Any string as a query and any bytes as a document give a result or a coded error.
//!
//! `ANY_INPUT_CASES` sets how many of each; 150 by default.

use crate::app::TestApp;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

/// Pieces that mean something to the query language, to the reader or to the analyzer.
const PIECES: &[&str] = &[
    "\"",
    "(",
    ")",
    "{",
    "}",
    "-",
    " OR ",
    " NOT ",
    "tech:",
    "技術:",
    ">=",
    "2y",
    "2年",
    "period:",
    "..",
    "2016-04",
    "2016",
    "employer:",
    "会社:",
    "*",
    ":",
    "　",
    "＂",
    "（",
    "「",
    "C++",
    "C#",
    ".NET",
    "Go",
    "アーラン",
    "㍿",
    "㋀",
    "ｶﾞ",
    "が\u{3099}",
    "👨‍👩‍👧",
    "\u{202e}",
    "\0",
    "\n",
    "\t",
    "|",
    "---",
    "# ",
    "- ",
    "`",
    "```",
    "<br>",
    "<!--",
    "&amp;",
    "【",
    "】",
    "■",
    "期間：",
    "2019/13",
    "平成99年",
    "現在",
    "〜",
    "★",
    "株式会社",
    "A社",
    "京都",
    "東京都",
    "$",
    "\\",
    "%",
    "{{",
    "é",
    "ﬁ",
    "𠮷",
    "AWS",
    "Erlang",
    "ドワンゴ",
];

fn any_text(random: &mut ChaCha8Rng, pieces: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.random_range(0..=pieces) {
        match random.random_range(0..4) {
            0 => text.push(char::from_u32(random.random_range(0..0x11_0000)).unwrap_or('\u{fffd}')),
            1 => text.push(random.random_range(' '..='~')),
            _ => text.push_str(PIECES.choose(random).expect("not empty")),
        }
    }
    text
}

fn cases() -> usize {
    let asked = std::env::var("ANY_INPUT_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

/// Every error has a code, and none is the program's own fault.
#[track_caller]
fn check(answer: &Value, input: &str) {
    for error in answer["errors"].as_array().into_iter().flatten() {
        let code = error["extensions"]["code"].as_str().unwrap_or("no code");
        assert!(
            !["no code", "INTERNAL", "UNAVAILABLE"].contains(&code),
            "{code} for {input:?}"
        );
    }
}

#[tokio::test]
async fn any_string_is_a_query_or_a_coded_error() {
    let app = TestApp::start().await;
    let resume = "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社ミナト（2016/04〜2019/01）\n\n- 技術: Erlang、AWS\n";
    app.import("x", resume).await;
    let mut random = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..cases() {
        let query = any_text(&mut random, 24);
        let document = "query($q: String, $t: String!) { searchCandidates(query: $q, \
            filter: { any: [{ technology: { name: $t } }, { text: $t, role: $t }, \
            { employer: { name: $t } }, { location: $t }] }) { totalCount } \
            words: searchCandidates(query: $q) { totalCount edges { matches { clause } } \
            interpretation { parsed } } suggest(prefix: $t) { text } \
            employers(query: $t) { nodes { name } } technologies(query: $t) { nodes { name } } }";
        let variables = json!({ "q": query, "t": any_text(&mut random, 6) });
        check(&app.query(document, variables).await, &query);
    }
}

#[tokio::test]
async fn any_bytes_are_a_document_or_a_coded_error() {
    use base64::Engine as _;

    let app = TestApp::start().await;
    let mut random = ChaCha8Rng::seed_from_u64(2);
    let mutation = "mutation($input: ImportResumeInput!) { importResume(input: $input) { \
                    candidate { name employments { line } projects { line } technologies { months } \
                    notices { text } } userErrors { code } } }";
    for number in 0..cases() {
        let mut bytes = any_text(&mut random, 200).into_bytes();
        if number % 3 == 0 && !bytes.is_empty() {
            let place = random.random_range(0..bytes.len());
            bytes[place] = random.random();
        }
        let extension = ["md", "txt", "org", "html", "tex", "typ", "yaml", "json"][number % 8];
        let input = json!({
            "base64": base64::engine::general_purpose::STANDARD.encode(&bytes),
            "fileName": format!("any.{extension}"),
            "externalId": format!("n{}", number % 7),
            "waitForIndex": number % 10 == 0,
        });
        let answer = app.query(mutation, json!({ "input": input })).await;
        check(&answer, &String::from_utf8_lossy(&bytes));
        let payload = &answer["data"]["importResume"];
        let is_refused = payload["userErrors"][0].is_object();
        assert_eq!(payload["candidate"].is_null(), is_refused, "{answer}");
    }
}
