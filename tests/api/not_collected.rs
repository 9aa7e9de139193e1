//! What an employer must not collect stands in the document alone: no door finds, shows or counts it.

use crate::common::TestSchema;
use serde_json::{Value, json};
use shokureki::domain::{Access, NoticeKind, OrganizationId, Scope};
use shokureki_index::lexicon::Lexicon;

/// All of a candidate that tells what was read, but for the text.
const EVERYTHING: &str = "
    fragment Everything on Candidate {
        id externalId name nameKana birthDate emails phones location links { kind label url }
        employments { employer { name aliases } title department period { text } projects { title } technologies { name } }
        projects { title roles summary period { text } employer { name } technologies { name } }
        technologies(minGrade: NEGATED) { technology { name } grade evidence(first: 50) { excerpt headingPath } }
        certifications { name } education { school degree }
        resume { fileName } notices { kind text message }
    }";

const RESUME: &str = "# 職務経歴書

更新日: 2024-04-01

- 氏名: 見本 太郎
- 本籍: 高知県
- 国籍: ベトナム
- 現住所: 東京都架空区
- 住居: 持ち家
- 愛読書: 坂の上の雲

| 項目 | 内容 |
|---|---|
| 宗教 | 天理教 |
| 最寄駅 | 架空 |

## 家族構成

### 父 株式会社父親商店（2001年4月 〜 現在）

- 使用技術: COBOL, FooFamilyDB
- 役割: 店長

## 病歴

喘息で通院しています。基本情報技術者の試験は病室で受けました。

## 株式会社架空（2016年4月 〜 2019年3月）

### 決済基盤の開発（2016年4月 〜 2019年3月）

Erlang で決済基盤を設計した。私は共産党員で、Fortran で名簿を作っています。労働組合向けシステムの開発も担当した。

- 使用技術: Erlang, Go
- 役割: テックリード

## 自己PR

前科はありません。設計思想を語れます。
";

/// Words of the passages, and of nothing else in the document.
const HIDDEN: &[&str] = &[
    "本籍",
    "高知",
    "高知県",
    "国籍",
    "ベトナム",
    "持ち家",
    "愛読書",
    "坂の上の雲",
    "宗教",
    "天理教",
    "家族構成",
    "父親商店",
    "COBOL",
    "FooFamilyDB",
    "店長",
    "病歴",
    "喘息",
    "通院",
    "病室",
    "基本情報技術者",
    "共産党",
    "共産党員",
    "Fortran",
    "名簿",
    "前科",
];

fn assert_tells_nothing(answer: &Value, of: &str) {
    let mut answer = answer.clone();
    without_names_of_matters(&mut answer);
    let text = answer.to_string();
    for word in HIDDEN {
        assert!(!text.contains(word), "{of} tells {word}: {text}");
    }
}

/// Takes the names of matters out of notices: they are no words of the document.
fn without_names_of_matters(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.get("kind") == Some(&json!("NOT_COLLECTED")) {
                fields.remove("text");
            }
            fields.values_mut().for_each(without_names_of_matters);
        }
        Value::Array(values) => values.iter_mut().for_each(without_names_of_matters),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_tells_what_must_not_be_collected() {
    let test = TestSchema::new().await;
    let candidate = test.import("1", RESUME).await;
    let search = format!(
        "query($query: String) {{ searchCandidates(query: $query) {{ totalCount nodes {{ ...Everything }}
            edges {{ matches {{ clause evidence {{ excerpt headingPath }} }} }}
            facets {{ technologies {{ technology {{ name }} }} employers {{ employer {{ name }} }} years {{ year }}
                roles {{ role }} certifications {{ certification }} locations {{ location }} }} }} }}{EVERYTHING}"
    );
    for query in ["", "Erlang", "決済基盤", "開発", "employer:架空", "設計"] {
        let query = Some(query).filter(|query| !query.is_empty());
        let answer = test.answer(&search, json!({ "query": query })).await;
        assert_eq!(
            answer["data"]["searchCandidates"]["totalCount"], 1,
            "{answer}"
        );
        assert_tells_nothing(&answer, "searchCandidates");
    }
    let documents = [
        format!("{{ candidate(externalId: \"1\") {{ ...Everything }} }}{EVERYTHING}"),
        format!(
            "{{ searchStints(query: \"Erlang\") {{ edges {{ candidate {{ ...Everything }} matches {{ evidence {{ excerpt headingPath }} }} }} }} }}{EVERYTHING}"
        ),
        "{ employers { nodes { name aliases } } technologies { nodes { name candidateCount } } }"
            .to_owned(),
    ];
    for document in documents {
        let answer = test.answer(&document, json!({})).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        assert_tells_nothing(&answer, &document);
    }
    let explain = "query($id: ID!) { explain(candidateId: $id, query: \"Erlang 決済基盤\") { clauses { clause match { evidence { excerpt headingPath } } whyNot { textJa evidence { excerpt } } } } }";
    let answer = test.answer(explain, json!({ "id": candidate })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    assert_tells_nothing(&answer, "explain");
    let organization = OrganizationId::DEFAULT;
    let people = test.store.candidate_ids_page(organization, None, 10).await;
    let people = people.expect("they are read");
    let resumes = test.store.resume_ids_of(organization, &people).await;
    let resumes: Vec<_> = resumes
        .expect("they are read")
        .into_values()
        .flatten()
        .collect();
    let texts = test.store.resume_texts(organization, &resumes).await;
    let texts = texts.expect("they are read");
    assert_eq!(texts.len(), 1);
    for text in texts.values() {
        assert_tells_nothing(&json!(text.as_ref()), "the stored text");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_found_by_what_must_not_be_collected() {
    let test = TestSchema::new().await;
    let candidate = test.import("1", RESUME).await;
    let count = "query($query: String, $filter: CandidateFilter) { searchCandidates(query: $query, filter: $filter) { totalCount }
        searchStints(query: $query, filter: $filter) { totalCount } }";
    let counted = async |query: Option<String>, filter: Value| {
        let answer = test
            .answer(count, json!({ "query": query, "filter": filter }))
            .await;
        assert!(answer.get("errors").is_none(), "{query:?}: {answer}");
        let of = |field: &str| answer["data"][field]["totalCount"].clone();
        (of("searchCandidates"), of("searchStints"))
    };
    for word in HIDDEN {
        for query in [
            format!("\"{word}\""),
            (*word).to_owned(),
            format!("{word}*"),
            format!("employer:{word}"),
            format!("title:{word}"),
            format!("location:{word}"),
        ] {
            let found = counted(Some(query.clone()), Value::Null).await;
            assert_eq!(found, (json!(0), json!(0)), "{query}");
        }
        let found = counted(None, json!({ "text": word })).await;
        assert_eq!(found, (json!(0), json!(0)), "text: {word}");
        let document = "query($prefix: String!) { suggest(prefix: $prefix) { text } employers(query: $prefix) { nodes { name } } }";
        let answer = test.answer(document, json!({ "prefix": word })).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        assert_tells_nothing(&answer, "suggest");
        let explain = "query($id: ID!, $query: String!) { explain(candidateId: $id, query: $query) { isMet } }";
        let variables = json!({ "id": candidate, "query": format!("\"{word}\"") });
        let answer = test.answer(explain, variables).await;
        assert_eq!(
            answer["data"]["explain"]["isMet"], false,
            "{word}: {answer}"
        );
    }
    for technology in ["COBOL", "Fortran", "FooFamilyDB"] {
        let filter = json!({ "technology": { "name": technology, "minGrade": "NEGATED" } });
        assert_eq!(
            counted(None, filter).await,
            (json!(0), json!(0)),
            "{technology}"
        );
    }
    // What stands around the passages is found.
    for query in [
        "Erlang",
        "\"労働組合向けシステム\"",
        "\"設計思想\"",
        "location:東京",
        "employer:架空",
    ] {
        assert_eq!(
            counted(Some(query.to_owned()), Value::Null).await.0,
            1,
            "{query}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_itself_stays_whole_and_needs_its_scope() {
    let test = TestSchema::new().await;
    test.import("1", RESUME).await;
    let document =
        "{ candidate(externalId: \"1\") { resume { text } notices { kind line text } } }";
    let answer = test.answer(document, json!({})).await;
    let candidate = &answer["data"]["candidate"];
    assert_eq!(candidate["resume"]["text"], RESUME, "{answer}");
    let noticed: Vec<(u64, &str)> = candidate["notices"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|notice| notice["kind"] == "NOT_COLLECTED")
        .map(|notice| {
            let line = notice["line"].as_u64().expect("a line");
            (line, notice["text"].as_str().expect("a text"))
        })
        .collect();
    let line = |word: &str| {
        let before = &RESUME[..RESUME.find(word).expect("it is there")];
        before.matches('\n').count() as u64 + 1
    };
    let expected = [
        ("本籍", "本籍・出生地"),
        ("国籍", "国籍"),
        ("持ち家", "住居環境"),
        ("愛読書", "思想・信条"),
        ("天理教", "宗教"),
        ("## 家族構成", "家族"),
        ("## 病歴", "健康・病歴・障害"),
        ("共産党員", "思想・信条"),
        ("前科", "犯罪歴"),
    ];
    assert_eq!(noticed, expected.map(|(word, matter)| (line(word), matter)));

    let access = Access {
        scopes: [Scope::Search, Scope::Identity, Scope::Contact]
            .into_iter()
            .collect(),
        ..Access::local()
    };
    let answer = test.answer_as(access, document, json!({})).await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "FORBIDDEN",
        "{answer}"
    );
    assert_tells_nothing(&answer, "a caller without the scope `document`");
}

/// Notices of the kind over all labelled documents and samples, which are about work.
///
/// Those that are there for good reason: `(file, notices)`.
const NOTICED: &[(&str, usize)] = &[
    // A place of birth.
    ("104-essay-per-job-distance-lists.md", 1),
    ("124-wiki-page-infobox-duties-only.md", 1),
    // The state of health.
    ("213-plain-line-after-rule-indented-bodies.md", 1),
    // A wedding.
    ("337-reverse-timeline-year-headings-emoji.md", 1),
    // A nationality.
    ("61-af-legend-glued-versions.md", 1),
    // The state of health.
    ("83-indented-bodies-wareki-mainframe.md", 1),
    // A parent in need of care.
    ("858-plain-fullwidth-agency-form-ruled-blocks.md", 1),
    // Marriage and children.
    ("865-join-leave-rows-angle-titles-keyvalue-ses.md", 1),
    // A nationality.
    (
        "881-overview-then-previous-and-earlier-h2-tight-lists-duties-h4.md",
        1,
    ),
    // A state of marriage.
    ("929-key-value-tables-join-leave.md", 1),
    // A place of birth.
    ("930-square-label-blocks-and-events.md", 1),
];

#[test]
fn labelled_documents_are_taken_for_what_they_are() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut documents, mut noticed) = (0, Vec::new());
    for folder in [
        "tests/fixtures/reading",
        "samples",
        "tests/relevance/documents",
    ] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            if name.ends_with(".json") || name == "README.md" {
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file");
            let document = shokureki::document::decode(&bytes, Some(&name)).expect("a text");
            let (_, notices) =
                shokureki::resume::read(&document.text, document.format, Lexicon::builtin());
            let of_kind = notices
                .iter()
                .filter(|notice| notice.kind == NoticeKind::NotCollected);
            let count = of_kind.count();
            documents += 1;
            if count > 0 {
                noticed.push((name, count));
            }
        }
    }
    assert!(documents > 600, "{documents} documents");
    noticed.sort();
    let noticed: Vec<(&str, usize)> = noticed
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(noticed, NOTICED);
}
