//! Layouts of public résumés: first rows that are records, dated items that tell, works in brackets and lists.

use shokureki_index::lexicon::Lexicon;

use super::{check, job_lines, read, work_lines};
use crate::domain::DocumentFormat;

#[test]
fn a_head_of_label_and_value_is_one_of_the_rows() {
    check(
        "## 職務経歴\n\n| 会社 | 株式会社アオバ |\n|---|---|\n| 期間 | 2019年4月〜2020年3月 |\n| 業務内容 | 受注システムの開発 |\n\
         | 使用技術 | Go |\n\n| 期間 | 2020年4月〜現在 |\n|---|---|\n| 会社 | 株式会社ミドリ |\n| 業務内容 | 出荷の管理 |\n\
         | 使用技術 | Java |\n",
        &["株式会社アオバ 2019-04/2020-03", "株式会社ミドリ 2020-04/-"],
        &[
            "受注システムの開発 @株式会社アオバ ?/?",
            "出荷の管理 @株式会社ミドリ ?/?",
        ],
    );
}

#[test]
fn items_that_begin_with_the_day_of_joining_go_on_to_tell() {
    check(
        "## 職務経歴\n\n- 2015年4月 株式会社アオバに入社。精算機を担当\n- 2019年9月 株式会社アオバを退職\n\
         - 2019年10月 株式会社ミドリに入社。決済の開発を担当\n- 2022年3月 同社を退職\n- 2022/04 アサギ技研 入社。サーバーを開発\n",
        &[
            "株式会社アオバ 2015-04/2019-09",
            "株式会社ミドリ 2019-10/2022-03",
            "アサギ技研 2022-04/-",
        ],
        &[],
    );
}

#[test]
fn who_goes_over_to_another_employer_leaves_the_one_before() {
    check(
        "## 略歴\n\n- 2015年4月、株式会社アオバに新卒で入社。精算機を担当。\n- 2019年10月に株式会社ミドリへ転職。決済を担当。\n\
         - 2022年3月 同社を退職\n",
        &[
            "株式会社アオバ 2015-04/2019-10",
            "株式会社ミドリ 2019-10/2022-03",
        ],
        &[],
    );
}

#[test]
fn the_company_of_a_work_may_stand_before_its_time_in_brackets() {
    check(
        "## 主なハイライト\n\n- **株式会社イトデンワ（2021年7月〜）**\n- **ガーディア監視センター株式会社（2016年4月〜2021年6月）**\n\n\
         ## 担当した案件\n\n### 秘密情報検知ツールの作成（株式会社イトデンワ、2023年2月〜2023年8月）\n\n- Go\n\n\
         ### SIEMの移行（ガーディア監視センター株式会社、2019年6月〜2020年9月）\n\n- KQL\n",
        &[
            "株式会社イトデンワ 2021-07/-",
            "ガーディア監視センター株式会社 2016-04/2021-06",
        ],
        &[
            "秘密情報検知ツールの作成 @株式会社イトデンワ 2023-02/2023-08",
            "SIEMの移行 @ガーディア監視センター株式会社 2019-06/2020-09",
        ],
    );
}

#[test]
fn what_a_work_was_made_with_is_no_employer() {
    let (resume, _) = read(
        "## 職務経歴\n\n### 販売データ基盤の刷新<br>【BigQuery/Dataflow/Looker】（2023年4月〜現在）\n\n移行を担当。\n\n\
         ### 顧客データの統合<br>【AWS Glue/Redshift/Python】（2021年1月〜2023年3月）\n\n名寄せを担当。\n",
        DocumentFormat::Markdown,
        Lexicon::builtin(),
    );
    assert_eq!(job_lines(&resume), [""; 0]);
    assert_eq!(resume.stints.projects.len(), 2);
}

#[test]
fn a_year_and_how_long_it_took_date_a_container() {
    check(
        "## 職務経歴\n\n### 株式会社アオバ（2016年4月〜現在）\n\n<details>\n  <summary>起動時間の短縮 <span>2023年/6ヶ月</span></summary>\n\
         \u{20} <ul><li>使用技術: C</li></ul>\n</details>\n\n<details>\n  <summary>無線更新機能の開発 <span>2023年8月〜2024年9月/14ヶ月</span></summary>\n\
         \u{20} <ul><li>使用技術: C++</li></ul>\n</details>\n",
        &["株式会社アオバ 2016-04/-"],
        &[
            "起動時間の短縮 @株式会社アオバ 2023/2023",
            "無線更新機能の開発 @株式会社アオバ 2023-08/2024-09",
        ],
    );
}

#[test]
fn a_cell_may_say_that_work_goes_on() {
    check(
        "## 職務経歴\n\n| No | 期間 | | | 業務 | 言語 |\n|---|---|---|---|---|---|\n| 1 | 2024年8月 | - | 現在 | 監視基盤の刷新 | Go |\n\
         | 2 | 2022年10月 | - | 2024年7月 | クラウドへの移行 | Python |\n",
        &[],
        &[
            "監視基盤の刷新 @ 2024-08/-",
            "クラウドへの移行 @ 2022-10/2024-07",
        ],
    );
}

#[test]
fn items_of_title_and_technologies_below_a_label_are_works() {
    check(
        "## 職務経歴\n\n### 株式会社ミツバ\n【在籍期間】\n- 1997年4月 ～ 2003年9月\n\n【業務内容】\n\
         - （自治体）水道料金調定システム開発　　COBOL、AIM/DB\n- （病院）給食管理システム開発　　　VB、Oracle\n\n\
         ### 有限会社コマドリ（2003年10月 〜 2016年7月）\n\n**プロジェクト概要:**\n\n- 携帯向けパズルゲームの移植（C++）\n\
         - 遊技機の液晶演出の開発（C / 自社ライブラリ）\n\n**担当業務:**\n\n- 演出データの変換ツールの作成\n",
        &[
            "株式会社ミツバ 1997-04/2003-09",
            "有限会社コマドリ 2003-10/2016-07",
        ],
        &[
            "（自治体）水道料金調定システム開発 @株式会社ミツバ ?/?",
            "（病院）給食管理システム開発 @株式会社ミツバ ?/?",
            "携帯向けパズルゲームの移植 @有限会社コマドリ ?/?",
            "遊技機の液晶演出の開発 @有限会社コマドリ ?/?",
        ],
    );
}

#[test]
fn each_label_of_an_employer_begins_a_record() {
    let record = |company: &str, work: &str, time: &str| {
        format!(
            "<p>【業種】 保険</p><p>【企業名】 {company}</p><p>【プロジェクト】 {work}</p><p>【期間】 {time}</p>\
             <p>【システムの概要】<br>画面を置き換えた。</p><p>【役割】 メンバー</p><p>【使用言語・環境・ツール】 Java、Db2</p>\
             <p>【開発担当フェーズ】 製造</p><hr>"
        )
    };
    let text = format!(
        "<html><body><h2>職歴</h2><table><tr><th>入社</th><th>退社</th><th>企業名</th><th>雇用形態</th></tr>\
         <tr><td>2001年4月</td><td>2014年3月</td><td>株式会社オオタカ</td><td>正社員</td></tr>\
         <tr><td>2014年4月</td><td>在職中</td><td>株式会社ツクバネ</td><td>正社員</td></tr>\
         </table><h2>業務経歴</h2>{}{}</body></html>",
        record(
            "株式会社ツクバネ",
            "保険金支払いの再構築",
            "2014年4月 ～ 2020年9月"
        ),
        record(
            "株式会社オオタカ",
            "出荷管理の保守",
            "2005年7月 ～ 2014年3月"
        ),
    );
    let (resume, _) = read(&text, DocumentFormat::Html, Lexicon::builtin());
    assert_eq!(
        job_lines(&resume),
        [
            "株式会社オオタカ 2001-04/2014-03",
            "株式会社ツクバネ 2014-04/-"
        ]
    );
    assert_eq!(
        work_lines(&resume),
        [
            "保険金支払いの再構築 @株式会社ツクバネ 2014-04/2020-09",
            "出荷管理の保守 @株式会社オオタカ 2005-07/2014-03"
        ]
    );
}

#[test]
fn a_sentence_may_say_at_which_employer_a_work_was_done() {
    check(
        "## 経歴\n\n| 時期 | 経歴 |\n| - | - |\n| 2017年4月 | 株式会社トビウオに入社。制作に従事。 |\n\
         | 2019年10月 | 株式会社カザグルマに転職。開発に従事。 |\n| 2024年12月 | 株式会社ミチシルベに入社。研修中。 |\n\n\
         ## 監視画面の開発\n\n### 業務内容\n\n地図の画面の開発。株式会社カザグルマにて、改善までを担当した。\n\n\
         | 期間 | 体制 | 言語 |\n| - | - | - |\n| 2022年10月〜2024年11月 | 5人 | TypeScript |\n",
        &[
            "株式会社トビウオ 2017-04/2019-10",
            "株式会社カザグルマ 2019-10/?",
            "株式会社ミチシルベ 2024-12/-",
        ],
        &["監視画面の開発 @株式会社カザグルマ 2022-10/2024-11"],
    );
}
