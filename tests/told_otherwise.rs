//! Searches for what résumés tell in other words or elsewhere than one would look, over invented people.

mod common;
#[path = "common/people.rs"]
mod people;

use people::{check, people, resume};
use serde_json::Value;

#[tokio::test]
async fn a_role_stands_in_the_list_of_jobs_or_in_the_line_on_the_team() {
    let listed = "# 職務経歴書\n\n2024年6月1日\n\n氏名: 東雲 渉\n\n## 略歴\n\n\
        * 2018-01 - 2022-03 株式会社オオルリ / SRE\n\
        * 2013-04 - 2017-12 株式会社石狩ネットサービス / インフラエンジニア\n\n\
        ## 株式会社オオルリ\n\n2018-01 - 2022-03 / 正社員\n\n- 監視の設計\n\n\
        ## 株式会社石狩ネットサービス\n\n2013-04 - 2017-12\n\n- 配線の設計\n";
    let team = |line: &str| {
        let project =
            format!("#### 交換機（2020年4月〜2021年3月）\n\n- 担当: 基本設計、試験\n- {line}");
        resume("氏名: 堀切 誠", "株式会社コブシ", &project, "")
    };
    let test = people(&[
        ("listed", listed.to_owned()),
        (
            "led",
            team("チーム: サーバー 4 (うちリーダーとして 2 名を指導)"),
        ),
        ("member", team("チーム: サーバー 4 (リーダー 1 名)")),
    ])
    .await;
    check(
        &test,
        &["role:SRE", "{employer:オオルリ role:SRE}"],
        &["listed"],
    )
    .await;
    check(&test, &["{employer:石狩ネットサービス role:SRE}"], &[]).await;
    check(&test, &["role:リーダー"], &["led"]).await;
}

#[tokio::test]
async fn a_sentence_on_oneself_says_for_how_long() {
    let about = |name: &str, sentence: &str| {
        let text = resume(name, "株式会社ハナミズキ", "- 帳票の設計", "");
        text.replace(
            "## 職務経歴",
            &format!("## 自己紹介\n\n{sentence}\n\n## 職務経歴"),
        )
    };
    let test = people(&[
        (
            "done",
            about(
                "氏名: 犬飼 朔",
                "Java による業務システムの開発を 10 年以上経験し、いまは設計が中心です。",
            ),
        ),
        (
            "history",
            about("氏名: 白戸 要", "業務用アプリの開発者です。Java歴11年。"),
        ),
        (
            "plan",
            about("氏名: 波多 恒一", "Javaを10年計画で置き換えています。"),
        ),
        (
            "other",
            about(
                "氏名: 鳴海 環",
                "Java も触りますが、10年以上の経験は人事です。",
            ),
        ),
    ])
    .await;
    let mut found = test.find("Java 10年以上", Value::Null).await;
    found.sort_unstable();
    assert_eq!(found, ["done", "history"]);
}

#[tokio::test]
async fn an_examination_is_found_by_the_name_that_it_has_now() {
    let holds = |name: &str, certificate: &str| {
        let held = format!("## 資格\n\n- {certificate}（2006年6月）");
        resume(name, "株式会社ハマナス", "- 帳票の設計", &held)
    };
    let test = people(&[
        (
            "former",
            holds("氏名: 稲見 灯", "テクニカルエンジニア(ネットワーク)"),
        ),
        (
            "other",
            holds("氏名: 早乙女 亨", "テクニカルエンジニア(データベース)"),
        ),
    ])
    .await;
    check(
        &test,
        &[
            "ネットワークスペシャリスト",
            "cert:ネットワークスペシャリスト",
        ],
        &["former"],
    )
    .await;
}

#[tokio::test]
async fn a_bot_for_a_messenger_is_its_messaging_api() {
    let test = people(&[
        (
            "author",
            resume(
                "氏名: 入江 陽菜",
                "有限会社ドングリ",
                "- LINE Messaging API を使った予約ボットの開発",
                "",
            ),
        ),
        (
            "employee",
            resume("氏名: 都築 廉", "LINE株式会社", "- 帳票の設計", ""),
        ),
    ])
    .await;
    check(&test, &["LINEボット", "LINEボット 開発"], &["author"]).await;
}
