//! Words by which a title reads like a piece of work.

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

use crate::resume::bracket::without_brackets;
use crate::resume::stint::is_department;

/// Returns whether a title reads like a piece of work rather than like a name.
pub(in crate::resume) fn reads_like_work(title: &str) -> bool {
    const WORK: &WordList = words![
        "開発",
        "構築",
        "改修",
        "保守",
        "運用",
        "システム",
        "移行",
        "対応",
        "案件",
        "プロジェクト",
        "設計",
        "制作",
        "試作",
        "導入",
        "支援",
        "アプリ",
        "サイト",
        "基盤",
        "刷新",
        "リニューアル",
        "改善",
        "機能",
        "業務",
        "実装",
        "作成",
        "向け",
        "立ち上げ",
        "企画",
        "自動化",
        "更新",
        "発行",
        "検証",
        "調査",
        "モジュール",
        "ツール",
        "バッチ",
        "画面",
        "ラーニング",
        "ポータル",
        "パッケージ",
        "API",
    ];
    let outside = without_brackets(title);
    let names_company =
        has_legal_form(outside.trim()) || outside.split_whitespace().any(has_legal_form);
    if names_company && !words!["向け", "様", "案件", "の"].is_in(&outside) {
        return false;
    }
    if names_kind_of_employer(&outside) {
        return false;
    }
    // 「ホクトシステムズ」 is a company.
    let outside = outside.replace("システムズ", "");
    let outside = before_departments(&outside);
    WORK.is_in(outside) || ends_in_deed(outside.trim())
}

/// Returns what stands before the departments that a title names behind a blank: 「日輪製作所　ソフトウェア開発部」.
fn before_departments(title: &str) -> &str {
    let mut title = title.trim();
    while let Some((before, last)) = title.rsplit_once([' ', '\u{3000}']) {
        if !is_department(last) {
            break;
        }
        title = before.trim_end();
    }
    title
}

/// Returns whether a title ends in a kind of employer: 「家電メーカー」, 「受託開発の会社」.
pub(in crate::resume) fn names_kind_of_employer(title: &str) -> bool {
    const EMPLOYERS: &WordList = words![
        "企業",
        "会社",
        "法人",
        "メーカー",
        "ベンダー",
        "ベンダ",
        "ベンチャー",
        "代理店",
        "事業者",
        "スタートアップ",
        "商社",
        "SIer",
    ];
    EMPLOYERS.end(without_brackets(title).trim())
}

/// Returns whether a title ends in what was done: 「…の需要予測」「…の見直し」「…のクラウド化」.
pub(in crate::resume) fn ends_in_deed(title: &str) -> bool {
    const DEEDS: &WordList = words![
        "改善",
        "構築",
        "導入",
        "実装",
        "移行",
        "改修",
        "作成",
        "予測",
        "計画",
        "検知",
        "推定",
        "分析",
        "整備",
        "化",
        "統合",
        "整理",
        "集計",
        "監視",
        "更改",
        "集約",
        "増設",
        "入替",
        "入れ替え",
        "見直し",
        "切替",
        "切替え",
        "切り替え",
        "試作",
        "研修",
        "解析",
        "管理",
        "連携",
        "配信",
        "評価",
        "試験",
        "教育",
        "修正",
        "追加",
        "作り直し",
        "づくり",
        "引っ越し",
        "移設",
        "移植",
        "置き換え",
        "載せ替え",
        "効率",
        "検討",
        "策定",
        "選定",
        "研究",
        "推進",
        "改定",
        "棚卸し",
        "訓練",
        "育成",
        "採用活動",
        "立上げ",
        "立ち上がり",
        "交換",
        "更新",
        "代行",
        "受入れ",
        "引き取り",
        "分割",
        "刷新",
        "請負",
        "診断",
        "対策",
        "張り替え",
        "貼り替え",
        "展開",
        "延長",
        "縮退",
        "分離",
        "廃止",
        "復旧",
        "点検",
    ];
    title.chars().count() >= 4 && DEEDS.end(title)
}

/// Returns whether a title tells of time off: 離職中, 育児休業, 介護休業期間.
pub(in crate::resume) fn is_pause(title: &str) -> bool {
    const PAUSES: &WordList = words![
        "離職",
        "求職",
        "休職",
        "育休",
        "産休",
        "育児休",
        "休業",
        "ブランク",
        "空白期間",
        "療養",
        "介護休",
        "介護のため",
        "介護に専念",
        "独学",
        "休学",
        "契約前",
        "充電期間",
        "無職",
        "転職活動",
        "で学習",
        "スクールに通",
        "受講",
        "休暇",
    ];
    const WORK: &WordList = words!["システム", "サービス", "アプリ", "開発", "施設"];
    const LEFT: &WordList = words!["退職後", "退社後", "卒業後", "離職後"];
    const STUDY: &WordList = words!["学習", "勉強", "就職活動", "アルバイトをしながら"];
    let studies = LEFT.begin(title.trim()) && STUDY.is_in(title);
    // 「介護記録の入力画面」 is work, and 「株式会社メジロ介護情報」 an employer.
    let is_care = without_brackets(title).trim().ends_with("介護");
    ((is_care || PAUSES.is_in(title))
        && !WORK.is_in(title)
        && !has_legal_form(title)
        && title.chars().count() <= 24)
        || studies && title.chars().count() <= 40
}
