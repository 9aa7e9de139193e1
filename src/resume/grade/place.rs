//! Labels and titles that say where what stands below them comes from: the system of the customer, an
//! offer of work, the words of others, what was read.

use super::Remark;
use shokureki_index::words;

/// Characters of such a label, its bracket left out.
const MAX_CHARS: usize = 24;

/// Returns what the place that a label names says of all below it.
pub(super) fn place_remark(label: &str) -> Option<Remark> {
    let (base, inside) = label
        .split_once(['(', '（'])
        .map_or((label, ""), |(base, inside)| (base, inside));
    let base = base
        .trim()
        .trim_end_matches(|sign: char| !sign.is_alphanumeric());
    if base.is_empty() || base.chars().count() > MAX_CHARS {
        return None;
    }
    let folded = base.to_lowercase();
    if is_former(&folded) || is_offer(&folded) || is_voice(base) {
        return Some(Remark::Negated);
    }
    // 「障害報告の例（公開されている他社のもの）」
    if words!["他社のもの", "他社の事例", "他の方の", "他者の", "他社事例"].is_in(inside)
        || words!["他社事例", "他社の事例", "他の人の発表", "他の方の発表"].is_in(base)
    {
        return Some(Remark::Negated);
    }
    if is_refused(&folded) {
        return Some(Remark::Negated);
    }
    if is_hoped_for(&folded) {
        return Some(Remark::Wished);
    }
    is_reading(base).then_some(Remark::Learning)
}

/// Returns whether a text tells itself what became of the places it names: 「移行元：Redshift、移行先：BigQuery」 is
/// a migration of the writer's, 「候補：Vue、React → Vueを採用」 a choice.
pub(in crate::resume) fn tells_outcome(text: &str) -> bool {
    text.contains("移行先")
        || text.contains("候補") && words!["採用", "選定", "選択", "決定", "選ん"].is_in(text)
}

/// Returns whether a label names the system that was there before, or that others have.
fn is_former(label: &str) -> bool {
    let is_whole = matches!(
        label,
        "既存システム"
            | "既存環境"
            | "既存の環境"
            | "既存のシステム"
            | "既存"
            | "旧システム"
            | "旧環境"
            | "旧構成"
            | "旧"
            | "移行元"
            | "移行元環境"
            | "移行元システム"
            | "移植元"
            | "移行前"
            | "移行前の環境"
            | "置き換え前"
            | "置換前"
            | "リプレイス前"
            | "刷新前"
            | "更改前"
            | "existing system"
            | "existing systems"
            | "existing stack"
            | "existing environment"
            | "legacy"
            | "legacy system"
            | "as-is"
            | "as is"
            | "asis"
            | "現状の構成（as-is）"
            | "使われていたもの"
            | "候補"
            | "比較候補"
            | "他の候補"
            | "代替候補"
            | "候補技術"
            | "案"
            | "代替案"
            | "競合調査"
            | "比較のみ"
            | "比較しただけ"
            | "検討"
    );
    let is_compared = label.starts_with("競合") && label.ends_with("調査");
    let is_weighed = words![
        "で検討",
        "次期検討",
        "今後検討",
        "検討中",
        "検討中の技術",
        "却下した案",
        "却下案",
        "見送った案",
        "不採用案",
        "不採用の案",
    ]
    .end(label);
    is_whole || is_compared || is_weighed
}

/// Returns whether a label opens what the writer cannot or does not do.
fn is_refused(label: &str) -> bool {
    const WHOLE: [&str; 28] = [
        "不得意",
        "不得意なもの",
        "不得意なこと",
        "不得意分野",
        "苦手なもの",
        "苦手なこと",
        "苦手な技術",
        "苦手分野",
        "苦手な分野",
        "未踏",
        "未踏の技術",
        "never",
        "rejected",
        "希望しない",
        "非利用",
        "不使用",
        "not for me",
        "no experience",
        "unused",
        "what i'm not looking for",
        "what i’m not looking for",
        "not looking for",
        "not interested in",
        "導入候補",
        "向いていない仕事",
        "向いていないこと",
        "断った要望",
        "断ったもの",
    ];
    WHOLE.contains(&label)
        || words![
            "難しいこと",
            "難しいもの",
            "できないこと",
            "答えられない",
            "答えられないこと",
            "希望しない言語",
            "希望しない技術",
            "希望しないもの",
        ]
        .end(label)
}

/// Returns whether a label opens what draws the writer: 「Curious」「Exploring」.
fn is_hoped_for(label: &str) -> bool {
    matches!(
        label,
        "curious"
            | "curious about"
            | "exploring"
            | "looking forward to"
            | "backlog"
            | "would love to try"
            | "would like to try"
            | "would like to learn"
            | "someday"
            | "i’m currently learning"
            | "i'm currently learning"
            | "currently learning"
            | "planned to learn"
            | "希望する言語"
    )
}

/// Returns whether a label is one of an offer of work: 「必須スキル」「歓迎要件」「募集要項」.
fn is_offer(label: &str) -> bool {
    let is_part = ["必須", "歓迎", "応募", "募集"].iter().any(|front| {
        label.strip_prefix(front).is_some_and(|rest| {
            matches!(
                rest.trim_start_matches('の'),
                "スキル"
                    | "条件"
                    | "要件"
                    | "経験"
                    | "資格"
                    | "要項"
                    | "内容"
                    | "要項より"
                    | "要項から"
            )
        })
    });
    is_part
        || matches!(
            label,
            "求めるスキル"
                | "求める人物像"
                | "求める経験"
                | "求人票"
                | "求人票より"
                | "求人内容"
                | "尚可"
        )
}

/// Returns whether a title opens the words of others on the writer: 「推薦文」「周囲からの声」.
fn is_voice(label: &str) -> bool {
    words![
        "推薦文",
        "推薦コメント",
        "推薦の言葉",
        "推薦状",
        "推薦者の声",
        "からの声",
        "からのコメント",
        "からの推薦",
        "からの評価",
        "からのメッセージ",
        "周囲の声",
        "同僚の声",
        "上司の声",
    ]
    .end(label)
}

/// Returns whether a title opens what was read or heard of others.
fn is_reading(label: &str) -> bool {
    if matches!(
        label,
        "本棚"
            | "書棚"
            | "Books"
            | "Reading"
            | "Bookshelf"
            | "Reading list"
            | "Reading knowledge only"
            | "Learning"
            | "積んでいる本"
            | "積読"
            | "読んでいる"
            | "読んでいる本"
            | "読んでいるもの"
            | "読書中"
    ) {
        return true;
    }
    words![
        "影響を受けた記事",
        "影響を受けた本",
        "好きな記事",
        "気に入りの記事",
        "おすすめ記事",
        "おすすめの記事",
        "おすすめの本",
        "参考記事",
        "参考リンク",
        "参考サイト",
        "参考にした記事",
        "読んだ記事",
        "気になった記事",
        "聞いた発表",
        "発表を聞いて",
        "聴講した発表",
        "視聴した講演",
        "参加した勉強会",
        "参加した講演会",
        "読んだ論文",
        "参加したイベント",
    ]
    .end(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_where_things_come_from() {
        for label in [
            "既存システム",
            "移行元",
            "必須スキル",
            "歓迎要件",
            "周囲からの声",
            "障害報告の例（公開されている他社のもの）",
            "次期モデルで検討",
        ] {
            assert_eq!(place_remark(label), Some(Remark::Negated), "{label}");
        }
        for label in [
            "移行先",
            "必須: Java",
            "新システム",
            "既存システムの改修",
            "検討した方式",
            "スキル",
            "参加した案件",
        ] {
            assert_eq!(place_remark(label), None, "{label}");
        }
        for label in [
            "候補",
            "As-Is",
            "苦手なもの",
            "不得意",
            "却下した案",
            "Never",
        ] {
            assert_eq!(place_remark(label), Some(Remark::Negated), "{label}");
        }
        assert_eq!(place_remark("Curious"), Some(Remark::Wished));
        for label in ["候補者", "苦手の克服", "To-Be", "案件", "採用した案"] {
            assert_eq!(place_remark(label), None, "{label}");
        }
        assert_eq!(place_remark("影響を受けた記事"), Some(Remark::Learning));
    }
}
