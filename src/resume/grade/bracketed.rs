//! What a bracket behind a name says of it: 「Xcode Cloud（検証のみで、業務では利用していません）」.

use super::Remark;
use super::cue::cues;
use super::remark::phrase_remark;
use super::state::{is_sign_of_nothing, state};
use shokureki_index::words;

/// Characters between a name and the bracket that speaks of it: 「PHPの案件（経験なし）」.
const MAX_TO_BRACKET_CHARS: usize = 12;

/// Returns the inside of the bracket behind a name; none where another name stands between.
pub(super) fn bracket_behind(rest: &str) -> Option<&str> {
    let open = rest
        .char_indices()
        .take(MAX_TO_BRACKET_CHARS)
        .find(|(_, character)| matches!(character, '(' | '（' | '[' | '［'))?
        .0;
    let between = &rest[..open];
    // 「Go：★☆☆☆☆（勉強を始めたばかり）」
    let is_scale =
        between.contains(['★', '☆']) && between.chars().all(|sign| "：: ★☆".contains(sign));
    let is_attached = between.trim().is_empty()
        || is_scale
        || between.chars().all(|character| {
            !character.is_ascii_alphanumeric()
                && !"、，,・/／+＋。;:：＆&)）|｜をでが".contains(character)
        });
    if !is_attached {
        return None;
    }
    let inner = rest[open..].trim_start_matches(['(', '（', '[', '［']);
    let mut depth = 1usize;
    for (at, character) in inner.char_indices().take(120) {
        match character {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inner[..at]);
        }
    }
    None
}

/// Returns what a bracket says of the name before it; of another name in it, nothing.
pub(super) fn bracket_remark(inner: &str) -> Option<Remark> {
    if is_sign_of_nothing(inner) {
        return Some(Remark::Negated);
    }
    // "Kubernetes (no production experience)"
    let folded = inner.trim().to_ascii_lowercase();
    if folded.starts_with("no ") && folded.ends_with("experience") {
        return Some(Remark::Negated);
    }
    // 「Terraform（plan の結果を読む程度）」
    if words!["読む程度", "見る程度", "眺める程度"].end(inner.trim_end()) {
        return Some(Remark::Negated);
    }
    // 「Oracle（運用はDBA任せ）」
    if inner.trim_end().ends_with("任せ") {
        return Some(Remark::Negated);
    }
    // 「Scala（本を1冊読んだ）」「Scala（Udemyで受講）」
    let is_course = words![
        "で受講",
        "を受講",
        "を受講した",
        "で受講した",
        "を聴講",
        "冊読んだ",
        "冊読了",
        "本を読んだ",
        "書籍を読んだ",
        "説明会に参加",
        "セミナーに参加",
        "勉強会に参加",
        "ハンズオンに参加",
        "ハンズオン1回",
        "章まで",
        "途中まで",
        "を見るだけ",
        "ワークショップに参加",
    ]
    .end(inner.trim_end());
    if is_course {
        return Some(Remark::Learning);
    }
    // 「実務2年、その後は未使用」「できれば避けたいが書ける」
    let is_practised = ["実務", "業務", "経験"].iter().any(|word| {
        inner.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with(|sign: char| sign.is_numeric() && !"0０".contains(sign))
        })
    });
    // 「業務では使わないが、ツールを公開」
    if inner.contains("が、") && words!["を公開", "を運用", "を開発", "を作成"].end(inner)
    {
        return Some(Remark::Personal);
    }
    if is_practised || words!["が書ける", "が使える", "ができる"].end(inner) {
        return None;
    }
    let said = phrase_remark(inner).or_else(|| state(inner))?;
    let first = cues(inner).first().map_or(0, |cue| cue.at);
    let lead = &inner[..first];
    // "beginner, just started learning"
    let is_english = inner.is_ascii() && !inner.bytes().any(|byte| byte.is_ascii_uppercase());
    let names_other = !is_english
        && lead
            .as_bytes()
            .windows(2)
            .any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    (!names_other).then_some(said)
}

/// Returns whether a bracket tells that the writer had no part in it: 「（自身は実装なし）」「（私は未担当）」.
pub(in crate::resume) fn denies_own_part(inner: &str) -> bool {
    // 「打ち合わせに参加（実装はしていません）」
    let is_undone = ["実装はしてい", "開発はしてい", "コードは書いてい"]
        .iter()
        .find_map(|work| inner.trim().strip_prefix(work))
        .is_some_and(|rest| words!["ない", "ません"].begin(rest));
    if is_undone {
        return true;
    }
    let own = [
        "私自身は",
        "自分自身は",
        "自身は",
        "自分は",
        "私は",
        "本人は",
        "自身では",
        "自分では",
        "筆者は",
    ]
    .iter()
    .find_map(|who| inner.trim().strip_prefix(who));
    own.is_some_and(|said| {
        words![
            "なし",
            "無し",
            "せず",
            "しない",
            "していな",
            "していません",
            "書いていません",
            "書いていない",
            "書かない",
            "書かず",
            "触っていません",
            "触っていない",
            "使っていません",
            "使っていない",
            "未担当",
            "不参加",
            "関わらず",
            "担当外"
        ]
        .is_in(said)
    })
}
