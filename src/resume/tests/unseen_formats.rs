//! Careers in data, in files and in fenced blocks.

use shokureki_index::lexicon::Lexicon;

use crate::domain::DocumentFormat;
use crate::resume::read;

use super::{check, job_lines, work_lines};

#[track_caller]
fn check_data(text: &str, jobs: &[&str], works: &[&str]) {
    let (resume, _) = read(text, DocumentFormat::Yaml, Lexicon::builtin());
    assert_eq!(job_lines(&resume), jobs, "{text}");
    assert_eq!(work_lines(&resume), works, "{text}");
}

#[test]
fn a_document_that_is_one_list_of_dated_entries_is_a_career() {
    check_data(
        "- title: 園芸店の受注\n  period:\n    from: 21/04\n    to: 22/03\n    span: 12ヶ月\n  workdetail:\n    kind: 小売\n    size: 5名\n  \
         content: |\n    ■体制\n    ・PM: 1名\n  lang-other: |\n    TypeScript\n- title: 温室の見張り\n  period:\n    from: 22/05\n    \
         to: 23/02\n    span: 10ヶ月\n  lang-other: |\n    Go\n",
        &[],
        &[
            "園芸店の受注 @ 2021-04/2022-03",
            "温室の見張り @ 2022-05/2023-02",
        ],
    );
}

#[test]
fn years_months_and_what_happened_under_keys_are_events() {
    check_data(
        "- 年: \"2015\"\n  月: \"4\"\n  職歴: 株式会社ヤナギ 入社\n- 年: \"2018\"\n  月: \"9\"\n  職歴: 株式会社ヤナギ 退社\n- 年: \"2018\"\n  月: \"10\"\n  \
         職歴: 株式会社ビワ 入社\n- 年: \"\"\n  月: \"\"\n  職歴: 現在に至る\n",
        &["株式会社ヤナギ 2015-04/2018-09", "株式会社ビワ 2018-10/-"],
        &[],
    );
}

#[test]
fn a_key_says_that_its_value_is_a_company() {
    check_data(
        "work:\n  - company: 家電向けのグローバルチーム\n    position: エンジニア\n    startDate: '2025-05-12'\n    endDate: 現在\n    \
         summary: Go, Python\n  - company: 老舗企業の子会社\n    position: AIエンジニア\n    startDate: '2024-01-27'\n    endDate: '2024-03-31'\n",
        &[
            "家電向けのグローバルチーム 2025-05/-",
            "老舗企業の子会社 2024-01/2024-03",
        ],
        &[],
    );
}

#[test]
fn works_in_data_may_say_at_which_company_they_were() {
    check_data(
        "companies:\n  - name: 株式会社サワラ\n    start: 2018-04\n    end: 2022-03\nprojects:\n  - name: 標本の台帳\n    company: 株式会社サワラ\n    \
         period: 2018-06 ~ 2020-12\n    tech: [PHP]\n  - name: 受付の自動化\n    company: 株式会社サワラ\n    period: 2021-01 ~ 2022-03\n    tech: [Go]\n",
        &["株式会社サワラ 2018-04/2022-03"],
        &[
            "標本の台帳 @株式会社サワラ 2018-06/2020-12",
            "受付の自動化 @株式会社サワラ 2021-01/2022-03",
        ],
    );
}

#[test]
fn fenced_lists_of_companies_are_read_as_data() {
    check(
        "# 職歴\n\n```resume:experience\n- company: アサヤケ商事\n  roles:\n    - title: 情報システム部\n      start: 2014-04\n      \
         end: 2017-03\n      summary:\n        - 端末の管理\n- company: 株式会社ユウヤケ\n  roles:\n    - title: テックリード\n      start: 2020-10\n      \
         end:\n    - title: SRE\n      start: 2017-04\n      end: 2020-09\n```\n\n# 資格\n\n- 応用情報技術者（2016年）\n",
        &["アサヤケ商事 2014-04/2017-03", "株式会社ユウヤケ 2017-04/-"],
        &[],
    );
}

#[test]
fn how_somebody_was_employed_is_known_by_its_value() {
    check_data(
        "resume:\n  jobs:\n    - employer: 株式会社ハマナス\n      term: 2019-04..\n      kind: 正社員\n      works:\n        - what: 観測値の配信\n          \
         term: 2021-04..\n          with: [Rust, Kafka]\n    - employer: エゾリス水産\n      term: 2013-04..2019-03\n      works:\n        - what: 漁獲の申告\n          \
         term: 2014-10..2019-03\n          with: [VB.NET]\n",
        &["株式会社ハマナス 2019-04/-", "エゾリス水産 2013-04/2019-03"],
        &[
            "観測値の配信 @株式会社ハマナス 2021-04/-",
            "漁獲の申告 @エゾリス水産 2014-10/2019-03",
        ],
    );
}

#[test]
fn works_in_a_fenced_list_stay_with_the_job_above() {
    check(
        "## 株式会社ユキワリ草\n\n2022年4月 〜 現在\n\n### 仕事\n\n```yaml\n- 案件: 問診の配信の刷新\n  期間: 2023/05 〜 2024/10\n  \
         概要: 手で作られたものを捨てた\n- 案件: 監視の更改\n  期間: 2022/06 〜 2023/04\n  概要: 調査を始められるようにした\n```\n",
        &["株式会社ユキワリ草 2022-04/-"],
        &[
            "問診の配信の刷新 @株式会社ユキワリ草 2023-05/2024-10",
            "監視の更改 @株式会社ユキワリ草 2022-06/2023-04",
        ],
    );
}
