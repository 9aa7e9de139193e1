//! What people type without knowing the search language, over invented résumés.

use crate::common::TestSchema;
use serde_json::{Value, json};

/// Two jobs, the later first.
fn resume(name: &str, place: &str, jobs: &[(&str, &str, &str)]) -> String {
    let mut text =
        format!("# 職務経歴書\n\n更新日: 2024年8月31日\n\n- 氏名: {name}\n- 住所: {place}\n");
    for (employer, period, lines) in jobs {
        text += &format!("\n## {employer}（{period}）\n\n{lines}\n");
    }
    text
}

async fn people() -> TestSchema {
    let documents = [
        (
            "messenger",
            resume(
                "早瀬 湊",
                "東京都三鷹市",
                &[
                    (
                        "株式会社ススキ電工",
                        "2021年4月〜現在",
                        "- 使用技術: Kotlin、AWS\n- 配車アプリの開発",
                    ),
                    (
                        "LINE株式会社",
                        "2018年4月〜2021年3月",
                        "- 使用技術: Kotlin、Java\n- 社内基盤の開発",
                    ),
                ],
            ),
        ),
        (
            "bot",
            resume(
                "堂島 累",
                "大阪府大阪市",
                &[(
                    "株式会社ヨモギ工房",
                    "2020年1月〜現在",
                    "- 使用技術: Python、LINE Messaging API\n- LINE bot の設計と実装",
                )],
            ),
        ),
        (
            "aws_early",
            resume(
                "柿本 渚",
                "北海道札幌市",
                &[
                    (
                        "株式会社ミヤマ物流",
                        "2018年1月〜現在",
                        "- 使用技術: Java\n- 10 年は使える倉庫の仕組みの設計",
                    ),
                    (
                        "有限会社セリ企画",
                        "2015年4月〜2016年12月",
                        "- 使用技術: AWS、PHP\n- 予約サイトの開発",
                    ),
                ],
            ),
        ),
        (
            "ruby",
            resume(
                "長浜 椿",
                "京都府京都市",
                &[
                    (
                        "株式会社ドワンゴ",
                        "2019年4月〜現在",
                        "- 使用技術: Rust、Go\n- 配信基盤の開発",
                    ),
                    (
                        "Google合同会社",
                        "2013年4月〜2019年3月",
                        "- 使用技術: Ruby on Rails、Java\n- 社内ツールの開発",
                    ),
                ],
            ),
        ),
        (
            "hobby",
            resume(
                "杉浦 律",
                "東京都府中市",
                &[(
                    "株式会社カタバミ",
                    "2023年1月〜現在",
                    "- 使用技術: TypeScript、React、Rust\n- 2 年以上動き続ける画面の開発",
                )],
            ) + "\n## 個人開発\n\n### 家計簿アプリ（2022年1月〜2022年6月）\n\n- 使用技術: Elixir\n",
        ),
    ];
    let test = TestSchema::new().await;
    for (id, text) in &documents {
        test.import(id, text).await;
    }
    test
}

#[tokio::test]
async fn requests_find_those_that_they_ask_for() {
    let test = people().await;
    for (request, found) in [
        // Two years as months of work, not as words of a sentence.
        ("Rust を2年以上", &["ruby"][..]),
        ("Rust2年以上", &["ruby"]),
        ("2年以上のRust経験", &["ruby"]),
        ("Rust経験", &["hobby", "ruby"]),
        ("Java 6年以上", &["aws_early", "ruby"]),
        ("AWS 2020年以降 実務", &["messenger"]),
        ("AWS 2016年", &["aws_early"]),
        ("2015年以前から Ruby on Rails", &["ruby"]),
        ("LINE 在籍", &["messenger"]),
        ("LINE出身", &["messenger"]),
        ("LINE株式会社 在籍", &["messenger"]),
        ("LINE bot", &["bot"]),
        ("LINE", &["bot", "messenger"]),
        ("Google 出身", &["ruby"]),
        ("元Google", &["ruby"]),
        ("ドワンゴ 在籍中", &["ruby"]),
        ("ドワンゴでRust", &["ruby"]),
        ("ドワンゴでJava", &[]),
        ("東京在住 TypeScript", &["hobby"]),
        ("東京在住", &["hobby", "messenger"]),
        ("TypeScriptエンジニア", &["hobby"]),
        ("ReactとTypeScriptができる人", &["hobby"]),
        ("Elixir 経験（趣味可）", &["hobby"]),
        ("Elixir 実務のみ", &[]),
        ("Kotlin/React", &["hobby", "messenger"]),
        ("Rust Go以外", &["hobby"]),
        ("\"10 年は\"", &["aws_early"]),
        ("\"Rust2年以上\"", &[]),
    ] {
        let mut ids = test.find(request, Value::Null).await;
        ids.sort();
        assert_eq!(ids, found, "{request}");
    }
}

#[tokio::test]
async fn what_was_recognized_is_told_with_its_place() {
    let test = people().await;
    let document = "query($query: String) { searchCandidates(query: $query) { interpretation {
        parsed recognized { text position clause } ignored { text position reason } } } }";
    let data = test
        .data(
            document,
            json!({ "query": "配信  Rust2年以上の経験 3年未満" }),
        )
        .await;
    let interpretation = &data["searchCandidates"]["interpretation"];
    assert_eq!(
        interpretation["recognized"],
        json!([{ "text": "Rust2年以上", "position": 4, "clause": "tech:Rust>=24m" }])
    );
    assert_eq!(
        interpretation["ignored"],
        json!([
            { "text": "経験", "position": 13, "reason": "GENERIC" },
            { "text": "3年未満", "position": 16, "reason": "UNSUPPORTED" },
        ])
    );
    let data = test
        .data(document, json!({ "query": "\"Rust2年以上\"" }))
        .await;
    let interpretation = &data["searchCandidates"]["interpretation"];
    assert_eq!(interpretation["recognized"], json!([]));
}

/// Checks who is found, best first, and which clauses gave way, each with how many meet it.
#[track_caller]
fn check_relaxed(
    test: &TestSchema,
    query: &str,
    filter: &Value,
    found: &[&str],
    relaxed: &[(&str, u64)],
) -> impl Future<Output = ()> {
    let document = "query($query: String, $filter: CandidateFilter) {
        searchCandidates(query: $query, filter: $filter) { totalCount nodes { externalId }
            interpretation { relaxed { clause metBy } } edges { matches { clause } } } }";
    let data = test.data(document, json!({ "query": query, "filter": filter }));
    let expected = json!({
        "ids": found,
        "relaxed": relaxed
            .iter()
            .map(|(clause, met_by)| json!({ "clause": clause, "metBy": met_by }))
            .collect::<Vec<Value>>(),
    });
    let query = query.to_owned();
    async move {
        let search = &data.await["searchCandidates"];
        let nodes = search["nodes"].as_array().expect("a list").iter();
        let ids: Vec<&Value> = nodes.map(|node| &node["externalId"]).collect();
        let got = json!({ "ids": ids, "relaxed": search["interpretation"]["relaxed"] });
        assert_eq!(got, expected, "{query}");
        assert_eq!(search["totalCount"], ids.len(), "{query}");
        let edges = search["edges"].as_array().expect("a list");
        assert!(
            edges.iter().all(|edge| edge["matches"][0].is_object()),
            "{query}: {edges:?}"
        );
    }
}

#[tokio::test]
async fn a_request_that_nobody_meets_finds_those_who_meet_most() {
    let test = people().await;
    // All that is asked is met: nothing gives way.
    check_relaxed(&test, "Rust2年以上 Go", &Value::Null, &["ruby"], &[]).await;
    // The months give way before the technology.
    check_relaxed(&test, "Elixir2年以上", &Value::Null, &[], &[]).await;
    // Own projects are the last that is left of a technology, unless work is asked for.
    check_relaxed(&test, "Elixir", &Value::Null, &["hobby"], &[("Elixir", 0)]).await;
    check_relaxed(
        &test,
        "TypeScript Elixir",
        &Value::Null,
        &["hobby"],
        &[("Elixir", 0)],
    )
    .await;
    check_relaxed(&test, "Elixir 実務", &Value::Null, &[], &[]).await;
    check_relaxed(
        &test,
        "React10年以上",
        &Value::Null,
        &["hobby"],
        &[("tech:React>=120m", 0)],
    )
    .await;
    // The most conditions first: two of three before one.
    check_relaxed(
        &test,
        "Kotlin Rust TypeScript",
        &Value::Null,
        &["hobby"],
        &[("Kotlin", 0)],
    )
    .await;
    // Who meets a looser form of one condition comes behind who meets its strict one: 20 months of 30.
    check_relaxed(
        &test,
        "Rust30ヶ月以上 Kotlin",
        &Value::Null,
        &["messenger", "ruby", "hobby"],
        &[("tech:Rust>=30m", 1), ("Kotlin", 1)],
    )
    .await;
    // 20 months of 36 are not nearly so many, where others meet as much.
    check_relaxed(
        &test,
        "Rust3年以上 Kotlin",
        &Value::Null,
        &["messenger", "ruby"],
        &[("tech:Rust>=36m", 1), ("Kotlin", 1)],
    )
    .await;
    // Of those who have fewer months than are asked for, the ones who come near them alone: ruby has
    // 65 of 90, hobby 20.
    check_relaxed(
        &test,
        "Rust90ヶ月以上",
        &Value::Null,
        &["ruby"],
        &[("tech:Rust>=90m", 0)],
    )
    .await;
    // The tenure gives way, the employer stays.
    check_relaxed(
        &test,
        "ドワンゴ 出身",
        &Value::Null,
        &["ruby"],
        &[("{employer:ドワンゴ tenure:past}", 0)],
    )
    .await;
    // Who has it at another time, only where nobody has it in the window.
    check_relaxed(
        &test,
        "PHP 2020年以降",
        &Value::Null,
        &["aws_early"],
        &[("{tech:PHP period:2020..}", 0)],
    )
    .await;
}

#[tokio::test]
async fn what_is_typed_in_the_search_language_does_not_give_way() {
    let test = people().await;
    for query in [
        "tech:React>=120m",
        "tech:Kotlin tech:Rust",
        "{tech:PHP period:2020..}",
        "\"Kotlin\" \"Rust\"",
        "ゾウアザラシ",
        "Kotlin -Kotlin",
    ] {
        check_relaxed(&test, query, &Value::Null, &[], &[]).await;
    }
    // The bare words give way around them.
    check_relaxed(&test, "tech:Rust Kotlin PHP -React", &Value::Null, &[], &[]).await;
    let rust = json!({ "technology": { "name": "Rust" } });
    check_relaxed(
        &test,
        "Go TypeScript",
        &rust,
        &["ruby", "hobby"],
        &[("Go", 1), ("TypeScript", 1)],
    )
    .await;
}

#[tokio::test]
async fn pages_of_a_relaxed_request_go_on() {
    let test = people().await;
    let document = "query($after: String) { searchCandidates(query: \"Kotlin PHP Elixir2年以上\",
        first: 1, after: $after) { nodes { externalId } pageInfo { hasNextPage endCursor } } }";
    let mut ids = Vec::new();
    let mut after = Value::Null;
    for _ in 0..4 {
        let data = test.data(document, json!({ "after": after })).await;
        let search = &data["searchCandidates"];
        ids.push(search["nodes"][0]["externalId"].clone());
        after = search["pageInfo"]["endCursor"].clone();
        if search["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    ids.sort_by_key(ToString::to_string);
    assert_eq!(ids, ["aws_early", "messenger"]);
}

#[tokio::test]
async fn a_role_and_a_group_of_companies_are_found_by_the_names_that_they_have() {
    let documents = [
        (
            "manager",
            "# 職務経歴書\n\n## 株式会社架空工業（2019年4月〜2023年3月）\n\n### 倉庫の刷新（2019年4月〜2023年3月）\n\n- 役割: プロジェクトマネージャー\n- 使用技術: Java\n",
        ),
        (
            "recruit",
            "# 職務経歴書\n\n## 株式会社リクルートテクノロジーズ（2016年4月〜2018年3月）\n\n- 使用技術: Java\n",
        ),
    ];
    let test = TestSchema::with(&documents).await;
    for (request, found) in [
        ("PM経験", &["manager"][..]),
        ("リクルート系", &["recruit"]),
        ("リクルート系 Java", &["recruit"]),
    ] {
        assert_eq!(test.find(request, Value::Null).await, found, "{request}");
    }
}

#[tokio::test]
async fn what_is_welcome_or_cannot_be_told_excludes_nobody() {
    let test = people().await;
    // Who has what is welcome comes first.
    let ids = test.find("Java、AWS歓迎", Value::Null).await;
    assert_eq!(ids, ["aws_early", "messenger", "ruby"]);
    for (request, found) in [
        ("Rust Go未経験可", &["hobby", "ruby"][..]),
        ("Rust、Goは不問", &["hobby", "ruby"]),
        ("Goは書けないけどRustは書ける人", &["hobby"]),
        ("Rust 30代 年収600万円以上 女性", &["hobby", "ruby"]),
    ] {
        let mut ids = test.find(request, Value::Null).await;
        ids.sort();
        assert_eq!(ids, found, "{request}");
    }
    let document = "query($query: String) { searchCandidates(query: $query) { totalCount
        interpretation { ignored { text reason } } } }";
    let data = test
        .data(document, json!({ "query": "30代の男性 即日" }))
        .await;
    let search = &data["searchCandidates"];
    assert_eq!(search["totalCount"], 5);
    assert_eq!(
        search["interpretation"]["ignored"],
        json!([
            { "text": "30代", "reason": "UNSUPPORTED" },
            { "text": "男性", "reason": "UNSUPPORTED" },
            { "text": "即日", "reason": "UNSUPPORTED" },
        ])
    );
}
