//! Who an employer is, from the name that a résumé gives.
//!
//! A name becomes an identity by dropping the legal form (株式会社, Inc. …), width, case and spaces.
//! Nothing here knows of people or dates.

use crate::analysis::normalized_key;

/// Legal forms as normalized text, longest first where one begins another. Written before or after
/// the name.
const LEGAL_FORMS: &[&str] = &[
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

/// Words that only an invented or hidden employer has.
const HIDDEN_WORDS: &[&str] = &[
    "〇〇",
    "○○",
    "●●",
    "◯◯",
    "△△",
    "□□",
    "××",
    "xxx",
    "***",
    "***",
    "某",
    "匿名",
    "非公開",
    "社名非",
];

/// Kinds of company: a name that is only these and their adjectives names nobody.
const GENERIC_ENDINGS: &[&str] = &[
    "sier",
    "si企業",
    "ses企業",
    "ses",
    "企業",
    "会社",
    "メーカ",
    "メーカー",
    "ベンチャ",
    "ベンチャー",
    "ファーム",
    "スタートアップ",
    "事業者",
    "ベンダ",
    "ベンダー",
    "事務所",
    "代理店",
    "商社",
    "銀行",
    "証券",
    "通信キャリア",
    "キャリア",
    "自社開発",
];

/// Adjectives of an employer that is described instead of named.
const GENERIC_OPENINGS: &[&str] = &[
    "大手",
    "中堅",
    "中小",
    "外資",
    "日系",
    "国内",
    "都内",
    "首都圏",
    "関東",
    "関西",
    "東京",
    "大阪",
    "名古屋",
    "福岡",
    "地方",
    "地元",
    "上場",
    "東証",
    "it",
    "ec",
    "ai",
    "web",
    "ses",
    "saas",
    "独立系",
    "準大手",
    "受託",
    "自社",
    "人材",
    "医療系",
    "金融系",
    "製造系",
    "ゲーム",
    "ソフトウェア",
    "システム開発",
    "コンサル",
    "スタートアップ",
    "ベンチャ",
];

/// Words for working on one's own account.
const SELF_EMPLOYMENT: &[&str] = &[
    "個人事業主",
    "個人事業",
    "フリーランス",
    "フリーエンジニア",
    "フリーのエンジニア",
    "自営業",
    "自営",
    "freelance",
    "freelancer",
    "self-employed",
    "selfemployed",
    "self employed",
    "個人開発",
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

/// The name without legal form, width, case and spaces: equal for the spellings of one employer.
pub(super) fn bare_employer(name: &str) -> String {
    normalized_key(strip_legal_form(name))
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// Whether the name hides who the employer was: A社, 某社, 大手EC企業, 1社目, 株式会社〇〇, 株式会社R.
pub fn is_anonymous_employer(name: &str) -> bool {
    if is_self_employment(name) {
        return false;
    }
    let bare = bare_employer(name);
    if HIDDEN_WORDS.iter().any(|word| bare.contains(word)) {
        return true;
    }
    if has_legal_form(name) {
        // A described company with a legal form is a name (東京ソフトウェア株式会社).
        return is_placeholder(&bare);
    }
    is_ordinal_company(&bare) || is_lettered_company(&bare) || is_described(&bare)
}

/// Whether the name says that the person worked for themselves: 個人事業主, フリーランス.
pub fn is_self_employment(name: &str) -> bool {
    let key = normalized_key(name);
    let words: String = key
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    SELF_EMPLOYMENT.iter().any(|word| {
        words.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(['(', '[', '【', '/', '・', ':', '、', ',', '-', '~'])
                || rest.starts_with("として")
                || rest.starts_with("エンジニア")
                || SELF_EMPLOYMENT.contains(&rest)
        }) || words.ends_with(&format!("({word})"))
    })
}

/// One letter or mark in the place of a name.
fn is_placeholder(bare: &str) -> bool {
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only.is_ascii_alphabetic() || is_mark(only),
        (Some(first), Some('社')) if letters.next().is_none() => first.is_ascii_alphabetic(),
        _ => bare.chars().all(is_mark) && !bare.is_empty(),
    }
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '〇' | '○' | '●' | '◯' | '△' | '□' | '×' | '*' | '＊' | '☆' | '_' | '-' | '?'
    )
}

/// 1社目, 二社目, 現職, 前職.
fn is_ordinal_company(bare: &str) -> bool {
    if matches!(
        bare,
        "現職" | "前職" | "前々職" | "前前職" | "自社" | "他社" | "同社"
    ) {
        return true;
    }
    let number = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|digit| digit.is_ascii_digit() || "一二三四五六七八九十".contains(digit))
    };
    bare.strip_suffix("社目").is_some_and(number)
        || bare
            .strip_prefix("第")
            .and_then(|rest| rest.strip_suffix('社'))
            .is_some_and(number)
}

/// A社, b社様, SES A社, 企業A, 会社B, a company.
fn is_lettered_company(bare: &str) -> bool {
    let bare = bare.strip_suffix('様').unwrap_or(bare);
    let head = bare.split_once('(').map_or(bare, |(head, _)| head);
    for prefix in ["企業", "会社", "company", "クライアント"] {
        if let Some(rest) = head.strip_prefix(prefix)
            && is_one_letter(rest)
        {
            return true;
        }
    }
    let Some(front) = head.strip_suffix('社') else {
        return false;
    };
    if is_one_letter(front) {
        return true;
    }
    // 証券A社: a letter that no other Latin letter precedes.
    let mut back = front.chars().rev();
    back.next().is_some_and(|last| last.is_ascii_alphabetic())
        && back
            .next()
            .is_some_and(|before| !before.is_ascii_alphanumeric() && before != '.')
}

fn is_one_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// 大手SIer, 大手EC企業, 外資系コンサルティングファーム, 都内のSES企業.
fn is_described(bare: &str) -> bool {
    let head = bare.split_once('(').map_or(bare, |(head, _)| head);
    let ends = GENERIC_ENDINGS.iter().any(|ending| head.ends_with(ending));
    let opens = GENERIC_OPENINGS
        .iter()
        .any(|opening| head.starts_with(opening));
    let tells = head.contains("系") || head.contains('の') || head.contains("向け");
    if GENERIC_ENDINGS.contains(&head) {
        return true;
    }
    // 大手町〇〇 is a place: the adjective alone needs no ending only in 大手SIer and the like.
    let closes_a_name =
        head.ends_with("銀行") || head.ends_with("証券") || head.ends_with("事務所");
    if closes_a_name {
        return head.starts_with("大手") || head.starts_with("外資") || head.contains("系");
    }
    ends && (opens || tells)
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

/// Drops one legal form from an edge of `name`, comparing character by character with width and
/// case folded, so that the result is a slice of the original.
fn strip_edge(name: &str, edge: Edge) -> &str {
    for form in LEGAL_FORMS {
        if let Some(rest) = strip_folded(name, form, edge) {
            return rest.trim_matches(|letter: char| letter.is_whitespace() || letter == '　');
        }
    }
    name
}

fn strip_folded<'a>(name: &'a str, form: &str, edge: Edge) -> Option<&'a str> {
    let wanted = form.chars().count();
    // ㈱ is three characters once folded: the edge to compare may be shorter than the form.
    for taken in 1..=wanted {
        let (part, rest) = match edge {
            Edge::Front => {
                let at = name
                    .char_indices()
                    .nth(taken)
                    .map_or(name.len(), |(at, _)| at);
                (&name[..at], &name[at..])
            }
            Edge::Back => {
                let at = name
                    .char_indices()
                    .rev()
                    .nth(taken - 1)
                    .map_or(0, |(at, _)| at);
                (&name[at..], &name[..at])
            }
        };
        if part.chars().count() == taken && normalized_key(part) == form {
            return Some(rest);
        }
    }
    None
}

/// Drops `, Inc.`, ` Co., Ltd.`, ` K.K.` from the end.
fn strip_latin_back(name: &str) -> &str {
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

/// Drops `word` from the end of `name`, letting dots stand between and after its letters.
fn strip_latin_word<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = name.trim_end();
    for expected in word.chars().rev() {
        rest = rest.trim_end_matches(['.', '．', ',', '，']);
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
