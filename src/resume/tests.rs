//! What is read of small documents in many layouts: employers and projects with their ends.

mod clients;
mod evidence_beside;
mod layouts;
mod works;

use shokureki_index::lexicon::Lexicon;

use crate::domain::{DocumentFormat, Period, PeriodEnd, Resume};

use super::read;

mod forms;
mod labelled;
mod ordinary;
mod records;
mod side_work;
mod stays;
mod unseen;
mod unseen_2;
mod unseen_3;
mod unseen_4;
mod unseen_5;
mod unseen_6;
mod unseen_formats;
mod unseen_labels;
mod unseen_levels;
mod unseen_lists;
mod unseen_parts;
mod unseen_roles;
mod unseen_rows;
mod within;

/// Writes the ends of a period: `2016-04/2019-01`, `2016-04/-` where it goes on, `-/-` where none is stated.
fn ends(period: Option<&Period>) -> String {
    let from = period.and_then(|period| period.from);
    let from = from.map_or("?".to_owned(), |from| from.to_string());
    match period.map(|period| period.to) {
        Some(PeriodEnd::At(to)) => format!("{from}/{to}"),
        Some(PeriodEnd::Present) => format!("{from}/-"),
        _ => format!("{from}/?"),
    }
}

/// Checks the employers and the projects of a Markdown document: `name from/to` and
/// `title @employer from/to`.
#[track_caller]
fn check(text: &str, jobs: &[&str], works: &[&str]) {
    let (resume, _) = read(text, DocumentFormat::Markdown, Lexicon::builtin());
    assert_eq!(job_lines(&resume), jobs, "{text}");
    assert_eq!(work_lines(&resume), works, "{text}");
}

/// Writes each employer with its ends.
fn job_lines(resume: &Resume) -> Vec<String> {
    resume
        .stints
        .employments
        .iter()
        .map(|job| format!("{} {}", job.employer.name, ends(job.period.as_ref())))
        .collect()
}

/// Writes each project with its employer and its ends.
fn work_lines(resume: &Resume) -> Vec<String> {
    resume
        .stints
        .projects
        .iter()
        .map(|work| {
            let employer = work.employment.map_or("", |job| {
                resume.stints.employments[job].employer.name.as_str()
            });
            let title = work.title.as_deref().unwrap_or("");
            format!("{title} @{employer} {}", ends(work.period.as_ref()))
        })
        .collect()
}

#[test]
fn a_lone_name_below_a_period_is_the_employer() {
    check(
        "# 職務経歴書\n\n## 職歴\n\n### 2020年10月〜\n\n**クロガネワークス**\n\n**決済基盤の刷新**\n\n\
         - 期間: 2022年1月〜2022年7月\n\n### 2017年4月〜2020年9月\n\nサザナミ電機 / SRE\n\n保守。\n",
        &["クロガネワークス 2020-10/-", "サザナミ電機 2017-04/2020-09"],
        &["決済基盤の刷新 @クロガネワークス 2022-01/2022-07"],
    );
}

#[test]
fn what_was_done_for_a_client_below_a_period_is_no_employer() {
    check(
        "# 職務経歴書\n\n## 職歴\n\n### 1999年1月〜2000年2月\n\n**運送会社　運賃計算システム**\n\nVB6。\n\n\
         ### 2000年3月〜2001年6月\n\n**貸衣装店　予約台帳の開発**\n\nDelphi。\n",
        &[],
        &[
            "運送会社　運賃計算システム @ 1999-01/2000-02",
            "貸衣装店　予約台帳の開発 @ 2000-03/2001-06",
        ],
    );
}

#[test]
fn labels_in_bold_need_no_colon() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### Folio Craft\n\n**在籍期間** 2021.04 - 2024.02\n\n#### 担当プロジェクト\n\n\
         ##### 保守サイトの刷新\n\n- 期間: 2022.10 - 2022.12\n- 役割: SRE\n",
        &["Folio Craft 2021-04/2024-02"],
        &["保守サイトの刷新 @Folio Craft 2022-10/2022-12"],
    );
}

#[test]
fn a_stay_may_be_labelled_by_a_word_for_it_alone() {
    check(
        "# 職務経歴書\n\n## 所属会社\n\n### 東尾張オート株式会社\n\n| 項目 | 内容 |\n|--|--|\n\
         | 在籍 | 2016年10月～現在 |\n| 業種 | 音響 |\n| 規模 | 1,900名 |\n\n\
         | No | 時期 | 案件 | 使用したもの |\n|--|--|--|--|\n| 1 | 2023/5～現在 | 起動時間の短縮 | C++ |\n",
        &["東尾張オート株式会社 2016-10/-"],
        &["起動時間の短縮 @東尾張オート株式会社 2023-05/-"],
    );
}

#[test]
fn a_table_may_lie_on_its_side() {
    check(
        "# 職務経歴書\n\n## 会社概要\n\n| 項目 | 1社目 | 2社目 |\n|--|--|--|\n\
         | 会社名 | 株式会社コムラ印刷 | 学校法人紅葉野学園 |\n| 事業内容 | 印刷 | 学童 |\n\
         | 在籍期間 | 2009年4月〜2014年8月 | 2019年4月〜 |\n| 雇用形態 | 正社員 | 正職員 |\n",
        &[
            "株式会社コムラ印刷 2009-04/2014-08",
            "学校法人紅葉野学園 2019-04/-",
        ],
        &[],
    );
}

#[test]
fn year_start_and_end_may_stand_in_columns_of_their_own() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社コダマ技研（2013年4月〜2019年12月）\n\n\
         |年|開始||終了|案件|言語|\n|--|--|--|--|--|--|\n|2013年|7月|~|12月|画面の追加|Java|\n\
         |2014年|1月|~|翌3月|受注の再構築|Java|\n||9月|~|2016年2月|収集画面の開発|C#|\n",
        &["株式会社コダマ技研 2013-04/2019-12"],
        &[
            "画面の追加 @株式会社コダマ技研 2013-07/2013-12",
            "受注の再構築 @株式会社コダマ技研 2014-01/2015-03",
            "収集画面の開発 @株式会社コダマ技研 2014-09/2016-02",
        ],
    );
}

#[test]
fn months_stand_below_their_year() {
    check(
        "# 仕事の記録\n\n- 2024年\n  - 7月〜12月\n    - 引取り枠の予約\n      - PHP, Laravel\n\
         - 2023年\n  - 5月〜12月\n    - 手配台帳の作り直し\n      - Go\n",
        &[],
        &[
            "引取り枠の予約 @ 2024-07/2024-12",
            "手配台帳の作り直し @ 2023-05/2023-12",
        ],
    );
}

#[test]
fn definition_lists_state_jobs_and_projects() {
    check(
        "# 経歴\n\n## 職歴\n\n**株式会社ヒトツバ**\n: 2021年9月〜2024年3月\n: 正社員／iOSエンジニア\n\n\
         部品集「はっぱ」の開発\n: 2023年5月〜2023年12月\n: Figma から Swift に書き出す\n",
        &["株式会社ヒトツバ 2021-09/2024-03"],
        &["部品集「はっぱ」の開発 @株式会社ヒトツバ 2023-05/2023-12"],
    );
}

#[test]
fn marks_for_employers_are_explained_once() {
    check(
        "# 職務経歴書\n\n## 略歴\n\n|年月|内容|\n|--|--|\n|2001年4月|株式会社テンキュウ電算　入社|\n\
         |2008年9月|株式会社テンキュウ電算　退社|\n|2008年10月|有限会社シィ　入社|\n|現在に至る||\n\n\
         ## 業務一覧\n\n※所属の略号：テ＝株式会社テンキュウ電算、シ＝有限会社シィ\n\n\
         |No|期間|案件|所属|OS|\n|--|--|--|--|--|\n|1|2023/10～現在|仮想基盤の更改|シ|Linux|\n\
         |2|2001/04～2003/03|ホストの監視|テ|MSP|\n|3|2003/04～2005/10|DNSの更新|同上|FreeBSD|\n",
        &[
            "株式会社テンキュウ電算 2001-04/2008-09",
            "有限会社シィ 2008-10/-",
        ],
        &[
            "仮想基盤の更改 @有限会社シィ 2023-10/-",
            "ホストの監視 @株式会社テンキュウ電算 2001-04/2003-03",
            "DNSの更新 @株式会社テンキュウ電算 2003-04/2005-10",
        ],
    );
}

#[test]
fn stays_are_told_from_joining_to_leaving() {
    check(
        "# 鏑木\n\n## 略歴\n\n2011年3月に陸羽大学理学部を卒業し、4月に株式会社スミノエ統計に入りました。集計の仕事でした。\
         2015年3月に辞め、しばらく休みました。\n\n2015年10月、通販の株式会社ミチクサ商店へ。2020年9月末で退職。\n\n\
         2020年10月からは株式会社リンドウの所属です。\n",
        &[
            "株式会社スミノエ統計 2011-04/2015-03",
            "株式会社ミチクサ商店 2015-10/2020-09",
            "株式会社リンドウ 2020-10/-",
        ],
        &[],
    );
}

#[test]
fn small_print_below_a_title_is_no_title() {
    check(
        "# 仕事\n\n## 在籍\n\n- 株式会社トンボ玉 2018/06〜2023/03\n\n## 参加タイトル\n\n### 月夜のパン窯\n\
         ###### 株式会社トンボ玉 ・ 2020/11–2023/03\n経営ゲームの開発。\n\n- Unity\n\n### どすこいの国\n\
         ###### 株式会社トンボ玉 ・ 2018/06–2020/05\n対戦ゲームの開発。\n\n- C++\n",
        &["株式会社トンボ玉 2018-06/2023-03"],
        &[
            "月夜のパン窯 @株式会社トンボ玉 2020-11/2023-03",
            "どすこいの国 @株式会社トンボ玉 2018-06/2020-05",
        ],
    );
}

#[test]
fn headings_inside_a_container_may_be_as_high_as_those_around_it() {
    check(
        "# 職務経歴書\n\n## 株式会社クラスタ工房（2022年10月〜2023年12月）\n\n会場の地図。\n\n\
         <details>\n<summary>これより前</summary>\n\n## 株式会社灯台印刷（2018年4月〜2021年3月）\n\n制作。\n\n</details>\n",
        &[
            "株式会社クラスタ工房 2022-10/2023-12",
            "株式会社灯台印刷 2018-04/2021-03",
        ],
        &[],
    );
}

#[test]
fn a_chapter_of_skills_does_not_swallow_the_careers_behind_it() {
    check(
        "# 山田\n\n## スキル\n\n- Java\n\n### 株式会社アオイ（2019年4月〜2021年3月）\n\n開発。\n\n\
         ### 株式会社ミナト（2021年4月〜現在）\n\n開発。\n",
        &["株式会社アオイ 2019-04/2021-03", "株式会社ミナト 2021-04/-"],
        &[],
    );
}

#[test]
fn a_secondment_is_no_employer_of_its_own() {
    check(
        "# 職務経歴書\n\n## 経歴\n\n|年月|区分|内容|\n|--|--|--|\n|2014年10月|入社|ミドリノ建設株式会社|\n\
         |2016年7月|出向|関東データ株式会社（設備課）|\n|2017年3月|復職|出向期間満了|\n\
         |2019年3月|退社|ミドリノ建設株式会社|\n",
        &["ミドリノ建設株式会社 2014-10/2019-03"],
        &[],
    );
}

#[test]
fn sentences_tell_of_employers_before_and_behind_the_time() {
    check(
        "# 経歴\n\n## 以前\n\n**有限会社ハコ意匠室** — Webデザイナー、2013年4月から2016年8月。年に20枚くらい。\n\n\
         ## 現職\n\n北浜工業大学 音響センターに、任期付の助教として2021年4月から勤務しています。任期は2026年3月までです。\n",
        &[
            "有限会社ハコ意匠室 2013-04/2016-08",
            "北浜工業大学 音響センター 2021-04/-",
        ],
        &[],
    );
}
