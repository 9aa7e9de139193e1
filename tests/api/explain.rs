//! Why a candidate is found or not, in both languages and with the lines that come nearest.

use std::sync::Arc;

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};
use shokureki::domain::{Access, OrganizationId};
use shokureki::graphql::Locale;
use shokureki::search::{Reason, Request, SearchOptions, Searcher};
use shokureki_index::SkillIndex;
use shokureki_index::lexicon::Lexicon;

const DOCUMENT: &str = "query($id: ID!, $query: String, $filter: CandidateFilter) {
    explain(candidateId: $id, query: $query, filter: $filter) {
        candidate { externalId }
        isMet
        score
        clauses {
            clause isMet isNegated isWeak score
            parts { name value text textJa textEn }
            match { clause months evidence { excerpt } }
            whyNot { reason textJa }
        }
        together { name value text textJa textEn }
        whyNot { clause reason text textJa textEn evidence { excerpt line grade } }
        interpretation { parsed clauses }
    }
}";

/// An invented résumé whose project has no date.
const UNDATED: &str = "# 職務経歴書\n\n更新日: 2024/01/10\n\n- 氏名: 杉 なぎ\n\n## 職務経歴\n\n### 株式会社杉並工房\n\n#### 配信の仕組み\n\n- 技術\n  - Erlang\n";

/// The invented people.
struct People {
    test: TestSchema,
    minato: String,
    sakaki: String,
    undated: String,
}

impl People {
    async fn new() -> Self {
        let test = TestSchema::new().await;
        Self {
            minato: test.import("minato", MINATO).await,
            sakaki: test.import("sakaki", SAKAKI).await,
            undated: test.import("undated", UNDATED).await,
            test,
        }
    }

    async fn explain(&self, id: &str, query: &str, filter: &Value) -> Value {
        let query = Some(query).filter(|query| !query.is_empty());
        let variables = json!({ "id": id, "query": query, "filter": filter });
        self.test.data(DOCUMENT, variables).await["explain"].take()
    }

    /// Checks why a candidate is not met: the reason, both texts, and whether evidence has a part.
    async fn check(&self, id: &str, query: &str, filter: Value, expected: [&str; 4]) {
        let explained = self.explain(id, query, &filter).await;
        let told = format!("{query} {filter}: {explained:#}");
        assert_eq!(explained["isMet"], false, "{told}");
        let why_not = &explained["whyNot"];
        let [reason, japanese, english, evidence] = expected;
        assert_eq!(why_not["reason"], reason, "{told}");
        assert_eq!(why_not["textJa"], japanese, "{told}");
        assert_eq!(why_not["textEn"], english, "{told}");
        assert_eq!(why_not["text"], english, "{told}");
        let excerpts: Vec<&str> = list(&why_not["evidence"])
            .iter()
            .filter_map(|each| each["excerpt"].as_str())
            .collect();
        if evidence.is_empty() {
            assert!(excerpts.is_empty(), "{told}");
        } else {
            let shows = |excerpt: &&str| excerpt.contains(evidence);
            assert!(excerpts.iter().any(shows), "{evidence} in {told}");
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn technology(name: &str, more: Value) -> Value {
    let mut technology = json!({ "name": name });
    if let (Some(technology), Value::Object(more)) = (technology.as_object_mut(), more) {
        technology.extend(more);
    }
    json!({ "technology": technology })
}

fn with(mut filter: Value, key: &str, value: Value) -> Value {
    filter[key] = value;
    filter
}

#[tokio::test]
async fn what_the_resume_does_not_have_is_told() {
    let people = People::new().await;
    let (minato, sakaki) = (&people.minato, &people.sakaki);
    let none = Value::Null;
    let absent = |ja, en, evidence| ["ABSENT", ja, en, evidence];
    people
        .check(
            sakaki,
            "",
            technology("Erlang", none.clone()),
            absent("Erlang の記載がない", "Erlang is not named", ""),
        )
        .await;
    people
        .check(
            sakaki,
            "Elang",
            none.clone(),
            absent(
                "「Erlang」の記載がない",
                "“Erlang” is not in the résumé",
                "",
            ),
        )
        .await;
    people
        .check(
            sakaki,
            "\"配信クラスタ\"",
            none.clone(),
            absent(
                "「配信クラスタ」の記載がない",
                "“配信クラスタ” is not in the résumé",
                "",
            ),
        )
        .await;
    people
        .check(
            sakaki,
            "Erla*",
            none.clone(),
            absent("「Erla*」の記載がない", "“Erla*” is not in the résumé", ""),
        )
        .await;
    people
        .check(
            sakaki,
            "",
            json!({ "employer": { "name": "ドワンゴ" } }),
            absent(
                "ドワンゴ に在籍した記録がない",
                "no record of working at ドワンゴ",
                "SBI証券",
            ),
        )
        .await;
    people
        .check(
            minato,
            "",
            json!({ "role": "テックリード" }),
            absent(
                "「テックリード」という肩書き・役割がない",
                "no title or role “テックリード”",
                "",
            ),
        )
        .await;
    people
        .check(
            minato,
            "",
            json!({ "text": "市場データ" }),
            absent(
                "「市場データ」の記載が案件・職務にない",
                "“市場データ” is in no job or project",
                "",
            ),
        )
        .await;
    people
        .check(
            sakaki,
            "cert:LPIC-1",
            none.clone(),
            absent(
                "資格「LPIC-1」の記載がない",
                "no certificate “LPIC-1”",
                "AWS Certified",
            ),
        )
        .await;
    people
        .check(
            sakaki,
            "",
            json!({ "location": "大阪" }),
            absent(
                "居住地が「大阪府」ではない",
                "does not live in “大阪府”",
                "東京都",
            ),
        )
        .await;
    people
        .check(
            sakaki,
            "name:湊",
            none,
            absent("氏名が「湊」ではない", "the name is not “湊”", "榊 るい"),
        )
        .await;
}

#[tokio::test]
async fn a_technology_that_is_only_claimed_or_wished_for_is_told_with_its_lines() {
    let people = People::new().await;
    let sakaki = &people.sakaki;
    let learned = [
        "GRADE_TOO_WEAK",
        "TypeScript は学習のみ",
        "TypeScript only learned or wished for",
        "TypeScript を使った",
    ];
    people
        .check(sakaki, "", technology("TypeScript", Value::Null), learned)
        .await;
    people
        .check(sakaki, "TypeScript", Value::Null, learned)
        .await;
    people
        .check(
            sakaki,
            "",
            technology("Rust", json!({ "minGrade": "WORKED" })),
            [
                "GRADE_TOO_WEAK",
                "Rust はスキル表などの申告のみ",
                "Rust only declared",
                "Rust",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "",
            with(
                technology("Rust", Value::Null),
                "employer",
                json!({ "name": "SBI証券" }),
            ),
            [
                "OUTSIDE_STINTS",
                "Rust は案件・職務の外（スキル表など）にのみ記載",
                "Rust is named outside jobs and projects only",
                "Rust",
            ],
        )
        .await;
}

#[tokio::test]
async fn what_was_in_another_stint_is_told() {
    let people = People::new().await;
    let sakaki = &people.sakaki;
    people
        .check(
            sakaki,
            "",
            with(
                technology("Java", Value::Null),
                "employer",
                json!({ "name": "SBI証券" }),
            ),
            [
                "OTHER_STINT",
                "Java は SBI証券 とは別の案件で",
                "Java in another stint than SBI証券",
                "Java",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "{tech:Go role:テックリード}",
            Value::Null,
            [
                "OTHER_STINT",
                "Go は テックリード とは別の案件で",
                "Go in another stint than テックリード",
                "Go, Kubernetes",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "{tech:Go tech:Java}",
            Value::Null,
            [
                "OTHER_STINT",
                "Go は Java とは別の案件で",
                "Go in another stint than Java",
                "Java, Oracle",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "{tech:Go -tech:AWS}",
            Value::Null,
            [
                "EXCLUDED",
                "Go の案件はどれも AWS を使用",
                "every stint of Go names AWS too",
                "AWS",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "{tech:AWS tech:Go>=10y}",
            Value::Null,
            [
                "TOO_FEW_MONTHS",
                "Go は 17か月、120か月に足りない",
                "Go 17 months, less than 120",
                "Go, Kubernetes",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "{employer:SBI証券 text:夜間処理}",
            Value::Null,
            [
                "OTHER_STINT",
                "SBI証券 は 夜間処理 とは別の案件で",
                "SBI証券 in another stint than 夜間処理",
                "SBI証券",
            ],
        )
        .await;
}

#[tokio::test]
async fn what_was_at_another_time_is_told() {
    let people = People::new().await;
    let (minato, sakaki) = (&people.minato, &people.sakaki);
    let in_period =
        |name: &str, period: Value| with(technology(name, Value::Null), "period", period);
    people
        .check(
            sakaki,
            "",
            in_period("C++", json!({ "from": "2024-01" })),
            [
                "OUTSIDE_PERIOD",
                "C++ は 2021–2023 のみ、期間外",
                "C++ only 2021–2023, outside the period",
                "C++",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "",
            in_period("C++", json!({ "from": "2023-04", "to": "2023-12" })),
            [
                "OUTSIDE_PERIOD",
                "C++ は 2021-04–2023-03 のみ、期間外",
                "C++ only 2021-04–2023-03, outside the period",
                "C++",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "",
            in_period(
                "C++",
                json!({ "from": "2022-01", "to": "2024-12", "match": "WITHIN" }),
            ),
            [
                "OUTSIDE_PERIOD",
                "C++ は 2021-04–2023-03、期間内に収まらない",
                "C++ 2021-04–2023-03, not within the period",
                "C++",
            ],
        )
        .await;
    people
        .check(
            minato,
            "period:..2010",
            Value::Null,
            [
                "OUTSIDE_PERIOD",
                "職歴 は 2016–2019, 2019–2022 のみ、期間外",
                "the career only 2016–2019, 2019–2022, outside the period",
                "ドワンゴ",
            ],
        )
        .await;
    people
        .check(
            minato,
            "{employer:ドワンゴ period:2020..}",
            Value::Null,
            [
                "OUTSIDE_PERIOD",
                "ドワンゴ は 2016–2019 のみ、期間外",
                "ドワンゴ only 2016–2019, outside the period",
                "ドワンゴ",
            ],
        )
        .await;
    people
        .check(
            minato,
            "{tech:Erlang period:last3y}",
            Value::Null,
            [
                "OUTSIDE_PERIOD",
                "Erlang は 2016-04–2019-01 のみ、期間外",
                "Erlang only 2016-04–2019-01, outside the period",
                "Elang/OTP",
            ],
        )
        .await;
    people
        .check(
            &people.undated,
            "",
            in_period("Erlang", json!({ "from": "2016" })),
            [
                "UNDATED",
                "Erlang の時期が書かれていない",
                "Erlang is not dated",
                "Erlang",
            ],
        )
        .await;
}

#[tokio::test]
async fn too_few_months_and_use_too_long_ago_are_told_with_the_numbers() {
    let people = People::new().await;
    let (minato, sakaki) = (&people.minato, &people.sakaki);
    people
        .check(
            minato,
            "tech:Rust>=2y",
            Value::Null,
            [
                "TOO_FEW_MONTHS",
                "Rust は 10か月、24か月に足りない",
                "Rust 10 months, less than 24",
                "Rust",
            ],
        )
        .await;
    let clipped = with(
        with(
            technology("Erlang", json!({ "minMonths": 13 })),
            "period",
            json!({ "from": "2017-01", "to": "2017-12" }),
        ),
        "employer",
        json!({ "name": "ドワンゴ" }),
    );
    people
        .check(
            minato,
            "",
            clipped,
            [
                "TOO_FEW_MONTHS",
                "Erlang は 12か月、13か月に足りない",
                "Erlang 12 months, less than 13",
                "Elang/OTP",
            ],
        )
        .await;
    let since = |name| technology(name, json!({ "lastUsedSince": "2020-01" }));
    people
        .check(
            minato,
            "",
            since("Erlang"),
            [
                "NOT_USED_SINCE",
                "Erlang は 2019-01 が最後、2020-01 以降の使用なし",
                "Erlang last used 2019-01, not since 2020-01",
                "Elang/OTP",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "",
            since("Rust"),
            [
                "NOT_USED_SINCE",
                "Rust を使った時期が書かれていない、2020-01 以降の使用なし",
                "Rust is not dated, no use since 2020-01",
                "Rust",
            ],
        )
        .await;
}

#[tokio::test]
async fn whether_a_job_goes_on_is_told() {
    let people = People::new().await;
    let employer =
        |name: &str, tenure: &str| json!({ "employer": { "name": name, "tenure": tenure } });
    people
        .check(
            &people.minato,
            "",
            employer("ドワンゴ", "CURRENT"),
            [
                "JOB_IS_OVER",
                "ドワンゴ には現在在籍していない",
                "no longer at ドワンゴ",
                "ドワンゴ",
            ],
        )
        .await;
    people
        .check(
            &people.sakaki,
            "",
            employer("SBI証券", "PAST"),
            [
                "JOB_GOES_ON",
                "SBI証券 に在籍中",
                "still at SBI証券",
                "SBI証券",
            ],
        )
        .await;
}

#[tokio::test]
async fn what_is_excluded_is_told_and_alternatives_by_the_nearest() {
    let people = People::new().await;
    let sakaki = &people.sakaki;
    people
        .check(
            sakaki,
            "AWS -Java",
            Value::Null,
            [
                "EXCLUDED",
                "除外条件「Java」に当てはまる",
                "meets “Java”, which is excluded",
                "Java",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "tech:Erlang OR tech:Java>=10y",
            Value::Null,
            [
                "TOO_FEW_MONTHS",
                "Java は 48か月、120か月に足りない",
                "Java 48 months, less than 120",
                "Java",
            ],
        )
        .await;
    people
        .check(
            sakaki,
            "",
            json!({ "not": {} }),
            [
                "EXCLUDED",
                "すべての人を除く条件",
                "the condition excludes everybody",
                "",
            ],
        )
        .await;
    let explained = people.explain(sakaki, "AWS -Java", &Value::Null).await;
    let clauses = list(&explained["clauses"]);
    assert_eq!(clauses[1]["isNegated"], true);
    assert_eq!(clauses[1]["isMet"], true);
    assert_eq!(clauses[1]["parts"], json!([]), "it adds nothing");
}

#[tokio::test]
async fn the_first_condition_that_failed_is_told_and_each_is_decided() {
    let people = People::new().await;
    let query = "AWS tech:Erlang>=10y Haskell 実務";
    let explained = people.explain(&people.minato, query, &Value::Null).await;
    assert_eq!(explained["whyNot"]["clause"], "tech:Erlang>=120m");
    let clauses = list(&explained["clauses"]);
    let column = |key: &str| -> Vec<&Value> { clauses.iter().map(|clause| &clause[key]).collect() };
    assert_eq!(
        column("clause"),
        ["AWS", "tech:Erlang>=120m", "Haskell", "実務"]
    );
    assert_eq!(column("isMet"), [true, false, false, false]);
    assert_eq!(column("isWeak"), [false, false, false, true]);
    assert_eq!(clauses[0]["whyNot"], Value::Null);
    assert_eq!(clauses[1]["whyNot"]["reason"], "TOO_FEW_MONTHS");
    assert_eq!(clauses[2]["whyNot"]["reason"], "ABSENT");
    assert!(!list(&clauses[0]["match"]["evidence"]).is_empty());
    assert_eq!(clauses[1]["match"], Value::Null);
    assert!(clauses[0]["score"].as_f64() > Some(0.0));
}

#[tokio::test]
async fn the_parts_of_the_score_add_up_to_what_the_search_gives() {
    let people = People::new().await;
    for (query, filter) in [
        ("Erlang", Value::Null),
        ("AWS 低遅延", Value::Null),
        ("ドワンゴ", Value::Null),
        ("Go Kubernetes 実務", Value::Null),
        (
            "Python OR Rust",
            json!({ "employer": { "name": "みなと商会" } }),
        ),
        ("AWS -Java", Value::Null),
        ("", technology("AWS", json!({ "minMonths": 12 }))),
        ("cert:AWS", json!({ "location": "東京" })),
    ] {
        let variables =
            json!({ "query": Some(query).filter(|query| !query.is_empty()), "filter": filter });
        let search = "query($query: String, $filter: CandidateFilter) {
            searchCandidates(query: $query, filter: $filter) { edges { score node { id } } } }";
        let found = people.test.data(search, variables).await;
        let edges = list(&found["searchCandidates"]["edges"]);
        for id in [&people.minato, &people.sakaki, &people.undated] {
            let edge = edges.iter().find(|edge| edge["node"]["id"] == json!(id));
            let explained = people.explain(id, query, &filter).await;
            assert_eq!(explained["isMet"], edge.is_some(), "{query}: {explained:#}");
            assert_eq!(explained["whyNot"].is_null(), edge.is_some());
            let parts = |of: &Value| -> f64 {
                let parts = list(&of["parts"]).iter();
                parts.filter_map(|part| part["value"].as_f64()).sum()
            };
            let clauses: f64 = list(&explained["clauses"]).iter().map(parts).sum();
            let together = explained["together"]["value"].as_f64().unwrap_or(0.0);
            let score = explained["score"].as_f64().expect("a number");
            assert!((clauses + together - score).abs() < 1e-4, "{explained:#}");
            if let Some(edge) = edge {
                let found = edge["score"].as_f64().expect("a number");
                assert!((found - score).abs() < 1e-4, "{query}: {explained:#}");
            }
        }
    }
}

#[tokio::test]
async fn the_parts_are_told_in_both_languages() {
    let people = People::new().await;
    let variables = json!({ "id": people.sakaki, "query": "Go Kubernetes" });
    let answer = people
        .test
        .answer_in(Locale::Japanese, DOCUMENT, variables)
        .await;
    let explained = &answer["data"]["explain"];
    let go = &explained["clauses"][0];
    let part = |name: &str| {
        let parts = list(&go["parts"]).iter();
        let mut named = parts.filter(|part| part["name"] == name);
        named.next().unwrap_or_else(|| panic!("{name} in {go:#}"))
    };
    assert_eq!(part("GRADE")["text"], "職務で使用");
    assert_eq!(part("GRADE")["textEn"], "used in a job");
    assert_eq!(part("MONTHS")["text"], "17か月");
    assert_eq!(part("MONTHS")["textEn"], "17 months");
    assert_eq!(part("RECENCY")["textJa"], "最終使用 2024-08");
    assert_eq!(part("RECENCY")["textEn"], "last used 2024-08");
    assert!(part("FREQUENCY")["value"].as_f64() > Some(0.0));
    let together = &explained["together"];
    assert_eq!(together["name"], "TOGETHER");
    assert_eq!(together["text"], "2つの条件を同じ案件で満たす");
    assert_eq!(together["textEn"], "one stint meets 2 of the conditions");
}

#[tokio::test]
async fn without_a_condition_everybody_is_met() {
    let people = People::new().await;
    for query in ["", "  "] {
        let explained = people.explain(&people.minato, query, &Value::Null).await;
        assert_eq!(explained["isMet"], true);
        assert_eq!(explained["whyNot"], Value::Null);
        assert_eq!(explained["clauses"], json!([]));
        assert_eq!(explained["score"], 0.0);
        assert_eq!(explained["candidate"]["externalId"], "minato");
    }
}

#[tokio::test]
async fn unknown_candidates_and_bad_requests_have_their_codes() {
    let people = People::new().await;
    let code = |id: String, query: &str| {
        let variables = json!({ "id": id, "query": query });
        people.test.code(DOCUMENT, variables)
    };
    assert_eq!(code("?".to_owned(), "Go").await, "BAD_USER_INPUT");
    assert_eq!(code(people.minato.clone(), "\"Go").await, "BAD_USER_INPUT");
    let data = people
        .test
        .data(
            "query($id: ID!) { node(id: $id) { ... on Candidate { resume { id } } } }",
            json!({ "id": people.minato }),
        )
        .await;
    let resume = data["node"]["resume"]["id"].as_str().expect("an id");
    assert_eq!(code(resume.to_owned(), "Go").await, "NOT_FOUND");
    people
        .test
        .data(
            "mutation($id: ID!) { eraseCandidate(input: { id: $id }) { erasedId } }",
            json!({ "id": people.minato }),
        )
        .await;
    assert_eq!(code(people.minato.clone(), "Go").await, "NOT_FOUND");
}

#[tokio::test]
async fn a_candidate_that_the_index_does_not_have_yet_is_told_so() {
    let people = People::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let empty = SkillIndex::open(folder.path()).expect("it opens");
    let searcher = Searcher::new(
        people.test.store.clone(),
        Lexicon::builtin(),
        Arc::new(move |_| Some(empty.clone())),
        SearchOptions::default(),
    );
    let organization = OrganizationId::DEFAULT;
    let candidate = people
        .test
        .store
        .candidate_by_external_id(organization, "minato")
        .await
        .expect("the store answers")
        .expect("it is there");
    let request = Request {
        query: Some("Erlang".to_owned()),
        ..Request::default()
    };
    let explained = searcher
        .explain(&Access::local(), candidate, &request)
        .await;
    let explained = explained.expect("an answer").expect("a candidate");
    assert!(!explained.is_met);
    assert!(explained.clauses.is_empty());
    let why_not = explained.why_not.expect("a reason");
    assert_eq!(why_not.reason, Reason::NotIndexed);
    assert_eq!(why_not.text.japanese, "検索の索引にまだない");
    assert!(why_not.evidence.is_empty());
}
