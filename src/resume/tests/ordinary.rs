//! Layouts of ordinary documents: cells that reach over others, titles that stand where none is looked for first.

use super::{check, job_lines, work_lines};
use crate::domain::DocumentFormat;
use crate::resume::read;
use shokureki_index::lexicon::Lexicon;

#[test]
fn heads_may_reach_over_two_rows() {
    let (resume, _) = read(
        "<h2>職務経歴</h2><table><tr><th rowspan=\"2\">No</th><th rowspan=\"2\">期間<br>Start</th><th rowspan=\"2\">期間<br>End</th>\
         <th rowspan=\"2\">案件名</th><th colspan=\"2\">環境</th></tr><tr><th>OS</th><th>言語</th></tr>\
         <tr><td>1</td><td>2018年10月</td><td>2019年9月</td><td>水族館の券売サイト</td><td>Windows</td><td>PHP</td></tr>\
         <tr><td>2</td><td>2019年10月</td><td>2021年12月</td><td>港の荷役の管理</td><td>Linux</td><td>C#</td></tr></table>",
        DocumentFormat::Html,
        Lexicon::builtin(),
    );
    assert_eq!(
        work_lines(&resume),
        [
            "水族館の券売サイト @ 2018-10/2019-09",
            "港の荷役の管理 @ 2019-10/2021-12",
        ]
    );
}

#[test]
fn prose_below_a_title_whose_time_reaches_over_both_goes_on() {
    let (resume, _) = read(
        "<h2>職務経歴</h2><h3>株式会社アオバ（2021年10月〜現在）</h3><table><tr><th>期間</th><th>案件</th><th>技術</th></tr>\
         <tr><td rowspan=\"2\">2023年7月〜現在</td><td><b>ログの分析の基盤</b></td><td rowspan=\"2\">Vector<br>Python</td></tr>\
         <tr><td>外部の監視が高いため、社内で判定する。規則は134本。</td></tr>\
         <tr><td rowspan=\"2\">2021年10月〜2023年6月</td><td><b>端末の保護の導入</b></td><td rowspan=\"2\">PowerShell</td></tr>\
         <tr><td>460台。古いものの削除を自動化した。</td></tr></table>",
        DocumentFormat::Html,
        Lexicon::builtin(),
    );
    assert_eq!(job_lines(&resume), ["株式会社アオバ 2021-10/-"]);
    assert_eq!(
        work_lines(&resume),
        [
            "ログの分析の基盤 @株式会社アオバ 2023-07/-",
            "端末の保護の導入 @株式会社アオバ 2021-10/2023-06",
        ]
    );
}

#[test]
fn the_item_before_the_labels_of_a_job_names_its_one_work() {
    check(
        "# 職務経歴書\n## 職務経歴（前職）\n### 株式会社アオバ（2020年2月 ~ 2023年2月）\n- 洗濯店の受付システム\n- ポジション: フロントエンドエンジニア\n\
         - 開発体制: アジャイル\n- チーム規模: 5人\n#### プロダクト開発\n- 旧画面のリニューアルを担当\n  - Vue.js で作り直した\n\
         ## 職務経歴（前職以前）\n### 某派遣会社（2018年4月 ~ 2020年1月）\n- 鉄道会社の研修サイト構築\n- ポジション: フロントエンドエンジニア\n\
         - 開発体制: ウォーターフォール\n- チーム規模: 3人\n#### プロダクト開発\n- jQueryを用いた画面の構築\n",
        &[
            "株式会社アオバ 2020-02/2023-02",
            "某派遣会社 2018-04/2020-01",
        ],
        &[
            "洗濯店の受付システム @株式会社アオバ ?/?",
            "鉄道会社の研修サイト構築 @某派遣会社 ?/?",
        ],
    );
}

#[test]
fn an_item_that_only_says_when_is_titled_by_its_summary() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n- <u>株式会社アオバ　2017 年 04 月 ～ 2020 年 05 月</u>\n  - 雇用形態：正社員\n\n\
         \x20   - <u>2018/7〜2020/5</u>\n\n      - 業務内容\n\n        院内の配線の更改（設計、構築）\n\n      - 技術スタック\n\n        FortiGate、VBA\n\n\
         \x20   - <u>2017/4〜2018/6</u>\n\n      - 業務内容\n\n        監視センターでの監視（Zabbix）\n\n      - 技術スタック\n\n        Zabbix、Linux\n",
        &["株式会社アオバ 2017-04/2020-05"],
        &[
            "院内の配線の更改 @株式会社アオバ 2018-07/2020-05",
            "監視センターでの監視 @株式会社アオバ 2017-04/2018-06",
        ],
    );
}

#[test]
fn titles_may_stand_before_one_wide_blank_and_technologies() {
    check(
        "# 職務経歴書\n\n## 職務経歴詳細\n\n### 株式会社アオバ\n【在籍期間】\n- 1991 年 5月 ～ 1996年9月\n【業務内容】\n- （鉄道）信号の監視盤の開発　C言語、アセンブラ\n\
         - （鉄道）運行の記録の解析ツール開発　FORTRAN\n",
        &["株式会社アオバ 1991-05/1996-09"],
        &[
            "（鉄道）信号の監視盤の開発 @株式会社アオバ ?/?",
            "（鉄道）運行の記録の解析ツール開発 @株式会社アオバ ?/?",
        ],
    );
}

#[test]
fn the_heading_of_a_work_says_its_end_better_than_the_summary_above() {
    check(
        "# 職務経歴書\n\n## 略歴\n\n| 時期 | 期間 | プロジェクト名 |\n|---|---|---|\n| 2023/07〜2024/12 | 18ヵ月 | 配膳の管理画面の自動試験 |\n\
         | 2022/04〜2023/06 | 15ヵ月 | 奨学金の申請の更改 |\n\n## 職務経歴\n\n### 配膳の管理画面の自動試験\n\n#### 2023/07〜2024/12\n\n#### 使用技術\n\nPython\n\n\
         ### 奨学金の申請の更改\n\n#### 2022/04〜2023/05\n\n#### 使用技術\n\nAngular\n",
        &[],
        &[
            "配膳の管理画面の自動試験 @ 2023-07/2024-12",
            "奨学金の申請の更改 @ 2022-04/2023-05",
        ],
    );
}

#[test]
fn schools_in_a_table_of_jobs_and_schools_are_no_employers() {
    check(
        "# スキルシート\n\n## 職歴・学歴\n\n| 期間 | 組織名 | 事業 | 雇用形態 |\n|---|---|---|---|\n| 2020年8月 - 2023年5月 | 株式会社ミヤギ端末 | 業務端末 | 正社員 |\n\
         | 2016年4月 - 2020年7月 | 広瀬川工業大学 情報学部 | - | - |\n| 2013年4月 - 2016年3月 | 宮城野高等学校 | - | - |\n",
        &["株式会社ミヤギ端末 2020-08/2023-05"],
        &[],
    );
}

#[test]
fn what_is_left_open_behind_an_earlier_time_leaves_the_whole_open() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### 指示書アプリの開発\n\n■ 使用技術\n- Tauri\n\n■ 開発期間（在籍企業）\n- 2024年2月 - （株式会社アオバ）\n\n\
         ### 予約の画面の改修\n\n■ 使用技術\n- Svelte\n\n■ 開発期間（在籍企業）\n- 2023年8月 - 2024年1月（株式会社アオバ）\n",
        &["株式会社アオバ 2023-08/-"],
        &[
            "指示書アプリの開発 @株式会社アオバ 2024-02/-",
            "予約の画面の改修 @株式会社アオバ 2023-08/2024-01",
        ],
    );
}

#[test]
fn items_beside_one_that_says_when_are_works_too() {
    check(
        "# 職務経歴書\n\n## 職務経歴詳細\n\n### 株式会社アオバ（2012/04〜2017/05）\n\n受託開発。\n\n\
         - 学習塾ユーザー向け\n  宿題の提出アプリの移植\n  - Swift / Java\n- 印刷会社向け受注の新規開発（2014/04 ~ 06)\n  - Java, SQL\n\
         - 通信会社の写真の保管の画面の改修\n  - C# / WPF\n",
        &["株式会社アオバ 2012-04/2017-05"],
        &[
            "学習塾ユーザー向け 宿題の提出アプリの移植 @株式会社アオバ ?/?",
            "印刷会社向け受注の新規開発 @株式会社アオバ 2014-04/2014-06",
            "通信会社の写真の保管の画面の改修 @株式会社アオバ ?/?",
        ],
    );
}

#[test]
fn rows_that_are_to_be_filled_in_are_no_works() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社アオバ（2021年7月 - 現在）\n\n| No. | 期間 | 案件名 | 使用スキル |\n|---|---|---|---|\n\
         | 1 | 2022年6月〜2022年12月 | 受注の画面の改修 | Scala |\n| 2 | To be defined | To be defined | To be defined |\n",
        &["株式会社アオバ 2021-07/-"],
        &["受注の画面の改修 @株式会社アオバ 2022-06/2022-12"],
    );
}

#[test]
fn ages_and_plans_beside_a_time_title_nothing() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社アオバ\n| 期間 | 2023-02-13〜2024-03-29（当時20〜22歳） |\n|---|---|\n| 契約形式 | 業務委託 |\n\
         | 使用技術 | Flutter |\n| 内容 | 町内の回覧アプリの新規開発に関わる |\n\n### 株式会社ミドリ（2019/05〜2022/07）\n\n**車検の予約の管理の導入**\n\n\
         - プロジェクト規模 :\n  - 3 名\n  - 2021/08 - 2022/06（10 ヵ月）（予定）\n\n- 開発環境 :\n  - Java\n",
        &[
            "株式会社アオバ 2023-02/2024-03",
            "株式会社ミドリ 2019-05/2022-07",
        ],
        &[
            "町内の回覧アプリの新規開発に関わる @株式会社アオバ ?/?",
            "車検の予約の管理の導入 @株式会社ミドリ 2021-08/2022-06",
        ],
    );
}

#[test]
fn work_for_any_of_a_kind_is_no_employer() {
    check(
        "# 職務経歴書\n\n## プロジェクト\n\n### 1. 学校法人向け認証基盤の移設業務（2020年4月 - 2021年12月）\n\n**役割**: インフラエンジニア  \n**チーム規模**: 5名\n\n\
         #### 使用技術\n- Azure\n\n### 2. 卸向け受注の開発（2018年4月 - 2020年3月）\n\n**役割**: SE\n\n#### 使用技術\n- Java\n",
        &[],
        &[
            "学校法人向け認証基盤の移設業務 @ 2020-04/2021-12",
            "卸向け受注の開発 @ 2018-04/2020-03",
        ],
    );
}

#[test]
fn how_somebody_was_employed_may_name_the_company_in_brackets() {
    check(
        "## キャリア\n\n| 期間 | 勤務形態 | 備考 |\n|---|---|---|\n| 2023年7月〜現在 | 正社員（A社） | 農機の売買 |\n\
         | 2021年4月〜2023年6月 | 正社員（B社） | 電子図書館 |\n\n## 開発経歴\n\n### 正社員（A社）\n\n<details>\n  <summary>\n    画像の処理の移行\n\
         \x20   <span>2024年/4ヶ月</span>\n  </summary>\n\n- 担当工程: 設計\n- 使用技術: Go\n\n    ## プロジェクト概要\n    画像の処理の移行\n\n\
         \x20   ### 【概要】\n    移した。\n\n</details>\n",
        &["A社 2023-07/-", "B社 2021-04/2023-06"],
        &["画像の処理の移行 @A社 2024/2024"],
    );
}

#[test]
fn dated_roles_over_all_that_was_done_as_one_are_works() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社アオバ（2018.08 〜 現在）\n\n#### サーバーサイドエンジニア（2018.08 〜 2021.05）\n\n\
         - 集荷の依頼の作り直し\n- 冷凍便の料金の計算の追加\n\n#### プラットフォームエンジニア(2021.05 ~ 現在)\n\n- 待ち時間の計測\n- 手作業の削減\n",
        &["株式会社アオバ 2018-08/-"],
        &[
            "サーバーサイドエンジニア @株式会社アオバ 2018-08/2021-05",
            "プラットフォームエンジニア @株式会社アオバ 2021-05/-",
        ],
    );
}

#[test]
fn names_over_a_table_of_what_was_done_there_are_employers() {
    check(
        "# 職務経歴\n\n## つぶり\n\n- **位置**: 中野\n\n| 期間 | 役職 | プロジェクト | 使用技術 |\n|---|---|---|---|\n| 2022年7月-現在 | エンジニア | 配達の管理画面の開発 | Nuxt |\n\n\
         ## かがり火\n\n- **位置**: 浜松\n\n| 期間 | 役職 | プロジェクト | 使用技術 |\n|---|---|---|---|\n| 2019年8月-2020年9月 | エンジニア | 設備の点検の開発 | Less |\n",
        &["つぶり ?/?", "かがり火 ?/?"],
        &[
            "配達の管理画面の開発 @つぶり 2022-07/-",
            "設備の点検の開発 @かがり火 2019-08/2020-09",
        ],
    );
}
