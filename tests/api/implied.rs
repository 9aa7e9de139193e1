//! Searches by a name that résumés do not have, but what is not used without it, and people by where
//! they say that they work, over invented people.

use crate::people::{check, people, resume};
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

    // With an amount the months of both count; where it is too much, it gives way.
    for query in ["PHP 3年以上", "PHPを2020年以降", "PHP 30年以上"] {
        check(&test, &[query], &["framework", "language"]).await;
    }
    check(&test, &["tech:PHP>=3y"], &["language"]).await;

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

#[tokio::test]
async fn both_words_of_a_compound_in_one_stint_are_found_behind_the_compound() {
    let of = |name: &str, employer: &str, done: &str| {
        resume(&format!("氏名: {name}"), employer, done, "")
    };
    let apart = "# 職務経歴書\n\n2024年6月1日\n\n氏名: 真砂 渚\n\n## 職務経歴\n\n\
                 ### 株式会社ハクセキレイ（2019年4月〜現在）\n\n- 在庫の点検\n\n\
                 ### 株式会社イソヒヨドリ（2015年4月〜2019年3月）\n\n- 会員を引き当てる抽選\n";
    let test = people(&[
        ("apart", apart.to_owned()),
        (
            "told",
            of(
                "杉本 葵",
                "株式会社カワラヒワ",
                "- 在庫を注文に引き当てる仕組み",
            ),
        ),
        ("whole", of("長野 伴", "株式会社アトリ", "- 在庫引当の画面")),
    ])
    .await;
    check(&test, &["在庫引当"], &["told", "whole"]).await;
    check(&test, &["\"在庫引当\""], &["whole"]).await;
    let query = "{ searchCandidates(query: \"在庫引当\") { nodes { externalId } } }";
    let data = test.data(query, Value::Null).await;
    assert_eq!(data["searchCandidates"]["nodes"][0]["externalId"], "whole");
}

#[tokio::test]
async fn a_school_is_told_by_what_was_typed_and_a_name_of_several_things_by_the_text() {
    let test = people(&[
        (
            "college",
            resume(
                "氏名: 江口 透",
                "株式会社ビンズイ",
                "- 高専卒業後に入社し、監視を担当",
                "",
            ),
        ),
        (
            "lent",
            resume(
                "氏名: 桂 千早",
                "株式会社ホオアカ",
                "- SES企業として受け入れた案件の取りまとめ",
                "",
            ),
        ),
        (
            "tags",
            resume("氏名: 戸田 澪", "株式会社ミソサザイ", "`C` `μITRON`", ""),
        ),
    ])
    .await;
    check(&test, &["高専卒"], &["college"]).await;
    check(&test, &["school:高専"], &[]).await;
    check(&test, &["SES", "SES経験"], &["lent"]).await;
    check(&test, &["tech:C"], &["tags"]).await;
}

#[tokio::test]
async fn a_role_that_is_only_counted_is_nobodys() {
    let of = |name: &str, employer: &str, line: &str| {
        let done = format!("#### 受付の刷新（2020年4月〜2021年3月）\n\n{line}\n- 使用技術: Go");
        resume(&format!("氏名: {name}"), employer, &done, "")
    };
    let test = people(&[
        (
            "counted",
            of("岸 朝陽", "株式会社イスカ", "- 体制: 開発者3人、PM1人"),
        ),
        (
            "labelled",
            of(
                "幸田 律",
                "株式会社ノビタキ",
                "担当期間：2020年前半　役割：PM兼開発リード",
            ),
        ),
        (
            "sized",
            of("笹目 航", "株式会社アオジ", "- 規模・役割: 6名・PM"),
        ),
        (
            "told",
            of(
                "瀬川 凪",
                "株式会社カシラダカ",
                "- 8名のチームにPMとして参画",
            ),
        ),
    ])
    .await;
    check(&test, &["PM", "PM経験"], &["labelled", "sized", "told"]).await;
    check(&test, &["role:PM"], &["labelled", "sized"]).await;
    check(&test, &["role:開発リード Go"], &["labelled"]).await;
}

#[tokio::test]
async fn a_label_and_its_value_may_be_two_spans_and_a_school_end_in_a_full_stop() {
    let page = "# 職務経歴書\n\n<div class=\"p\">\n  <span class=\"k\">氏名</span><span>潮田 岬</span>\n  \
                <span class=\"k\">居住地</span><span>千葉県</span>\n</div>\n\n### 経歴\n\n| 時期 | 経歴 |\n\
                | - | - |\n| 2015年3月 | 海南工業高等専門学校 電子工学科を卒業。 |\n\
                | 2017年4月 | 株式会社セグロに入社。進行管理に従事。 |\n";
    let test = people(&[("page", page.to_owned())]).await;
    check(
        &test,
        &["千葉在住", "高専卒", "school:高専", "氏名:潮田"],
        &["page"],
    )
    .await;
}

#[tokio::test]
async fn certificates_are_grouped_in_a_cell_and_an_operating_system_tells_of_the_machine() {
    let cell = "# 職務経歴書\n\n| 項目 | 内容 |\n| :-- | :-- |\n| 氏名 | 成田 縁 |\n\
                | 資格 | **ネットワーク関連**<br>CCNA<br>**Linux関連**<br>LPIC-1、LPIC-2 |\n\n## 職務経歴\n\n\
                ### 株式会社クロツグミ（2019年4月〜現在）\n\n- 使用技術: COBOL、JCL\n";
    let told = resume(
        "氏名: 三上 蛍",
        "株式会社クイナ",
        "- 使用技術: Rust",
        "## 資格と学校\n\n海南工業高等専門学校 電気電子工学科を2011年3月に卒業。在学中に第二種電気工事士、就職してから\
         エンベデッドシステムスペシャリスト（2016年）を取った。",
    );
    let test = people(&[("cell", cell.to_owned()), ("told", told)]).await;
    check(
        &test,
        &["エンベデッドスペシャリスト", "第二種電気工事士 高専卒"],
        &["told"],
    )
    .await;
    check(
        &test,
        &["LPIC", "LPIC-2", "CCNA", "汎用機 COBOL"],
        &["cell"],
    )
    .await;
}

#[tokio::test]
async fn who_holds_a_certificate_comes_before_who_holds_one_that_it_took_the_place_of() {
    let holder = |name: &str, employer: &str, rest: &str| {
        resume(&format!("氏名: {name}"), employer, "- 使用技術: Go", rest)
    };
    let test = people(&[
        (
            "former",
            holder(
                "園田 蒼",
                "株式会社オオヨシキリ",
                "## 資格\n\n- ソフトウェア開発技術者（2024年1月）",
            ),
        ),
        (
            "today",
            holder(
                "多賀 司",
                "株式会社コヨシキリ",
                "## 資格\n\n- 応用情報技術者（2010年6月）",
            ),
        ),
    ])
    .await;
    check(
        &test,
        &[
            "応用情報",
            "応用情報 Go",
            "応用情報 OR Perl",
            "cert:応用情報技術者",
        ],
        &["former", "today"],
    )
    .await;
    check(&test, &["ソフトウェア開発技術者"], &["former"]).await;
    let query = "{ searchCandidates(query: \"応用情報\") { nodes { externalId } } }";
    let data = test.data(query, Value::Null).await;
    assert_eq!(data["searchCandidates"]["nodes"][0]["externalId"], "today");
}
