//! Résumés of invented people with one job, and who of them is found.

use serde_json::Value;

use crate::common::TestSchema;

/// A résumé with one job: the line with the name, what was done, and what stands behind the jobs.
pub(crate) fn resume(name: &str, employer: &str, done: &str, rest: &str) -> String {
    format!(
        "# 職務経歴書\n\n2024年6月1日\n\n{name}\n\n## 職務経歴\n\n\
         ### {employer}（2019年4月〜現在）\n\n{done}\n\n{rest}\n"
    )
}

/// A schema with the documents of `documents`, each by its id.
pub(crate) async fn people(documents: &[(&str, String)]) -> TestSchema {
    let test = TestSchema::new().await;
    for (id, text) in documents {
        test.import(id, text).await;
    }
    test
}

/// Asserts who is found by each of `queries`, in the order of their ids.
pub(crate) async fn check(test: &TestSchema, queries: &[&str], expected: &[&str]) {
    for query in queries {
        let found = test.find(query, Value::Null).await;
        assert_eq!(found, expected, "{query}");
    }
}
