//! What a form holds that nobody filled in is nobody's career.

use super::{check, read};
use crate::domain::DocumentFormat;
use shokureki_index::lexicon::Lexicon;

#[test]
fn jobs_with_times_to_fill_in_are_none() {
    check(
        "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社サンプル（20XX年X月 〜 現在）\n\n- 店の刷新（TypeScript）\n\n\
         ### 会社名（入社年月〜退職年月もしくは「現在」）\n\n- **プロジェクト規模：**\n  - 平均 ◯◯ 人チームでの開発\n\n\
         ### 株式会社ミナミカゼ（2020年4月 〜 現在）\n\n- Kotlin での開発\n",
        &["株式会社ミナミカゼ 2020-04/-"],
        &[],
    );
}

#[test]
fn what_a_time_to_fill_in_dates_is_to_be_filled_in() {
    check(
        "# 職務経歴書\n\n## 職務経歴詳細\n\n- xxx 企業\n  - xxx プロダクト\n    - 期間\n      - yyyy/mm/dd ~ 現在\n    - 言語\n      - Ruby on Rails\n\
         - 株式会社ミナミカゼ\n  - 配達のアプリ\n    - 期間\n      - 2023/04/01 ~ 現在\n    - 言語\n      - Flutter\n\
         \x20 - 店舗のタブレット\n    - 期間\n      - 2021/10/01 ~ 2023/03/31\n    - 言語\n      - Kotlin\n",
        &["株式会社ミナミカゼ ?/?"],
        &[
            "配達のアプリ @株式会社ミナミカゼ 2023-04/-",
            "店舗のタブレット @株式会社ミナミカゼ 2021-10/2023-03",
        ],
    );
}

#[test]
fn examples_and_certificates_to_fill_in_are_no_experience() {
    let text = "# 職務経歴書\n\n## 職務経歴詳細\n\n### 例）株式会社〇〇\n\n#### 例）店舗の SaaS\n\n【在籍期間】\n\n- 20xx/xx ~ 20xx/xx\n\n\
                【インフラ】\n\n- AWS\n  - （例）ECS\n\n## 資格\n\n- 基本情報技術者試験（20XX年）\n- CCNA（2019年）\n";
    check(text, &[], &[]);
    let (resume, _) = read(text, DocumentFormat::Markdown, Lexicon::builtin());
    assert!(resume.mentions.is_empty(), "{:?}", resume.mentions);
    assert_eq!(resume.certifications.len(), 1);
}
