//! What a line shows by itself: a rule, a title in bold, a title that says nothing.

use crate::resume::duration::find_durations;
use crate::resume::label::field_of;
use crate::resume::markup::Cleaned;
use crate::resume::period::{FoundPeriod, find_periods};

/// Bytes that may stand beside the bold part of a title.
const MAX_BESIDE_BYTES: usize = 240;

/// Returns whether a line is a rule: three or more of one sign, or the edge of a box.
pub(super) fn is_rule(content: &str) -> bool {
    let mut signs = content
        .chars()
        .filter(|character| !character.is_whitespace());
    let Some(first) = signs.next() else {
        return false;
    };
    if is_box(first) {
        return content.chars().count() >= 3
            && signs.all(|sign| is_box(sign) || matches!(sign, '-' | '='));
    }
    if !"-*_=＝ー－~〜～＊―—+/#＃・…\u{2010}\u{2011}\u{2012}\u{2013}".contains(first)
    {
        return false;
    }
    let mut count = 1;
    for sign in signs {
        if sign != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// Returns whether boxes are drawn with this sign.
fn is_box(sign: char) -> bool {
    matches!(sign, '\u{2500}'..='\u{257F}')
}

/// Returns whether a container's title says only that there is more.
pub(super) fn says_open(title: &str) -> bool {
    let title: String = title
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    matches!(
        title.as_str(),
        "開く"
            | "ひらく"
            | "詳細"
            | "詳しく"
            | "もう少し詳しく"
            | "くわしく"
            | "詳しい話"
            | "詳細説明"
            | "詳しくはこちら"
            | "詳細はこちら"
            | "詳細を見る"
            | "詳細を開く"
            | "詳細を表示"
            | "クリックして展開"
            | "クリックして開く"
            | "クリックで展開"
            | "クリックで開く"
            | "クリックで詳細"
            | "ここをクリック"
            | "展開"
            | "展開する"
            | "もっと見る"
            | "続き"
            | "続きを読む"
            | "表示"
            | "表示する"
            | "中身"
            | "内容"
            | "折りたたみ"
            | "details"
            | "detail"
            | "more"
            | "showmore"
            | "readmore"
            | "show"
            | "expand"
            | "open"
            | "clicktoexpand"
            | "clickhere"
            | "seemore"
            | "seedetails"
    )
}

/// Returns whether a line is bold as a whole, or where only times and facts stand beside the bold.
pub(super) fn is_bold_heading(cleaned: &Cleaned) -> bool {
    let shown = cleaned.text.as_str();
    let Some(bold) = cleaned.bold.clone().filter(|bold| !bold.is_empty()) else {
        return false;
    };
    if shown.ends_with('。') {
        return false;
    }
    let before = shown[..bold.start].trim();
    let rest = shown[bold.end..].trim();
    if !before.is_empty() {
        return rest.is_empty() && is_time(before);
    }
    let title = &shown[bold];
    rest.is_empty()
        || is_time(title) && states_time(title) && rest.len() <= MAX_BESIDE_BYTES
        || rest.starts_with(['(', '（', '[', '［'])
        || rest.starts_with(|character: char| character.is_ascii_digit())
        || rest.len() <= MAX_BESIDE_BYTES && states_time(rest)
}

/// Returns whether a line begins with a label in bold and goes on with its value: 「**在籍期間** 2016年4月〜」.
pub(super) fn has_bold_label(cleaned: &Cleaned) -> bool {
    let shown = cleaned.text.as_str();
    cleaned.bold.clone().is_some_and(|bold| {
        bold.start == 0 && !shown[bold.end..].trim().is_empty() && field_of(&shown[bold]).is_some()
    })
}

/// Returns whether a text states a stretch of time.
pub(super) fn states_time(text: &str) -> bool {
    !find_durations(text).is_empty() || find_periods(text).iter().any(FoundPeriod::is_stretch)
}

/// Returns whether a text is a period and nothing else.
fn is_time(text: &str) -> bool {
    find_periods(text).first().is_some_and(|period| {
        let beside = text.len() - (period.range.end - period.range.start);
        beside <= 12
    })
}
