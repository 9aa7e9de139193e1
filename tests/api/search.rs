//! What searches find, over invented résumés.

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};

const BOTH: &[&str] = &["minato", "sakaki"];

async fn people() -> TestSchema {
    TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await
}

/// Technology, employer and period of one stint, as a filter.
fn technology(name: &str) -> Value {
    json!({ "technology": { "name": name } })
}

#[tokio::test]
async fn a_technology_is_found_by_every_spelling_of_its_name() {
    let test = people().await;
    for query in ["Erlang", "アーラン", "erlang/otp", "ＥＲＬＡＮＧ", "Elang"] {
        assert_eq!(test.find(query, Value::Null).await, ["minato"], "{query}");
    }
}

#[tokio::test]
async fn evidence_shows_the_list_as_spelled_and_the_prose() {
    let test = people().await;
    let data = test
        .data(
            "{ searchCandidates(query: \"Erlang\") { edges { matches { clause evidence {
                excerpt highlights { start end } line byteStart byteEnd headingPath grade } } } } }",
            json!({}),
        )
        .await;
    let found = &data["searchCandidates"]["edges"][0]["matches"][0];
    assert_eq!(found["clause"], "Erlang");
    let evidence = found["evidence"].as_array().expect("a list");
    let excerpts: Vec<&str> = evidence
        .iter()
        .map(|each| each["excerpt"].as_str().expect("a text"))
        .collect();
    assert!(excerpts.contains(&"Elang/OTP"), "{excerpts:?}");
    assert!(excerpts.contains(&"`Erlang/OTP` 製"), "{excerpts:?}");
    for each in evidence {
        let bytes =
            |key: &str| usize::try_from(each[key].as_u64().expect("a number")).expect("small");
        let named = &MINATO[bytes("byteStart")..bytes("byteEnd")];
        assert!(
            named.ends_with("lang/OTP") || named.ends_with("lang"),
            "{named}"
        );
        let line = MINATO
            .lines()
            .nth(bytes("line") - 1)
            .map_or(0, |_| bytes("line"));
        let line = MINATO
            .lines()
            .nth(usize::from(line as u16) - 1)
            .expect("a line");
        assert!(line.contains(each["excerpt"].as_str().expect("a text")));
        assert_eq!(each["grade"], "WORKED");
        let path = each["headingPath"].as_array().expect("a list");
        assert!(path.contains(&json!("配信クラスタ")), "{path:?}");
    }
}

#[tokio::test]
async fn technology_employer_and_period_bind_to_one_stint_in_every_spelling_of_the_employer() {
    let test = people().await;
    for employer in [
        "ドワンゴ",
        "Dwango",
        "株式会社ドワンゴ",
        "㈱ドワンゴ",
        "（株）ドワンゴ",
    ] {
        let filter = json!({
            "technology": { "name": "Erlang" },
            "employer": { "name": employer },
            "period": { "from": "2017-01", "to": "2017-12" },
        });
        let data = test
            .data(
                "query($filter: CandidateFilter) { searchCandidates(filter: $filter) { edges {
                    node { externalId } matches { clause months lastUsed stint {
                        employer { name } period { from to months } } } } } }",
                json!({ "filter": filter }),
            )
            .await;
        let edges = data["searchCandidates"]["edges"]
            .as_array()
            .expect("a list");
        assert_eq!(edges.len(), 1, "{employer}");
        assert_eq!(edges[0]["node"]["externalId"], "minato");
        let found = &edges[0]["matches"][0];
        assert_eq!(
            found["clause"],
            format!(
                "{{tech:Erlang employer:{} period:2017-01..2017-12}}",
                match employer {
                    "（株）ドワンゴ" => "\"（株）ドワンゴ\"",
                    name => name,
                }
            )
        );
        assert_eq!(found["months"], 12);
        assert_eq!(found["lastUsed"], "2017-12");
        let period = json!({ "from": "2016-04", "to": "2019-01", "months": 34 });
        assert_eq!(found["stint"]["period"], period);
    }
}

#[tokio::test]
async fn the_last_use_is_that_of_the_dated_stints() {
    let test = people().await;
    for (query, candidate, expected) in [
        ("Erlang", "minato", json!("2019-01")),
        // In a skill table only.
        ("Rust", "sakaki", Value::Null),
    ] {
        let data = test
            .data(
                "query($query: String) { searchCandidates(query: $query) { edges {
                    node { externalId } matches { lastUsed } } } }",
                json!({ "query": query }),
            )
            .await;
        let edges = data["searchCandidates"]["edges"].as_array();
        let edges = edges.expect("a list").iter();
        let used: Vec<&Value> = edges
            .filter(|edge| edge["node"]["externalId"] == candidate)
            .map(|edge| &edge["matches"][0]["lastUsed"])
            .collect();
        assert_eq!(used, [&expected], "{query}");
    }
}

#[tokio::test]
async fn a_technology_of_one_employer_is_not_found_at_another() {
    let test = people().await;
    let filter = json!({
        "technology": { "name": "Erlang" },
        "employer": { "name": "ヨモギ工房" },
    });
    assert!(test.find("", filter).await.is_empty());
}

#[tokio::test]
async fn a_part_counts_as_its_whole_and_not_the_reverse() {
    let test = people().await;
    assert_eq!(test.find("AWS", Value::Null).await, BOTH);
    assert_eq!(test.find("", technology("AWS")).await, BOTH);
    assert_eq!(test.find("", technology("AWS Lambda")).await, ["minato"]);
    assert_eq!(test.find("AWS Lambda", Value::Null).await, ["minato"]);
}

#[tokio::test]
async fn a_skill_table_is_evidence_without_months() {
    let test = people().await;
    assert_eq!(test.find("", technology("Rust")).await, BOTH);
    let filter = json!({ "technology": { "name": "Rust", "minMonths": 6 } });
    assert_eq!(test.find("", filter).await, ["minato"]);
}

#[tokio::test]
async fn a_wish_is_found_only_when_asked_for() {
    let test = people().await;
    assert_eq!(test.find("", technology("TypeScript")).await, ["minato"]);
    assert_eq!(test.find("TypeScript", Value::Null).await, ["minato"]);
    let filter = json!({ "technology": { "name": "TypeScript", "minGrade": "LEARNING" } });
    assert_eq!(test.find("", filter).await, BOTH);
}

#[tokio::test]
async fn short_names_are_found_as_themselves_only() {
    let test = people().await;
    assert!(test.find("", technology("C")).await.is_empty());
    assert_eq!(test.find("", technology("C++")).await, ["sakaki"]);
    assert_eq!(test.find("", technology("Go")).await, ["sakaki"]);
    assert_eq!(test.find("Go", Value::Null).await, ["sakaki"]);
}

#[tokio::test]
async fn a_place_is_found_by_its_own_name() {
    let test = people().await;
    assert!(test.find("京都", Value::Null).await.is_empty());
    assert_eq!(
        test.find("", json!({ "location": "東京" })).await,
        ["sakaki"]
    );
}

#[tokio::test]
async fn a_place_is_found_by_what_it_lies_in() {
    let test = TestSchema::with(&[
        (
            "nagoya",
            "# 職務経歴書\n\n- 氏名: 大曽根 環\n- 住所: 名古屋市中区\n",
        ),
        (
            "shibuya",
            "# 職務経歴書\n\n- 氏名: 円山 灯\n- 居住地: Shibuya, Tokyo\n",
        ),
        ("kyoto", "# 職務経歴書\n\n- 氏名: 鴨川 渉\n- 現住所: 京都\n"),
    ])
    .await;
    for (location, found) in [
        ("愛知", vec!["nagoya"]),
        ("愛知県名古屋市", vec!["nagoya"]),
        ("東海", vec!["nagoya"]),
        ("中区", vec!["nagoya"]),
        ("東京", vec!["shibuya"]),
        ("渋谷区", vec!["shibuya"]),
        ("首都圏", vec!["shibuya"]),
        ("京都", vec!["kyoto"]),
        ("関西", vec!["kyoto"]),
        ("Kyoto", vec!["kyoto"]),
        ("大阪", vec![]),
    ] {
        let filter = json!({ "location": location });
        assert_eq!(test.find("", filter).await, found, "{location}");
    }
}

#[tokio::test]
async fn the_current_employer_is_found_in_every_spelling() {
    let test = people().await;
    for name in ["SBI証券", "SBI 証券", "ＳＢＩ証券"] {
        let employer = |tenure: &str| json!({ "employer": { "name": name, "tenure": tenure } });
        assert_eq!(test.find("", employer("ANY")).await, ["sakaki"], "{name}");
        assert_eq!(
            test.find("", employer("CURRENT")).await,
            ["sakaki"],
            "{name}"
        );
        assert!(test.find("", employer("PAST")).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn words_and_phrases_are_found_in_the_text() {
    let test = people().await;
    assert_eq!(test.find("低遅延", Value::Null).await, BOTH);
    assert_eq!(test.find("\"分散 KVS\"", Value::Null).await, ["minato"]);
    assert_eq!(test.find("CloudFormation", Value::Null).await, ["minato"]);
    assert_eq!(
        test.find("低遅延 市場データ", Value::Null).await,
        ["sakaki"]
    );
    assert_eq!(
        test.find("低遅延 -市場データ", Value::Null).await,
        ["minato"]
    );
    assert_eq!(test.find("Erlang OR Kubernetes", Value::Null).await, BOTH);
    assert_eq!(test.find("実務経験 Erlang", Value::Null).await, ["minato"]);
}

#[tokio::test]
async fn what_a_reader_does_not_see_is_not_found() {
    let text = "# 職務経歴書\n\n<!-- 顔写真は後で -->\n\n## 株式会社試作（2019/04〜2021/03）\n\n\
                - 鉄道の[配線図](https://example.com/himitsu)を**整理**<br>した\n";
    let test = TestSchema::with(&[("a", text)]).await;
    for query in ["顔写真", "himitsu", "br"] {
        assert!(test.find(query, Value::Null).await.is_empty(), "{query}");
    }
    for query in ["配線図", "整理", "鉄道"] {
        assert_eq!(test.find(query, Value::Null).await, ["a"], "{query}");
    }
}

#[tokio::test]
async fn a_person_is_found_by_name_in_every_script() {
    let test = people().await;
    for query in ["榊", "サカキ", "さかき", "sakaki", "Rui Sakaki", "name:榊"] {
        assert_eq!(test.find(query, Value::Null).await, ["sakaki"], "{query}");
    }
}

#[tokio::test]
async fn a_certificate_is_found_by_part_of_its_name() {
    let test = people().await;
    let filter = json!({ "certification": "Solutions Architect" });
    assert_eq!(test.find("", filter).await, ["sakaki"]);
}

#[tokio::test]
async fn a_certificate_is_found_by_its_other_names_and_is_not_what_it_is_spelled_like() {
    let test = TestSchema::with(&[
        (
            "associate",
            "# 資格\n\n- AWS 認定ソリューションアーキテクト – アソシエイト（2021年3月）\n",
        ),
        (
            "professional",
            "# 資格\n\n- AWS Certified Solutions Architect - Professional（2022年3月）\n",
        ),
        (
            "erp",
            "# 職歴\n\n## 株式会社試作（2019/04〜2021/03）\n\n- 使用技術: SAP、AWS\n",
        ),
    ])
    .await;
    for (query, found) in [
        ("SAA", "associate"),
        ("AWS SAA", "associate"),
        ("cert:SAA", "associate"),
        ("AWS SAP", "professional"),
        ("cert:\"AWS SAP\"", "professional"),
        ("tech:SAP tech:AWS", "erp"),
    ] {
        assert_eq!(test.find(query, Value::Null).await, [found], "{query}");
    }
}

#[tokio::test]
async fn conditions_combine_by_all_any_and_not() {
    let test = people().await;
    let (erlang, go, rust) = (technology("Erlang"), technology("Go"), technology("Rust"));
    assert!(
        test.find("", json!({ "all": [erlang, go] }))
            .await
            .is_empty()
    );
    assert_eq!(test.find("", json!({ "any": [erlang, go] })).await, BOTH);
    assert_eq!(test.find("", json!({ "not": erlang })).await, ["sakaki"]);
    assert_eq!(
        test.find("", json!({ "all": [rust, { "not": go }] })).await,
        ["minato"]
    );
    assert_eq!(test.find("Erlang", json!({ "not": go })).await, ["minato"]);
}

#[tokio::test]
async fn the_search_language_means_what_the_filter_means() {
    let test = people().await;
    let found = ["minato"];
    assert_eq!(test.find("tech:Erlang>=2y", Value::Null).await, found);
    assert!(test.find("tech:Erlang>=4y", Value::Null).await.is_empty());
    let query = "{技術:Erlang 会社:ドワンゴ 期間:2017-01..2017-12}";
    assert_eq!(test.find(query, Value::Null).await, found);
    let query = "{tech:Erlang employer:ヨモギ工房}";
    assert!(test.find(query, Value::Null).await.is_empty());
}

#[tokio::test]
async fn parallel_stints_count_once_and_open_ones_end_at_the_document() {
    let test = people().await;
    let document = "query($id: String) { candidate(externalId: $id) { technologies {
        technology { name } months basis asOf lastUsed grade intervals { from to } evidence { grade } } } }";
    let data = test.data(document, json!({ "id": "minato" })).await;
    let python = experience(&data, "Python");
    // 2016-04–2019-01, 2019-06–2021-12 (twice) and 2022-01–2022-10.
    assert_eq!(python["months"], 34 + 31 + 10);
    assert_eq!(python["asOf"], "2022-10");
    assert_eq!(python["lastUsed"], "2022-10");
    assert_eq!(python["basis"], "DATED");
    let data = test.data(document, json!({ "id": "sakaki" })).await;
    let aws = experience(&data, "AWS");
    assert_eq!(aws["months"], 41);
    assert_eq!(
        aws["intervals"],
        json!([{ "from": "2021-04", "to": "2024-08" }])
    );
    let rust = experience(&data, "Rust");
    assert_eq!(
        (&rust["months"], &rust["basis"]),
        (&json!(0), &json!("UNDATED"))
    );
    assert_eq!(rust["grade"], "DECLARED");
}

fn experience(data: &Value, name: &str) -> Value {
    let all = data["candidate"]["technologies"]
        .as_array()
        .expect("a list");
    let found = all.iter().find(|each| each["technology"]["name"] == name);
    found
        .unwrap_or_else(|| panic!("no {name} in {data}"))
        .clone()
}

#[tokio::test]
async fn no_clause_is_listed_without_evidence() {
    let test = people().await;
    let filter = json!({ "any": [technology("Erlang"), technology("Go"), { "text": "低遅延" }] });
    let data = test
        .data(
            "query($filter: CandidateFilter) { searchCandidates(query: \"AWS\", filter: $filter) {
                edges { matches { clause evidence { excerpt } } } } }",
            json!({ "filter": filter }),
        )
        .await;
    let edges = data["searchCandidates"]["edges"]
        .as_array()
        .expect("a list");
    assert_eq!(edges.len(), 2);
    for edge in edges {
        let matches = edge["matches"].as_array().expect("a list");
        assert!(matches.len() >= 2, "{edge}");
        assert!(
            matches
                .iter()
                .all(|each| each["evidence"][0]["excerpt"].is_string()),
            "{edge}"
        );
    }
}

#[tokio::test]
async fn facets_and_total_count_all_that_is_found() {
    let test = people().await;
    let data = test
        .data(
            "{ searchCandidates(first: 1) { nodes { externalId } totalCount facets {
                technologies { technology { name } count grades { grade count } }
                employers { employer { name } count } years { year count } } } }",
            json!({}),
        )
        .await;
    let search = &data["searchCandidates"];
    // Without query and filter, the last updated come first.
    assert_eq!(search["nodes"], json!([{ "externalId": "sakaki" }]));
    assert_eq!(search["totalCount"], 2);
    let facets = &search["facets"];
    let aws = facets["technologies"].as_array().expect("a list").iter();
    let aws = aws
        .clone()
        .find(|each| each["technology"]["name"] == "AWS")
        .expect("it is counted");
    assert_eq!(aws["count"], 2);
    let employers = facets["employers"].as_array().expect("a list");
    assert!(
        employers.iter().any(|each| each["count"] == 1),
        "{employers:?}"
    );
    let years = facets["years"].as_array().expect("a list");
    let count = |year: i32| {
        years
            .iter()
            .find(|each| each["year"] == year)
            .map(|each| &each["count"])
    };
    assert_eq!(count(2018), Some(&json!(2)));
    assert_eq!(count(2015), None);
}

#[tokio::test]
async fn pages_go_forward_and_backward_without_gaps() {
    let test = TestSchema::new().await;
    for number in 0..5 {
        let text = format!(
            "# 職務経歴書\n\n- 氏名: 候補 {number}郎\n\n## 株式会社架空{number}（2020年1月〜2021年3月）\n\n- 使用技術: Erlang\n"
        );
        test.import(&format!("c{number}"), &text).await;
    }
    let document = "query($first: Int, $after: String, $last: Int, $before: String) {
        searchCandidates(query: \"Erlang\", first: $first, after: $after, last: $last, before: $before) {
            nodes { externalId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let page = |variables: Value| async {
        let data = test.data(document, variables).await;
        let nodes = data["searchCandidates"]["nodes"]
            .as_array()
            .expect("a list")
            .clone();
        let ids: Vec<Value> = nodes
            .iter()
            .map(|node| node["externalId"].clone())
            .collect();
        (ids, data["searchCandidates"]["pageInfo"].clone())
    };
    let (all, info) = page(json!({ "first": 100 })).await;
    assert_eq!(all.len(), 5);
    assert_eq!(
        (&info["hasNextPage"], &info["hasPreviousPage"]),
        (&json!(false), &json!(false))
    );
    let (first, info) = page(json!({ "first": 2 })).await;
    assert_eq!(
        (first.as_slice(), &info["hasNextPage"]),
        (&all[..2], &json!(true))
    );
    let (second, info) = page(json!({ "first": 2, "after": info["endCursor"] })).await;
    assert_eq!(second, all[2..4]);
    let (before, _) = page(json!({ "last": 2, "before": info["startCursor"] })).await;
    assert_eq!(before, all[..2]);
    let (last, info) = page(json!({ "last": 2 })).await;
    assert_eq!(
        (last.as_slice(), &info["hasPreviousPage"]),
        (&all[3..], &json!(true))
    );
    let (none, _) = page(json!({ "first": 0 })).await;
    assert!(none.is_empty());
}

#[tokio::test]
async fn every_order_is_total_and_as_named() {
    let test = people().await;
    let document = "query($sort: CandidateSort!) { searchCandidates(
        filter: { technology: { name: \"AWS\" } }, sort: $sort) { nodes { externalId } } }";
    for (sort, first) in [
        ("MONTHS_DESC", "sakaki"),
        ("LAST_USED_DESC", "sakaki"),
        ("UPDATED_DESC", "sakaki"),
        ("RELEVANCE", ""),
        ("NAME_ASC", ""),
    ] {
        let data = test.data(document, json!({ "sort": sort })).await;
        let nodes = data["searchCandidates"]["nodes"]
            .as_array()
            .expect("a list");
        assert_eq!(nodes.len(), 2, "{sort}");
        assert!(
            first.is_empty() || nodes[0]["externalId"] == first,
            "{sort}"
        );
    }
}

#[tokio::test]
async fn what_became_of_the_query_is_told() {
    let test = people().await;
    let data = test
        .data(
            "{ searchCandidates(query: \"Elang 経験 ・\") { nodes { externalId } interpretation {
                parsed clauses corrections { typed corrected technology { name } }
                ignored { text position reason } } } }",
            json!({}),
        )
        .await;
    let interpretation = &data["searchCandidates"]["interpretation"];
    assert_eq!(interpretation["corrections"][0]["corrected"], "Erlang");
    assert_eq!(
        interpretation["corrections"][0]["technology"]["name"],
        "Erlang"
    );
    assert_eq!(
        interpretation["ignored"],
        json!([
            { "text": "経験", "position": 6, "reason": "GENERIC" },
            { "text": "・", "position": 9, "reason": "NO_TERM" },
        ])
    );
}

#[tokio::test]
async fn an_index_that_was_deleted_gives_the_same_answers_again() {
    let test = people().await;
    let document = "{ searchCandidates(query: \"AWS 低遅延\") { totalCount edges { score
        node { id } matches { clause months evidence { excerpt line } } } } }";
    let before = test.data(document, json!({})).await;
    let test = test.restarted_without_index().await;
    assert_eq!(test.data(document, json!({})).await, before);
}
