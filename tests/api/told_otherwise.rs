//! Searches for what résumés tell in other words or elsewhere than one would look, over invented people.

use crate::people::{check, people, resume};
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

#[tokio::test]
async fn a_role_stands_in_a_short_sentence_below_the_employer() {
    let told = |name: &str, sentence: &str| resume(name, "株式会社カヤツリ", sentence, "");
    let test = people(&[
        (
            "lead",
            told(
                "氏名: 轟 伸吾",
                "取引所接続の開発。5 名のチームのテックリード。\n\n- 使用技術: Rust",
            ),
        ),
        (
            "network",
            told(
                "氏名: 最上 隼",
                "ネットワークエンジニア。庁内の配線を設計。",
            ),
        ),
        (
            "beside",
            told(
                "氏名: 有馬 汐",
                "部品の作成。\n\n#### 画面の刷新（2020年4月〜現在）\n\n\
                 - テックリードに相談して部品を作成\n- 使用技術: Rust",
            ),
        ),
    ])
    .await;
    check(&test, &["{role:テックリード tech:Rust}"], &["lead"]).await;
    check(&test, &["role:ネットワークエンジニア"], &["network"]).await;
}

#[tokio::test]
async fn a_column_of_years_states_how_long() {
    let table = |head: &str, cell: &str| {
        format!("## スキル\n\n| Skill | {head} |\n|---|---|\n| Scala | {cell} |")
    };
    let skilled = |name: &str, head: &str, cell: &str| {
        resume(
            name,
            "株式会社カキツバタ",
            "- 帳票の設計",
            &table(head, cell),
        )
    };
    let test = people(&[
        ("years", skilled("氏名: 伊吹 陸", "経験年数", "4.5")),
        ("level", skilled("氏名: 稲見 灯", "Level", "4")),
        ("fewer", skilled("氏名: 早見 護", "Years", "2")),
    ])
    .await;
    check(&test, &["Scala 4年以上"], &["years"]).await;
}

#[tokio::test]
async fn a_company_with_its_legal_form_is_no_technology_of_its_name() {
    let test = people(&[
        (
            "employee",
            resume("氏名: 小暮 昴", "LINE株式会社", "- 使用技術: Kotlin", ""),
        ),
        (
            "author",
            resume(
                "氏名: 入江 陽菜",
                "有限会社ドングリ",
                "- 使用技術: Kotlin, LINE Messaging API",
                "",
            ),
        ),
        (
            "other",
            resume("氏名: 岬 涼太", "株式会社クヌギ", "- 使用技術: Kotlin", ""),
        ),
    ])
    .await;
    check(
        &test,
        &[
            "LINE株式会社でKotlin",
            "LINE株式会社 Kotlin",
            "LINE（株）出身",
        ],
        &["employee"],
    )
    .await;
    check(&test, &["株式会社クヌギでKotlin"], &["other"]).await;
}

#[tokio::test]
async fn certificates_are_asked_for_by_what_they_are_of() {
    let holds = |name: &str, certificate: &str| {
        let held = format!("## 資格\n\n- {certificate}（2021年6月）");
        resume(name, "株式会社ハマナス", "- 使用技術: AWS", &held)
    };
    let test = people(&[
        (
            "architect",
            holds(
                "氏名: 稲見 灯",
                "AWS 認定ソリューションアーキテクト – アソシエイト",
            ),
        ),
        ("unrelated", holds("氏名: 早乙女 亨", "基本情報技術者")),
    ])
    .await;
    check(
        &test,
        &[
            "AWS認定資格",
            "AWSの資格",
            "AWS認定を持っている人",
            "AWS資格保有者",
        ],
        &["architect"],
    )
    .await;
    check(&test, &["基本情報 資格"], &["unrelated"]).await;
}

#[tokio::test]
async fn words_with_particles_between_them_are_found_apart() {
    let test = people(&[
        (
            "brokers",
            resume(
                "氏名: 轟 伸吾",
                "株式会社カラムシ",
                "- 証券会社の注文を扱うシステムを設計",
                "",
            ),
        ),
        (
            "shops",
            resume(
                "氏名: 三田村 楓",
                "株式会社ススキ",
                "- 小売の注文を扱うシステムを設計",
                "",
            ),
        ),
    ])
    .await;
    check(
        &test,
        &[
            "証券会社向けのシステム",
            "証券会社のシステム",
            "証券会社向け",
        ],
        &["brokers"],
    )
    .await;
    check(&test, &["\"証券会社のシステム\""], &[]).await;
}

#[tokio::test]
async fn words_for_one_thing_find_one_another() {
    let test = people(&[
        (
            "owner",
            resume(
                "氏名: 羽鳥 進",
                "個人事業主",
                "- 受注管理の設計\n- 使用技術: COBOL（メインフレーム）",
                "",
            ),
        ),
        (
            "employee",
            resume("氏名: 三木 征一郎", "株式会社ヨシ", "- 使用技術: COBOL", ""),
        ),
    ])
    .await;
    check(&test, &["フリーランス COBOL", "汎用機 COBOL"], &["owner"]).await;
}

#[tokio::test]
async fn what_is_crossed_out_is_met_by_no_word() {
    let skills = |name: &str, lines: &str| {
        let lines = format!("## 技術の温度感\n\n{lines}");
        resume(name, "株式会社ノイバラ", "- 帳票の設計", &lines)
    };
    let test = people(&[
        (
            "declined",
            skills("氏名: 都築 廉", "- 🔥 PHP\n- ❌ .NET, Salesforce"),
        ),
        ("used", skills("氏名: 久我 礼子", "- 🔥 PHP, Salesforce")),
    ])
    .await;
    check(
        &test,
        &["Salesforce", "tech:Salesforce", "Salesforce 構築"],
        &["used"],
    )
    .await;
}

#[tokio::test]
async fn a_job_names_what_its_projects_name() {
    let project = |technology: &str| {
        format!("#### 交換機（2020年4月〜2021年3月）\n\n- 使用技術: {technology}")
    };
    let two = format!(
        "{}\n\n#### 検針（2021年4月〜現在）\n\n- 使用技術: Go",
        project("Erlang")
    );
    let test = people(&[
        (
            "with",
            resume("氏名: 荻野 楓", "株式会社コブシ", &project("Erlang"), ""),
        ),
        (
            "one-of-two",
            resume("氏名: 堀切 誠", "株式会社コブシ", &two, ""),
        ),
        (
            "other",
            resume("氏名: 手島 悠", "株式会社コブシ", &project("Java"), ""),
        ),
    ])
    .await;
    let mut found = test
        .find("{employer:コブシ -tech:Erlang}", Value::Null)
        .await;
    found.sort_unstable();
    assert_eq!(found, ["one-of-two", "other"]);
}

#[tokio::test]
async fn a_row_goes_on_behind_a_comment() {
    let table = |last: &str| {
        format!("## 資格\n\n| 名称 | 取得 | 備考 |\n|---|---|---|\n| OSCP | 2020年8月 | |\n{last}")
    };
    let holds = |name: &str, last: &str| resume(name, "株式会社サワラ", "- 診断", &table(last));
    let test = people(&[
        (
            "prepares",
            holds(
                "氏名: 入間 慧",
                "| CISSP | <!-- 2026年予定 --> | 受験準備中 |",
            ),
        ),
        (
            "holds",
            holds(
                "氏名: 志賀 大樹",
                "| CISSP | 2021年5月 <!-- 番号は面談で --> | |",
            ),
        ),
    ])
    .await;
    check(&test, &["CISSP", "cert:CISSP", "OSCP CISSP"], &["holds"]).await;
    check(&test, &["面談で", "予定"], &[]).await;
}

#[tokio::test]
async fn words_written_as_one_are_found_without_what_they_say_little_with() {
    let test = people(&[
        (
            "mutual",
            resume(
                "氏名: 三木 征一郎",
                "株式会社ヨシ",
                "- 共済の掛金を計算する画面の設計",
                "",
            ),
        ),
        (
            "core",
            resume(
                "氏名: 曽根 直人",
                "株式会社カヤ",
                "- 信用金庫の勘定系を保守\n- 使用技術: COBOL, Zabbix",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["共済システム", "共済関連"], &["mutual"]).await;
    // Nobody has both words.
    check(&test, &["金融機関の勘定系"], &["core"]).await;
    check(
        &test,
        &[
            "COBOLを使っている方",
            "COBOLを使っていた人",
            "Zabbixでの監視運用",
        ],
        &["core"],
    )
    .await;
    check(&test, &["\"共済システム\""], &[]).await;
}

#[tokio::test]
async fn a_place_of_living_stands_in_a_sentence_at_the_top() {
    let top = |line: &str| {
        format!(
            "# 早乙女 りん\n\n{line}\n\n## 職務経歴\n\n### 株式会社ハルニレ（2019年4月〜現在）\n\n\
             - 担当: iOS エンジニア\n"
        )
    };
    let test = people(&[
        (
            "lives",
            top("iOSエンジニア（8年目）。福岡在住、フルリモート希望。"),
        ),
        (
            "works",
            top("iOSエンジニア（8年目）。福岡の会社に勤務、フルリモート希望。"),
        ),
        (
            "resident",
            top("早乙女 りん。静岡県在住のiOSエンジニア8年目です。"),
        ),
    ])
    .await;
    check(
        &test,
        &["location:福岡", "福岡在住のiOSエンジニア"],
        &["lives"],
    )
    .await;
    check(&test, &["静岡県在住"], &["resident"]).await;
}

#[tokio::test]
async fn a_name_goes_on_behind_its_legal_form() {
    let test = people(&[
        (
            "letter",
            resume("氏名: 羽鳥 進", "有限会社C", "- 使用技術: Rust", ""),
        ),
        (
            "language",
            resume("氏名: 岬 涼太", "有限会社ススキ", "- 使用技術: Rust, C", ""),
        ),
        (
            "bank",
            resume(
                "氏名: 曽根 直人",
                "株式会社カヤ",
                "- 地方銀行の審査システムを開発\n- 使用技術: Java",
                "",
            ),
        ),
    ])
    .await;
    check(
        &test,
        &["有限会社Cで働いていた", "有限会社Cで Rust"],
        &["letter"],
    )
    .await;
    check(&test, &["地方銀行向けシステムのJava開発"], &["bank"]).await;
}

#[tokio::test]
async fn a_role_since_a_year_is_as_good_as_its_methods() {
    let test = people(&[
        (
            "role",
            resume("氏名: 最上 隼", "株式会社イワカガミ", "- 役割: SRE", ""),
        ),
        (
            "other",
            resume("氏名: 有馬 汐", "株式会社ミズバショウ", "- 役割: PM", ""),
        ),
    ])
    .await;
    check(&test, &["SRE 2022年以降"], &["role"]).await;
    check(&test, &["PM 2022年以降"], &["other"]).await;
}
