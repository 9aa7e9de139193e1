//! Works and stays within others: where somebody was lent to, years that hold months, business of one's own.

use super::check;

#[test]
fn a_place_of_secondment_over_titled_works_is_none() {
    for place in [
        "出向先：カナメ物流株式会社（2021年10月〜現在）",
        "出向先：カナメ物流株式会社",
    ] {
        check(
            &format!(
                "# 職務経歴\n\n## 株式会社ヒト（2018年6月〜現在）\n\n### {place}\n\n#### 【1】配車計画の刷新\n\n\
                 担当期間：2021年10月〜2022年12月　役割：メンバー\n\n`Kotlin` `MySQL`\n\n#### 【2】在庫の可視化\n\n\
                 担当期間：2023年1月〜現在　役割：リーダー\n\n`React`\n"
            ),
            &["株式会社ヒト 2018-06/-"],
            &[
                "配車計画の刷新 @株式会社ヒト 2021-10/2022-12",
                "在庫の可視化 @株式会社ヒト 2023-01/-",
            ],
        );
    }
}

#[test]
fn companies_below_one_that_lends_engineers_are_its_clients() {
    let text = |business: &str| {
        format!(
            "# 職務経歴\n\n## 株式会社ヒト（2018年6月〜現在）\n\n事業内容：{business}\n\n\
             ### カナメ物流株式会社（2021年10月〜現在）\n\n- 開発\n\n### ハルノ保険株式会社（2018年6月〜2021年9月）\n\n- 保守\n"
        )
    };
    check(
        &text("システムエンジニアリングサービス"),
        &["株式会社ヒト 2018-06/-"],
        &[
            "カナメ物流株式会社 @株式会社ヒト 2021-10/-",
            "ハルノ保険株式会社 @株式会社ヒト 2018-06/2021-09",
        ],
    );
    // Below a group of companies each is an employer.
    check(
        &text("グループの経営管理"),
        &[
            "株式会社ヒト 2018-06/-",
            "カナメ物流株式会社 2021-10/-",
            "ハルノ保険株式会社 2018-06/2021-09",
        ],
        &[],
    );
}

#[test]
fn business_of_ones_own_among_the_data_is_a_stay() {
    check(
        "# 職務経歴書\n\n## 基本情報\n\n|項目|内容|\n|---|---|\n|住まい|福井県|\n|形態|フリーランス（2017年〜）|\n\n\
         ## 業務経歴\n\n### 予約サイト【TypeScript, AWS】（2023〜）\n\n#### 担当:\n\n要件の整理\n\n\
         ### 部品検索【JavaScript】（2021〜2022）\n\n#### 担当:\n\n検索の設計\n",
        &["フリーランス 2017/-"],
        &[
            "予約サイト【TypeScript, AWS】 @フリーランス 2023/-",
            "部品検索【JavaScript】 @フリーランス 2021/2022",
        ],
    );
}

#[test]
fn who_was_a_student_had_no_stay() {
    check(
        "# 経歴\n\n* 2015年6月-2022年3月｜株式会社ヒト（執行役員）\n* 2010年4月-2015年5月｜株式会社フタ（プログラマー）\n\
         * 2004年4月-2010年3月｜北信大学 工学部（学生）\n",
        &[
            "株式会社ヒト 2015-06/2022-03",
            "株式会社フタ 2010-04/2015-05",
        ],
        &[],
    );
}

#[test]
fn a_line_with_months_dates_the_stay_below_years() {
    check(
        "# 職務経歴\n\n## 2018年〜\n\n株式会社ヒトに入社（2018年4月）。\n\n## 2013年〜2018年\n\n\
         株式会社フタ（2013年4月〜2018年1月）\n",
        &["株式会社ヒト 2018-04/-", "株式会社フタ 2013-04/2018-01"],
        &[],
    );
}

#[test]
fn years_lie_within_a_stay_that_begins_or_ends_in_them() {
    check(
        "# 職務経歴\n\n## 株式会社ヒト（2021年5月 - 現在）\n\n## 株式会社フタ（2017年4月 - 2021年4月）\n\n# プロジェクト\n\n\
         ## 料金画面の改善（2021年 - 2022年）\n\n- React\n\n## 自治体サイトの制作（2019年 - 2020年）\n\n- Sass\n",
        &["株式会社ヒト 2021-05/-", "株式会社フタ 2017-04/2021-04"],
        &[
            "料金画面の改善 @株式会社ヒト 2021/2022",
            "自治体サイトの制作 @株式会社フタ 2019/2020",
        ],
    );
}
