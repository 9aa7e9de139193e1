//! What others use, make or are responsible for: 「アプリ側（Ruby on Rails）は別会社の担当」.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Others than the writer and the writer's team.
const OTHERS: &[&str] = &[
    "別会社",
    "別の会社",
    "別チーム",
    "別のチーム",
    "別班",
    "別の班",
    "別部署",
    "別の部署",
    "別部門",
    "別の部門",
    "別の課",
    "別担当",
    "別の人",
    "別の者",
    "別の方",
    "別の学生",
    "別のメンバー",
    "別のベンダ",
    "別ベンダ",
    "他社",
    "他チーム",
    "他のチーム",
    "他部署",
    "他部門",
    "他の部署",
    "他の会社",
    "他の人",
    "他の方",
    "他のメンバー",
    "他ベンダ",
    "協力会社",
    "パートナー会社",
    "外注先",
    "外注",
    "委託先",
    "委託業者",
    "外部業者",
    "外部の会社",
    "制作会社",
    "専門業者",
    "業者",
    "先方",
    "相手先",
    "相手方",
    "取引先",
    "お客様",
    "顧客",
    "客先",
    "隣の班",
    "隣の課",
    "隣のチーム",
    "隣の部署",
    "隣のグループ",
    "隣",
    "前任者",
    "前任の方",
    "前任",
    "先輩",
    "銀行",
    "商社",
    "メーカー",
    "ベンダー",
    "地元の会社",
    "情シス",
    "SIer",
    "専任",
    "の方",
    "control team",
    "other team",
    "another team",
    "previous team",
];

/// Others by their first character.
static BY_FIRST: LazyLock<HashMap<char, Vec<&str>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<&str>> = HashMap::new();
    for word in OTHERS {
        if let Some(first) = word.chars().next() {
            by_first.entry(first).or_default().push(word);
        }
    }
    by_first
});

/// Others in one sentence that are looked at.
const MAX_OTHERS: usize = 16;

/// Characters between a name and the others it belongs to.
const MAX_BETWEEN_CHARS: usize = 40;

/// Returns whether the name at bytes `start..end` of a sentence belongs to others.
pub(super) fn is_of_others(sentence: &str, start: usize, end: usize) -> bool {
    if is_of_other_side(&sentence[..start], &sentence[end..]) {
        return true;
    }
    let mut seen = 0;
    for (at, character) in sentence.char_indices() {
        let words = BY_FIRST.get(&character).map_or(&[][..], Vec::as_slice);
        for word in words {
            if !sentence[at..].starts_with(word) {
                continue;
            }
            if is_bound(sentence, start..end, at..at + word.len()) {
                return true;
            }
            seen += 1;
        }
        if seen > MAX_OTHERS {
            break;
        }
    }
    false
}

/// Returns whether the sentence binds a name to the others at `others`.
fn is_bound(sentence: &str, name: std::ops::Range<usize>, others: std::ops::Range<usize>) -> bool {
    let mut behind = &sentence[others.end..];
    for suffix in ["さん", "様", "側", "の方"] {
        behind = behind.strip_prefix(suffix).unwrap_or(behind);
    }
    if others.start >= name.end {
        before_others(&sentence[name.end..others.start], behind)
    } else if others.end <= name.start {
        let from = sentence.len() - behind.len();
        if from > name.start {
            return false;
        }
        behind_others(
            &sentence[..others.start],
            &sentence[from..name.start],
            &sentence[name.end..],
        )
    } else {
        false
    }
}

/// 「NAMEは別会社の担当」「NAME（別チーム）」: the name, `between`, the others, `behind`.
fn before_others(between: &str, behind: &str) -> bool {
    let gap = between.trim();
    if matches!(gap, "(" | "（") {
        let closes = ["）", ")", "の担当", "が担当", "担当", "製"];
        return closes.iter().any(|word| behind.starts_with(word));
    }
    let topic = gap.trim_end_matches('、');
    let is_topic = topic.ends_with('は')
        && topic.chars().count() <= MAX_BETWEEN_CHARS
        && !topic.contains(['を', '。', ';'])
        && !has_clause(topic);
    let behind = behind.trim_start();
    is_topic
        && (behind.is_empty()
            || behind.strip_prefix('が').is_some_and(does_the_work)
            || [
                "の担当",
                "が担当",
                "担当",
                "の製品",
                "製",
                "の会社",
                "です",
                "で、",
                "で。",
                "の仕事",
                "の管轄",
                "の領域",
                "の範囲",
                "の持ち",
                "に任せ",
                "に委託",
                "へ委託",
                "に依頼",
                "。",
                "（",
                "(",
            ]
            .iter()
            .any(|word| behind.starts_with(word)))
}

/// Returns whether a clause goes on with work that is done for a system.
fn does_the_work(behind: &str) -> bool {
    let clause: String = behind
        .chars()
        .take(20)
        .take_while(|character| !matches!(character, '、' | '。' | '，'))
        .collect();
    [
        "担当", "使", "管理", "作", "開発", "運用", "構築", "用意", "持", "入れ", "実装", "導入",
        "設計", "書",
    ]
    .iter()
    .any(|word| clause.contains(word))
}

/// Returns whether the topic before a name is the other side's: 「式場側の顧客管理は NAME で」.
fn is_of_other_side(lead: &str, rest: &str) -> bool {
    const OWN: [&str; 16] = [
        "画面", "裏", "表", "管理", "受信", "送信", "機器", "基盤", "制御", "端末", "自社", "弊社",
        "当社", "社内", "開発", "運用",
    ];
    let rest = rest.trim_start();
    let ends = ["で、", "です", "で。"]
        .iter()
        .any(|word| rest.starts_with(word));
    let Some(topic) = lead.trim_end().strip_suffix('は').filter(|_| ends) else {
        return false;
    };
    let topic = topic.rsplit(['。', '、']).next().unwrap_or(topic);
    topic.split_once("側の").is_some_and(|(side, _)| {
        let is_kanji = side
            .chars()
            .next_back()
            .is_some_and(|last| ('一'..='鿿').contains(&last));
        is_kanji && !OWN.iter().any(|own| side.ends_with(own))
    })
}

/// 「別チームの NAME。」「委託先が NAME で作り」: `lead`, the others, `between`, the name, `rest`.
fn behind_others(lead: &str, between: &str, rest: &str) -> bool {
    let lead = lead.trim_end().trim_end_matches('、');
    let is_attribute = lead.ends_with('は');
    let opens = lead.is_empty() || lead.ends_with(['。', '、', '（', '(', ')', '）', ';']);
    let rest = rest.trim_start();
    match between.trim() {
        "の" | "製の" | "側の" => {
            is_attribute
                && (rest.is_empty()
                    || ["。", "、", "で、", "です", "）", ")"]
                        .iter()
                        .any(|word| rest.starts_with(word)))
        }
        "が" | "は" => {
            rest.starts_with("を使") || (rest.starts_with('で') && !rest.starts_with("でき"))
        }
        gap => {
            let is_bracketed = gap
                .strip_suffix(['(', '（'])
                .is_some_and(|gap| matches!(gap.trim(), "" | "の担当" | "が担当" | "担当" | "製"));
            is_bracketed && (is_attribute || (opens && gap.contains("担当")))
        }
    }
}

/// Returns whether a verb's ending stands before a comma.
fn has_clause(text: &str) -> bool {
    let mut before = None;
    text.chars().any(|character| {
        let ends = matches!(character, '、' | '，' | ',')
            && before.is_some_and(|before| "したてでりくいれえめずすが".contains(before));
        before = Some(character);
        ends
    })
}
