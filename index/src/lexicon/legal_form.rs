//! The legal form in a company's name, before or after it: 株式会社, Inc. and their like.

use std::borrow::Cow;

use super::load::name_key;
use crate::analysis::{WordList, is_key_letter};
use crate::words;

/// Legal forms as normalized text, longest first where one begins another. Written before or after
/// the name.
const LEGAL_FORMS: &WordList = words![
    "地方独立行政法人",
    "特定非営利活動法人",
    "国立研究開発法人",
    "国立大学法人",
    "独立行政法人",
    "公立大学法人",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "社会福祉法人",
    "税理士法人",
    "監査法人",
    "弁護士法人",
    "医療法人社団",
    "医療法人財団",
    "医療法人",
    "宗教法人",
    "学校法人",
    "社団法人",
    "財団法人",
    "面白法人",
    "npo法人",
    "特定目的会社",
    "有限責任事業組合",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "相互会社",
    "(特非)",
    "(一社)",
    "(一財)",
    "(公社)",
    "(公財)",
    "(学)",
    "(独)",
    "(株)",
    "(有)",
    "(合)",
    "(同)",
    "(資)",
    "(名)",
    "㈱",
    "㈲",
];

/// Latin legal forms, normalized, without dots and commas; each may only end a name, as a word.
const LATIN_LEGAL_FORMS: &[&[&str]] = &[
    &["co", "ltd"],
    &["pte", "ltd"],
    &["pty", "ltd"],
    &["company", "limited"],
    &["incorporated"],
    &["corporation"],
    &["limited"],
    &["company"],
    &["gmbh"],
    &["corp"],
    &["inc"],
    &["ltd"],
    &["llc"],
    &["llp"],
    &["plc"],
    &["kk"],
    &["gk"],
    &["co"],
    &["ag"],
    &["bv"],
    &["sa"],
];

/// The name without legal forms before and after it, and without the spaces around it; `name`
/// itself, trimmed, where nothing else would be left.
pub fn strip_legal_form(name: &str) -> &str {
    let whole = name.trim();
    let mut rest = whole;
    loop {
        let shorter = strip_front(strip_latin_back(strip_back(rest)));
        if shorter == rest {
            break;
        }
        if shorter.is_empty() {
            return whole;
        }
        rest = shorter;
    }
    rest
}

/// Whether the name has a legal form before or after it.
pub fn has_legal_form(name: &str) -> bool {
    let whole = name.trim();
    strip_front(whole) != whole || strip_back(whole) != whole || strip_latin_back(whole) != whole
}

/// Ends of names that are domains, normalized, as they are said and as they are written.
const SPOKEN_DOMAINS: [(&str, &str); 4] = [
    ("ドットコム", ".com"),
    ("ドットネット", ".net"),
    ("ドットジェイピ", ".jp"),
    ("ドットジェーピ", ".jp"),
];

/// The name without legal form, width, case and spaces: equal for the spellings of one employer.
pub(super) fn bare_employer(name: &str) -> String {
    let mut bare = name_key(strip_legal_form(name));
    bare.retain(|letter| !letter.is_whitespace());
    if let Some((spoken, written)) = spoken_domain(&bare) {
        bare.truncate(bare.len() - spoken.len());
        bare.push_str(written);
    }
    bare
}

/// Whether a name ends in a domain as it is said: 架空ドットコム.
pub fn has_spoken_domain(name: &str) -> bool {
    spoken_domain(&name_key(strip_legal_form(name))).is_some()
}

fn spoken_domain(bare: &str) -> Option<(&'static str, &'static str)> {
    SPOKEN_DOMAINS
        .into_iter()
        .find(|(spoken, _)| bare.ends_with(spoken) && bare.len() > spoken.len())
}

fn strip_back(name: &str) -> &str {
    strip_edge(name, Edge::Back)
}

fn strip_front(name: &str) -> &str {
    strip_edge(name, Edge::Front)
}

#[derive(Clone, Copy)]
enum Edge {
    Front,
    Back,
}

/// Longest legal form, in characters.
const MAX_FORM_CHARS: usize = 10;

/// Drops one legal form from an edge of `name`, comparing with width and case folded, so that the
/// result is a slice of the original.
fn strip_edge(name: &str, edge: Edge) -> &str {
    // ㈱ is three characters once folded, so the lengths of name and form are tried apart; the
    // longest edge first, for 国立大学法人 ends in no shorter form's place.
    let outermost = match edge {
        Edge::Front => name.chars().next(),
        Edge::Back => name.chars().next_back(),
    };
    if !outermost.is_some_and(|letter| may_be_outermost(letter, edge)) {
        return name;
    }
    if is_written_plainly(name, edge) {
        let form = match edge {
            Edge::Front => LEGAL_FORMS.longest_of(name),
            Edge::Back => LEGAL_FORMS.longest_last_of(name),
        };
        return form.map_or(name, |form| {
            let rest = match edge {
                Edge::Front => &name[form.len()..],
                Edge::Back => &name[..name.len() - form.len()],
            };
            rest.trim()
        });
    }
    let mut longest = None;
    for taken in 1..=MAX_FORM_CHARS {
        let Some((part, rest)) = split_edge(name, edge, taken) else {
            break;
        };
        // Most forms are written as the list has them, and need no folding.
        let folded = if is_edge_of_form(part, edge) {
            Cow::Borrowed(part)
        } else {
            Cow::Owned(name_key(part))
        };
        if !is_edge_of_form(&folded, edge) {
            break;
        }
        if LEGAL_FORMS.has(&folded) {
            longest = Some(rest);
        }
    }
    longest.map_or(name, str::trim)
}

/// Whether no letter of a name that may be of a form need be folded to compare it with the list.
fn is_written_plainly(name: &str, edge: Edge) -> bool {
    match edge {
        Edge::Front => name.chars().take(MAX_FORM_CHARS).all(is_key_letter),
        Edge::Back => name.chars().rev().take(MAX_FORM_CHARS).all(is_key_letter),
    }
}

/// Whether a legal form begins or ends with `part`.
fn is_edge_of_form(part: &str, edge: Edge) -> bool {
    let forms = LEGAL_FORMS.iter().filter(|form| form.len() >= part.len());
    match edge {
        // The last letter tells most forms apart, and costs no call.
        Edge::Front => forms
            .filter(|form| form.as_bytes()[part.len() - 1] == part.as_bytes()[part.len() - 1])
            .any(|form| form.starts_with(part)),
        Edge::Back => forms
            .filter(|form| form.as_bytes()[form.len() - part.len()] == part.as_bytes()[0])
            .any(|form| form.ends_with(part)),
    }
}

/// Whether a legal form may begin or end with the letter: spares most names the folding.
fn may_be_outermost(letter: char, edge: Edge) -> bool {
    // Full-width letters and brackets, and the signs that stand for a whole form.
    let is_sign = ('\u{3220}'..='\u{33FF}').contains(&letter)
        || matches!(letter, '(' | '（' | ')' | '）' | '\u{FE59}' | '\u{FE5A}');
    is_sign
        || match edge {
            Edge::Front => {
                "地特国独公一社税監弁医宗学財面有株合相".contains(letter)
                    || matches!(letter, 'n' | 'N' | 'ｎ' | 'Ｎ')
            }
            Edge::Back => "人団社会合".contains(letter),
        }
}

/// The first or last `taken` characters of `name`, and the others.
fn split_edge(name: &str, edge: Edge, taken: usize) -> Option<(&str, &str)> {
    match edge {
        Edge::Front => {
            let (at, last) = name.char_indices().nth(taken - 1)?;
            let at = at + last.len_utf8();
            Some((&name[..at], &name[at..]))
        }
        Edge::Back => {
            let (at, _) = name.char_indices().rev().nth(taken - 1)?;
            Some((&name[at..], &name[..at]))
        }
    }
}

/// Drops `, Inc.`, ` Co., Ltd.`, ` K.K.` from the end.
fn strip_latin_back(name: &str) -> &str {
    let last = name.trim_end().trim_end_matches(POINTS).chars().next_back();
    if !last.is_some_and(is_latin) {
        return name;
    }
    for form in LATIN_LEGAL_FORMS {
        if let Some(rest) = strip_latin_words(name, form)
            && !rest.is_empty()
        {
            return rest;
        }
    }
    name
}

fn strip_latin_words<'a>(name: &'a str, words: &[&str]) -> Option<&'a str> {
    let mut rest = name;
    for word in words.iter().rev() {
        rest = strip_latin_word(rest, word)?;
    }
    let trimmed = rest.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | '，' | '、' | '.' | '．')
    });
    // The form must be a word of its own: Costco ends in no legal form.
    let is_word = trimmed.len() < rest.len()
        || trimmed
            .chars()
            .next_back()
            .is_none_or(|letter| !letter.is_alphanumeric() || !is_latin(letter));
    is_word.then_some(trimmed)
}

/// Signs that may stand between and behind the letters of a Latin form.
const POINTS: [char; 4] = ['.', '．', ',', '，'];

/// Drops `word` from the end of `name`, letting dots stand between and after its letters.
fn strip_latin_word<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = name.trim_end();
    for expected in word.chars().rev() {
        rest = rest.trim_end_matches(POINTS);
        let last = rest.chars().next_back()?;
        if fold_latin(last) != expected {
            return None;
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    let before = rest.chars().next_back();
    if before.is_some_and(|letter| is_latin(letter) || letter.is_ascii_digit()) {
        return None;
    }
    Some(rest)
}

/// The letter in half width and lower case.
fn fold_latin(letter: char) -> char {
    let code = u32::from(letter);
    let half = if (0xff01..=0xff5e).contains(&code) {
        char::from_u32(code - 0xfee0).unwrap_or(letter)
    } else {
        letter
    };
    half.to_ascii_lowercase()
}

fn is_latin(letter: char) -> bool {
    fold_latin(letter).is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_bare(name: &str, expected: &str) {
        assert_eq!(bare_employer(name), expected, "{name:?}");
    }

    #[test]
    fn legal_forms_go_from_both_ends() {
        for name in [
            "株式会社ドワンゴ",
            "ドワンゴ",
            "（株）ドワンゴ",
            "㈱ドワンゴ",
            "(株) ドワンゴ",
            "ドワンゴ株式会社",
            "㍿ドワンゴ",
            "ﾄﾞﾜﾝｺﾞ㈱",
        ] {
            check_bare(name, "ドワンゴ");
        }
        check_bare("株式会社 SBI 証券", "sbi証券");
        check_bare("Example Co., Ltd.", "example");
        check_bare("Example Inc.", "example");
        check_bare("Example, Inc", "example");
        check_bare("Ｅｘａｍｐｌｅ　Ｃｏｒｐ．", "example");
        check_bare("Example K.K.", "example");
        check_bare("Costco", "costco");
        check_bare("Princo", "princo");
        check_bare("国立大学法人北嶺大学", "北嶺大学");
        check_bare("面白法人カヤック", "カヤック");
        check_bare("株式会社", "株式会社");
        check_bare("架空ドットコム株式会社", "架空.com");
        check_bare("合同会社架空.com", "架空.com");
        check_bare("ドットコム株式会社", "ドットコム");
        check_bare("", "");
    }

    #[test]
    fn the_stripped_name_is_a_slice_of_the_original() {
        assert_eq!(strip_legal_form("　（株）ドワンゴ "), "ドワンゴ");
        assert_eq!(strip_legal_form("Acme Widgets Co., Ltd."), "Acme Widgets");
        assert!(has_legal_form("合同会社あさぎ"));
        assert!(has_legal_form("Acme LLC"));
        assert!(!has_legal_form("あさぎ情報サービス"));
    }

    #[test]
    fn each_form_may_begin_and_end_a_name() {
        for form in LEGAL_FORMS.iter() {
            let (first, last) = (form.chars().next(), form.chars().next_back());
            let begins = first.is_some_and(|letter| may_be_outermost(letter, Edge::Front));
            let ends = last.is_some_and(|letter| may_be_outermost(letter, Edge::Back));
            assert!(begins && ends, "{form}");
        }
    }
}
