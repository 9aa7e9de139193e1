//! Searches by a name that résumés do not have, but what is not used without it, and people by where
//! they say that they work, over invented people.

mod common;
#[path = "common/people.rs"]
mod people;

use people::{check, people, resume};
use serde_json::Value;

fn using(name: &str, employer: &str, technologies: &str) -> String {
    let done = format!("- 使用技術: {technologies}");
    resume(&format!("氏名: {name}"), employer, &done, "")
}

#[tokio::test]
async fn what_is_not_used_without_a_technology_is_found_behind_it() {
    let test = people(&[
        (
            "framework",
            using("相沢 楓", "株式会社イスズガワ", "Laravel、MySQL"),
        ),
        (
            "language",
            using("上原 碧", "株式会社オオムラサキ", "PHP、MySQL"),
        ),
        (
            "cluster",
            using("柏 直", "株式会社コムクドリ", "GKE、Cloud SQL"),
        ),
        (
            "wisher",
            resume(
                "氏名: 佐原 環",
                "株式会社シメ",
                "- 帳票の設計",
                "## 今後\n\nLaravelを学びたい。",
            ),
        ),
    ])
    .await;
    check(
        &test,
        &["PHP", "PHP MySQL", "PHPエンジニア"],
        &["framework", "language"],
    )
    .await;
    check(&test, &["Kubernetes", "k8s"], &["cluster"]).await;
    // What is typed by key, quoted or not wanted is meant as typed.
    check(&test, &["tech:PHP", "\"PHP\""], &["language"]).await;
    check(&test, &["MySQL -PHP"], &["framework"]).await;
    // Nobody has both: whoever has one is found, and it is told.
    check(&test, &["Kubernetes Cassandra"], &["cluster"]).await;

    let query = "{ searchCandidates(query: \"PHP\") { edges { node { externalId } \
                 matches { clause months evidence { excerpt } } } } }";
    let data = test.data(query, Value::Null).await;
    let edges = &data["searchCandidates"]["edges"];
    assert_eq!(edges[0]["node"]["externalId"], "language");
    let implied = &edges[1]["matches"][0];
    assert_eq!(edges[1]["matches"].as_array().map(Vec::len), Some(1));
    assert_eq!(implied["clause"], "PHP");
    let excerpt = implied["evidence"][0]["excerpt"].as_str();
    assert!(
        excerpt.is_some_and(|excerpt| excerpt.contains("Laravel")),
        "{implied}"
    );
}

#[tokio::test]
async fn a_place_is_where_the_top_says_that_one_works() {
    let top = |line: &str| {
        format!(
            "# 立花 ゆう\n\n{line}\n\n## 職務経歴\n\n### 株式会社ジョウビタキ（2019年4月〜現在）\n\n\
             - 使用技術: Go\n"
        )
    };
    let test = people(&[
        (
            "japanese",
            top("長野でバックエンドエンジニアをしています。"),
        ),
        ("english", top("SRE / Platform Engineer based in Nagoya")),
        ("short", top("Backend engineer in Fukuoka.")),
        ("company", top("某社で開発をしています。")),
    ])
    .await;
    check(&test, &["長野在住 Go", "location:長野県"], &["japanese"]).await;
    check(&test, &["location:愛知"], &["english"]).await;
    check(&test, &["福岡 Go", "福岡在住"], &["short"]).await;
}

#[tokio::test]
async fn a_former_name_behind_a_dot_is_the_employers() {
    let test = people(&[(
        "renamed",
        using(
            "水野 そら",
            "株式会社ルリビタキ（旧・株式会社野鳥計算）",
            "COBOL",
        ),
    )])
    .await;
    check(
        &test,
        &["野鳥計算 出身", "employer:ルリビタキ"],
        &["renamed"],
    )
    .await;
}

#[tokio::test]
async fn what_is_made_with_a_technology_only_moves_the_rank() {
    let test = people(&[(
        "maker",
        using("森 つぐみ", "株式会社ヤマガラ", "WordPress、PHP"),
    )])
    .await;
    check(&test, &["WordPress 制作", "WordPress 改修"], &["maker"]).await;
}
