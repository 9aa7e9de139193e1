//! What stands beside jobs or repeats them below: side work, events told again, lines of facts.

use super::check;

#[test]
fn an_event_below_the_job_it_repeats_is_no_other_one() {
    check(
        "## 職務経歴\n\n### 北斗ポータル株式会社 (2008/4 - 2019/8)\n\n- 2008年、北斗ポータル入社。認証の開発。\n\n\
         ### ペイリン (2019/09 - 2020/12)\n\n- 2019年ペイリンに入社、IDの基盤に配属\n\n\
         ### フリーランス(2021/1 - )\n\n- 2020年にペイリンを退社。2021年からフリーランス\n",
        &[
            "北斗ポータル株式会社 2008-04/2019-08",
            "ペイリン 2019-09/2020-12",
            "フリーランス 2021-01/-",
        ],
        &[],
    );
}

#[test]
fn the_first_line_below_a_title_states_its_time_among_facts() {
    check(
        "## 在籍企業ごとの職務内容\n\n### 株式会社ウルフム\n\n2017年11月 〜 2018年10月 / ソフトウェアエンジニア\n\n- 試作の実装\n\n\
         ### 副業: サイトの開発・運用\n\n2017年7月 〜 現在 / 開発・運用全般(副業)\n\n- 構成\n\n\
         ## 主なプロジェクト\n\n### 配信の基盤への受け入れ\n\n株式会社ウルフム / 〜 2018年3月\n\n分割。\n\n\
         ### 配信の移行\n\n株式会社ウルフム / 2018年4月 〜 2018年9月\n\n移行。\n",
        &["株式会社ウルフム 2017-11/2018-10"],
        &[
            "副業: サイトの開発・運用 @ 2017-07/-",
            "配信の基盤への受け入れ @株式会社ウルフム ?/2018-03",
            "配信の移行 @株式会社ウルフム 2018-04/2018-09",
        ],
    );
}

#[test]
fn the_kind_of_employment_may_name_the_employer_behind_it() {
    check(
        "## 経歴\n\n<details>\n<summary>2022 ~ 現在：エンジニア @ フリーランス</summary>\n\n設計。\n\n</details>\n\n\
         <details>\n<summary>2017 ~ 2020：テスター @ SESの会社に所属し複数の開発現場を経験</summary>\n\n試験。\n\n</details>\n\n\
         ## プロジェクト実績\n\n### 1. 長期案件\n\n<details>\n<summary>1-1: 駐輪場の管理システム</summary>\n\n\
         - 期間：2018/05 ~ 2020/03（1年11ヶ月）\n- 雇用形態：正社員 / YumeLink（Web開発）\n- 使用技術：PHP, MySQL\n\n</details>\n\n\
         <details>\n<summary>1-2: 商標の管理システム</summary>\n\n\
         - 期間：2017/05 ~ 2018/04（1年）\n- 雇用形態：正社員 / エージェントフロー（SES）\n- 使用技術：PHP\n\n</details>\n",
        &[
            "フリーランス 2022/-",
            "SESの会社 2017/2020",
            "YumeLink 2018-05/2020-03",
            "エージェントフロー 2017-05/2018-04",
        ],
        &[
            "駐輪場の管理システム @YumeLink 2018-05/2020-03",
            "商標の管理システム @エージェントフロー 2017-05/2018-04",
        ],
    );
}

#[test]
fn departments_behind_an_employer_are_no_work() {
    check(
        "## 略歴\n\n| 期間 | 企業・組織 |\n|:----|:----|\n| 2018〜現在|Accentra PLC|\n| 2017〜2018年（14ヶ月）|Reaktia Japan 株式会社|\n\
         | 2016〜2017年（3ヶ月）|日輪製作所　ITプラットフォーム事業本部　ソフトウェア開発部|\n",
        &[
            "Accentra PLC 2018/-",
            "Reaktia Japan 株式会社 2017/2018",
            "日輪製作所 2016/2017",
        ],
        &[],
    );
}

#[test]
fn one_month_with_a_remark_dates_the_title_above() {
    check(
        "## Work Experience\n\n### 学習サービスの開発(スタートアップ)\n\n2020年4月～2020年12月 (リモート)  \nCSS3、Vue.js  \n- 開発に参加。\n\n\
         ### 事業サイトの制作\n\n2021年1月 (リモート)\nCSS3、Vue.js\n- サイトを制作。\n",
        &[],
        &[
            "学習サービスの開発(スタートアップ) @ 2020-04/2020-12",
            "事業サイトの制作 @ 2021-01/2021-01",
        ],
    );
}

#[test]
fn work_inside_the_company_beside_the_projects_is_work() {
    check(
        "## 職歴\n\n### フォワード株式会社\n\n- **在籍期間：** 2016年9月〜現在（約9年半）\n\n#### 【1】基盤の整備\n\n担当期間：2019年9月〜現在　役割：リーダー\n\n\
         ## その他の活動・社内貢献\n\n#### 生成 AI の全社活用（PL）\n\n期間：2026年2月〜現在　役割：PL\n\n`n8n` `Dify`\n",
        &["フォワード株式会社 2016-09/-"],
        &[
            "基盤の整備 @フォワード株式会社 2019-09/-",
            "生成 AI の全社活用（PL） @フォワード株式会社 2026-02/-",
        ],
    );
}

#[test]
fn a_list_of_tools_below_a_work_is_no_other_one() {
    check(
        "## 職務経歴\n\n### AHL株式会社\n|key|value|\n|----|----|\n|期間|2021年01月〜2023年02月|\n\n\
         #### <事務の効率化ツール開発>\n|key|value|\n|----|----|\n|期間|2022年02月〜12月|\n|使用技術|VBA|\n\n\
         #### [作成したツール一覧]\n- メールの自動化\n- 印刷の自動化\n",
        &["AHL株式会社 2021-01/2023-02"],
        &["事務の効率化ツール開発 @AHL株式会社 2022-02/2022-12"],
    );
}
