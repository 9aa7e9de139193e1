//! How technologies are used over all candidates, and who has which, over invented résumés.

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};

/// A person with projects, each given by its period and technologies.
fn resume(name: &str, projects: &[(&str, &str)]) -> String {
    let mut text = format!("# 職務経歴書\n更新日: 2024-03-31\n\n- 氏名: {name}\n\n## 職務経歴\n\n");
    text.push_str("### 株式会社ヨモギ工房（2010年4月 〜 現在）\n\n");
    for (number, (period, technologies)) in projects.iter().enumerate() {
        let title = ["受付", "集計", "配信", "検品", "会計"][number % 5];
        text.push_str(&format!(
            "#### {title}の刷新（{period}）\n\n- 使用技術: {technologies}\n\n"
        ));
    }
    text
}

async fn months(test: &TestSchema, name: &str) -> Value {
    let data = test
        .data(
            "query($query: String) { technologies(query: $query, first: 1) { nodes {
                name candidateCount totalMonths } } }",
            json!({ "query": name }),
        )
        .await;
    data["technologies"]["nodes"][0].clone()
}

#[tokio::test]
async fn total_months_are_the_sum_over_candidates_of_the_union_of_their_stints() {
    let parallel = resume(
        "一条 あおい",
        &[
            ("2015年1月 〜 2015年12月", "Erlang, Git"),
            ("2015年7月 〜 2016年6月", "Erlang, Git"),
        ],
    );
    let other = resume("二宮 はるか", &[("2020年1月 〜 2020年3月", "Erlang")]);
    let test = TestSchema::with(&[("a", &parallel), ("b", &other)]).await;
    let erlang = json!({ "name": "Erlang", "candidateCount": 2, "totalMonths": 18 + 3 });
    assert_eq!(months(&test, "Erlang").await, erlang);
    assert_eq!(months(&test, "Git").await["totalMonths"], 18);
    assert_eq!(months(&test, "Haskell").await["totalMonths"], 0);

    // What changes is counted anew.
    let shorter = resume("二宮 はるか", &[("2020年1月 〜 2020年2月", "Erlang")]);
    test.import("b", &shorter).await;
    assert_eq!(months(&test, "Erlang").await["totalMonths"], 18 + 2);
    let third = resume("三田 なぎさ", &[("2021年1月 〜 2021年1月", "Erlang")]);
    test.import("c", &third).await;
    assert_eq!(months(&test, "Erlang").await["totalMonths"], 18 + 2 + 1);
}

#[tokio::test]
async fn a_skill_table_adds_no_months() {
    let test = TestSchema::with(&[("sakaki", SAKAKI)]).await;
    let rust = months(&test, "Rust").await;
    assert_eq!(rust["candidateCount"], 1);
    assert_eq!(rust["totalMonths"], 0);
}

const RELATED: &str = "query($technology: ID!, $first: Int) {
    related(technology: $technology, first: $first) {
        technology { name } stintCount candidateCount lift strength } }";

/// Twelve people: Git everywhere, Mnesia only with Erlang, one odd tool once.
async fn teams() -> TestSchema {
    let test = TestSchema::new().await;
    for number in 0..12 {
        let technologies = match number {
            0 => "Erlang, Mnesia, Git, Fortran",
            1 | 2 => "Erlang, Mnesia, Git, AWS Lambda",
            3 => "Erlang, Git",
            _ => "PHP, Git, MySQL",
        };
        let projects = [
            ("2018年4月 〜 2019年3月", technologies),
            ("2019年4月 〜 2020年3月", "Git, PHP"),
        ];
        let text = resume(&format!("架空 {number}番"), &projects);
        test.import(&format!("c{number}"), &text).await;
    }
    test
}

#[tokio::test]
async fn what_belongs_together_comes_before_what_everybody_uses() {
    let test = teams().await;
    let data = test.data(RELATED, json!({ "technology": "Erlang" })).await;
    let related = data["related"].as_array().expect("a list");
    let names: Vec<&str> = related
        .iter()
        .filter_map(|each| each["technology"]["name"].as_str())
        .collect();
    assert_eq!(names[0], "Mnesia", "{related:?}");
    assert_eq!(related[0]["stintCount"], 3);
    assert_eq!(related[0]["candidateCount"], 3);
    // 3 of 24 stints have both, 4 have Erlang, 3 Mnesia: 3 * 24 / (4 * 3).
    let lift = related[0]["lift"].as_f64().expect("a number");
    assert!((lift - 6.0).abs() < 1e-9, "{lift}");
    // Git is in every stint, PHP in those of others.
    assert!(!names.contains(&"Git"), "{names:?}");
    assert!(!names.contains(&"PHP"), "{names:?}");
    let place = |name: &str| names.iter().position(|other| *other == name);
    assert!(place("AWS Lambda") < place("Fortran"), "{names:?}");
    assert!(place("Fortran").is_some(), "{names:?}");
    let strengths: Vec<f64> = related
        .iter()
        .filter_map(|each| each["strength"].as_f64())
        .collect();
    assert!(
        strengths
            .iter()
            .all(|&strength| strength > 0.0 && strength <= 1.0)
    );
    assert!(strengths.is_sorted_by(|a, b| a >= b));
    let first = test
        .data(RELATED, json!({ "technology": "erlang/otp", "first": 1 }))
        .await;
    assert_eq!(first["related"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_part_stands_for_its_whole_and_is_not_related_to_it() {
    let test = teams().await;
    let of_whole = test.data(RELATED, json!({ "technology": "AWS" })).await;
    let names: Vec<&Value> = of_whole["related"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|each| &each["technology"]["name"])
        .collect();
    assert!(names.contains(&&json!("Mnesia")), "{names:?}");
    assert!(!names.contains(&&json!("AWS Lambda")), "{names:?}");
}

#[tokio::test]
async fn a_technology_is_named_by_id_too_and_an_unknown_one_is_not_found() {
    let test = teams().await;
    let data = test
        .data(
            "{ technologies(query: \"Erlang\", first: 1) { nodes { id } } }",
            json!({}),
        )
        .await;
    let id = &data["technologies"]["nodes"][0]["id"];
    let by_id = test.data(RELATED, json!({ "technology": id })).await;
    let by_name = test.data(RELATED, json!({ "technology": "Erlang" })).await;
    assert_eq!(by_id, by_name);
    // Known to the lexicon, used by nobody.
    let unused = test.data(RELATED, json!({ "technology": "Haskell" })).await;
    assert_eq!(unused["related"], json!([]));
    let code = async |technology: &str, first: i32| {
        test.code(RELATED, json!({ "technology": technology, "first": first }))
            .await
    };
    assert_eq!(code("ほげふが処理系", 5).await, "NOT_FOUND");
    assert_eq!(code(" ", 5).await, "BAD_USER_INPUT");
    assert_eq!(code(&"長".repeat(201), 5).await, "BAD_USER_INPUT");
    assert_eq!(code("Erlang", 101).await, "BAD_USER_INPUT");
}

const MATRIX: &str = "query($ids: [ID!]!, $technologies: [String!]!) {
    skillMatrix(candidateIds: $ids, technologies: $technologies) {
        columns { asked technology { name } }
        rows { candidate { externalId } cells { technology { name } months lastUsed grade
            experience { intervals { from to } } } }
        unknownCandidates unknownTechnologies } }";

async fn id_of(test: &TestSchema, external_id: &str) -> Value {
    let data = test
        .data(
            "query($id: String) { candidate(externalId: $id) { id } }",
            json!({ "id": external_id }),
        )
        .await;
    data["candidate"]["id"].clone()
}

#[tokio::test]
async fn a_matrix_gives_months_last_use_and_grade_in_the_asked_order() {
    let test = TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await;
    let ids = [id_of(&test, "sakaki").await, id_of(&test, "minato").await];
    let technologies = ["アーラン", "AWS", "Rust", "TypeScript", "Erlang"];
    let data = test
        .data(MATRIX, json!({ "ids": ids, "technologies": technologies }))
        .await;
    let matrix = &data["skillMatrix"];
    assert_eq!(
        matrix["columns"],
        json!([
            { "asked": "アーラン", "technology": { "name": "Erlang" } },
            { "asked": "AWS", "technology": { "name": "AWS" } },
            { "asked": "Rust", "technology": { "name": "Rust" } },
            { "asked": "TypeScript", "technology": { "name": "TypeScript" } },
        ])
    );
    let cells = |row: usize| -> Vec<Value> {
        let cells = matrix["rows"][row]["cells"].as_array().expect("a list");
        let short = |cell: &Value| json!([cell["months"], cell["lastUsed"], cell["grade"]]);
        cells.iter().map(short).collect()
    };
    assert_eq!(matrix["rows"][0]["candidate"]["externalId"], "sakaki");
    assert_eq!(
        cells(0),
        [
            json!([0, null, null]),
            // Two projects, one after the other, to the date of the document.
            json!([41, "2024-08", "WORKED"]),
            json!([0, null, "DECLARED"]),
            json!([0, null, "LEARNING"]),
        ]
    );
    assert_eq!(matrix["rows"][1]["candidate"]["externalId"], "minato");
    assert_eq!(
        cells(1)[..2],
        [
            json!([34, "2019-01", "WORKED"]),
            // By AWS and by its parts alike.
            json!([31, "2021-12", "WORKED"]),
        ]
    );
    assert_eq!(matrix["rows"][0]["cells"][0]["experience"], Value::Null);
    assert_eq!(
        matrix["rows"][1]["cells"][0]["experience"]["intervals"],
        json!([{ "from": "2016-04", "to": "2019-01" }])
    );
}

#[tokio::test]
async fn a_part_counts_as_its_whole_in_a_matrix() {
    let text = resume("四谷 つむぎ", &[("2020年1月 〜 2020年6月", "AWS Lambda")]);
    let test = TestSchema::with(&[("a", &text)]).await;
    let ids = [id_of(&test, "a").await];
    let data = test
        .data(
            MATRIX,
            json!({ "ids": ids, "technologies": ["AWS", "AWS Lambda"] }),
        )
        .await;
    let cells = &data["skillMatrix"]["rows"][0]["cells"];
    assert_eq!(cells[0]["months"], 6);
    assert_eq!(cells[0]["technology"]["name"], "AWS");
    assert_eq!(cells[1]["months"], 6);
}

#[tokio::test]
async fn unknown_names_and_candidates_of_a_matrix_are_told() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let minato = id_of(&test, "minato").await;
    // Candidate:00000000-0000-0000-0000-000000000001
    let nobody = "Q2FuZGlkYXRlOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMQ";
    let data = test
        .data(
            MATRIX,
            json!({ "ids": [nobody, minato, minato], "technologies": ["ほげふが処理系", "Rust"] }),
        )
        .await;
    let matrix = &data["skillMatrix"];
    assert_eq!(matrix["unknownTechnologies"], json!(["ほげふが処理系"]));
    assert_eq!(matrix["unknownCandidates"], json!([nobody]));
    assert_eq!(matrix["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(matrix["columns"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_matrix_has_limits() {
    let test = TestSchema::with(&[("minato", MINATO)]).await;
    let minato = id_of(&test, "minato").await;
    let code = async |ids: Vec<Value>, technologies: Vec<&str>| {
        test.code(MATRIX, json!({ "ids": ids, "technologies": technologies }))
            .await
    };
    let many_ids = vec![minato.clone(); 51];
    let one = vec![minato.clone()];
    for (ids, technologies) in [
        (Vec::new(), vec!["Rust"]),
        (one.clone(), Vec::new()),
        (many_ids, vec!["Rust"]),
        (one.clone(), vec!["Rust"; 51]),
        (one.clone(), vec![""]),
        (vec![json!("nonsense")], vec!["Rust"]),
    ] {
        assert_eq!(code(ids, technologies).await, "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn a_matrix_of_fifty_takes_as_many_statements_as_one_of_two() {
    let test = TestSchema::new().await;
    let mut ids = Vec::new();
    for number in 0..50 {
        let text = resume(
            &format!("架空 {number}番"),
            &[("2020年1月 〜 2020年6月", "Rust, AWS")],
        );
        ids.push(test.import(&format!("c{number}"), &text).await);
    }
    let names: Vec<String> = ["Rust", "AWS", "Go", "Erlang"].map(str::to_owned).to_vec();
    let mut fifty = names.clone();
    fifty.extend((0..46).map(|number| format!("架空の言語{number}号")));
    let statements = async |ids: &[String], technologies: &[String]| {
        let variables = json!({ "ids": ids, "technologies": technologies });
        let data = test.data(MATRIX, variables.clone()).await;
        let rows = data["skillMatrix"]["rows"].as_array().expect("a list");
        assert_eq!(rows.len(), ids.len());
        assert_eq!(rows[0]["cells"].as_array().map(Vec::len), Some(names.len()));
        test.statements(MATRIX, &variables).await
    };
    let of_two = statements(&ids[..2], &fifty).await;
    let of_fifty = statements(&ids, &fifty).await;
    assert_eq!(of_fifty, of_two);
}
