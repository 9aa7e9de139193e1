//! What stands before a title: numbers, signs, tags, 「勤務先：」.

use shokureki_index::lexicon::has_legal_form;

use crate::resume::bracket::opens;

/// Takes numbers, signs and bracketed tags off the beginning of a title.
pub(in crate::resume) fn strip_lead(title: &str) -> &str {
    let mut title = title.trim();
    loop {
        let before = title;
        for (open, close) in [('【', '】'), ('[', ']'), ('［', '］'), ('＜', '＞')] {
            if let Some(inner) = title.strip_prefix(open)
                && let Some((tag, rest)) = inner.split_once(close)
                && !rest.trim().is_empty()
                && tag.chars().count() <= 12
            {
                title = rest.trim();
            }
        }
        for lead in [
            "職歴",
            "職務経歴",
            "会社名",
            "勤務先",
            "所属",
            "在籍企業",
            "会社",
            "現職",
            "前職",
            "前々職",
            "現在",
            "屋号",
        ] {
            if let Some(rest) = title.strip_prefix(lead)
                && let Some(rest) = rest.trim_start().strip_prefix([':', '：'])
            {
                title = rest.trim();
            }
        }
        title = strip_turn(title);
        title = strip_number(title);
        title = title
            .trim_start_matches(|sign: char| {
                let is_legal_form = ('\u{3220}'..='\u{33FF}').contains(&sign);
                !sign.is_alphanumeric()
                    && !opens(sign)
                    && !is_legal_form
                    && !"「『\"'“‘〇○◯△×*＊.#@~〜～".contains(sign)
            })
            .trim_start();
        if title == before {
            return title;
        }
    }
}

/// Returns whether a title counts employers: 「１社目：」「3社目 」.
pub(in crate::resume) fn counts_employers(title: &str) -> bool {
    let title = title.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let rest = title.trim_start_matches(char::is_numeric);
    rest.len() < title.len() && rest.starts_with("社目")
}

/// Takes the word for which stay it was off a company: 「いま 株式会社A」, 「前職　B株式会社」, 「2つ目 C(株)」.
fn strip_turn(title: &str) -> &str {
    let Some((turn, rest)) = title.split_once([' ', '\u{3000}', '｜', '|', '／', '/']) else {
        return title;
    };
    let turn = turn.trim_matches(|sign: char| !sign.is_alphanumeric());
    let counted = turn.trim_start_matches(|sign: char| {
        sign.is_numeric() || "一二三四五六七八九十".contains(sign)
    });
    let is_counted =
        counted.len() < turn.len() && ["つ目", "番目", "件目", "社"].contains(&counted);
    let is_turn = is_counted
        || [
            "いま",
            "今",
            "現在",
            "現職",
            "現社",
            "現",
            "現所属",
            "今の会社",
            "いまの会社",
            "前職",
            "前々職",
            "前前職",
            "前",
            "前の会社",
            "前社",
            "直近",
            "直前",
            "以前",
            "その前",
            "その次",
            "次",
            "最初",
            "最初の会社",
            "はじめ",
            "新卒",
            "新卒入社",
            "初職",
            "過去",
            "古巣",
            "Now",
            "Current",
            "Previous",
            "Past",
            "First",
        ]
        .contains(&turn);
    let rest = rest.trim_start();
    if is_turn && has_legal_form(rest.split([' ', '\u{3000}']).next().unwrap_or("")) {
        rest
    } else {
        title
    }
}

/// Takes 「5-2. 」「1.」「２社目：」「(3)」 off the beginning.
fn strip_number(title: &str) -> &str {
    if let Some(rest) = bracketed_number(title).or_else(|| counted(title)) {
        return rest;
    }
    let is_number = |character: char| {
        character.is_numeric() || matches!(character, '-' | '－' | '.' | '．' | '〜' | '~')
    };
    let rest = title.trim_start_matches(is_number);
    if rest.len() < title.len() {
        if let Some(after) = rest.strip_prefix("社目") {
            let signs = [
                ':', '：', '.', '、', ' ', '\u{3000}', '｜', '|', '／', '/', '－', '-', '―', '→',
            ];
            let behind = after.trim_start_matches(signs);
            return if behind.is_empty() || behind.len() == after.len() {
                title
            } else {
                behind
            };
        }
        let number = &title[..title.len() - rest.len()];
        let ends_number = number.ends_with(['.', '．'])
            || rest.starts_with([' ', '\u{3000}', ')', '）', ':', '：']);
        let count = number
            .chars()
            .filter(|character| character.is_numeric())
            .count();
        if ends_number && count <= 3 {
            return rest.trim_start_matches([' ', '\u{3000}', ')', '）', ':', '：']);
        }
    }
    title
}

/// Takes 「No.3 」「No4. 」 off the beginning of a title.
fn counted(title: &str) -> Option<&str> {
    let number = title
        .strip_prefix("No")
        .or_else(|| title.strip_prefix("NO"))?;
    let number = number.trim_start_matches(['.', '．', ' ']);
    let rest = number.trim_start_matches(char::is_numeric);
    let bare = rest.trim_start_matches(['.', '．', ':', '：', '、', ' ', '\u{3000}']);
    let is_counted = rest.len() < number.len() && bare.len() < rest.len();
    (is_counted && bare.starts_with(char::is_alphanumeric)).then_some(bare)
}

/// Takes 「(1) 」「[07] 」「（３）」「（二）」 off the beginning.
fn bracketed_number(title: &str) -> Option<&str> {
    let inner = title.strip_prefix(['(', '（', '[', '［', '〔'])?;
    let is_count = |sign: char| sign.is_numeric() || "一二三四五六七八九十".contains(sign);
    let rest = inner.trim_start_matches(is_count);
    let count = inner[..inner.len() - rest.len()].chars().count();
    let rest = rest
        .strip_prefix([')', '）', ']', '］', '〕'])?
        .trim_start();
    ((1..=3).contains(&count) && !rest.is_empty()).then_some(rest)
}
