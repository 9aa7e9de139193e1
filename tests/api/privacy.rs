//! What a person may ask of whoever holds their data: to have it, and to be forgotten.

use std::time::{Duration, Instant};

use crate::common::TestSchema;
use crate::files::{files, files_with};
use base64::Engine as _;
use serde_json::{Value, json};
use shokureki::domain::{Access, Actor, OrganizationId, Scope, Scopes, TokenId};
use shokureki::ingest::Importer;
use shokureki_index::SkillIndex;
use shokureki_index::lexicon::Lexicon;

/// How long the files of the index may take to be written anew.
const PATIENCE: Duration = Duration::from_secs(30);

const RESUME: &str = "# 職務経歴書\n\n氏名: 見本 花子（みほん はなこ）\n\nメール: hanako@example.com\n\n更新日: 2024-04-01\n\n## 学歴\n\n- 2012年3月 見本工業大学 卒業\n\n\
    ## 株式会社架空（2016年4月 〜 2019年3月）\n\n### 花子基盤の開発\n\n- 使用技術: Erlang, HanakoDB\n\n## 資格\n\n- 基本情報技術者\n";

const OTHER: &str = "# 職務経歴書\n\n氏名: 別人 次郎\n\n更新日: 2024-04-01\n\n## 別社株式会社（2018年4月 〜 2020年3月）\n\n- 使用技術: Rust\n";

const EXPORT: &str = "mutation($e: String!) { exportCandidate(input: { externalId: $e }) { export userErrors { code } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_holds_everything_and_nothing_of_others() {
    let test = TestSchema::with(&[("1", RESUME), ("2", OTHER)]).await;
    let data = test.data(EXPORT, json!({ "e": "1" })).await;
    let export = data["exportCandidate"]["export"]
        .as_str()
        .expect("an export");
    let export: Value = serde_json::from_str(export).expect("JSON");
    let tables = &export["tables"];
    let count = |table: &str| tables[table].as_array().map_or(0, Vec::len);
    for table in [
        "candidates",
        "candidate_emails",
        "resumes",
        "documents",
        "employments",
        "projects",
        "mentions",
        "certifications",
        "education",
        "employers",
        "technologies",
        "audit_log",
        "change_log",
    ] {
        assert!(count(table) > 0, "{table}: {tables}");
    }
    let original = tables["documents"][0]["original"].as_str().expect("bytes");
    let original = base64::engine::general_purpose::STANDARD
        .decode(original)
        .expect("base64");
    assert_eq!(original, RESUME.as_bytes());
    assert_eq!(tables["resumes"][0]["name"], "見本 花子");
    assert!(!export.to_string().contains("別人"), "{export}");
    assert!(!export.to_string().contains("別社"), "{export}");
    // That it was handed out is part of what is held.
    let actions = tables["audit_log"].as_array().expect("a list");
    assert!(actions.iter().any(|entry| entry["action"] == "export"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_of_nobody_or_of_another_organization_is_not_found() {
    let test = TestSchema::with(&[("1", RESUME)]).await;
    let data = test.data(EXPORT, json!({ "e": "9" })).await;
    assert_eq!(
        data["exportCandidate"]["userErrors"][0]["code"],
        "NOT_FOUND"
    );
    let other = test.store.create_organization("other").await.expect("made");
    let other = Access {
        organization: other.id,
        ..Access::local()
    };
    let answer = test.answer_as(other, EXPORT, json!({ "e": "1" })).await;
    assert_eq!(answer["data"], data);
    for scope in [Scope::Identity, Scope::Contact, Scope::Document] {
        let scopes: Scopes = Scope::ALL.into_iter().filter(|of| *of != scope).collect();
        let access = Access {
            scopes,
            ..Access::local()
        };
        let answer = test.answer_as(access, EXPORT, json!({ "e": "1" })).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "FORBIDDEN",
            "{scope}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_holds_a_person_who_was_erased() {
    let test = TestSchema::with(&[("1", RESUME), ("2", OTHER)]).await;
    // So many that the index puts them into one segment, which stays when one of them goes.
    for number in 3..20 {
        test.import(&number.to_string(), &format!("{OTHER}\n{number}\n"))
            .await;
    }
    let access = Access {
        actor: Actor::Token(TokenId::new()),
        ..Access::local()
    };
    for query in ["見本花子", "hanako@example.com", "HanakoDB"] {
        let document = "query($q: String!) { searchCandidates(query: $q) { totalCount } }";
        test.answer_as(access.clone(), document, json!({ "q": query }))
            .await;
    }
    let words = [
        "見本 花子",
        "見本花子",
        "hanako@example",
        "花子基盤",
        "見本工業大学",
        "ミホン",
        "mihon",
    ];
    let before = files_with(test.folder(), &words);
    assert!(
        !before.is_empty(),
        "what is looked for is there to begin with"
    );
    let erase =
        "mutation { eraseCandidate(input: { externalId: \"1\" }) { erasedResumes isIndexed } }";
    let answer = test.answer_as(access, erase, json!({})).await;
    assert_eq!(
        answer["data"]["eraseCandidate"],
        json!({ "erasedResumes": 1, "isIndexed": true })
    );
    // The files of the index are written anew once nobody finds the person any more.
    let begun = Instant::now();
    loop {
        let after = files_with(test.folder(), &words);
        if after.is_empty() {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{after:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let left = test.data("{ searchCandidates { totalCount } }", json!({}));
    assert_eq!(left.await["searchCandidates"]["totalCount"], 18);
}

/// Makes an organization of two whose index is closed, and of whom another process erases one.
async fn erased_behind_a_closed_index(test: &TestSchema, name: &str) -> OrganizationId {
    let organization = test.store.create_organization(name).await.expect("made").id;
    let access = Access {
        organization,
        ..Access::local()
    };
    let import = "mutation($e: String!, $t: String!) { importResume(input: { externalId: $e, fileName: \"r.md\", text: $t }) { isIndexed } }";
    for (external_id, text) in [("1", RESUME), ("2", OTHER)] {
        let variables = json!({ "e": external_id, "t": text });
        let answer = test.answer_as(access.clone(), import, variables).await;
        assert_eq!(answer["data"]["importResume"]["isIndexed"], true);
    }
    // Its index is closed for another, and then another process erases.
    test.import("3", OTHER).await;
    let candidate = test.store.candidate_by_external_id(organization, "1").await;
    let candidate = candidate.expect("a database").expect("a candidate");
    let erased = test.store.erase(organization, &Actor::Local, candidate);
    assert!(erased.await.expect("a database").is_some());
    organization
}

/// Waits until as many files hold the person.
async fn are_held_by(test: &TestSchema, is_enough: impl Fn(usize) -> bool) {
    let begun = Instant::now();
    loop {
        let held = files_with(test.folder(), &["架空"]);
        if is_enough(held.len()) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{held:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_erased_leaves_an_index_that_nobody_asks_for() {
    let test = TestSchema::bounded(1).await;
    erased_behind_a_closed_index(&test, "other").await;
    are_held_by(&test, |files| files > 0).await;
    let expunge = async || test.indexer.expunge_unopened().await.expect("it is told");
    assert_eq!(expunge().await, 1);
    are_held_by(&test, |files| files == 0).await;
    assert_eq!(expunge().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_cannot_be_opened_keeps_nobody_in_the_others() {
    let test = TestSchema::bounded(1).await;
    let held = erased_behind_a_closed_index(&test, "held")
        .await
        .to_string();
    for name in ["one", "another"] {
        erased_behind_a_closed_index(&test, name).await;
    }
    let before = files_with(test.folder(), &["架空"]).len();
    let files = files(test.folder());
    let mut folders = files.iter().flat_map(|file| file.ancestors());
    let folder = folders.find(|folder| folder.ends_with(&held));
    // Whoever has it open keeps others out.
    let held = SkillIndex::open(folder.expect("an index")).expect("nobody has it open");
    let told = test.indexer.expunge_unopened().await;
    assert!(told.is_err(), "{told:?}");
    are_held_by(&test, |files| files <= before / 3).await;
    drop(held);
    assert_eq!(test.indexer.expunge_unopened().await.expect("told"), 1);
    are_held_by(&test, |files| files == 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_suspended_is_found_by_no_search_until_the_use_goes_on() {
    let test = TestSchema::with(&[("1", RESUME), ("2", OTHER)]).await;
    let suspend = "mutation($s: Boolean!) { suspendUse(input: { externalId: \"1\", suspended: $s }) { isIndexed candidate { privacy { suspendedAt } } userErrors { code } } }";
    let found = async || {
        let document = "{ all: searchCandidates { totalCount } one: searchCandidates(query: \"Erlang\") { totalCount } stints: searchStints(query: \"Erlang\") { totalCount } suggest(prefix: \"Erl\") { candidateCount } }";
        let data = test.data(document, json!({})).await;
        ["all", "one", "stints"].map(|of| data[of]["totalCount"].as_u64().expect("a count"))
    };
    let before = found().await;
    assert_eq!(before[..2], [2, 1]);
    let data = test.data(suspend, json!({ "s": true })).await;
    assert_eq!(data["suspendUse"]["isIndexed"], true);
    assert!(data["suspendUse"]["candidate"]["privacy"]["suspendedAt"].is_string());
    assert_eq!(found().await, [1, 0, 0]);
    // A newer document changes nothing of it, nor does a new index.
    test.import("1", &format!("{RESUME}\n追記\n")).await;
    assert_eq!(found().await, [1, 0, 0]);
    test.indexer
        .reindex(OrganizationId::DEFAULT)
        .await
        .expect("written anew");
    assert_eq!(found().await, [1, 0, 0]);
    let own = test
        .data("{ candidate(externalId: \"1\") { name } }", json!({}))
        .await;
    assert_eq!(own["candidate"]["name"], "見本 花子");
    test.data(suspend, json!({ "s": false })).await;
    assert_eq!(found().await, before);
    let nobody = "mutation { suspendUse(input: { externalId: \"9\" }) { userErrors { code } } }";
    let data = test.data(nobody, json!({})).await;
    assert_eq!(data["suspendUse"]["userErrors"][0]["code"], "NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_to_be_held_no_longer_is_erased_and_a_trial_only_tells() {
    let test = TestSchema::with(&[("1", RESUME), ("2", OTHER)]).await;
    let terms = "mutation($e: String!, $u: Date) { setCandidatePrivacy(input: { externalId: $e, purpose: \"採用選考\", consentedOn: \"2024-04-01\", retainUntil: $u }) {
        candidate { id privacy { purpose consentedOn retainUntil } } } }";
    let data = test
        .data(terms, json!({ "e": "1", "u": "2024-09-30" }))
        .await;
    let privacy = &data["setCandidatePrivacy"]["candidate"]["privacy"];
    assert_eq!(
        *privacy,
        json!({ "purpose": "採用選考", "consentedOn": "2024-04-01", "retainUntil": "2024-09-30" })
    );
    test.data(terms, json!({ "e": "2", "u": null })).await;
    let importer = Importer::new(test.store.clone(), Lexicon::builtin(), test.indexer.clone());
    let day = |text: &str| text.parse().expect("a day");
    let erase = async |today: &str, is_trial: bool| {
        let erased = importer
            .erase_overdue(OrganizationId::DEFAULT, day(today), is_trial)
            .await;
        erased.expect("the store answers").len()
    };
    assert_eq!(erase("2024-09-30", false).await, 0, "the last day counts");
    assert_eq!(erase("2024-10-01", true).await, 1);
    assert_eq!(erase("2024-10-01", false).await, 1);
    assert_eq!(erase("2024-10-01", false).await, 0);
    let left = test.data("{ one: candidate(externalId: \"1\") { id } two: candidate(externalId: \"2\") { id } auditLog(filter: { actor: \"automation\" }) { nodes { action } } }", json!({})).await;
    assert!(left["one"].is_null() && left["two"].is_object());
    assert_eq!(left["auditLog"]["nodes"], json!([{ "action": "ERASE" }]));
}
