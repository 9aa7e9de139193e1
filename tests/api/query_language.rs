//! The search language over GraphQL: what it finds, how it is told to be understood, what is wrong.

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};
use shokureki::graphql::Locale;

async fn people() -> TestSchema {
    TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await
}

#[track_caller]
fn check(test: &TestSchema, query: &str, expected: &[&str]) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    let found = test.find(query, Value::Null);
    let query = query.to_owned();
    let expected: Vec<String> = expected.iter().map(|id| (*id).to_owned()).collect();
    async move { assert_eq!(found.await, expected, "{caller}: {query}") }
}

async fn interpretation(test: &TestSchema, query: &str, filter: Value) -> Value {
    let document = "query($query: String, $filter: CandidateFilter) {
        searchCandidates(query: $query, filter: $filter) { interpretation {
            parsed parsedJa tree { depth kind text textJa start end }
            offers { text position suggestion reason } ignored { text reason } } } }";
    let mut data = test
        .data(document, json!({ "query": query, "filter": filter }))
        .await;
    data["searchCandidates"]["interpretation"].take()
}

#[tokio::test]
async fn a_relative_window_ends_with_the_month_that_the_resume_is_of() {
    // The résumés are of 2022-10 and of 2024-08; the job at ドワンゴ ended in 2019-01.
    let test = people().await;
    check(&test, "{employer:ドワンゴ period:last3y}", &[]).await;
    check(&test, "{employer:ドワンゴ 期間:直近45ヶ月}", &[]).await;
    check(&test, "{employer:ドワンゴ 期間:直近46ヶ月}", &["minato"]).await;
    // The job with Java ended in 2021-03.
    check(&test, "{tech:Java period:last41m}", &[]).await;
    check(&test, "{tech:Java period:last42m}", &["sakaki"]).await;
    check(&test, "{技術:Python 期間:過去1年}", &["minato"]).await;
    let filter = json!({ "employer": { "name": "ドワンゴ" }, "period": { "lastMonths": 46 } });
    assert_eq!(test.find("", filter).await, ["minato"]);
    let filter = json!({ "period": { "lastMonths": 46, "from": "2016" } });
    let code = test
        .code(
            "query($filter: CandidateFilter) { searchCandidates(filter: $filter) { totalCount } }",
            json!({ "filter": filter }),
        )
        .await;
    assert_eq!(code, "BAD_USER_INPUT");
}

#[tokio::test]
async fn several_technologies_in_braces_are_of_one_stint() {
    let test = people().await;
    check(&test, "tech:C++ tech:Go", &["sakaki"]).await;
    check(&test, "{tech:C++ tech:Go}", &[]).await;
    check(&test, "{tech:C++ tech:AWS}", &["sakaki"]).await;
    check(&test, "{tech:AWS -tech:C++}", &["minato", "sakaki"]).await;
    check(&test, "{tech:C++ -tech:AWS}", &[]).await;
    // Go with AWS was 17 months, AWS alone 41.
    check(&test, "{tech:AWS>=17m tech:Go}", &["sakaki"]).await;
    check(&test, "{tech:AWS>=18m tech:Go}", &[]).await;
    check(&test, "{tech:AWS>=18m employer:SBI証券}", &["sakaki"]).await;
    check(
        &test,
        "{(tech:Go OR tech:Erlang) employer:ドワンゴ}",
        &["minato"],
    )
    .await;
    let filter = json!({
        "technology": { "name": "AWS" },
        "also": [{ "name": "Go" }],
        "without": [{ "name": "C++" }],
    });
    assert_eq!(test.find("", filter).await, ["sakaki"]);
    let filter = json!({ "also": [{ "name": "Go" }] });
    let code = test
        .code(
            "query($filter: CandidateFilter) { searchCandidates(filter: $filter) { totalCount } }",
            json!({ "filter": filter }),
        )
        .await;
    assert_eq!(code, "BAD_USER_INPUT");
}

#[tokio::test]
async fn each_word_in_braces_is_of_the_stint() {
    let test = people().await;
    check(&test, "{tech:C++ 市場データ 低遅延}", &["sakaki"]).await;
    check(&test, "{tech:C++ 低遅延 市場データ}", &["sakaki"]).await;
    check(&test, "{tech:C++ 障害}", &[]).await;
    check(&test, "{tech:Go 市場データ}", &[]).await;
}

#[tokio::test]
async fn the_beginning_of_a_word_finds_it_and_shows_it() {
    let test = people().await;
    check(&test, "Kube*", &["sakaki"]).await;
    check(&test, "ｋｕｂｅｒｎ＊", &["sakaki"]).await;
    check(&test, "監視*", &["sakaki"]).await;
    check(&test, "Kubernetesx*", &[]).await;
    check(&test, "ubernetes*", &[]).await;
    check(&test, "-Kube*", &["minato"]).await;
    check(&test, "Kube", &[]).await;
    let data = test
        .data(
            "{ searchCandidates(query: \"Kube*\") { edges { matches { clause evidence {
                excerpt highlights { start end } } } } } }",
            json!({}),
        )
        .await;
    let found = &data["searchCandidates"]["edges"][0]["matches"][0];
    assert_eq!(found["clause"], "Kube*");
    let evidence = &found["evidence"][0];
    let excerpt: Vec<char> = evidence["excerpt"]
        .as_str()
        .expect("a text")
        .chars()
        .collect();
    let end = |key: &str| {
        let place = evidence["highlights"][0][key].as_u64().expect("a number");
        usize::try_from(place).expect("small")
    };
    let highlighted: String = excerpt[end("start")..end("end")].iter().collect();
    assert_eq!(highlighted, "Kubernetes");
}

#[tokio::test]
async fn operators_and_keys_of_both_languages_find_the_same() {
    let test = people().await;
    for query in [
        "Erlang OR Java",
        "Erlang または Java",
        "技術:（Erlang Java）",
    ] {
        check(&test, query, &["minato", "sakaki"]).await;
    }
    check(&test, "AWS かつ Go", &["sakaki"]).await;
    check(
        &test,
        "会社:(ドワンゴ または SBI証券)",
        &["minato", "sakaki"],
    )
    .await;
    check(&test, "* -会社:ドワンゴ", &["sakaki"]).await;
    check(&test, "tech:Java 4年以上", &["sakaki"]).await;
    check(&test, "tech:Java >= 5y", &[]).await;
    check(&test, "{技術:Java 期間:2017年4月..2018年3月}", &["sakaki"]).await;
    check(&test, "{技術:Java 期間:H29.4〜平成30年3月}", &["sakaki"]).await;
    check(&test, "{技術:Java 期間:2022年以降}", &[]).await;
}

#[tokio::test]
async fn the_interpretation_is_a_tree_in_both_languages() {
    let test = people().await;
    let told = interpretation(
        &test,
        "Rust (tech:Go>=30m OR -\"分散 KVS\")",
        json!({ "period": { "lastMonths": 36 } }),
    )
    .await;
    assert_eq!(
        told["parsed"],
        "Rust (tech:Go>=30m OR -\"分散 KVS\") period:last3y"
    );
    assert_eq!(
        told["parsedJa"],
        "Rust (技術:Go>=2年6ヶ月 または -\"分散 KVS\") 期間:直近3年"
    );
    let node = |depth: u32, kind: &str, text: &str, start: Value, end: Value| {
        json!([depth, kind, text, start, end])
    };
    let tree: Vec<Value> = told["tree"]
        .as_array()
        .expect("a list")
        .iter()
        .skip(1)
        .map(|each| {
            json!([
                each["depth"],
                each["kind"],
                each["text"],
                each["start"],
                each["end"]
            ])
        })
        .collect();
    assert_eq!(
        tree,
        [
            node(1, "WORD", "Rust", json!(0), json!(4)),
            node(
                1,
                "ANY",
                "(tech:Go>=30m OR -\"分散 KVS\")",
                json!(6),
                json!(31)
            ),
            node(2, "CONDITION", "tech:Go>=30m", json!(6), json!(18)),
            node(2, "NOT", "-\"分散 KVS\"", json!(23), json!(31)),
            node(3, "PHRASE", "\"分散 KVS\"", json!(23), json!(31)),
            node(1, "CONDITION", "period:last3y", Value::Null, Value::Null),
        ]
    );
    // What is told is itself a query that asks the same.
    for key in ["parsed", "parsedJa"] {
        let again = told[key].as_str().expect("a text");
        let told = interpretation(&test, again, Value::Null).await;
        assert_eq!(told[key], again);
    }
}

#[tokio::test]
async fn a_key_that_there_is_none_of_is_told() {
    let test = people().await;
    let told = interpretation(&test, "Rust emploer:ドワンゴ 1:1", Value::Null).await;
    assert_eq!(
        told["offers"],
        json!([{
            "text": "emploer",
            "position": 5,
            "suggestion": "employer:",
            "reason": "UNKNOWN_KEY",
        }])
    );
    let told = interpretation(&test, "foo:bar", Value::Null).await;
    assert_eq!(told["offers"][0]["suggestion"], Value::Null);
}

#[tokio::test]
async fn a_word_that_no_document_has_gets_the_nearest_offered() {
    let test = people().await;
    let inhouse = "# 職務経歴書\n\n- 氏名: 星 みちる\n\n## 職務経歴\n\n### 株式会社みなと（2020年4月 〜 現在）\n\n- Orchestra という社内基盤の保守\n";
    test.import("hoshi", inhouse).await;
    let offers = |query: &'static str| interpretation(&test, query, Value::Null);
    let found = offers("AWS ダッシュボート 低遅延").await;
    assert_eq!(found["offers"], json!([]));
    let offer = |text: &str, position: u32, suggestion: &str| {
        json!({
            "text": text,
            "position": position,
            "suggestion": suggestion,
            "reason": "NOT_FOUND",
        })
    };
    let found = offers("AWS Orchestar 低遅延 クラスト").await;
    assert_eq!(
        found["offers"],
        // A Latin slip is corrected instead.
        json!([offer("クラスト", 18, "クラスタ")])
    );
    // Not in quotes, not of a condition, and not for words that are there.
    for query in ["\"Orchestar\"", "orchestra", "text:Orchestar"] {
        assert_eq!(offers(query).await["offers"], json!([]), "{query}");
    }
}

#[tokio::test]
async fn an_error_tells_the_place_and_what_should_stand_there() {
    let test = people().await;
    let document = "query($query: String) { searchCandidates(query: $query) { totalCount } }";
    let variables = json!({ "query": "Go tech:Rust>=ずっと" });
    let answer = test.answer(document, variables.clone()).await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(error["extensions"]["position"], 14);
    assert_eq!(error["extensions"]["end"], 17);
    let message = error["message"].as_str().expect("a text");
    assert!(
        message.contains("expected a length such as 2y"),
        "{message}"
    );
    let answer = test.answer_in(Locale::Japanese, document, variables).await;
    let message = answer["errors"][0]["message"].as_str().expect("a text");
    assert!(message.contains("15文字目"), "{message}");
    assert!(message.contains("のような長さ"), "{message}");
}
