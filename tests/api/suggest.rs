//! What a search box is given while somebody types.

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};

const HARA: &str = "# 職務経歴書\n氏名: 原 こずえ\n\n## 株式会社ヨモギ工房（2016年4月〜2019年3月）\n\n### 予約管理システム（2016年4月〜2018年3月）\n- 役割: プロジェクトマネージャー\n- 使用技術: Java, Amazon DynamoDB, Amazon ECS, Kubernetes\n\n### 会員基盤（2018年4月〜2019年3月）\n- 役割: テックリード\n- 使用技術: JavaScript, Amazon ECS\n\n## 資格\n- 2015年6月 基本情報技術者試験 合格\n- 2019年2月 社内オセロ検定 初段\n";

const KUBO: &str = "# 職務経歴書\n氏名: 久保 みなと\n\n## 株式会社ドワンゴ（2017年1月〜2018年12月）\n\n### 配信基盤（2017年1月〜2018年12月）\n- 役割: PM\n- 使用技術: JavaScript, Amazon ECS, Terraform\n\n## 日東電工株式会社（2015年4月〜2016年12月）\n\n### 生産管理（2015年4月〜2016年12月）\n- 役割: SE\n- 使用技術: JavaScript\n\n## A社（2013年4月〜2015年3月）\n\n### 帳票（2013年4月〜2015年3月）\n- 役割: PG\n- 使用技術: VB.NET\n";

async fn people() -> TestSchema {
    TestSchema::with(&[("hara", HARA), ("kubo", KUBO)]).await
}

async fn suggest(test: &TestSchema, prefix: &str, kinds: Value) -> Vec<Value> {
    let data = test
        .data(
            "query($prefix: String!, $kinds: [SuggestionKind!]) {
                suggest(prefix: $prefix, kinds: $kinds, first: 50) { kind text candidateCount
                    isCorrection technology { name } employer { name } } }",
            json!({ "prefix": prefix, "kinds": kinds }),
        )
        .await;
    data["suggest"].as_array().expect("a list").clone()
}

async fn texts(test: &TestSchema, prefix: &str, kinds: Value) -> Vec<String> {
    let found = suggest(test, prefix, kinds).await;
    let texts = found
        .iter()
        .map(|each| each["text"].as_str().expect("a text"));
    texts.map(str::to_owned).collect()
}

#[tokio::test]
async fn names_of_every_kind_go_on_in_every_script() {
    let test = people().await;
    for (prefix, kind, text) in [
        // Amazon Web Services, which whoever has a part of it has.
        ("あま", "TECHNOLOGY", "AWS"),
        ("ama", "TECHNOLOGY", "AWS"),
        ("amazon e", "TECHNOLOGY", "Amazon ECS"),
        ("クーバ", "TECHNOLOGY", "Kubernetes"),
        ("くば", "TECHNOLOGY", "Kubernetes"),
        ("ｋｕｂｅ", "TECHNOLOGY", "Kubernetes"),
        ("k8", "TECHNOLOGY", "Kubernetes"),
        ("どわ", "EMPLOYER", "株式会社ドワンゴ"),
        ("ドワ", "EMPLOYER", "株式会社ドワンゴ"),
        ("dowa", "EMPLOYER", "株式会社ドワンゴ"),
        ("Dwan", "EMPLOYER", "株式会社ドワンゴ"),
        ("株式会社ド", "EMPLOYER", "株式会社ドワンゴ"),
        ("日東", "EMPLOYER", "日東電工株式会社"),
        ("にっとう", "EMPLOYER", "日東電工株式会社"),
        ("nitto", "EMPLOYER", "日東電工株式会社"),
        ("よもぎ", "EMPLOYER", "株式会社ヨモギ工房"),
        ("プロジェクトマ", "ROLE", "PM"),
        ("てっく", "ROLE", "テックリード"),
        ("tech l", "ROLE", "テックリード"),
        ("基本", "CERTIFICATION", "基本情報技術者"),
        ("きほ", "CERTIFICATION", "基本情報技術者"),
        ("kihon", "CERTIFICATION", "基本情報技術者"),
        ("FE試", "CERTIFICATION", "基本情報技術者"),
    ] {
        let found = suggest(&test, prefix, Value::Null).await;
        let first = found.first().unwrap_or_else(|| panic!("{prefix}: nothing"));
        assert_eq!(first["text"], text, "{prefix}: {found:?}");
        assert_eq!(first["kind"], kind, "{prefix}");
        assert_eq!(first["isCorrection"], false, "{prefix}");
        assert_eq!(first["technology"].is_null(), kind != "TECHNOLOGY");
        assert_eq!(first["employer"].is_null(), kind != "EMPLOYER");
    }
}

#[tokio::test]
async fn most_candidates_come_first_but_for_what_was_typed_as_a_whole() {
    let test = people().await;
    let technologies = json!(["TECHNOLOGY"]);
    let amazon = texts(&test, "amaz", technologies.clone()).await;
    assert_eq!(amazon[..3], ["AWS", "Amazon ECS", "Amazon DynamoDB"]);
    assert_eq!(
        texts(&test, "jav", technologies.clone()).await,
        ["JavaScript", "Java"]
    );
    assert_eq!(
        texts(&test, "java", technologies.clone()).await,
        ["Java", "JavaScript"]
    );
    let counts = suggest(&test, "j", technologies).await;
    assert_eq!(counts[0]["candidateCount"], 2);
    assert_eq!(texts(&test, "p", json!(["ROLE"])).await, ["PM", "PG"]);
}

#[tokio::test]
async fn only_what_candidates_have_is_suggested() {
    let test = people().await;
    assert!(texts(&test, "Erlang", Value::Null).await.is_empty());
    // An employer whose name is withheld is nobody to look for.
    assert!(texts(&test, "A社", Value::Null).await.is_empty());
    assert!(texts(&test, "基本", json!(["ROLE"])).await.is_empty());
    assert!(texts(&test, "基本", json!([])).await.is_empty());
    for nothing in ["", "  ", "ー", "\u{1f}", "%", &"あ".repeat(10_000)] {
        assert!(texts(&test, nothing, Value::Null).await.is_empty());
    }
    let empty = TestSchema::new().await;
    assert!(texts(&empty, "java", Value::Null).await.is_empty());
}

#[tokio::test]
async fn what_may_have_been_meant_is_suggested_where_nothing_goes_on() {
    let test = people().await;
    for (prefix, text) in [
        ("Kubrenetes", "Kubernetes"),
        ("Kubenr", "Kubernetes"),
        ("Terrafrom", "Terraform"),
        ("JavaScirpt", "JavaScript"),
        ("日東伝工", "日東電工株式会社"),
        ("基本情保", "基本情報技術者"),
    ] {
        let found = suggest(&test, prefix, Value::Null).await;
        let first = found.first().unwrap_or_else(|| panic!("{prefix}: nothing"));
        assert_eq!(
            (&first["text"], &first["isCorrection"]),
            (&json!(text), &json!(true)),
            "{prefix}"
        );
    }
    assert!(texts(&test, "qqqqqqqq", Value::Null).await.is_empty());
}

#[tokio::test]
async fn suggestions_follow_every_change() {
    let test = people().await;
    assert!(texts(&test, "erl", Value::Null).await.is_empty());
    test.import("minato", MINATO).await;
    assert_eq!(texts(&test, "erl", Value::Null).await, ["Erlang"]);
    let id = test.import("sakaki", SAKAKI).await;
    let count = |found: Vec<Value>| found[0]["candidateCount"].clone();
    let aws = count(suggest(&test, "AWS", Value::Null).await);
    assert_eq!(aws, 4, "those of parts, too");
    let erase = "mutation($id: ID!) { eraseCandidate(input: { id: $id }) { userErrors { code } } }";
    test.data(erase, json!({ "id": id })).await;
    assert_eq!(count(suggest(&test, "AWS", Value::Null).await), 3);
    test.import("minato", HARA).await;
    assert!(texts(&test, "erl", Value::Null).await.is_empty());
    let test = test.restarted_without_index().await;
    assert_eq!(count(suggest(&test, "基本", Value::Null).await), 2);
}

#[tokio::test]
async fn counts_are_those_of_the_facets() {
    let test = TestSchema::with(&[
        ("hara", HARA),
        ("kubo", KUBO),
        ("minato", MINATO),
        ("sakaki", SAKAKI),
    ])
    .await;
    let data = test
        .data(
            "{ searchCandidates { facets(first: 100) { technologies { technology { name } count }
                roles { role count } certifications { certification count } } } }",
            json!({}),
        )
        .await;
    let facets = &data["searchCandidates"]["facets"];
    for (list, field, kind) in [
        ("technologies", "technology", "TECHNOLOGY"),
        ("roles", "role", "ROLE"),
        ("certifications", "certification", "CERTIFICATION"),
    ] {
        let rows = facets[list].as_array().expect("a list");
        assert!(!rows.is_empty(), "{list}");
        for row in rows {
            let name = row[field].get("name").unwrap_or(&row[field]);
            let found = suggest(&test, name.as_str().expect("a name"), json!([kind])).await;
            let same = found.iter().find(|each| each["text"] == *name);
            let same = same.unwrap_or_else(|| panic!("{name}: {found:?}"));
            assert_eq!(same["candidateCount"], row["count"], "{name}");
        }
    }
}

#[tokio::test]
async fn no_statement_is_needed_unless_an_employer_is_asked_for() {
    let test = people().await;
    let statements = |fields: &'static str| {
        let test = &test;
        async move {
            let document =
                format!("{{ suggest(prefix: \"n\") {{ text candidateCount {fields} }} }}");
            test.statements(&document, &json!({})).await
        }
    };
    assert_eq!(statements("kind").await, 0);
    assert_eq!(statements("employer { id name }").await, 1);
}
