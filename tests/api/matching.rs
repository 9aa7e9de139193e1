//! Matching in Japanese and what is shown as proof, through GraphQL, over invented people.

use crate::common::TestSchema;
use serde_json::{Value, json};

const ASAGI: &str = "# 職務経歴書

氏名: 浅葱 蓮
現住所: 東京都港区

## 職務経歴

### 株式会社みずうみ工房（2018年4月〜2021年3月）

#### 引っ越し予約サイトの刷新（2018年4月〜2019年12月）

役割: テックリード

- 要件定義から設計までを担当 <!-- 内緒のメモ -->
- [検索基盤](https://example.com/himitsu)をTerraformで構築
- お問い合わせ窓口の改善

| 工程 | 内容 |
| --- | --- |
| 試験 | 結合試験<br>負荷試験<br>受入れ試験 |
";

const KOIKE: &str = "# 職務経歴書

氏名: 佐々木 藍
現住所: 京都府京都市

## 学歴

2014年3月 東京都市大学 知識工学部 卒業

## 職務経歴

### 日東みどり電工株式会社（2014年4月〜2022年3月）

役割: プログラマー

#### 組込みソフトの開発（2014年4月〜2018年3月）

- 要件定義と設計を担当
- 東京電力向けの検針システム
- ＫＵＢＥＲＮＥＴＥＳ上でｻｰﾊﾞｰを構築
";

async fn people() -> TestSchema {
    TestSchema::with(&[("asagi", ASAGI), ("koike", KOIKE)]).await
}

/// Asserts who is found by each of `queries`.
async fn check(test: &TestSchema, queries: &[&str], expected: &[&str]) {
    for query in queries {
        let mut found = test.find(query, Value::Null).await;
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}

/// The evidence of the first clause that the only hit of a search meets.
async fn evidence(test: &TestSchema, query: &str, filter: Value) -> Vec<Value> {
    let data = test
        .data(
            "query($query: String, $filter: CandidateFilter) {
                searchCandidates(query: $query, filter: $filter) { edges { matches { evidence {
                    excerpt highlights { start end } line } } } } }",
            json!({ "query": query, "filter": filter }),
        )
        .await;
    let edges = data["searchCandidates"]["edges"]
        .as_array()
        .expect("a list");
    assert_eq!(edges.len(), 1, "{query}");
    let found = &edges[0]["matches"][0]["evidence"];
    found.as_array().expect("a list").clone()
}

fn excerpt(evidence: &Value) -> &str {
    evidence["excerpt"].as_str().expect("a text")
}

/// What the first highlight of a piece of evidence points at.
fn lit(evidence: &Value) -> String {
    let bound = |key: &str| {
        let bound = evidence["highlights"][0][key].as_u64().expect("a number");
        usize::try_from(bound).expect("small")
    };
    let letters = excerpt(evidence).chars().skip(bound("start"));
    letters.take(bound("end") - bound("start")).collect()
}

#[tokio::test]
async fn quotes_ask_for_the_text_as_written() {
    let test = people().await;
    check(&test, &["\"要件定義から設計\""], &["asagi"]).await;
    check(&test, &["\"要件定義と設計\""], &["koike"]).await;
    check(
        &test,
        &["\"件定義\"", "\"定義と\" OR \"定義から\""],
        &["asagi", "koike"],
    )
    .await;
    check(&test, &["\"電工\"", "\"kubernetes上で\""], &["koike"]).await;
    check(&test, &["\"検索した\"", "\"Terra\""], &[]).await;
}

#[tokio::test]
async fn a_place_is_not_a_part_of_a_name() {
    let test = people().await;
    check(&test, &["東京", "東京都", "\"東京都\""], &["asagi"]).await;
    check(&test, &["京都", "\"京都\""], &["koike"]).await;
    check(
        &test,
        &["東京都市大学", "東京電力", "日東", "日東みどり電工"],
        &["koike"],
    )
    .await;
    let living = |place: &str| json!({ "location": place });
    assert_eq!(test.find("", living("東京")).await, ["asagi"]);
    assert_eq!(test.find("", living("京都")).await, ["koike"]);
}

#[tokio::test]
async fn spellings_of_one_word_are_one() {
    let test = people().await;
    check(
        &test,
        &["引越し", "引越", "問合せ", "お問合わせ", "受け入れ試験"],
        &["asagi"],
    )
    .await;
    check(
        &test,
        &["組み込みソフト", "組込ソフト", "佐佐木", "サーバ"],
        &["koike"],
    )
    .await;
    let shown = evidence(&test, "引越し", Value::Null).await;
    assert_eq!(lit(&shown[0]), "引っ越し");
    let shown = evidence(&test, "kubernetes", Value::Null).await;
    assert_eq!(lit(&shown[0]), "ＫＵＢＥＲＮＥＴＥＳ");
}

#[tokio::test]
async fn an_excerpt_shows_nothing_hidden_and_ends_at_a_border() {
    let test = people().await;
    let shown = evidence(&test, "\"要件定義から\"", Value::Null).await;
    assert_eq!(excerpt(&shown[0]), "要件定義から設計までを担当");
    let shown = evidence(&test, "\"terraformで構築\"", Value::Null).await;
    assert_eq!(excerpt(&shown[0]), "をTerraformで構築");
    let shown = evidence(&test, "負荷試験", Value::Null).await;
    assert_eq!(excerpt(&shown[0]), "負荷試験");
    check(&test, &["内緒", "himitsu"], &[]).await;
}

#[tokio::test]
async fn a_role_is_proven_by_the_line_that_names_it() {
    let test = people().await;
    for (role, line) in [
        ("テックリード", "役割: テックリード"),
        ("プログラマー", "役割: プログラマー"),
    ] {
        let shown = evidence(&test, "", json!({ "role": role })).await;
        assert_eq!(excerpt(&shown[0]), line);
        assert_eq!(lit(&shown[0]), role);
    }
}
