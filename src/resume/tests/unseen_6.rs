//! Layouts of public résumés: tables of school and work, times that begin works, roles over the place, readings.

use shokureki_index::lexicon::Lexicon;

use super::{check, job_lines, read, work_lines};
use crate::domain::{DocumentFormat, Resume};

/// Reads a document of another format than Markdown.
fn resume_of(text: &str, format: DocumentFormat) -> Resume {
    read(text, format, Lexicon::builtin()).0
}

#[test]
fn school_and_work_may_share_a_column() {
    check(
        "## 学歴・職歴\n\n| 年月 | 学歴・職歴 | 備考 |\n|---|---|---|\n| 2009年4月〜2013年3月 | 青山川大学　農学部 | 稲の生育 |\n\
         | 2013年4月〜2018年3月 | 株式会社アオバ | 品質の管理 |\n| 2018年4月〜現在 | ミドリ測量有限会社 | 測量の道具の開発 |\n",
        &[
            "株式会社アオバ 2013-04/2018-03",
            "ミドリ測量有限会社 2018-04/-",
        ],
        &[],
    );
}

#[test]
fn a_stated_employer_may_read_like_work() {
    check(
        "## 職歴\n\n| 入社 | 退社 | 社名 | 備考 |\n|---|---|---|---|\n| 2019年10月 |  | 株式会社アオバ |  |\n\
         | 2014年1月 | 2019年9月 | コマドリ配車システム |  |\n\n## 職務内容\n\n### 株式会社アオバ\n\n2019年10月 〜 現在 / テックリード\n\n\
         連絡網を担当。\n\n### コマドリ配車システム\n\n2014年1月 〜 2019年9月 / エンジニア\n\n配車の画面を担当。\n\n## 主なプロジェクト\n\n\
         ### 配車の履歴の移行\n\nコマドリ配車システム / 2016年3月 〜 2017年3月\n\n要素技術: Chef\n",
        &[
            "コマドリ配車システム 2014-01/2019-09",
            "株式会社アオバ 2019-10/-",
        ],
        &["配車の履歴の移行 @コマドリ配車システム 2016-03/2017-03"],
    );
}

#[test]
fn a_time_and_a_department_begin_what_labels_tell() {
    check(
        "■職務経歴\n□2018年4月～現在　　一般財団法人　アオバ検査センター\n◆事業内容：検査\n2021年4月～現在　　　情報課　主任\n\
         【プロジェクト】検査の記録の移行\n【環境】Windows Server\n【規模】3名\n　・移行の計画\n────────────────────\n2018年4月～2021年3月　　情報課\n\
         【業務】窓口の端末の管理\n【環境】Active Directory\n　・端末の入れ替え\n",
        &["一般財団法人\u{3000}アオバ検査センター 2018-04/-"],
        &[
            "検査の記録の移行 @一般財団法人\u{3000}アオバ検査センター 2021-04/-",
            "窓口の端末の管理 @一般財団法人\u{3000}アオバ検査センター 2018-04/2021-03",
        ],
    );
}

#[test]
fn the_head_of_a_table_may_say_when_and_what() {
    check(
        "## 職務経歴\n\n### 株式会社アオバ（2019年4月〜現在）\n\n飲食店の予約のサービスを提供する会社です。\n\n\
         | 2022 年 2 月 〜 / 店舗の予定表の作り直し | 開発環境 | 規模 / 担当 |\n|---|---|---|\n| 設計、実装 | Elm | 5名 |\n\n\
         | 2019 年 4 月 〜 2022 年 1 月 / 会計の画面の開発 | 開発環境 | 規模 / 担当 |\n|---|---|---|\n| 実装 | Angular | 8名 |\n",
        &["株式会社アオバ 2019-04/-"],
        &[
            "店舗の予定表の作り直し @株式会社アオバ 2022-02/-",
            "会計の画面の開発 @株式会社アオバ 2019-04/2022-01",
        ],
    );
}

#[test]
fn a_dated_role_stands_over_the_place() {
    check(
        "## 職歴\n\n- 2021年10月: 主任研究員\n  - 株式会社アオバ計算\n\n- 2018年4月: 特任助教\n  - 青山川大学計算センター\n\n\
         - 2015年4月 - 2018年3月: 研究員\n  - ミドリ気象研究所、仙台\n",
        &[
            "株式会社アオバ計算 2021-10/-",
            "青山川大学計算センター 2018-04/?",
            "ミドリ気象研究所 2015-04/2018-03",
        ],
        &[],
    );
}

#[test]
fn labels_of_work_behind_a_time_make_no_employer() {
    check(
        "## 職務経歴\n\n2020年5月 ～ 現在　株式会社アオバ\n事業内容：配送\n\n2022年9月 ～ 現在　／　荷物の積み合わせ計算\n\
         役割：リーダー\n工程：設計／実装\n\n2020年5月 ～ 2022年8月　／　運転手のアプリの開発\n役割：メンバー\n工程：実装\n\n\
         2014年4月 ～ 2020年4月　ミドリ情報株式会社\n事業内容：受託開発\n\n2014年6月 ～ 2020年4月　／　見積もりシステムの保守\n\
         役割：メンバー\n工程：保守\n",
        &[
            "株式会社アオバ 2020-05/-",
            "ミドリ情報株式会社 2014-04/2020-04",
        ],
        &[
            "荷物の積み合わせ計算 @株式会社アオバ 2022-09/-",
            "運転手のアプリの開発 @株式会社アオバ 2020-05/2022-08",
            "見積もりシステムの保守 @ミドリ情報株式会社 2014-06/2020-04",
        ],
    );
}

#[test]
fn headings_two_levels_apart_stay_headings_in_org() {
    let resume = resume_of(
        "* 職歴\n\n*** エンジニア at 株式会社アオバ\n***** 2018年9月 - 現在\n遊具の会社です。\n***** 主な開発\n\
         - *搬送装置の制御* (2021–2023): C で書き直し。\n- *景品の棚* (2019–2020): 錠の試験。\n\n\
         *** エンジニア at ミドリ電子有限会社\n***** 2013年4月 - 2018年8月\n秤の会社です。\n- *車いすの体重計* (2014–2017): 通信を担当。\n",
        DocumentFormat::Org,
    );
    assert_eq!(
        job_lines(&resume),
        [
            "株式会社アオバ 2018-09/-",
            "ミドリ電子有限会社 2013-04/2018-08"
        ]
    );
    assert_eq!(
        work_lines(&resume),
        [
            "搬送装置の制御 @株式会社アオバ 2021/2023",
            "景品の棚 @株式会社アオバ 2019/2020",
            "車いすの体重計 @ミドリ電子有限会社 2014/2017",
        ]
    );
}

#[test]
fn entries_of_one_company_are_its_works() {
    let resume = resume_of(
        "experience:\n  - title: 入社\n    company: 株式会社アオバ\n    date_start: 2012-04-01\n    date_end: 2012-07-01\n    description: 研修を受講\n\
         \x20 - title: 登山の地図の開発\n    company: 株式会社アオバ\n    date_start: 2012-07-01\n    date_end: 2015-03-01\n    description: Java で開発\n\
         \x20 - title: 検索APIの開発\n    company: 株式会社アオバ\n    date_start: 2015-02-01\n    date_end: 2018-06-30\n    description: Scala で開発\n",
        DocumentFormat::Yaml,
    );
    assert_eq!(job_lines(&resume), ["株式会社アオバ 2012-04/2018-06"]);
    assert_eq!(
        work_lines(&resume),
        [
            "登山の地図の開発 @株式会社アオバ 2012-07/2015-03",
            "検索APIの開発 @株式会社アオバ 2015-02/2018-06",
        ]
    );
}

#[test]
fn how_words_are_read_is_no_part_of_them() {
    let resume = resume_of(
        "<h2>職務経歴</h2><h3>株式会社アオバ（2020年4月〜現在）</h3><table><tr><td><ruby>期間<rt>キカン</rt></ruby></td><td>業務</td>\
         <td><ruby>環境<rp>(</rp><rt>カンキョウ</rt><rp>)</rp></ruby></td></tr><tr><td>2021/04〜2022/03</td><td>予約の基盤の構築</td><td>Terraform</td></tr></table>",
        DocumentFormat::Html,
    );
    assert_eq!(
        work_lines(&resume),
        ["予約の基盤の構築 @株式会社アオバ 2021-04/2022-03"]
    );
}

#[test]
fn who_joined_may_stand_over_how_somebody_was_employed() {
    let resume = resume_of(
        "<h2>職歴</h2><table><tr><td>2014年12月</td><td>株式会社アオバ<br><small>アルバイト</small></td><td>入社</td></tr>\
         <tr><td>2016年3月</td><td>同上</td><td>退職</td></tr><tr><td>2016年4月</td><td>ミドリ株式会社</td><td>入社</td></tr>\
         <tr><td>2019年7月</td><td>同上</td><td>退職</td></tr></table>",
        DocumentFormat::Html,
    );
    assert_eq!(
        job_lines(&resume),
        [
            "株式会社アオバ 2014-12/2016-03",
            "ミドリ株式会社 2016-04/2019-07"
        ]
    );
}

#[test]
fn what_somebody_made_for_themselves_is_of_no_job() {
    check(
        "## 主な業務経歴\n\n### 株式会社アオバ（2018年4月〜現在）\n\n測量を担当。\n\n## プロジェクト\n\n\
         ### 台帳の移行（2021年〜2022年）\n\n【担当業務】移行の設計\n\n### 畑の地図の個人開発（2019年）\n\n【担当業務】実装\n",
        &["株式会社アオバ 2018-04/-"],
        &[
            "台帳の移行 @株式会社アオバ 2021/2022",
            "畑の地図の個人開発 @ 2019/2019",
        ],
    );
}
