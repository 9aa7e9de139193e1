//! Searches that must find some people and not others who are named alike, over invented people.

use crate::common::TestSchema;
use crate::people::{check, people, resume};
use serde_json::{Value, json};

#[tokio::test]
async fn a_technology_is_not_met_by_a_certificate_that_has_its_letters() {
    let test = people(&[
        (
            "certified",
            resume(
                "氏名: 波多 恒一",
                "株式会社ハマナス",
                "- 帳票の設計",
                "## 資格\n\n- AWS SAP（AWS Certified Solutions Architect – Professional）（2022年3月）",
            ),
        ),
        (
            "consultant",
            resume(
                "氏名: 犬飼 朔",
                "株式会社ミヤコワスレ",
                "- 使用技術: SAP\n- SAP の導入",
                "",
            ),
        ),
        (
            "helper",
            resume(
                "氏名: 白戸 要",
                "株式会社ギボウシ",
                "- 後輩の AWS 認定ソリューションアーキテクト – アソシエイトの取得を支援",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["SAP", "tech:SAP", "SAP コンサル"], &["consultant"]).await;
    check(&test, &["\"AWS SAP\""], &["certified"]).await;
    check(&test, &["AWS", "AWS運用経験"], &[]).await;
}

#[tokio::test]
async fn a_certificate_is_met_by_who_holds_it_and_not_by_who_will_try() {
    let test = people(&[
        (
            "holder",
            resume(
                "氏名: 稲見 灯",
                "株式会社ヤマブキ",
                "- 監視の設計",
                "## 資格\n\n- 情報処理安全確保支援士（2021年4月）",
            ),
        ),
        (
            "candidate",
            resume(
                "氏名: 早乙女 亨",
                "株式会社フキノトウ",
                "- 監視の運用",
                "## 資格\n\n- 情報処理安全確保支援士は 2024年10月に受験予定",
            ),
        ),
    ])
    .await;
    check(
        &test,
        &[
            "情報処理安全確保支援士",
            "登録セキスペ",
            "cert:情報処理安全確保支援士",
        ],
        &["holder"],
    )
    .await;
}

#[tokio::test]
async fn a_companys_name_is_no_part_of_another_word() {
    let test = people(&[
        (
            "hikaru",
            resume(
                "氏名: 鳴海 環",
                "株式会社オラクルひかる",
                "- 帳票の設計",
                "",
            ),
        ),
        (
            "technologies",
            resume(
                "氏名: 宇治原 巧",
                "株式会社リクルートテクノロジーズ",
                "- 検索の設計",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["オラクル出身", "オラクル 在籍", "オラクル系"], &[]).await;
    check(
        &test,
        &["リクルート出身", "リクルート系"],
        &["technologies"],
    )
    .await;
}

#[tokio::test]
async fn a_request_for_paid_work_puts_it_before_any_claim() {
    let test = people(&[
        (
            "claims",
            resume(
                "氏名: 都築 廉",
                "株式会社スイレン",
                "- 帳票の設計",
                "## スキル\n\n- Terraform 20年",
            ),
        ),
        (
            "worked",
            resume("氏名: 有馬 汐", "株式会社アヤメ", "- 倉庫の設計", "").replace(
                "- 倉庫の設計",
                "#### 基盤（2019年4月〜2019年4月）\n\n- 使用技術: Terraform\n",
            ),
        ),
    ])
    .await;
    let score = |query: &'static str| {
        let test = &test;
        async move {
            let document = "query($query: String) { searchCandidates(query: $query) {
                edges { score node { externalId } } } }";
            let data = test.data(document, json!({ "query": query })).await;
            let edges = data["searchCandidates"]["edges"].clone();
            let edges = edges.as_array().expect("a list").iter();
            let mut scores: Vec<(String, f64)> = edges
                .map(|edge| {
                    let id = edge["node"]["externalId"].as_str().expect("an id");
                    (id.to_owned(), edge["score"].as_f64().expect("a number"))
                })
                .collect();
            scores.sort_by(|left, right| left.0.cmp(&right.0));
            scores
        }
    };
    let plain = score("Terraform").await;
    for query in ["Terraform 実務", "Terraform 実務経験", "Terraform 本番環境"] {
        let asked = score(query).await;
        let gain = |at: usize| asked[at].1 - plain[at].1;
        assert_eq!(asked.len(), 2, "{query}: {asked:?}");
        assert!(
            gain(1) >= 3.0 && gain(0) < 1.0 && asked[1].1 > asked[0].1,
            "{query}: {plain:?} {asked:?}"
        );
    }
}

#[tokio::test]
async fn a_certificate_is_found_by_the_signs_that_it_is_written_with() {
    let test = people(&[
        (
            "abap",
            resume(
                "氏名: 三国 燈",
                "株式会社ナデシコ",
                "- 帳票の設計",
                "## 資格\n\n- ＳＡＰ認定コンサルタント（ＡＢＡＰ）（2019年3月）",
            ),
        ),
        (
            "other",
            resume(
                "氏名: 宇治 泉",
                "株式会社キキョウ",
                "- 倉庫の設計",
                "## 資格\n\n- 基本情報技術者（2019年3月）",
            ),
        ),
    ])
    .await;
    let queries = [
        "SAP認定コンサルタント（ABAP）",
        "SAP認定コンサルタント ABAP",
    ];
    check(&test, &queries, &["abap"]).await;
}

#[tokio::test]
async fn a_name_in_capitals_is_not_met_where_it_stands_for_another_thing_or_is_not_used() {
    let test = people(&[
        (
            "host",
            resume(
                "氏名: 玉置 周",
                "株式会社ツツジ",
                "- 使用技術: RPG、CL、Db2 for i",
                "",
            ),
        ),
        (
            "game",
            resume(
                "氏名: 真田 暦",
                "株式会社サツキ",
                "- 王道の RPG の戦闘画面を担当",
                "",
            ),
        ),
        (
            "watching",
            resume(
                "氏名: 桐生 紬",
                "株式会社ハギ",
                "- JAX は周りの研究者が使うのを見ているだけです",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["RPG"], &["host"]).await;
    check(&test, &["JAX"], &[]).await;
}

#[tokio::test]
async fn who_also_states_a_length_is_not_behind_who_has_as_many_dated_months() {
    let job = |months: &str, skill: &str| {
        resume("氏名: 日下 澪", "株式会社カンナ", "- 基盤の設計", skill).replace(
            "- 基盤の設計",
            &format!("#### 基盤（{months}）\n\n- 使用技術: Terraform\n"),
        )
    };
    let test = people(&[
        ("dated", job("2019年4月〜2022年3月", "")),
        (
            "stating",
            job("2019年4月〜2022年3月", "## スキル\n\n- Terraform（4年）"),
        ),
    ])
    .await;
    let document = "{ searchCandidates(query: \"Terraform\") { nodes { externalId } } }";
    let data = test.data(document, json!({})).await;
    let nodes = &data["searchCandidates"]["nodes"];
    assert_eq!(nodes[0]["externalId"], "stating", "{nodes}");
    assert_eq!(nodes[1]["externalId"], "dated", "{nodes}");
}

#[tokio::test]
async fn a_place_is_found_as_a_bare_word_and_on_the_line_of_the_name() {
    let test = people(&[
        (
            "sapporo",
            resume(
                "氏名: 伊吹 陸\n\n住所: 札幌市北区",
                "株式会社ハルニレ",
                "- 帳票の設計",
                "",
            ),
        ),
        (
            "shinagawa",
            resume(
                "**設楽 龍之介**（しだら りゅうのすけ） 東京都品川区",
                "株式会社スサノオ",
                "- 配信の設計",
                "",
            ),
        ),
        (
            "setagaya",
            resume(
                "**Liam Tachibana**\nSetagaya, Tokyo",
                "株式会社チドリ",
                "- 分析の設計",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["北海道", "北海道在住"], &["sapporo"]).await;
    check(&test, &["品川区在住", "location:品川区"], &["shinagawa"]).await;
    let mut found = test.find("東京都 設計", Value::Null).await;
    found.sort_unstable();
    assert_eq!(found, ["setagaya", "shinagawa"]);
}

#[tokio::test]
async fn a_role_is_found_by_its_other_names_in_prose_too() {
    let test = people(&[
        (
            "manager",
            resume(
                "氏名: 藤代 潤",
                "株式会社クロマツ",
                "- 会計業務の標準化\n- プロジェクトマネージャーとして 3 件を完了",
                "",
            ),
        ),
        (
            "product",
            resume(
                "氏名: 久我 礼子",
                "株式会社モクレン",
                "- プロダクトマネージャーとして企画",
                "",
            ),
        ),
        (
            "examined",
            resume(
                "氏名: 檜山 透",
                "株式会社カツラ",
                "- 帳票の設計",
                "## 資格\n\n- プロジェクトマネージャ試験（2019年6月）",
            ),
        ),
        (
            "reliable",
            resume(
                "氏名: 佐波 凛",
                "株式会社リスボン",
                "- Site Reliability Engineer として監視を設計",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["PM経験", "PM 経験者"], &["manager"]).await;
    check(&test, &["SRE"], &["reliable"]).await;
}

#[tokio::test]
async fn a_role_stands_behind_the_size_of_the_team() {
    let project = |title: &str, lines: &str| format!("#### {title}\n\n{lines}");
    let test = people(&[
        (
            "field",
            resume(
                "氏名: 荻野 楓",
                "株式会社コブシ",
                &project(
                    "検針の集計（2020年4月〜2021年3月）",
                    "- 使用技術: Erlang\n- 開発規模: 6名、リーダー",
                ),
                "",
            ),
        ),
        (
            "title",
            resume(
                "氏名: 堀切 誠",
                "株式会社ハマナス",
                &project(
                    "開発環境の整備（2020年4月〜現在、5名、リーダー）",
                    "- 使用技術: Erlang",
                ),
                "",
            ),
        ),
        (
            "member",
            resume(
                "氏名: 手島 悠",
                "株式会社ニレ",
                &project(
                    "帳票の刷新（2020年4月〜現在、5名）",
                    "- 使用技術: Erlang\n- 体制: PM 1名、リーダー 1名、メンバー 5名",
                ),
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["{tech:Erlang role:リーダー}"], &["field", "title"]).await;
}

#[tokio::test]
async fn compounds_are_found_with_a_particle_and_employers_by_all_of_their_name() {
    let test = people(&[
        (
            "tickets",
            resume(
                "氏名: 仲村 海斗",
                "株式会社ウルマ",
                "- 航空券の予約サイトを設計",
                "",
            ),
        ),
        (
            "staff",
            resume(
                "氏名: 久我 礼子",
                "株式会社Box Japan",
                "- 採用管理の画面を設計",
                "",
            ),
        ),
        (
            "user",
            resume(
                "氏名: 志賀 大樹",
                "株式会社ホウセンカ",
                "- 使用技術: Box\n- 採用に協力",
                "",
            ),
        ),
    ])
    .await;
    check(&test, &["航空券予約サイト"], &["tickets"]).await;
    check(&test, &["予約航空券サイト"], &[]).await;
    check(
        &test,
        &["Box Japan 在籍", "Box社 勤務", "採用管理 Box Japan勤務"],
        &["staff"],
    )
    .await;
    check(&test, &["Box社での導入経験", "tech:Box"], &["user"]).await;
}

#[tokio::test]
async fn a_product_whose_name_is_a_word_is_found_as_one() {
    let test = people(&[(
        "hospital",
        resume(
            "氏名: 早見 護",
            "株式会社キキョウ医療",
            "総合病院の電子カルテ端末を展開。",
            "",
        ),
    )])
    .await;
    check(&test, &["電子カルテ"], &["hospital"]).await;
}

/// What of `query` was taken for something else.
async fn corrections(test: &TestSchema, query: &str) -> Value {
    let data = test
        .data(
            "query($query: String) { searchCandidates(query: $query) { interpretation {
                corrections { typed corrected technology { name } } } } }",
            json!({ "query": query }),
        )
        .await;
    data["searchCandidates"]["interpretation"]["corrections"].clone()
}

async fn builders() -> TestSchema {
    people(&[
        (
            "builder",
            resume(
                "氏名: 浅葱 蓮",
                "株式会社みずうみ工房",
                "- 使用技術: Terraform\n- 検索の基盤を構築",
                "",
            ),
        ),
        (
            "clerk",
            resume(
                "氏名: 森 紫",
                "株式会社ひなげし",
                "- Barcodeの帳票を自動化",
                "",
            ),
        ),
    ])
    .await
}

#[tokio::test]
async fn a_slip_in_a_latin_word_finds_what_is_meant_and_says_so() {
    let test = builders().await;
    for query in [
        "Terafform",
        "ｔｅｒａｆｆｏｒｍ",
        "tech:Terafform",
        "Terafform 5年以上",
        "検索 Terafform",
    ] {
        check(&test, &[query], &["builder"]).await;
        let made = corrections(&test, query).await;
        assert_eq!(made[0]["corrected"], "Terraform", "{query}");
        assert_eq!(made[0]["technology"]["name"], "Terraform", "{query}");
    }
    check(&test, &["Barkode"], &["clerk"]).await;
    assert_eq!(
        corrections(&test, "Barkode").await,
        json!([{ "typed": "Barkode", "corrected": "barcode", "technology": null }])
    );
    let filter = json!({ "technology": { "name": "Terafform" } });
    assert_eq!(test.find("", filter).await, ["builder"]);

    let data = test
        .data(
            "{ searchStints(query: \"Terafform\") { totalCount interpretation { corrections { corrected } } } }",
            Value::Null,
        )
        .await;
    assert_eq!(data["searchStints"]["totalCount"], 1);
    let made = &data["searchStints"]["interpretation"]["corrections"];
    assert_eq!(made, &json!([{ "corrected": "Terraform" }]));
    let data = test
        .data("{ candidate(externalId: \"builder\") { id } }", Value::Null)
        .await;
    let data = test
        .data(
            "query($id: ID!) { explain(candidateId: $id, query: \"Terafform\") { isMet } }",
            json!({ "id": data["candidate"]["id"] }),
        )
        .await;
    assert_eq!(data["explain"]["isMet"], true);
}

#[tokio::test]
async fn quoted_known_and_far_words_are_not_corrected() {
    let test = builders().await;
    check(&test, &["\"Terafform\"", "Terrarium", "Kuxxrxxtes"], &[]).await;
    for query in ["\"Terafform\"", "Terraform", "Terrarium", "検索", "Dwango"] {
        assert_eq!(corrections(&test, query).await, json!([]), "{query}");
    }
}
