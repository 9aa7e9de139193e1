//! An index that is written anew: it answers as the one before, and nothing is missing that changed meanwhile.

use std::time::Duration;

use crate::common::{MINATO, SAKAKI, TestSchema};
use serde_json::json;
use shokureki::domain::{Access, OrganizationId};
use shokureki::ingest::{Importer, Upload};
use shokureki_index::lexicon::Lexicon;

#[tokio::test]
async fn a_rebuilt_index_answers_the_same_and_expires_cursors() {
    let test = TestSchema::with(&[("minato", MINATO), ("sakaki", SAKAKI)]).await;
    let document =
        "query($after: String) { searchCandidates(query: \"AWS\", first: 1, after: $after) {
        nodes { id } pageInfo { endCursor } } }";
    let before = test.data(document, json!({})).await;
    test.indexer
        .reindex(OrganizationId::DEFAULT)
        .await
        .expect("it is rebuilt");
    let after = test.data(document, json!({})).await;
    assert_eq!(
        after["searchCandidates"]["nodes"],
        before["searchCandidates"]["nodes"]
    );
    let stale = &before["searchCandidates"]["pageInfo"]["endCursor"];
    assert_eq!(
        test.code(document, json!({ "after": stale })).await,
        "CURSOR_EXPIRED"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_while_an_index_is_written_anew_is_in_the_new_one() {
    // Several times what is loaded at once: who is loaded first changes while others are.
    const PEOPLE: usize = 800;
    let test = TestSchema::new().await;
    let organization = OrganizationId::DEFAULT;
    let upload = |person: usize, version: &str| Upload {
        external_id: Some(format!("{person}")),
        file_name: Some("r.md".to_owned()),
        bytes: format!(
            "# 職務経歴書\n\n## 株式会社見本（2016年4月 〜 2019年3月）\n\n- {version}{person:04}\n"
        )
        .into_bytes(),
        document_date: None,
    };
    let importer = Importer::new(test.store.clone(), Lexicon::builtin(), test.indexer.clone());
    let access = Access::local();
    let uploads = (0..PEOPLE).map(|person| upload(person, "first")).collect();
    for outcome in importer
        .import_batch(&access, uploads)
        .await
        .expect("a store")
    {
        outcome.expect("it is read");
    }
    let patience = Duration::from_secs(60);
    let current = async || {
        test.indexer
            .wait_until_current(organization, patience)
            .await
    };
    current().await.expect("all are indexed");

    let indexer = test.indexer.clone();
    let rebuild = tokio::spawn(async move { indexer.reindex(organization).await });
    let mut changed = 0;
    while !rebuild.is_finished() && changed < PEOPLE {
        let outcome = importer.import(&access, upload(changed, "second")).await;
        outcome.expect("a store").expect("it is read");
        changed += 1;
    }
    assert!(changed > 1, "the index was written anew at once");
    rebuild.await.expect("it ends").expect("it is written anew");
    current().await.expect("all are indexed");
    let count = "query($q: String) { searchCandidates(query: $q) { totalCount } }";
    for person in 0..changed {
        let totals =
            ["first", "second"].map(|version| json!({ "q": format!("\"{version}{person:04}\"") }));
        let [first, second] = totals.map(|asked| test.data(count, asked));
        let found =
            [first.await, second.await].map(|data| data["searchCandidates"]["totalCount"].clone());
        assert_eq!(found, [0, 1], "{person} of {changed}");
    }
}
