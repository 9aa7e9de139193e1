//! What searches for projects and jobs find, over invented résumés.

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::{Value, json};
use shokureki::domain::OrganizationId;

/// An invented engineer with a job that has text of its own beside two projects, and one without.
const TAKASE: &str = "# 職務経歴書
更新日: 2024-03-31

- 氏名: 高瀬 みのり
- 現住所: 大阪府

## 職務経歴

### 株式会社ヨモギ工房（2018年4月 〜 2022年3月）

入社から二年は教育係も務め、Terraform の手引きを書いた。

#### 通知基盤の刷新（2018年4月 〜 2020年3月）

- 役割: テックリード
- 使用技術: Erlang, AWS
- 概要: 端末ごとの通知を順に配る

#### 会計画面の改修（2020年4月 〜 2022年3月）

- 使用技術: TypeScript, AWS
- 概要: 古い画面を置き換え、月次の締めを早めた

### 株式会社こもれび製作所（2022年4月 〜 現在）

#### 検品の自動化（2022年4月 〜 現在）

- 使用技術: Python, OpenCV
- 概要: 傷のある部品を順に見つける
";

async fn people() -> TestSchema {
    TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI), ("takase", TAKASE)]).await
}

const SEARCH: &str = "query($query: String, $filter: CandidateFilter, $groupBy: StintGrouping,
        $sort: StintSort, $first: Int, $after: String, $last: Int, $before: String) {
    searchStints(query: $query, filter: $filter, groupBy: $groupBy, sort: $sort, first: $first,
        after: $after, last: $last, before: $before) {
      totalCount groupCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      interpretation { parsed clauses }
      edges { ...found }
      groups { candidate { externalId } employer { name } count edges { ...found } } } }
    fragment found on StintSearchEdge { cursor score candidate { externalId }
      matches { clause months evidence { line excerpt grade } }
      node { __typename line employer { name } ... on Project { title }
        ... on Employment { projects { title } } } }";

async fn search(test: &TestSchema, variables: Value) -> Value {
    let mut data = test.data(SEARCH, variables).await;
    data["searchStints"].take()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().expect("a list").clone()
}

/// `candidate: title` of a project, `candidate @ employer` of a job.
fn name(edge: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let candidate = text(&edge["candidate"]["externalId"]);
    let node = &edge["node"];
    match node["__typename"].as_str() {
        Some("Project") => format!("{candidate}: {}", text(&node["title"])),
        _ => format!("{candidate} @ {}", text(&node["employer"]["name"])),
    }
}

fn names(connection: &Value) -> Vec<String> {
    list(&connection["edges"]).iter().map(name).collect()
}

/// Returns the stints that a query and a filter find, sorted by name; the count must agree.
async fn find(test: &TestSchema, query: &str, filter: Value) -> Vec<String> {
    let query = Some(query).filter(|query| !query.is_empty());
    let variables = json!({ "query": query, "filter": filter, "first": 100 });
    let found = search(test, variables).await;
    let mut names = names(&found);
    assert_eq!(found["totalCount"], names.len());
    names.sort();
    names
}

#[tokio::test]
async fn the_projects_that_used_a_technology_are_found_and_not_their_jobs() {
    let test = people().await;
    let expected = ["minato: 配信クラスタ", "takase: 通知基盤の刷新"];
    assert_eq!(find(&test, "Erlang", Value::Null).await, expected);
    assert_eq!(find(&test, "アーラン", Value::Null).await, expected);
    let filter = json!({ "technology": { "name": "Erlang" } });
    assert_eq!(find(&test, "", filter).await, expected);
}

#[tokio::test]
async fn a_job_is_found_for_its_own_text_and_mentions() {
    let test = people().await;
    let job = ["takase @ 株式会社ヨモギ工房"];
    assert_eq!(find(&test, "Terraform", Value::Null).await, job);
    assert_eq!(find(&test, "教育係", Value::Null).await, job);
    let filter =
        json!({ "technology": { "name": "Terraform" }, "employer": { "name": "ヨモギ工房" } });
    assert_eq!(find(&test, "", filter).await, job);
}

#[tokio::test]
async fn an_employer_is_that_of_the_job_and_of_its_projects() {
    let test = people().await;
    let filter = json!({ "employer": { "name": "こもれび製作所", "tenure": "CURRENT" } });
    let expected = ["takase @ 株式会社こもれび製作所", "takase: 検品の自動化"];
    assert_eq!(find(&test, "", filter).await, expected);
    assert_eq!(find(&test, "こもれび製作所", Value::Null).await, expected);
}

#[tokio::test]
async fn every_condition_is_met_by_the_same_stint() {
    let test = people().await;
    // The person did both, but in different projects.
    assert_eq!(test.find("Erlang 締め", Value::Null).await, ["takase"]);
    assert!(
        find(&test, "tech:Erlang \"締め\"", Value::Null)
            .await
            .is_empty()
    );
    assert_eq!(
        find(&test, "TypeScript 締め", Value::Null).await,
        ["takase: 会計画面の改修"]
    );
    let both = json!({ "all": [
        { "technology": { "name": "AWS" } },
        { "technology": { "name": "Erlang" } },
    ] });
    assert_eq!(find(&test, "", both).await, ["takase: 通知基盤の刷新"]);
    let either = json!({ "any": [
        { "technology": { "name": "OpenCV" } },
        { "technology": { "name": "Erlang" }, "employer": { "name": "ドワンゴ" } },
    ] });
    assert_eq!(
        find(&test, "", either).await,
        ["minato: 配信クラスタ", "takase: 検品の自動化"]
    );
}

#[tokio::test]
async fn months_are_those_of_the_stint_within_the_period() {
    let test = people().await;
    let technology = |months: u32| json!({ "technology": { "name": "AWS", "minMonths": months } });
    assert_eq!(test.find("", technology(48)).await, ["takase"]);
    assert!(find(&test, "", technology(48)).await.is_empty());
    assert_eq!(
        find(&test, "", technology(25)).await,
        ["minato: 講演会の中継システム"]
    );
    let of_24 = find(&test, "", technology(24)).await;
    assert!(
        of_24.contains(&"takase: 会計画面の改修".to_owned()),
        "{of_24:?}"
    );
    let filter = json!({
        "technology": { "name": "AWS" },
        "employer": { "name": "ヨモギ工房" },
        "period": { "from": "2021-10", "to": "2023-12" },
    });
    let found = search(&test, json!({ "filter": filter })).await;
    assert_eq!(
        names(&found),
        ["takase: 会計画面の改修", "minato: 講演会の中継システム"]
    );
    let months: Vec<Value> = list(&found["edges"])
        .iter()
        .map(|edge| edge["matches"][0]["months"].clone())
        .collect();
    assert_eq!(months, [6, 3]);
}

#[tokio::test]
async fn a_name_a_certificate_and_a_place_are_those_of_the_candidate() {
    let test = people().await;
    assert_eq!(
        find(&test, "AWS", json!({ "location": "大阪" })).await,
        ["takase: 会計画面の改修", "takase: 通知基盤の刷新"]
    );
    assert_eq!(
        find(
            &test,
            "Kubernetes cert:\"Solutions Architect\"",
            Value::Null
        )
        .await,
        ["sakaki: 監視基盤の刷新"]
    );
    assert_eq!(
        find(&test, "氏名:高瀬 Python", Value::Null).await,
        ["takase: 検品の自動化"]
    );
}

#[tokio::test]
async fn a_skill_table_and_wishes_are_no_stint() {
    let test = people().await;
    assert_eq!(find(&test, "Rust", Value::Null).await, ["minato: 在庫分析"]);
    assert_eq!(
        find(&test, "TypeScript", Value::Null).await,
        ["minato: 在庫分析", "takase: 会計画面の改修"]
    );
}

#[tokio::test]
async fn what_a_project_did_excludes_its_job_when_negated() {
    let test = people().await;
    let at = |query: &'static str| {
        find(
            &test,
            query,
            json!({ "employer": { "name": "ヨモギ工房" } }),
        )
    };
    let all = at("").await;
    assert_eq!(
        all,
        [
            "minato @ 株式会社ヨモギ工房",
            "minato: 講演会の中継システム",
            "minato: 遠隔操作画面の低遅延化",
            "takase @ 株式会社ヨモギ工房",
            "takase: 会計画面の改修",
            "takase: 通知基盤の刷新",
        ]
    );
    assert_eq!(
        at("-tech:Erlang").await,
        [
            "minato @ 株式会社ヨモギ工房",
            "minato: 講演会の中継システム",
            "minato: 遠隔操作画面の低遅延化",
            "takase: 会計画面の改修",
        ]
    );
    assert_eq!(at("-AWS").await, ["minato: 遠隔操作画面の低遅延化"]);
}

#[tokio::test]
async fn a_match_shows_lines_of_the_stint_itself() {
    let test = people().await;
    let found = search(
        &test,
        json!({ "query": "AWS", "filter": { "location": "大阪" } }),
    )
    .await;
    let lines: Vec<&str> = TAKASE.lines().collect();
    for edge in list(&found["edges"]) {
        let title = edge["node"]["title"].as_str().expect("a project");
        let begin = lines
            .iter()
            .position(|line| line.contains(title))
            .expect("titled")
            + 1;
        let after = lines[begin..].iter().position(|line| line.starts_with('#'));
        let end = begin + after.unwrap_or(lines.len());
        let of_technology = &edge["matches"][0];
        assert_eq!(of_technology["clause"], "AWS");
        let evidence = list(&of_technology["evidence"]);
        assert!(!evidence.is_empty());
        for each in evidence {
            let line = usize::try_from(each["line"].as_u64().expect("a line")).expect("small");
            assert!((begin..=end).contains(&line), "{title}: {each}");
        }
        assert_eq!(edge["matches"][1]["clause"], "location:大阪");
    }
    assert_eq!(found["interpretation"]["parsed"], "AWS location:大阪");
}

#[tokio::test]
async fn longer_and_later_use_comes_first_and_sorting_can_be_asked_for() {
    let test = people().await;
    let sorted = async |sort: &str| {
        names(&search(&test, json!({ "query": "tech:AWS", "sort": sort })).await)
    };
    assert_eq!(
        sorted("LAST_USED_DESC").await,
        [
            "sakaki: 監視基盤の刷新",
            "sakaki: 約定配信の低遅延化",
            "takase: 会計画面の改修",
            "minato: 講演会の中継システム",
            "takase: 通知基盤の刷新",
        ]
    );
    let by_months = sorted("MONTHS_DESC").await;
    assert_eq!(by_months[0], "minato: 講演会の中継システム");
    let by_name = sorted("NAME_ASC").await;
    let candidates: Vec<&str> = by_name
        .iter()
        .filter_map(|name| name.split(':').next())
        .collect();
    assert_eq!(
        candidates,
        ["sakaki", "sakaki", "minato", "takase", "takase"]
    );
    // The same grade: the later of two projects of equal length is better.
    let relevance = sorted("RELEVANCE").await;
    let place = |title: &str| relevance.iter().position(|name| name.ends_with(title));
    assert!(
        place("会計画面の改修") < place("通知基盤の刷新"),
        "{relevance:?}"
    );
    let all = search(&test, json!({ "first": 1 })).await;
    assert!(names(&all)[0].starts_with("sakaki") || names(&all)[0].starts_with("takase"));
}

#[tokio::test]
async fn pages_go_both_ways_without_a_gap() {
    let test = people().await;
    for grouping in ["NONE", "CANDIDATE", "EMPLOYER"] {
        for sort in [
            "RELEVANCE",
            "MONTHS_DESC",
            "LAST_USED_DESC",
            "UPDATED_DESC",
            "NAME_ASC",
        ] {
            let all = json!({ "first": 100, "groupBy": grouping, "sort": sort });
            let all = search(&test, all).await;
            let expected = names(&all);
            assert!(expected.len() >= 3, "{expected:?}");
            assert_eq!(all["groupCount"], expected.len());
            let mut forward = Vec::new();
            let mut after = Value::Null;
            loop {
                let page = json!({ "first": 2, "after": after, "groupBy": grouping, "sort": sort });
                let page = search(&test, page).await;
                assert_eq!(page["totalCount"], all["totalCount"]);
                assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
                forward.extend(names(&page));
                after = page["pageInfo"]["endCursor"].clone();
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            assert_eq!(forward, expected, "{grouping} {sort}");
            let mut backward: Vec<String> = Vec::new();
            let mut before = Value::Null;
            loop {
                let page =
                    json!({ "last": 2, "before": before, "groupBy": grouping, "sort": sort });
                let page = search(&test, page).await;
                backward.splice(0..0, names(&page));
                before = page["pageInfo"]["startCursor"].clone();
                if page["pageInfo"]["hasPreviousPage"] == false {
                    break;
                }
            }
            assert_eq!(backward, expected, "{grouping} {sort}");
        }
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused_and_one_of_a_rebuilt_index_has_expired() {
    let test = people().await;
    let page = search(&test, json!({ "query": "AWS", "first": 1 })).await;
    let cursor = &page["pageInfo"]["endCursor"];
    let code = async |variables: Value| test.code(SEARCH, variables).await;
    for other in [
        json!({ "query": "AWS", "after": cursor, "groupBy": "EMPLOYER" }),
        json!({ "query": "AWS", "after": cursor, "sort": "MONTHS_DESC" }),
        json!({ "query": "AWS", "after": "nonsense" }),
    ] {
        assert_eq!(code(other).await, "BAD_USER_INPUT");
    }
    let of_candidates = test
        .data(
            "{ searchCandidates(query: \"AWS\", first: 1) { pageInfo { endCursor } } }",
            json!({}),
        )
        .await;
    let of_candidate = &of_candidates["searchCandidates"]["pageInfo"]["endCursor"];
    let other = json!({ "query": "AWS", "after": of_candidate });
    assert_eq!(code(other).await, "BAD_USER_INPUT");
    test.indexer
        .reindex(OrganizationId::DEFAULT)
        .await
        .expect("it is rebuilt");
    let same = json!({ "query": "AWS", "after": cursor });
    assert_eq!(code(same).await, "CURSOR_EXPIRED");
}

#[tokio::test]
async fn groups_count_all_their_stints_and_show_the_first() {
    let test = people().await;
    let by_candidate = search(&test, json!({ "query": "AWS", "groupBy": "CANDIDATE" })).await;
    let mut counts: Vec<(String, u64)> = list(&by_candidate["groups"])
        .iter()
        .map(|group| {
            assert_eq!(group["employer"], Value::Null);
            let shown = list(&group["edges"]);
            let id = group["candidate"]["externalId"].as_str().expect("an id");
            assert!(
                shown
                    .iter()
                    .all(|edge| edge["candidate"]["externalId"] == id)
            );
            assert!(shown.is_sorted_by(|a, b| {
                a["score"].as_f64().expect("a score") >= b["score"].as_f64().expect("a score")
            }));
            let count = group["count"].as_u64().expect("a count");
            assert_eq!(shown.len() as u64, count.min(5));
            (id.to_owned(), count)
        })
        .collect();
    counts.sort();
    let expected = [("minato", 1), ("sakaki", 2), ("takase", 2)];
    assert_eq!(counts, expected.map(|(id, count)| (id.to_owned(), count)));
    assert_eq!(by_candidate["totalCount"], 5);
    assert_eq!(by_candidate["groupCount"], 3);
    let firsts: Vec<Value> = list(&by_candidate["groups"])
        .iter()
        .map(|group| group["edges"][0].clone())
        .collect();
    assert_eq!(firsts, list(&by_candidate["edges"]));

    let by_employer = search(&test, json!({ "query": "AWS", "groupBy": "EMPLOYER" })).await;
    let mut counts: Vec<(String, u64)> = list(&by_employer["groups"])
        .iter()
        .map(|group| {
            assert_eq!(group["candidate"], Value::Null);
            let name = group["employer"]["name"]
                .as_str()
                .expect("a name")
                .to_owned();
            (name, group["count"].as_u64().expect("a count"))
        })
        .collect();
    counts.sort();
    assert_eq!(
        counts,
        [
            ("SBI証券株式会社".to_owned(), 2),
            ("株式会社ヨモギ工房".to_owned(), 3)
        ]
    );
    let none = search(&test, json!({ "query": "AWS" })).await;
    assert_eq!(none["groups"], json!([]));
    assert_eq!(none["groupCount"], 5);
}

#[tokio::test]
async fn stints_without_an_employer_are_one_group() {
    let text = "# 職務経歴書\n更新日: 2024-03-31\n\n- 氏名: 森 いずみ\n\n## 担当案件\n\n\
        ### 配車の最適化（2020年4月 〜 2021年3月）\n\n- 使用技術: Elixir\n\n\
        ### 在庫の見える化（2021年4月 〜 2022年3月）\n\n- 使用技術: Elixir\n";
    let test = TestSchema::with(&[("mori", text)]).await;
    let found = search(&test, json!({ "query": "Elixir", "groupBy": "EMPLOYER" })).await;
    assert_eq!(found["groupCount"], 1, "{found}");
    assert_eq!(found["groups"][0]["employer"], Value::Null);
    assert_eq!(found["groups"][0]["count"], 2);
}

#[tokio::test]
async fn nothing_asked_is_everything_and_nothing_found_is_empty() {
    let empty = TestSchema::new().await;
    let found = search(&empty, json!({ "groupBy": "EMPLOYER" })).await;
    assert_eq!(found["totalCount"], 0);
    assert_eq!(found["edges"], json!([]));
    assert_eq!(found["pageInfo"]["endCursor"], Value::Null);
    let test = people().await;
    let all = search(&test, json!({ "first": 100 })).await;
    let total = list(&all["edges"]).len();
    assert_eq!(all["totalCount"], total);
    assert!(total > 10, "{total}");
    assert!(find(&test, "Haskell", Value::Null).await.is_empty());
    let none = search(&test, json!({ "first": 0, "query": "AWS" })).await;
    assert_eq!(none["totalCount"], 5);
    assert_eq!(none["pageInfo"]["hasNextPage"], true);
}

#[tokio::test]
async fn bad_input_is_refused_with_its_code() {
    let test = people().await;
    for variables in [
        json!({ "query": "(Erlang" }),
        json!({ "query": "、" }),
        json!({ "first": 101 }),
        json!({ "first": -1 }),
        json!({ "first": 1, "last": 1 }),
        json!({ "filter": { "technology": { "name": "" } } }),
        json!({ "filter": { "period": { "from": "2020", "to": "2019" } } }),
    ] {
        assert_eq!(
            test.code(SEARCH, variables.clone()).await,
            "BAD_USER_INPUT",
            "{variables}"
        );
    }
}

#[tokio::test]
async fn what_is_asked_of_groups_counts_for_each_stint_that_they_show() {
    let test = people().await;
    let names: String = (0..15).map(|number| format!(" n{number}: name")).collect();
    let fields = (0..7).fold(String::new(), |below, _| match below.as_str() {
        "" => names.clone(),
        below => format!("{names} partOf {{ {below} }}"),
    });
    let edges = format!("edges {{ node {{ technologies {{ {fields} }} }} }}");
    let document = |selected: &str, first: u32| {
        format!("{{ searchStints(first: {first}, groupBy: CANDIDATE) {{ {selected} }} }}")
    };
    let of_groups = format!("groups {{ {edges} }}");
    let ungrouped = test.answer(&document(&edges, 100), json!({})).await;
    assert!(ungrouped.get("errors").is_none(), "{ungrouped}");
    assert_eq!(
        test.code(&document(&of_groups, 100), json!({})).await,
        "TOO_COMPLEX"
    );
    let few = test.answer(&document(&of_groups, 10), json!({})).await;
    assert!(few.get("errors").is_none(), "{few}");
}

#[tokio::test]
async fn a_page_of_twenty_takes_as_many_statements_as_one_of_two() {
    let test = TestSchema::new().await;
    for number in 0..20 {
        let text = MINATO.replace("minato.shion", &format!("person{number}"));
        test.import(&format!("c{number}"), &text).await;
    }
    let document = "query($first: Int, $groupBy: StintGrouping) {
        searchStints(query: \"AWS\", first: $first, groupBy: $groupBy) { totalCount
          groups { count employer { name candidateCount } candidate { name } edges { score } }
          edges { candidate { id externalId name } matches { clause evidence { excerpt } }
            node { id employer { name candidateCount } period { text }
              technologies { name candidateCount totalMonths } } } } }";
    let statements = async |first: u32, grouping: &str| {
        let variables = json!({ "first": first, "groupBy": grouping });
        let data = test.data(document, variables.clone()).await;
        assert_eq!(data["searchStints"]["totalCount"], 20);
        test.statements(document, &variables).await
    };
    for grouping in ["NONE", "CANDIDATE"] {
        let of_two = statements(2, grouping).await;
        let of_twenty = statements(20, grouping).await;
        assert_eq!(of_twenty, of_two, "{grouping}");
        assert!(of_twenty <= 12, "{of_twenty} statements");
    }
}

#[tokio::test]
async fn where_no_stint_meets_all_those_that_meet_most_are_found() {
    const RELAXED: &str = "query($query: String!, $groupBy: StintGrouping, $first: Int) {
        searchStints(query: $query, groupBy: $groupBy, first: $first) { totalCount
          interpretation { relaxed { clause metBy } }
          edges { matches { clause } node { ... on Project { title } } } } }";
    let test = people().await;
    let ask = async |variables: Value| {
        let mut data = test.data(RELAXED, variables).await;
        data["searchStints"].take()
    };
    // No project has all three; one has two of them.
    let found = ask(json!({ "query": "Erlang AWS OpenCV" })).await;
    let titles: Vec<&str> = found["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .filter_map(|edge| edge["node"]["title"].as_str())
        .collect();
    assert!(titles.contains(&"通知基盤の刷新"), "{titles:?}");
    assert!(!titles.contains(&"検品の自動化"), "{titles:?}");
    assert!(!titles.contains(&"会計画面の改修"), "{titles:?}");
    let relaxed = found["interpretation"]["relaxed"]
        .as_array()
        .expect("a list");
    assert!(
        relaxed.contains(&json!({ "clause": "OpenCV", "metBy": 0 })),
        "{relaxed:?}"
    );
    for edge in found["edges"].as_array().expect("edges") {
        assert_eq!(edge["matches"].as_array().map(Vec::len), Some(2), "{edge}");
    }
    let grouped = ask(json!({ "query": "Erlang AWS OpenCV", "groupBy": "CANDIDATE" })).await;
    assert_eq!(grouped["totalCount"], found["totalCount"]);
    assert_eq!(grouped["interpretation"], found["interpretation"]);
    // What is typed by key is always met, and what is met needs nothing to give way.
    let firm = ask(json!({ "query": "tech:Erlang tech:OpenCV" })).await;
    assert_eq!(firm["totalCount"], 0);
    assert_eq!(firm["interpretation"]["relaxed"], json!([]));
    let met = ask(json!({ "query": "Erlang AWS", "first": 1 })).await;
    assert_eq!(met["interpretation"]["relaxed"], json!([]));
}
