//! A wall clock that was ahead and is set back changes no order.

use std::time::Duration;

use crate::engines::{Place, execute};
use serde_json::json;
use shokureki::app::{self, App};
use shokureki::ingest::Upload;

const PATIENCE: Duration = Duration::from_secs(120);

/// Takes a version of somebody's résumé in, and waits until searches see it.
async fn import(app: &App, external_id: &str, technology: &str) {
    let text = format!(
        "# 職務経歴書\n\n## 株式会社架空（2016年4月 〜 2019年3月）\n\n- 使用技術: {technology}\n"
    );
    let upload = Upload {
        external_id: Some(external_id.to_owned()),
        file_name: Some("resume.md".to_owned()),
        bytes: text.into_bytes(),
        document_date: None,
    };
    for outcome in app.import(vec![upload]).await.expect("a database") {
        outcome.expect("a document");
    }
    app.wait_for_index(PATIENCE).await.expect("it catches up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_stored_last_is_the_newest_whatever_the_clock_said() {
    for engine in ["SQLite", "PostgreSQL"] {
        let Some(place) = Place::on(engine).await else {
            continue;
        };
        let app = App::open(&place.config()).await.expect("it opens");
        import(&app, "1", "Erlang").await;
        import(&app, "2", "Haskell").await;
        // As if the clock had been decades ahead until now.
        let ahead = "'2099-01-01T00:00:00+00:00'";
        for column in [
            "resumes SET received_at",
            "candidates SET updated_at",
            "change_log SET changed_at",
        ] {
            execute(&place.database_url, &format!("UPDATE {column} = {ahead}")).await;
        }
        import(&app, "1", "COBOL").await;
        let asked = "{ candidate(externalId: \"1\") { technologies { technology { name } } } \
                     old: searchCandidates(query: \"Erlang\") { totalCount } \
                     new: searchCandidates(query: \"COBOL\") { totalCount } \
                     indexStatus { isCurrent lagSeconds appliedSequence } }";
        let answer = app.execute(asked.into()).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let data = answer.data.into_json().expect("JSON");
        assert_eq!(
            data["candidate"]["technologies"],
            json!([{ "technology": { "name": "COBOL" } }]),
            "{engine}"
        );
        assert_eq!(data["old"]["totalCount"], 0, "{engine}");
        assert_eq!(data["new"]["totalCount"], 1, "{engine}");
        let status = json!({ "isCurrent": true, "lagSeconds": 0.0, "appliedSequence": 3 });
        assert_eq!(data["indexStatus"], status, "{engine}");
        let erase =
            "mutation { eraseCandidate(input: { externalId: \"1\" }) { erasedResumes isIndexed } }";
        let answer = app.execute(erase.into()).await;
        let erased = json!({ "eraseCandidate": { "erasedResumes": 2, "isIndexed": true } });
        assert_eq!(answer.data.into_json().expect("JSON"), erased, "{engine}");
        app.close().await;
        let report = app::examine(&place.config()).await.expect("a database");
        assert_eq!(report.damaged(), 0, "{engine}: {:?}", report.checks);
    }
}
