//! What a label over or before names says of all of them.

use super::Remark;
use super::people::leading_party;
use super::place::place_remark;
use super::remark::phrase_remark;
use super::state::state;
use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Characters that a label over names has at most.
const MAX_LABEL_CHARS: usize = 30;

/// Characters of a label that is a state, or a hope: 「いつか」「希望する技術」.
const MAX_STATE_CHARS: usize = 10;

/// Returns whether a label gives the names behind it to others: 「他チーム」「先方担当」.
fn is_of_others(label: &str) -> bool {
    // 「元請（プロジェクト管理、監視）」
    let label = label.split(['(', '（']).next().unwrap_or(label).trim();
    if [
        "他プロジェクトの",
        "別プロジェクトの",
        "他案件の",
        "別案件の",
        "他部署の",
        "他部門の",
    ]
    .iter()
    .any(|front| label.starts_with(front))
    {
        return true;
    }
    let Some(end) = leading_party(label) else {
        return false;
    };
    let rest = label[end..].trim();
    const OUTSIDE: [&str; 10] = [
        "協力会社",
        "外注",
        "外注先",
        "委託先",
        "元請",
        "元請け",
        "他社",
        "外部業者",
        "同僚",
        "別会社",
    ];
    let is_another = words!["別", "他", "隣", "ほかの"].begin(label);
    let is_side = label[..end].ends_with('側');
    (rest.is_empty() && (is_another || is_side || OUTSIDE.contains(&label)))
        || [
            "担当",
            "が担当",
            "の担当",
            "担当分",
            "管理",
            "が管理",
            "の管轄",
            "のシステム",
            "の環境",
            "の設備",
            "のサイト",
            "の画面",
            "の基幹",
            "の資産",
            "の遺産",
            "が使った",
            "が使用",
            "が使っている",
            "が書いた",
            "が構築",
            "が運用",
            "既存環境",
            "既存システム",
            "の現行環境",
            "の構成",
            "の技術",
            "の技術スタック",
            "の既存システム",
            "の既存環境",
        ]
        .contains(&rest)
}

/// Characters of whoever a label tells of.
const MAX_WHO_CHARS: usize = 12;

/// Returns whether a label tells what people other than the writer work with:
/// 「エンジニアが使っていたもの」「顧客が利用しているソフト」.
fn is_worked_with_by_others(label: &str) -> bool {
    const PEOPLE: &WordList = words![
        "エンジニア",
        "デザイナー",
        "開発者",
        "担当者",
        "メンバー",
        "班",
        "部署",
        "部門",
        "会社",
        "顧客",
        "客先",
        "お客様",
        "取引先",
        "業者",
        "ベンダー",
        "同僚",
        "先輩",
        "後輩",
        "部下",
        "上司",
        "前任者",
        "人",
        "営業",
        "経理",
    ];
    label.split_once('が').is_some_and(|(who, work)| {
        who.chars().count() <= MAX_WHO_CHARS
            && PEOPLE.end(who)
            && !words!["自分", "本人", "私", "当社", "弊社", "全員", "我々"].is_in(who)
            && words![
                "使っ",
                "使う",
                "使用し",
                "利用し",
                "利用する",
                "書い",
                "書く",
                "作っ",
                "担当し",
                "触っ"
            ]
            .begin(work)
    })
}

/// Returns whether a label names what was used beside what was not: 「できること・できないこと」
/// 「好きな道具・もう使わない道具」.
fn is_contrast(label: &str) -> bool {
    const USED: &WordList = words![
        "できる",
        "出来る",
        "好き",
        "得意",
        "使う",
        "使える",
        "使って",
        "使った",
        "経験あり",
        "経験の有無",
        "やる",
        "やった",
        "やってきた",
        "わかる",
        "書ける",
    ];
    // 「ことがない」 has no と that joins.
    let parts = label
        .split_once(['・', '／', '/', '、', '＆', '&'])
        .or_else(|| label.split_once("ものと"))
        .or_else(|| label.split_once("技術と"))
        .or_else(|| label.split_once("ことと"));
    let Some((one, other)) = parts else {
        return false;
    };
    let denies = |text: &str| words!["ない", "なし", "なかった", "未経験", "苦手"].is_in(text);
    USED.is_in(one) && !denies(one) && denies(other)
        || USED.is_in(other) && !denies(other) && denies(one)
}

/// Characters of a title that says that what stands below is not the writer's.
const MAX_DISOWNING_CHARS: usize = 60;

/// Returns whether a title says that what stands below is of others:
/// 「診断先でよく見た技術（自分で構築したものではありません）」「参考：私が使ったわけではない」.
fn is_disowned(label: &str) -> bool {
    words!["自分", "自身", "私が", "私の", "筆者が", "本人が"]
        .places_in(label)
        .next()
        .is_some_and(|(at, _)| {
            words![
                "ものではあ",
                "ものではな",
                "ものでは無",
                "ものでな",
                "わけではあ",
                "わけではな",
                "担当ではあ",
                "担当ではな",
                "担当外",
                "経験ではあ",
                "経験ではな",
            ]
            .is_in(&label[at..])
        })
}

/// What is said of what somebody has not worked with.
const NOT_USED: &WordList = words![
    "手つかず",
    "手付かず",
    "無経験",
    "未学習",
    "縁がない",
    "縁のない",
    "unfamiliar",
    "経験なし",
    "経験無し",
    "使わない",
    "使わずに済ませた",
    "触らずに終わった",
    "使えない",
    "使えません",
    "できない",
    "できません",
    "避けている",
    "避けたい",
    "避ける",
    "知らない",
    "不可",
    "持っていない",
    "やらない",
    "経験のない",
    "not my field",
    "out of scope",
    "守備範囲外",
];

/// What is said of what somebody would like to work with.
const WISHED: &WordList = words![
    "使いたい",
    "ウォッチ",
    "やってみたい",
    "これから",
    "興味",
    "今後",
    "次に",
    "今年やること",
    "年の目標",
    "来年やること",
    "やることリスト",
    "interest",
    "want to",
    "wish",
];

/// What is said of what somebody means to learn.
const STUDIED: &WordList = words![
    "勉強リスト",
    "学習リスト",
    "勉強計画",
    "学習計画",
    "学習ロードマップ",
    "（学習）",
    "(学習)",
    "勉強すること",
    "勉強するもの",
    "学習テーマ",
    "勉強テーマ",
];

/// Returns what a label says of the names below or behind it: 「未経験：」「これから」「聞いたことがあるだけ」.
pub(in crate::resume) fn label_remark(label: &str) -> Option<Remark> {
    let label = label.trim();
    if label.is_empty() {
        return None;
    }
    if !is_contrast(label)
        && let Some(said) = place_remark(&label.replace('_', " "))
    {
        return Some(said);
    }
    let count = label.chars().count();
    if count <= MAX_DISOWNING_CHARS && is_disowned(label) {
        return Some(Remark::Negated);
    }
    if count > MAX_LABEL_CHARS {
        return None;
    }
    // 「◎ 日常的に使用　○ 使用経験あり　－ 経験なし」 explains marks.
    let is_legend = label
        .chars()
        .skip(1)
        .any(|sign| "◎○◯〇●△▲×✕".contains(sign));
    if is_legend || is_contrast(label) {
        return None;
    }
    short_remark(label)
}

/// Returns what a label of a few words says.
fn short_remark(label: &str) -> Option<Remark> {
    let folded = label.to_ascii_lowercase().replace('_', " ");
    let bare = label.trim_end_matches(|character: char| !character.is_alphanumeric());
    if let Some(said) = outright(label, &folded, bare).or_else(|| experience(label)) {
        return Some(said);
    }
    // Reading what others wrote is knowing it.
    if words!["読むだけ", "読む程度", "読める"].is_in(label) {
        return None;
    }
    study(label, &folded, bare).or_else(|| {
        if WISHED.is_in(&folded) {
            return Some(Remark::Wished);
        }
        match phrase_remark(&label.replace('_', " ")) {
            // A section's matter, not a label's.
            Some(Remark::Personal) | None => NOT_USED.is_in(&folded).then_some(Remark::Negated),
            said => said,
        }
    })
}

/// Returns what a label says in so many words: what is wanted, was read, or is of others.
fn outright(label: &str, folded: &str, bare: &str) -> Option<Remark> {
    if ["want", "wants", "wanted", "interested", "interest"].contains(&folded) {
        return Some(Remark::Wished);
    }
    // 「触ったことある実務経験ない分野」
    if label.contains("触ったこと") && words!["実務経験", "業務経験"].is_in(label) {
        return Some(Remark::Personal);
    }
    // The other side of an interface: 「連携先：Salesforce」.
    if ["先方", "連携先", "接続先", "相手先", "対向システム"].contains(&label) {
        return Some(Remark::Negated);
    }
    // What was read is known from books.
    if words![
        "読んだ本",
        "読んだ書籍",
        "読書",
        "愛読書",
        "購読",
        "購読誌",
        "参考書",
        "参考文献",
    ]
    .end(bare)
    {
        return Some(Remark::Learning);
    }
    (is_of_others(label) || is_worked_with_by_others(label)).then_some(Remark::Negated)
}

/// Returns what a label says of experience that is there, hoped for or missing.
fn experience(label: &str) -> Option<Remark> {
    if label.chars().count() <= MAX_STATE_CHARS
        // What was wrong is a project's matter.
        && label != "課題"
        && let Some(said) = state(label)
    {
        return Some(said);
    }
    let is_hope = label.starts_with("希望")
        && label.chars().count() <= MAX_STATE_CHARS
        && !words!["小売", "退職", "価格", "者", "休"].is_in(label);
    if is_hope {
        return Some(Remark::Wished);
    }
    // 「未経験の技術」; but 「未経験からの挑戦」 tells of what was learnt.
    let is_overcome = words![
        "未経験から",
        "未経験で",
        "未経験者",
        "未経験だ",
        "未経験分野",
    ]
    .is_in(label);
    if label.contains("未経験") && !is_overcome {
        return Some(Remark::Negated);
    }
    let is_private = label.contains("未使用") && words!["業務", "実務"].is_in(label);
    is_private.then_some(Remark::Personal)
}

/// Returns what a label says of what was learnt or is to be.
fn study(label: &str, folded: &str, bare: &str) -> Option<Remark> {
    if folded == "learning" || folded.starts_with("learning ") || folded.ends_with(" learning") {
        return Some(Remark::Learning);
    }
    let is_study = [
        "学習",
        "勉強",
        "学習歴",
        "学習のみ",
        "勉強のみ",
        "学習経験",
        "学習経験あり",
        "学習経験のみ",
        "座学",
        "座学のみ",
        "独学のみ",
        "研修のみ",
    ]
    .contains(&bare);
    if is_study {
        return Some(Remark::Learning);
    }
    if folded == "ng" || folded == "ngな技術" || folded == "ng技術" {
        return Some(Remark::Negated);
    }
    if matches!(
        folded,
        "to try"
            | "next up"
            | "on my radar"
            | "someday"
            | "kibou"
            | "kibo"
            | "mokuhyou"
            | "shourai"
    ) {
        return Some(Remark::Wished);
    }
    STUDIED.is_in(label).then_some(Remark::Learning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_speaks_of_all_names_behind_it() {
        for label in [
            "未経験",
            "未経験の技術",
            "使ったことがないもの",
            "手つかず",
            "縁がないもの",
            "なし",
            "他チーム",
            "先方担当",
            "顧客側",
            "触れたことがない",
            "検討のみ",
            "採用しなかったもの",
            "エンジニアが使っていたもの",
            "顧客が利用しているソフト",
            "次期検討",
            "協力会社",
            "元請（監視）",
            "顧客の既存環境",
            "利用部門の環境",
            "Not used",
        ] {
            assert_eq!(label_remark(label), Some(Remark::Negated), "{label}");
        }
        for label in [
            "興味",
            "気になる技術",
            "これから",
            "今後学びたい",
            "いつか",
            "将来",
            "希望する技術",
            "使ってみたい",
            "次に学ぶ",
            "Want to learn",
            "Wishlist",
        ] {
            assert_eq!(label_remark(label), Some(Remark::Wished), "{label}");
        }
        for label in [
            "得意",
            "経験あり",
            "昔使っていた",
            "苦手",
            "メイン",
            "読める",
            "未経験からの挑戦",
            "ベンダー",
            "協力会社との連携",
            "希望退職システム",
            "目標管理システムの開発",
            "注目機能の開発",
            "業務外",
            "課題",
            "自分が使っていたもの",
            "チームが使っている技術",
            "サービスが利用している基盤",
            "できること・できないこと",
            "好きな道具・もう使わない道具",
            "使えるものと使えないもの",
        ] {
            assert_eq!(label_remark(label), None, "{label}");
        }
    }
}
