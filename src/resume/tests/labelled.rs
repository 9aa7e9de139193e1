//! Labels that tell of one work after the other, in cells, below lines that work as headings and in lists of terms.

use super::check;

#[test]
fn labels_in_the_only_cell_of_a_job_begin_its_works() {
    for (open, close) in [
        ("|", "|\n|---|\n|"),
        (
            "<table><thead><tr><th>",
            "</th></tr></thead><tbody><tr><td>",
        ),
    ] {
        let end = if open == "|" {
            "|\n"
        } else {
            "</td></tr></tbody></table>\n"
        };
        check(
            &format!(
                "# 職務経歴書\n\n{open}2020年4月〜現在：株式会社アオゾラ便（物流）{close}\
                 **【期間】2022年5月〜現在**<br>**【案件】配車の自動化**<br>■概要<br>手作業を減らす<br>■技術<br>Go, AWS<br><br>\
                 **【期間】2020年4月〜2022年4月**<br>**【案件】荷主の窓口**<br>■技術<br>TypeScript, React{end}"
            ),
            &["株式会社アオゾラ便 2020-04/-"],
            &[
                "配車の自動化 @株式会社アオゾラ便 2022-05/-",
                "荷主の窓口 @株式会社アオゾラ便 2020-04/2022-04",
            ],
        );
    }
}

#[test]
fn cells_that_begin_with_a_company_hold_the_works_there() {
    check(
        "# 職務経歴\n\n| 期間 | 内容 |\n|:--|:--|\n\
         | 2023.04 〜 現在 | **株式会社エトワール** 正社員 <br> SaaS 開発部 <br><br> **契約管理の開発** <br> ・React <br><br> **見た目の部品集** <br> ・Figma |\n\
         | 2019.10 〜 2023.03 | **日和システムズ株式会社** 契約社員 <br><br> **地図アプリの開発** <br> ・Kotlin |\n",
        &[
            "株式会社エトワール 2023-04/-",
            "日和システムズ株式会社 2019-10/2023-03",
        ],
        &[
            "契約管理の開発 @株式会社エトワール ?/?",
            "見た目の部品集 @株式会社エトワール ?/?",
            "地図アプリの開発 @日和システムズ株式会社 ?/?",
        ],
    );
}

#[test]
fn columns_of_times_and_titles_need_no_heads() {
    check(
        "## 職歴\n\n**株式会社シオカゼ**　2018年10月 〜 現在\n\n| | |\n|---|---|\n\
         | 2021年4月〜現在 | **相談窓口の再構築** <br> C#, Azure <br> SE、8名 |\n\
         | 2018年10月〜2021年3月 | **帳票の基盤** <br> Java |\n",
        &["株式会社シオカゼ 2018-10/-"],
        &[
            "相談窓口の再構築 @株式会社シオカゼ 2021-04/-",
            "帳票の基盤 @株式会社シオカゼ 2018-10/2021-03",
        ],
    );
}

#[test]
fn a_title_that_reads_like_a_label_may_hold_labels_of_its_own() {
    check(
        "# 経歴書\n\n## 株式会社ルミナス\n\n2020 年 4 月 - 現在 (正社員)\n\n### 広告の集計\n\n期間\n: 2022 年 7 月 - 現在\n\n\
         技術スタック\n: Scala\n\n### 入稿管理ツール\n\n期間\n: 2020 年 4 月 - 2022 年 6 月\n\n技術スタック\n: Angular\n",
        &["株式会社ルミナス 2020-04/-"],
        &[
            "広告の集計 @株式会社ルミナス 2022-07/-",
            "入稿管理ツール @株式会社ルミナス 2020-04/2022-06",
        ],
    );
}

#[test]
fn roles_name_the_company_behind_them_in_brackets() {
    check(
        "# 山科 遥\n\n# Webエンジニア（株式会社コトノハ）\n\n2024-08 / Now\n\n## 学習の API\n\n- 2025-01 / Now\n- Kotlin\n\n\
         # アルバイト（株式会社イロドリ書房）\n\n2019-06 / 2021-03\n",
        &[
            "株式会社コトノハ 2024-08/-",
            "株式会社イロドリ書房 2019-06/2021-03",
        ],
        &["学習の API @株式会社コトノハ 2025-01/-"],
    );
}

#[test]
fn details_of_a_job_are_that_job_and_studies_are_none() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n- 2024-04-01 〜 : 株式会社ヒノデ\n- 2019-04-01 〜 2024-03-31 : 株式会社アカツキ製作所\n\
         - 2017-04-01 〜 2019-03-31 : 北都大学大学院（修士）\n\n### 株式会社ヒノデ 詳細\n\n#### 需要の予測 (2024-04-01 〜 2025-03-31)\n\nPython\n",
        &[
            "株式会社アカツキ製作所 2019-04/2024-03",
            "株式会社ヒノデ 2024-04/-",
        ],
        &["需要の予測 @株式会社ヒノデ 2024-04/2025-03"],
    );
}

#[test]
fn what_begins_with_side_work_is_of_no_other_job() {
    check(
        "## 職務経歴\n\n### 正社員2社目： 株式会社ミドリノモリ\n\n- 期間: 2023/01 ~ 2023/12\n\n#### 主な担当業務\n\n配信を見る\n\n\
         ### 複業： 商談の仲立ちの開発\n\n- 期間: 2023/02 ~ 2023/10\n- 役職: 業務委託\n\n#### 使用技術\n\n- NestJS\n",
        &["株式会社ミドリノモリ 2023-01/2023-12"],
        &["複業： 商談の仲立ちの開発 @ 2023-02/2023-10"],
    );
}

#[test]
fn products_behind_the_time_of_a_job_name_nobody() {
    let (resume, _) = super::read(
        "# 職務経歴\n\n所属: 株式会社ヒバリシステム/基盤チーム\n期間: 2021年7月〜現在\n\n* 基幹バッチの移行\n  * Spring Batch / Oracle\n",
        crate::domain::DocumentFormat::Markdown,
        shokureki_index::lexicon::Lexicon::builtin(),
    );
    assert_eq!(resume.identity.name, None);
}

#[test]
fn a_table_whose_first_row_is_a_company_alone_is_the_job_of_the_next_table() {
    let table = |company: &str, works: &str| {
        format!(
            "<table>\n<tr><td colspan=2><b>{company}</td></tr>\n<tr><td>事業内容</td><td>受託開発</td></tr>\n</table>\n\n\
             <table>\n<tr><th>期間</th><th>プロジェクト内容</th><th>役割</th></tr>\n{works}</table>\n\n"
        )
    };
    check(
        &format!(
            "# 職務経歴書\n\n## 職務経歴詳細\n\n{}{}",
            table(
                "株式会社ヤマボウシ</b>　2021年10月 ～ 現在",
                "<tr><td>2023年7月～現在</td><td><b>経費の仕訳</b><br>【環境】Python</td><td>リーダー</td></tr>\n\
                 <tr><td>2021年10月～2023年6月</td><td>【自動車部品メーカー】<br>請求書の保存</td><td>PG</td></tr>\n",
            ),
            table(
                "株式会社ウツギ</b>　2016年4月 ～ 2021年9月",
                "<tr><td>2018年4月～2021年9月</td><td><b>伝票の管理</b><br>【環境】Oracle</td><td>SE</td></tr>\n",
            ),
        ),
        &[
            "株式会社ヤマボウシ 2021-10/-",
            "株式会社ウツギ 2016-04/2021-09",
        ],
        &[
            "経費の仕訳 @株式会社ヤマボウシ 2023-07/-",
            "請求書の保存 @株式会社ヤマボウシ 2021-10/2023-06",
            "伝票の管理 @株式会社ウツギ 2018-04/2021-09",
        ],
    );
}

#[test]
fn a_product_of_a_company_is_a_work_whatever_its_name() {
    check(
        "# 桐島 渉\n\n## 株式会社ノギク\n\n2018.6 - 2022.2\n\n### コミュニティ「のぎの輪」\n- 2020.1 - 2022.2\n- Rails\n\n\
         ### 会員の基盤\n- 2018.6 - 2019.12\n- Rails\n",
        &["株式会社ノギク 2018-06/2022-02"],
        &[
            "コミュニティ「のぎの輪」 @株式会社ノギク 2020-01/2022-02",
            "会員の基盤 @株式会社ノギク 2018-06/2019-12",
        ],
    );
}

#[test]
fn jobs_that_their_headings_call_careers_hold_headings_of_labels() {
    check(
        "# 職歴: 搬送の制御の開発\n\n## 概要\n\n大学発の企業で設計を担当。\n\n## 期間\n\n2024/06 - now\n\n\
         # 職歴: 商品の推薦の設計\n\n## 所属\n\n大手通販会社\n\n## 期間\n\n2015/01 ~ 2019/03\n\n## 課題\n\n遅い。\n",
        &["大学発の企業 2024-06/-", "大手通販会社 2015-01/2019-03"],
        &[
            "搬送の制御の開発 @大学発の企業 2024-06/-",
            "商品の推薦の設計 @大手通販会社 2015-01/2019-03",
        ],
    );
}

#[test]
fn companies_without_times_may_head_a_document_by_themselves() {
    check(
        "# 職務経歴書\n\n## 株式会社フタバ (正社員)\n\n| 期間 | プロジェクト | 技術 |\n|:--|:--|:--|\n\
         | 2021-04<br>2023-03 | 契約書の点検 | Python |\n| 2023-04<br>現在 | 検索の基盤 | Vespa |\n\n\
         ## 株式会社ヨツバ (正社員)\n\n| 期間 | プロジェクト | 技術 |\n|:--|:--|:--|\n\
         | 2017-04<br>2019-09 | 音声の認識 | Kaldi |\n",
        &["株式会社フタバ ?/?", "株式会社ヨツバ ?/?"],
        &[
            "契約書の点検 @株式会社フタバ 2021-04/2023-03",
            "検索の基盤 @株式会社フタバ 2023-04/-",
            "音声の認識 @株式会社ヨツバ 2017-04/2019-09",
        ],
    );
}

#[test]
fn numbers_before_times_and_edges_of_boxes_name_nobody() {
    check(
        "## 職務経歴\n\n### (1) 2020.11 ~ 現在 (株)ナカヤマ商事\n\n#### EDIの刷新 2023.10 ~ 現在\n\n- Java\n\n\
         ### (2) 2013.04 ~ 2016.03 アルバイト (書店)\n",
        &["(株)ナカヤマ商事 2020-11/-", "アルバイト 2013-04/2016-03"],
        &["EDIの刷新 @(株)ナカヤマ商事 2023-10/-"],
    );
    check(
        "■職務経歴\n┌────────┐\n│ 2019年4月～現在　株式会社ミヤビ電機 │\n└────────┘\n\n\
         【期間】2022年4月～現在\n【業務】家電のクラウド\n【環境】TypeScript\n\n\
         【期間】2019年7月～2022年3月\n【業務】家電の遠隔操作\n【環境】Kotlin\n",
        &["株式会社ミヤビ電機 2019-04/-"],
        &[
            "家電のクラウド @株式会社ミヤビ電機 2022-04/-",
            "家電の遠隔操作 @株式会社ミヤビ電機 2019-07/2022-03",
        ],
    );
}

#[test]
fn what_happened_may_stand_below_its_date() {
    check(
        "# 経歴\n\n・2018年4月\n　株式会社アカネ入社\n　新人研修の後、開発二部に配属\n\n・2018年7月～2021年6月\n　【案件名】宅配の箱\n　【使用技術】C++\n\n\
         ・2021年6月\n　株式会社アカネ退社\n\n・2021年7月\n　株式会社コハク入社\n\n・2021年7月～現在\n　【案件名】見守りの機器\n　【使用技術】Rust\n",
        &["株式会社アカネ 2018-04/2021-06", "株式会社コハク 2021-07/-"],
        &[
            "宅配の箱 @株式会社アカネ 2018-07/2021-06",
            "見守りの機器 @株式会社コハク 2021-07/-",
        ],
    );
}

#[test]
fn a_time_before_technologies_dates_the_title_above() {
    check(
        "## 職務経歴\n\n### 個人事業主\n2021年6月 - 2023年3月\n#### A社様：LPの制作\n- 2022年5月 - 2023年3月 / HTML, SCSS\n\
         #### B社様：店の構築\n- 2021年6月 - 2022年4月 / Liquid\n",
        &["個人事業主 2021-06/2023-03"],
        &[
            "A社様：LPの制作 @個人事業主 2022-05/2023-03",
            "B社様：店の構築 @個人事業主 2021-06/2022-04",
        ],
    );
}
