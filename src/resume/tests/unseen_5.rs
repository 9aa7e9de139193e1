//! Layouts of public résumés: one table of schools and jobs, titles in tables and shortcodes, parts named after a company.

use shokureki_index::lexicon::Lexicon;

use super::{check, job_lines, read, work_lines};
use crate::domain::{DocumentFormat, Grade};

#[test]
fn a_table_of_schools_and_jobs_names_the_employers() {
    check(
        "# 職務経歴\n\n| 年月 | 学歴・職歴 | 備考 |\n|--:|:--|:--|\n| 2012年4月 – 2016年3月 | 夕凪大学　電子工学科 | 研究は音声 |\n\
         | 2016年4月 – 2019年9月 | 株式会社ナナホシ | 駐輪場の保守に従事 |\n| 2019年10月 – | 株式会社ムクドリ | 図書館の検索に従事 |\n\n\
         # 担当プロジェクト\n\n## 駐輪場の精算機の保守\n\n■ 使用技術\n- Java\n\n■ 開発時期\n- 2016年5月 - 2019年9月\n\n\
         ## 献立の提案アプリ（副業）\n\n■ 使用技術\n- Go\n\n■ 開発時期\n- 2018年1月 - 2018年6月\n",
        &[
            "株式会社ナナホシ 2016-04/2019-09",
            "株式会社ムクドリ 2019-10/-",
        ],
        &[
            "駐輪場の精算機の保守 @株式会社ナナホシ 2016-05/2019-09",
            "献立の提案アプリ（副業） @ 2018-01/2018-06",
        ],
    );
}

#[test]
fn companies_beside_the_technologies_of_works_are_no_employers() {
    let (resume, _) = read(
        "## 職務経歴\n\n| 期間 | 業務内容 | 言語 |\n|---|---|---|\n| 2020年4月〜現在 | 株式会社ナナホシ | Go |\n\
         | 2018年4月〜2020年3月 | 株式会社ムクドリ | Java |\n",
        DocumentFormat::Markdown,
        Lexicon::builtin(),
    );
    assert_eq!(resume.stints.projects.len(), 2);
}

#[test]
fn the_row_below_a_department_titles_the_work() {
    check(
        "## 職務経歴\n\n### アサヒナ工機株式会社(在籍期間: 2017年4月〜現在)\n\n| 期間 | 業務内容 |\n|---|---|\n\
         | 2020年4月〜現在 | 第一開発部 制御グループ |\n|   | 溶接ロボットの軌道計算の刷新 |\n|   | **規模**：8名 |\n|   | **使用技術**：C++ |\n\n\
         | 期間 | 業務内容 |\n|---|---|\n| 2017年4月〜2020年3月 | 設計課 |\n|   | 塗装の検査画面の開発 |\n|   | **使用技術**：C# |\n",
        &["アサヒナ工機株式会社 2017-04/-"],
        &[
            "溶接ロボットの軌道計算の刷新 @アサヒナ工機株式会社 2020-04/-",
            "塗装の検査画面の開発 @アサヒナ工機株式会社 2017-04/2020-03",
        ],
    );
}

#[test]
fn a_part_named_after_a_company_is_the_stay_there() {
    check(
        "# 職務経歴書\n\n## 保有資格\n\n- 基本情報技術者\n\n## 経歴詳細（株式会社ナナホシ：2021/10 - 現在）\n\n構築を担当。\n\n\
         ### 会員サイトの移行（2022/06 - 2022/11)\n\n- 使用技術：AWS\n\n## 経歴詳細（ムクドリ電算株式会社：2018/04 - 2021/09）\n\n\
         ### 文書管理の更改（2019/03 - 2020/09)\n\n- 使用技術：Oracle\n",
        &[
            "株式会社ナナホシ 2021-10/-",
            "ムクドリ電算株式会社 2018-04/2021-09",
        ],
        &[
            "会員サイトの移行 @株式会社ナナホシ 2022-06/2022-11",
            "文書管理の更改 @ムクドリ電算株式会社 2019-03/2020-09",
        ],
    );
}

#[test]
fn headings_of_one_container_leave_the_company_around_it_open() {
    check(
        "## 職務経歴詳細\n\n### 株式会社ナナホシ (2021/05 ~ 現在)\n\n#### 水門の監視画面\n\n|key|value|\n|---|---|\n|規模|2人|\n\
         |使用技術|Vue.js|\n\n<details>\n<summary>プロジェクト詳細</summary>\n\n### 画面の構成\n部品に分けました。\n\n#### 1. 入力の試験\n試しました。\n\n\
         </details>\n\n#### 集計の作り直し\n\n|key|value|\n|---|---|\n|規模|1人|\n|使用技術|Rust|\n",
        &["株式会社ナナホシ 2021-05/-"],
        &[
            "水門の監視画面 @株式会社ナナホシ ?/?",
            "集計の作り直し @株式会社ナナホシ ?/?",
        ],
    );
}

#[test]
fn shortcodes_with_a_time_title_stays() {
    check(
        "## 職務経歴\n\n{{< timeline >}}\n    {{< timelineItem icon=\"code\" header=\"バックエンドリード\" badge=\"株式会社ナナホシ\" subheader=\"2022年4月 ~ 現在\" >}}\n\
         \u{20}       検針のサービスを Go で開発しています。\n    {{< /timelineItem >}}\n\n\
         \u{20}   {{< timelineItem header=\"プログラマー\" badge=\"有限会社ムクドリ\" subheader=\"2017 ~ 2022\" >}}\n\
         \u{20}       棚卸の画面を担当しました。\n    {{< /timelineItem >}}\n{{< /timeline >}}\n\n---\n\n## 趣味\n\n散歩\n",
        &["株式会社ナナホシ 2022-04/-", "有限会社ムクドリ 2017/2022"],
        &[],
    );
}

#[test]
fn a_table_below_an_item_titles_the_work() {
    let (resume, _) = read(
        "## 職務経歴詳細\n\n### M社 2019/08〜2021/12\n\n- 案件情報\n\n    |||\n    |---|---|\n    |業種|出版|\n    |プロダクト|雑誌の読み上げアプリ|\n\
         \u{20}   |参画期間|2019/08〜2021/12|\n    |規模|全体：4名|\n    |担当工程|実装|\n\n- 担当業務\n\n    - 画面の改修\n\n- 使用技術\n    - Vue.js\n",
        DocumentFormat::Markdown,
        Lexicon::builtin(),
    );
    assert_eq!(
        work_lines(&resume),
        ["雑誌の読み上げアプリ @M社 2019-08/2021-12"]
    );
}

#[test]
fn a_heading_of_one_development_project_is_a_work() {
    let work = |title: &str, made: &str| {
        format!(
            "### {title}\n\n#### 概要\n\n- {made}\n\n#### 担当技術スタック\n\n- TypeScript\n\n#### 担当業務\n\n- 画面の実装\n\n"
        )
    };
    let (resume, _) = read(
        &format!(
            "# 職務経歴書\n\n## 有限会社ナナホシ (2018/04 ~ 2021/03)\n\n{}{}",
            work("名札の注文サイト開発プロジェクト", "名札の注文"),
            work("会計システム開発プロジェクト", "仕訳の入力"),
        ),
        DocumentFormat::Markdown,
        Lexicon::builtin(),
    );
    assert_eq!(job_lines(&resume), ["有限会社ナナホシ 2018-04/2021-03"]);
    assert_eq!(
        work_lines(&resume),
        [
            "名札の注文サイト開発プロジェクト @有限会社ナナホシ ?/?",
            "会計システム開発プロジェクト @有限会社ナナホシ ?/?",
        ]
    );
}

/// Checks whether `name` counts as used at work in a sentence of a job.
#[track_caller]
fn check_worked(sentence: &str, name: &str, expected: bool) {
    let text = format!("## 職務経歴\n\n### 株式会社ナナホシ（2019年4月〜現在）\n\n- {sentence}\n");
    let (resume, _) = read(&text, DocumentFormat::Markdown, Lexicon::builtin());
    let worked = resume
        .mentions
        .iter()
        .any(|mention| mention.grade == Grade::Worked && mention.technology.name == name);
    assert_eq!(worked, expected, "{sentence}");
}

#[test]
fn what_a_clause_takes_up_may_be_of_others() {
    check_worked(
        "経路の計算は C++ の部品で行われており、その部品は別チームの担当だった",
        "C++",
        false,
    );
    check_worked(
        "夜間の処理はJP1で動いていたが、そちらは別の会社の担当",
        "JP1",
        false,
    );
    check_worked(
        "画面をJavaで実装し、その試験は別チームの担当だった",
        "Java",
        true,
    );
}
