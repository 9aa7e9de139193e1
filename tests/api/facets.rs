//! Counts over a result, against counts that are taken one search at a time.

use crate::common::TestSchema;
use serde_json::{Value, json};

/// Invented people, each a résumé of a few lines.
const PEOPLE: [(&str, &str); 5] = [
    (
        "hara",
        "# 職務経歴書\n氏名: 原 こずえ\n住所: 東京都渋谷区\n\n## 株式会社ヨモギ工房（2016年4月〜2019年3月）\n\n### 予約管理システム（2016年4月〜2018年3月）\n- 役割: プロジェクトマネージャー\n- 使用技術: Java, MySQL\n\n### 会員基盤（2018年4月〜2019年3月）\n- 役割: PL、SE\n- 使用技術: Go, PostgreSQL\n\n## 資格\n- 2015年6月 基本情報技術者試験 合格\n",
    ),
    (
        "kubo",
        "# 職務経歴書\n氏名: 久保 みなと\n住所: 神奈川県横浜市\n\n## ドワンゴ（2017年1月〜2018年12月）\n\n### 配信基盤（2017年1月〜2018年12月）\n- 役割: PM\n- 使用技術: Erlang, MySQL\n\n## 資格\n- 2014年11月 FE試験\n- 2018年3月 応用情報技術者\n",
    ),
    (
        "seki",
        "# 職務経歴書\n氏名: 関 つばさ\n住所: 渋谷区神南\n\n## 株式会社ドワンゴ（2018年4月〜2020年3月）\n\n### 課金（2018年4月〜2020年3月）\n- 役割: テックリード\n- 使用技術: Java, Go\n",
    ),
    (
        "mori",
        "# 職務経歴書\n氏名: 森 あおい\n\n## 有限会社カシワ計算（2010年4月〜2012年3月）\n\n### 帳票出力（2010年4月〜2012年3月）\n- 役割: プログラマー\n- 使用技術: Java\n\n## 学習中\n- Go\n",
    ),
    (
        "nabe",
        "# 職務経歴書\n氏名: 鍋島 れい\n住所: 大阪府大阪市福島区\n\n## 株式会社ヨモギ工房（2019年4月〜2021年3月）\n\n### 在庫管理（2019年4月〜2021年3月）\n- 役割: システムエンジニア（SE）、サブリーダー\n- 使用技術: Python, MySQL\n\n## 資格\n- 基本情報技術者\n",
    ),
];

const FACETS: &str = "technologies { technology { name } count grades { grade count } }
    employers { employer { name } count } years { year count } roles { role count }
    certifications { certification count } locations { location count }";

/// The lists of a facet answer, and the field with the value.
const LISTS: [(&str, &str); 6] = [
    ("technologies", "technology"),
    ("employers", "employer"),
    ("years", "year"),
    ("roles", "role"),
    ("certifications", "certification"),
    ("locations", "location"),
];

async fn people() -> TestSchema {
    TestSchema::with(&PEOPLE).await
}

/// The values of a list with their counts.
fn counts(facets: &Value, list: &str) -> Vec<(String, u64)> {
    let (_, value) = LISTS.iter().find(|(of, _)| *of == list).expect("a list");
    let rows = facets[list].as_array().expect("a list");
    rows.iter()
        .map(|row| {
            let value = &row[value];
            let name = value.get("name").unwrap_or(value);
            let name = name.as_str().map_or(name.to_string(), str::to_owned);
            (name, row["count"].as_u64().expect("a number"))
        })
        .collect()
}

async fn facets(test: &TestSchema, query: &str, filter: Value, disjunctive: bool) -> Value {
    let document = format!(
        "query($query: String, $filter: CandidateFilter, $disjunctive: Boolean!) {{
            searchCandidates(query: $query, filter: $filter, first: 1) {{
                facets(first: 100, disjunctive: $disjunctive) {{ {FACETS} }} }} }}"
    );
    let query = Some(query).filter(|query| !query.is_empty());
    let data = test
        .data(
            &document,
            json!({ "query": query, "filter": filter, "disjunctive": disjunctive }),
        )
        .await;
    data["searchCandidates"]["facets"].clone()
}

/// A filter that a value of a list is chosen by.
fn chosen(list: &str, value: &str) -> Value {
    match list {
        "technologies" => json!({ "technology": { "name": value } }),
        "employers" => json!({ "employer": { "name": value } }),
        "years" => json!({ "period": { "from": value, "to": value } }),
        "roles" => json!({ "role": value }),
        "certifications" => json!({ "certification": value }),
        _ => json!({ "location": value }),
    }
}

fn pairs(expected: &[(&str, u64)]) -> Vec<(String, u64)> {
    let pairs = expected.iter();
    pairs
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

#[tokio::test]
async fn spellings_are_counted_as_one_value() {
    let test = people().await;
    let facets = facets(&test, "", Value::Null, false).await;
    assert_eq!(
        counts(&facets, "roles"),
        pairs(&[
            ("PM", 2),
            ("SE", 2),
            ("PG", 1),
            ("PL", 1),
            ("SL", 1),
            ("テックリード", 1)
        ])
    );
    assert_eq!(
        counts(&facets, "certifications"),
        pairs(&[("基本情報技術者", 3), ("応用情報技術者", 1)])
    );
    assert_eq!(
        counts(&facets, "locations"),
        pairs(&[("東京都", 2), ("大阪府", 1), ("神奈川県", 1)])
    );
    let technologies = counts(&facets, "technologies");
    assert!(
        technologies.contains(&("Java".to_owned(), 3)),
        "{technologies:?}"
    );
    // A wish is no experience.
    assert!(
        technologies.contains(&("Go".to_owned(), 2)),
        "{technologies:?}"
    );
}

#[tokio::test]
async fn each_count_is_that_of_a_search_for_the_value() {
    let test = people().await;
    for (query, filter) in [
        ("", Value::Null),
        ("Java", Value::Null),
        ("", json!({ "employer": { "name": "ドワンゴ" } })),
        (
            "",
            json!({ "any": [{ "role": "PM" }, { "location": "大阪" }] }),
        ),
        ("", json!({ "not": { "technology": { "name": "Java" } } })),
    ] {
        let facets = facets(&test, query, filter.clone(), false).await;
        for (list, _) in LISTS {
            for (value, count) in counts(&facets, list) {
                let both = json!({ "all": [filter.clone(), chosen(list, &value)] });
                let both = if filter.is_null() {
                    chosen(list, &value)
                } else {
                    both
                };
                let found = test.find(query, both).await;
                assert_eq!(found.len() as u64, count, "{query} {filter} {list} {value}");
            }
        }
    }
}

/// Adding what a count stands for to a query finds as many as it said, whatever was asked before: the
/// search page adds counts so.
#[tokio::test]
async fn a_count_that_is_added_to_a_query_of_the_samples_finds_as_many() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = std::fs::read_to_string(&path).expect("a text");
        samples.push((name.into_owned(), text));
    }
    let samples: Vec<(&str, &str)> = samples.iter().map(|(a, b)| (&**a, &**b)).collect();
    let test = TestSchema::with(&samples).await;
    let mut wholes = 0;
    let mut wrong = Vec::new();
    for query in ["", "AWS", "決済 -PHP"] {
        let facets = facets(&test, query, Value::Null, false).await;
        for (list, key) in [
            ("technologies", "tech"),
            ("employers", "employer"),
            ("roles", "role"),
            ("certifications", "cert"),
            ("locations", "location"),
        ] {
            let counts = counts(&facets, list);
            assert!(!counts.is_empty(), "{query} {list}");
            for (value, count) in counts {
                let added = format!("{query} {key}:\"{}\"", value.replace('"', "\\\""));
                let found = test.find(&added, Value::Null).await;
                if found.len() as u64 != count {
                    wrong.push(format!("{added}: {} for {count}", found.len()));
                }
                if list == "technologies" {
                    let alone = json!({ "technology": { "name": value, "includeParts": false } });
                    wholes += u32::from((test.find(query, alone).await.len() as u64) < count);
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(wholes > 0, "nothing of the samples has parts that count");
}

#[tokio::test]
async fn parts_count_as_their_whole_by_the_strongest_grade_and_once() {
    let resume = |used: &str, studied: &str| {
        format!(
            "# 職務経歴書\n\n## 株式会社ヨモギ工房（2016年4月〜2019年3月）\n- 使用技術: {used}\n\n## 学習中\n- {studied}\n"
        )
    };
    let (both, part, wish) = (
        resume("Amazon S3, AWS Lambda, AWS", "Zig"),
        resume("AWS Lambda", "AWS"),
        resume("Zig", "AWS Lambda"),
    );
    let test = TestSchema::with(&[("both", &both), ("part", &part), ("wish", &wish)]).await;
    let facets = facets(&test, "", Value::Null, false).await;
    let rows = facets["technologies"].as_array().expect("a list");
    let of = |name: &str| rows.iter().find(|row| row["technology"]["name"] == name);
    let aws = of("AWS").expect("it is counted");
    assert_eq!(aws["count"], 2);
    assert_eq!(
        aws["grades"],
        json!([{ "grade": "WORKED", "count": 2 }, { "grade": "LEARNING", "count": 1 }])
    );
    assert_eq!(of("AWS Lambda").expect("it is counted")["count"], 2);
    assert_eq!(of("Amazon S3").expect("it is counted")["count"], 1);
}

#[tokio::test]
async fn a_disjunctive_facet_leaves_out_its_own_condition_and_no_other() {
    let test = people().await;
    let filter = json!({ "all": [
        { "technology": { "name": "Java" } },
        { "location": "東京都" },
    ] });
    let counted = facets(&test, "", filter.clone(), true).await;
    // Who lives in Tokyo: hara, seki. Who has Java: hara, seki, mori.
    let technologies = counts(&counted, "technologies");
    assert_eq!(technologies[..2], pairs(&[("Go", 2), ("Java", 2)])[..]);
    assert_eq!(counts(&counted, "locations"), pairs(&[("東京都", 2)]));
    let without_place = facets(
        &test,
        "",
        json!({ "technology": { "name": "Java" } }),
        false,
    )
    .await;
    assert_eq!(counted["locations"], without_place["locations"]);
    // Facets without a condition of their own are counted over the hits.
    let over_hits = facets(&test, "", filter, false).await;
    for list in ["employers", "years", "roles", "certifications"] {
        assert_eq!(counted[list], over_hits[list], "{list}");
    }
    assert_eq!(counts(&over_hits, "locations"), pairs(&[("東京都", 2)]));
}

#[tokio::test]
async fn alternatives_of_one_kind_are_its_own_condition_and_mixed_ones_are_not() {
    let test = people().await;
    let roles = json!({ "any": [{ "role": "PM" }, { "role": "PG" }] });
    let own = facets(&test, "", roles, true).await;
    let all = facets(&test, "", Value::Null, false).await;
    assert_eq!(own["roles"], all["roles"]);
    let mixed = json!({ "any": [{ "role": "PM" }, { "technology": { "name": "Python" } }] });
    let mixed_counts = facets(&test, "", mixed.clone(), true).await;
    assert_eq!(mixed_counts, facets(&test, "", mixed, false).await);
    // A part of a stint goes, the rest of the stint's condition stays.
    let stint = json!({ "employer": { "name": "ヨモギ工房" }, "technology": { "name": "MySQL" } });
    let of_stint = facets(&test, "", stint, true).await;
    let of_employer = facets(
        &test,
        "",
        json!({ "employer": { "name": "ヨモギ工房" } }),
        false,
    )
    .await;
    assert_eq!(of_stint["technologies"], of_employer["technologies"]);
    let of_technology = facets(
        &test,
        "",
        json!({ "technology": { "name": "MySQL" } }),
        false,
    )
    .await;
    assert_eq!(of_stint["employers"], of_technology["employers"]);
}

#[tokio::test]
async fn one_request_may_count_both_ways_and_limits_hold_for_each() {
    let test = people().await;
    let data = test
        .data(
            "{ searchCandidates(filter: { role: \"PM\" }) {
                two: facets(first: 2) { technologies { count } roles { role count } }
                own: facets(first: 3, disjunctive: true) { roles { role count } }
                none: facets(first: 0) { roles { role } } } }",
            json!({}),
        )
        .await;
    let search = &data["searchCandidates"];
    assert_eq!(
        search["two"]["technologies"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(search["two"]["roles"].as_array().map(Vec::len), Some(2));
    assert_eq!(search["own"]["roles"].as_array().map(Vec::len), Some(3));
    assert_eq!(search["none"]["roles"], json!([]));
    let code = test
        .code(
            "{ searchCandidates { facets(first: 101) { roles { role } } } }",
            json!({}),
        )
        .await;
    assert_eq!(code, "BAD_USER_INPUT");
}

#[tokio::test]
async fn an_erased_or_changed_candidate_is_counted_no_longer() {
    let test = people().await;
    let id = test.import("mori", PEOPLE[0].1).await;
    let counted = facets(&test, "", Value::Null, false).await;
    assert!(!counts(&counted, "roles").contains(&("PG".to_owned(), 1)));
    assert_eq!(counts(&counted, "roles")[0], ("PM".to_owned(), 3));
    let erase = "mutation($id: ID!) { eraseCandidate(input: { id: $id }) { userErrors { code } } }";
    test.data(erase, json!({ "id": id })).await;
    let counted = facets(&test, "", Value::Null, false).await;
    assert_eq!(counts(&counted, "roles")[0], ("PM".to_owned(), 2));
}

#[tokio::test]
async fn an_empty_index_has_no_counts() {
    let test = TestSchema::new().await;
    for disjunctive in [false, true] {
        let counted = facets(&test, "", Value::Null, disjunctive).await;
        for (list, _) in LISTS {
            assert_eq!(counted[list], json!([]), "{list}");
        }
    }
}

#[tokio::test]
async fn only_what_is_selected_is_read() {
    let test = people().await;
    let statements = |fields: &'static str| {
        let test = &test;
        async move {
            let document = format!("{{ searchCandidates(query: \"Java\") {{ {fields} }} }}");
            test.statements(&document, &json!({})).await
        }
    };
    let counts = "totalCount facets { technologies { count } roles { role count } }";
    assert_eq!(statements(counts).await, 0);
    assert_eq!(
        statements("facets { employers { employer { name } count } }").await,
        1
    );
    let names = statements("nodes { name }").await;
    let proven = statements("edges { node { name } matches { evidence { excerpt } } }").await;
    assert_eq!(proven, names + 1, "the texts are one statement");
    let data = test
        .data(
            "{ searchCandidates(query: \"Java\") { totalCount nodes { name } pageInfo { endCursor } } }",
            json!({}),
        )
        .await;
    let search = &data["searchCandidates"];
    assert_eq!(search["totalCount"], 3);
    assert_eq!(search["nodes"].as_array().map(Vec::len), Some(3));
    assert!(search["pageInfo"]["endCursor"].is_string());
}
