//! Titles of jobs: which part names the employer, which the role, and how the person is employed.

use std::ops::Range;

use shokureki_index::lexicon::{
    Lexicon, has_legal_form, is_anonymous_employer, is_self_employment,
};

use crate::domain::{EmployerName, EmploymentKind};

use super::bracket::{CLOSE, closes, opens, without_brackets};
use super::facts::{Signs, parts};

/// How surely a text names an employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Nothing says so.
    None,
    /// It reads like an institution (市役所, 研究所).
    Likely,
    /// A legal form, a well-known company, self-employment, or a hidden one.
    Sure,
}

/// Ends of names of institutions.
const INSTITUTIONS: &[&str] = &[
    "役場",
    "市役所",
    "県庁",
    "研究所",
    "研究室",
    "試験場",
    "病院",
    "銀行",
    "事務所",
    "図書館",
    "工場",
    "支店",
    "センター",
    "商店",
    "ホールディングス",
    "グループ",
    "製作所",
    "工房",
    "スタジオ",
    "機構",
    "協会",
    "組合",
    "財団",
    "大学",
    "大学院",
    "高専",
    "学校",
    "庁",
    "省",
    "コーポレーション",
    "テクノロジーズ",
    "ソリューションズ",
    "システムズ",
    "ラボ",
    "ワークス",
    "カンパニー",
    "インターネット",
    "新聞社",
    "出版社",
    "Inc.",
    "Ltd.",
    "LLC",
    "GmbH",
];

/// What a job's title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct JobTitle {
    /// The employer as written.
    pub(super) name: String,
    /// Other names in brackets.
    pub(super) aliases: Vec<String>,
    /// What is left: role, product, department.
    pub(super) rest: Vec<String>,
    /// What stands before the employer and is neither role nor kind: 「会員アプリ @株式会社A」.
    pub(super) lead: Option<String>,
    /// The product or project behind 「｜」.
    pub(super) product: Option<String>,
}

/// Characters that a name without a legal form may have.
const MAX_PLAIN_NAME_CHARS: usize = 40;

/// Tells how surely `text` names an employer.
pub(super) fn strength(text: &str, lexicon: &Lexicon) -> Strength {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 90 || text.contains('。') {
        return Strength::None;
    }
    let outside = without_brackets(text);
    let outside = outside.trim();
    if has_legal_form(text)
        || has_legal_form(outside)
        || leading_company(outside).is_some()
        || is_self_employment(outside)
        || is_self_employment(text)
    {
        return Strength::Sure;
    }
    if outside.chars().count() > MAX_PLAIN_NAME_CHARS {
        return Strength::None;
    }
    if is_hidden(outside) {
        let is_work = super::job::reads_like_work(outside) && !is_numbered(text);
        return if is_work {
            Strength::None
        } else {
            Strength::Sure
        };
    }
    if is_numbered(text) {
        return Strength::Sure;
    }
    if lexicon.company(outside).is_some() {
        return Strength::Sure;
    }
    let is_institution = INSTITUTIONS.iter().any(|end| outside.ends_with(end))
        && outside.chars().count() <= 24
        && !outside.contains(['の', 'を']);
    if is_institution {
        Strength::Likely
    } else {
        Strength::None
    }
}

/// Returns the first word of a text where it ends in a legal form: 「丸紫ホールディングス株式会社 CSIRT」.
fn leading_company(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once([' ', '\u{3000}'])?;
    let ends_in_form = has_legal_form(first)
        && !is_bare_form(first)
        && [
            "株式会社",
            "有限会社",
            "合同会社",
            "(株)",
            "（株）",
            "㈱",
            "㈲",
            "(有)",
            "（有）",
        ]
        .iter()
        .any(|form| first.ends_with(form));
    (ends_in_form && !rest.trim().is_empty()).then_some(first)
}

/// Returns whether a title counts employers: １社目.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| {
        character.is_numeric() || "一二三四五六七八九十".contains(character)
    });
    rest.len() < text.len() && rest.starts_with("社目")
}

/// Returns whether a name hides its employer: A社, 大手SIer, １社目, インターン, 派遣.
pub(super) fn is_hidden(name: &str) -> bool {
    let name = name.trim();
    // 有限会社C is a company's name; 株式会社○○ is none.
    let is_blank = name.contains(['○', '●', '〇', '◯', '*', '＊', '×', '△']) || name.contains("XX");
    if has_legal_form(name) && !is_blank {
        return false;
    }
    if is_anonymous_employer(name) {
        return true;
    }
    if matches!(
        name,
        "インターン"
            | "インターンシップ"
            | "社名非公開"
            | "アルバイト"
            | "派遣"
            | "派遣社員"
            | "副業"
            | "パート"
    ) {
        return true;
    }
    if name.ends_with("会社") && !has_legal_form(name) {
        return true;
    }
    let digits = name.trim_end_matches("社目");
    digits.len() < name.len()
        && !digits.is_empty()
        && digits
            .chars()
            .all(|character| character.is_numeric() || "一二三四五六七八九十".contains(character))
}

/// Splits a job's title (its period taken out) into the employer's name and the rest.
pub(super) fn job_title(title: &str, lexicon: &Lexicon) -> JobTitle {
    let title = strip_lead(title);
    let mut job = JobTitle::default();
    if let Some((name, rest)) = quoted_name(title, lexicon) {
        split_name(name, lexicon, &mut job);
        let rest = rest.trim_matches(['(', '（', ')', '）', ' ', '\u{3000}', '：', ':']);
        if !rest.is_empty() {
            job.rest.push(rest.to_owned());
        }
        return job;
    }
    let parts = name_parts(title, lexicon);
    let best = best_part(title, &parts, lexicon);
    for (index, part) in parts.iter().enumerate() {
        if index == best {
            continue;
        }
        let text = &title[part.clone()];
        let is_behind_bar = title[..part.start].trim_end().ends_with(['｜', '|']);
        let is_product = is_behind_bar && !names_role(text) && kind_of(text).is_none();
        if is_product && job.product.is_none() {
            job.product = Some(text.to_owned());
        }
        if index < best && !names_role(text) && kind_of(text).is_none() && job.lead.is_none() {
            job.lead = Some(text.to_owned());
        }
        job.rest.push(text.to_owned());
    }
    let chosen = parts.get(best).map_or(title, |part| &title[part.clone()]);
    let chosen = match role_and_company(chosen) {
        Some((role, company)) if strength(chosen, lexicon) < Strength::Sure || names_role(role) => {
            job.rest.push(role.to_owned());
            company
        }
        _ => chosen,
    };
    split_name(chosen, lexicon, &mut job);
    job
}

/// Splits 「【株式会社アオバ】（正社員）」: the name that stands alone in brackets, and the rest.
fn quoted_name<'a>(title: &'a str, lexicon: &Lexicon) -> Option<(&'a str, &'a str)> {
    [
        ('【', '】'),
        ('〔', '〕'),
        ('[', ']'),
        ('［', '］'),
        ('「', '」'),
        ('『', '』'),
        ('＜', '＞'),
        ('<', '>'),
    ]
    .into_iter()
    .find_map(|(open, close)| {
        let (name, rest) = title.strip_prefix(open)?.split_once(close)?;
        let is_name =
            strength(name, lexicon) == Strength::Sure && strength(rest, lexicon) != Strength::Sure;
        is_name.then_some((name.trim(), rest.trim()))
    })
}

/// Splits a title into parts, a legal form alone joined to its neighbour and two companies that
/// stand side by side kept as one: 「株式会社オカジマ人材 / KSR株式会社」.
fn name_parts(title: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for part in parts(title, Signs::Title) {
        let text = &title[part.clone()];
        if let Some(last) = joined.last_mut() {
            let before = &title[last.clone()];
            let is_glued = is_bare_form(before) || is_bare_form(text);
            let is_name = |text: &str| !names_role(text) && kind_of(text).is_none();
            let is_pair = title[last.end..part.start].contains(['/', '／', '→'])
                && (has_legal_form(before) && has_legal_form(text)
                    || is_name(before)
                        && is_name(text)
                        && strength(before, lexicon) < Strength::Sure
                        && strength(text, lexicon) < Strength::Sure);
            if is_glued || is_pair {
                last.end = part.end;
                continue;
            }
        }
        joined.push(part);
    }
    joined
}

/// Words for what happened, which name nobody.
const EVENT_WORDS: [&str; 14] = [
    "入社",
    "退社",
    "退職",
    "入職",
    "入所",
    "開業",
    "廃業",
    "独立",
    "着任",
    "転籍",
    "出向",
    "現在に至る",
    "現職",
    "前職",
];

/// Returns the index of the part that names the employer best; of the first that is neither role
/// nor kind where none does.
fn best_part(title: &str, parts: &[Range<usize>], lexicon: &Lexicon) -> usize {
    let says_little = |text: &str| {
        let outside = without_brackets(text);
        let outside = outside.trim();
        kind_of(outside).is_some() && outside.chars().count() <= 8 && !is_self_employment(outside)
            || EVENT_WORDS.contains(&outside)
    };
    let of = |wanted: Strength| {
        parts.iter().position(|part| {
            let text = &title[part.clone()];
            strength(text, lexicon) == wanted && !(parts.len() > 1 && says_little(text))
        })
    };
    parts
        .iter()
        .position(|part| has_legal_form(&without_brackets(&title[part.clone()])))
        .or_else(|| of(Strength::Sure))
        .or_else(|| of(Strength::Likely))
        .or_else(|| {
            parts.iter().position(|part| {
                let outside = without_brackets(&title[part.clone()]);
                !names_role(outside.trim()) && kind_of(&outside).is_none()
            })
        })
        .unwrap_or(0)
}

/// Splits 「Senior Engineer, Kitsunebi Inc., Tokyo Branch」: the role, and the company without its
/// branch.
fn role_and_company(title: &str) -> Option<(&str, &str)> {
    const ROLES: [&str; 10] = [
        "Engineer",
        "Developer",
        "Manager",
        "Designer",
        "Architect",
        "Intern",
        "Lead",
        "Consultant",
        "Analyst",
        "Programmer",
    ];
    let (role, rest) = title.split_once(", ")?;
    if !ROLES.iter().any(|word| role.ends_with(word)) || rest.trim().is_empty() {
        return None;
    }
    let branch = rest
        .match_indices(", ")
        .map(|(at, _)| at)
        .find(|at| !is_bare_form(rest[at + 2..].split(['(', '（', ',']).next().unwrap_or("")));
    let company = branch.map_or(rest, |at| &rest[..at]);
    Some((role.trim(), company.trim()))
}

/// Splits the part that names the employer: brackets behind it, and a role behind a blank.
fn split_name(chosen: &str, lexicon: &Lexicon, job: &mut JobTitle) {
    let mut name = chosen.trim();
    // Brackets at the end, from the outside in; a legal form in brackets belongs to the name.
    while let Some(open) = last_bracket(name) {
        let inside = name[open..].trim_matches(|sign| opens(sign) || closes(sign));
        let before = name[..open].trim();
        if before.is_empty() || is_legal_mark(inside) || is_self_employment(before) {
            break;
        }
        if let Some(sender) = dispatcher_of(inside) {
            // 「A社（派遣元：株式会社B）」: who sends is the employer.
            job.rest.push(before.to_owned());
            name = sender;
            continue;
        }
        if let Some(alias) = alias_of(inside).or_else(|| abbreviation_of(inside, before)) {
            job.aliases.push(alias.to_owned());
        } else {
            job.rest.push(inside.to_owned());
        }
        name = before;
    }
    // 「スーパー ヤマビコ アルバイト」: how one is employed stands last.
    let cut = name.rfind(['\u{3000}', ' ', ')', '）']);
    if let Some(at) = cut {
        let behind = at + name[at..].chars().next().map_or(1, char::len_utf8);
        let (first, last) = name.split_at(behind);
        let is_kind =
            kind_of(last).is_some() && last.chars().count() <= 12 || last.ends_with("エンジニア");
        if is_kind && !first.trim().is_empty() {
            job.rest.push(last.to_owned());
            return split_name(first.trim(), lexicon, job);
        }
    }
    if let Some(first) = leading_company(name) {
        job.rest.push(name[first.len()..].trim().to_owned());
        name = first;
    }
    for blank in ['\u{3000}', ' '] {
        let Some((first, rest)) = name.split_once(blank) else {
            continue;
        };
        let is_sure = strength(first, lexicon) >= Strength::Likely
            && !is_bare_form(first)
            && !is_bare_form(rest);
        if is_sure && names_role(rest) {
            job.rest.push(rest.trim().to_owned());
            name = first;
            break;
        }
    }
    // 「株式会社A 入社、現在に至る」
    for event in [" 入社", "\u{3000}入社", " 入職", "\u{3000}入職", " に入社"] {
        if let Some((before, _)) = name.split_once(event) {
            name = before.trim();
        }
    }
    for start in ["新卒で", "中途で", "新卒入社で", "転職して"] {
        name = name.strip_prefix(start).map_or(name, str::trim_start);
    }
    for end in [
        "としてのこと",
        "でのこと",
        "での仕事",
        "での業務",
        "での経験",
        "での開発",
        "のころ",
        "の頃",
        "時代",
        "にて勤務",
        "勤務",
        "所属",
        "に入社",
        "へ入社",
        "入社",
        "にて",
        "に在籍",
        "在籍",
        "に転職",
    ] {
        if let Some(shorter) = name.strip_suffix(end)
            && !shorter.trim().is_empty()
        {
            name = shorter.trim_end_matches(['に', 'へ']).trim();
            break;
        }
    }
    name = name.trim_matches([
        '「', '」', '、', ',', '・', ':', '：', ' ', '\u{3000}', '/', '／',
    ]);
    job.name = name.to_owned();
}

/// Returns whether a text is a legal form alone.
fn is_bare_form(text: &str) -> bool {
    matches!(
        text.trim(),
        "株式会社"
            | "有限会社"
            | "合同会社"
            | "(株)"
            | "㈱"
            | "Inc."
            | "Inc"
            | "Ltd."
            | "Ltd"
            | "Co.,"
            | "Co.,Ltd."
            | "LLC"
            | "K.K."
            | "Corporation"
            | "（株）"
            | "一般社団法人"
            | "co.,ltd"
    )
}

fn is_legal_mark(inside: &str) -> bool {
    matches!(inside.trim(), "株" | "有" | "合" | "同" | "一社" | "財")
}

/// Returns where the bracket that ends the name opens.
fn last_bracket(name: &str) -> Option<usize> {
    if !name.ends_with(CLOSE) {
        return None;
    }
    let mut depth = 0usize;
    for (at, character) in name.char_indices().rev() {
        if closes(character) {
            depth += 1;
        } else if opens(character) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Returns the company that sends a person to another.
fn dispatcher_of(inside: &str) -> Option<&str> {
    let rest = ["派遣元", "所属元", "雇用元", "出向元"]
        .iter()
        .find_map(|lead| inside.trim().strip_prefix(lead))?;
    let name = rest.trim_start_matches([':', '：', ' ', '\u{3000}']).trim();
    has_legal_form(name).then_some(name)
}

/// Returns what brackets hold where it shortens the name before them: 「湾岸生態研究所（湾研）」.
fn abbreviation_of<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let mut letters = name.chars();
    let is_shorter = (2..=12).contains(&inside.chars().count());
    (is_shorter
        && !names_role(inside)
        && inside
            .chars()
            .all(|wanted| letters.any(|letter| letter == wanted)))
    .then_some(inside)
}

/// Returns another name of the employer that brackets hold.
fn alias_of(inside: &str) -> Option<&str> {
    for lead in [
        "旧：",
        "旧:",
        "旧社名：",
        "旧社名:",
        "旧社名",
        "旧",
        "現：",
        "現:",
        "現社名",
        "現・",
        "現",
        "通称",
        "略称",
    ] {
        if let Some(alias) = inside.strip_prefix(lead)
            && !alias.starts_with(['在', '職', '役'])
        {
            return Some(alias.trim_matches(['「', '」', ' ', '、']));
        }
    }
    let is_reading = inside.chars().all(|character| {
        matches!(character, '\u{30A1}'..='\u{30FC}' | ' ' | '\u{3000}')
            || character.is_ascii_alphanumeric()
            || matches!(character, '.' | '&' | '-' | ',')
    });
    // 「（以下「東備」）」
    if let Some(short) = inside.strip_prefix("以下") {
        let short = short.trim_matches(['、', '「', '」', '『', '』', ' ', '\u{3000}']);
        return (!short.is_empty()).then_some(short);
    }
    (is_reading
        && inside.chars().count() >= 2
        && inside.chars().any(char::is_alphabetic)
        && kind_of(inside).is_none()
        && !names_role(inside))
    .then_some(inside)
}

/// Returns whether a text names a role or a department.
pub(super) fn names_role(text: &str) -> bool {
    const ROLES: [&str; 59] = [
        "メンバー",
        "作業員",
        "SL",
        "PMO",
        "担当者",
        "Developer",
        "Manager",
        "Designer",
        "Architect",
        "SRE",
        "Lead",
        "Leader",
        "Consultant",
        "Analyst",
        "Intern",
        "Scientist",
        "Researcher",
        "研究員",
        "スペシャリスト",
        "コンサルタント",
        "オペレーター",
        "オペレータ",
        "リード",
        "ヘルプデスク",
        "看護師",
        "講師",
        "リーダ",
        "補助員",
        "職員",
        "部",
        "課",
        "室",
        "チーム",
        "エンジニア",
        "マネージャ",
        "リーダー",
        "担当",
        "職",
        "インターン",
        "アルバイト",
        "本部",
        "グループ",
        "デザイナー",
        "プログラマ",
        "プログラマー",
        "開発者",
        "ディレクター",
        "代表",
        "取締役",
        "役員",
        "CTO",
        "PM",
        "SE",
        "PL",
        "顧問",
        "社員",
        "オーナー",
        "アーキテクト",
        "Engineer",
    ];
    if let Some((first, last)) = text.split_once('→') {
        return names_role(first.trim()) || names_role(last.trim());
    }
    if text.ends_with("研究室") {
        return false;
    }
    ROLES.iter().any(|role| text.ends_with(role))
        || ["エンジニア", "インターン", "事業部", "社員"]
            .iter()
            .any(|role| text.contains(role))
}

/// Takes numbers, signs and bracketed tags off the beginning of a title.
pub(super) fn strip_lead(title: &str) -> &str {
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

/// Takes 「5-2. 」「1.」「２社目：」「(3)」 off the beginning.
fn strip_number(title: &str) -> &str {
    if let Some(rest) = bracketed_number(title) {
        return rest;
    }
    let is_number = |character: char| {
        character.is_numeric() || matches!(character, '-' | '－' | '.' | '．' | '〜' | '~')
    };
    let rest = title.trim_start_matches(is_number);
    if rest.len() < title.len() {
        if let Some(after) = rest.strip_prefix("社目") {
            let after = after.trim_start();
            if let Some(after) = after.strip_prefix([':', '：', '.', '、', ' ']) {
                let after = after.trim();
                if !after.is_empty() {
                    return after;
                }
            }
            return title;
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

/// Takes 「(1) 」「[07] 」「（３）」 off the beginning.
fn bracketed_number(title: &str) -> Option<&str> {
    let inner = title.strip_prefix(['(', '（', '[', '［', '〔'])?;
    let rest = inner.trim_start_matches(char::is_numeric);
    let count = inner[..inner.len() - rest.len()].chars().count();
    let rest = rest
        .strip_prefix([')', '）', ']', '］', '〕'])?
        .trim_start();
    ((1..=3).contains(&count) && !rest.is_empty()).then_some(rest)
}

/// Reads how a person is employed.
pub(super) fn kind_of(text: &str) -> Option<EmploymentKind> {
    const KINDS: [(&str, EmploymentKind); 24] = [
        ("インターン", EmploymentKind::Intern),
        ("アルバイト", EmploymentKind::PartTime),
        ("パート", EmploymentKind::PartTime),
        ("フリーランス", EmploymentKind::Freelance),
        ("個人事業", EmploymentKind::Freelance),
        ("業務委託", EmploymentKind::Contract),
        ("準委任", EmploymentKind::Contract),
        ("契約社員", EmploymentKind::FixedTerm),
        ("嘱託", EmploymentKind::FixedTerm),
        ("派遣", EmploymentKind::Dispatched),
        ("代表取締役", EmploymentKind::Executive),
        ("代表社員", EmploymentKind::Executive),
        ("取締役", EmploymentKind::Executive),
        ("役員", EmploymentKind::Executive),
        ("正社員", EmploymentKind::Permanent),
        ("新卒", EmploymentKind::Permanent),
        ("中途", EmploymentKind::Permanent),
        ("正規雇用", EmploymentKind::Permanent),
        ("Freelance", EmploymentKind::Freelance),
        ("freelance", EmploymentKind::Freelance),
        ("Intern", EmploymentKind::Intern),
        ("Full-time", EmploymentKind::Permanent),
        ("Part-time", EmploymentKind::PartTime),
        ("Contract", EmploymentKind::Contract),
    ];
    KINDS
        .iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, kind)| *kind)
}

/// Makes the identity of an employer; `position` keeps hidden ones apart.
pub(super) fn employer_name(job: &JobTitle, position: usize, lexicon: &Lexicon) -> EmployerName {
    let name = job.name.clone();
    let is_anonymous = !name.chars().any(char::is_alphabetic)
        || is_hidden(&name)
        || matches!(name.as_str(), "正社員" | "会社員" | "契約社員");
    let key = if is_anonymous || name.is_empty() {
        format!("anonymous:{position}:{}", lexicon.employer_key(&name))
    } else {
        lexicon.employer_key(&name)
    };
    EmployerName {
        key,
        aliases: job.aliases.clone(),
        is_anonymous: is_anonymous || name.is_empty(),
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, name: &str, rest: &[&str]) {
        let job = job_title(title, Lexicon::builtin());
        assert_eq!(job.name, name, "{title}");
        assert_eq!(job.rest, rest, "{title}");
    }

    #[test]
    fn the_employer_is_split_from_the_rest_of_a_title() {
        check("株式会社ヒナタ意匠", "株式会社ヒナタ意匠", &[]);
        check(
            "(株)HATOBA+｜釣り船の予約サイト",
            "(株)HATOBA+",
            &["釣り船の予約サイト"],
        );
        check(
            "【副業】Kumonoue Works(株)｜貸し農園",
            "Kumonoue Works(株)",
            &["貸し農園"],
        );
        check(
            "5-3. 遠州データリンク株式会社",
            "遠州データリンク株式会社",
            &[],
        );
        check("株式会社 SBI 証券", "株式会社 SBI 証券", &[]);
        check(
            "株式会社ホシミ百貨<客先常駐として参画>",
            "株式会社ホシミ百貨",
            &["客先常駐として参画"],
        );
        check(
            "株式会社Tomoshiba バックエンドエンジニア",
            "株式会社Tomoshiba",
            &["バックエンドエンジニア"],
        );
        check("２社目：情報子会社", "情報子会社", &[]);
        check("株式会社T社所属", "株式会社T社", &[]);
    }

    #[test]
    fn other_names_stand_in_brackets() {
        let job = job_title("合同会社TOKIWAGI（旧ヒナギク GAMES）", Lexicon::builtin());
        assert_eq!(job.name, "合同会社TOKIWAGI");
        assert_eq!(job.aliases, ["ヒナギク GAMES"]);
    }

    #[test]
    fn hidden_employers_are_told() {
        for name in ["A社", "インターン", "１社目", "派遣"] {
            assert!(is_hidden(name), "{name}");
        }
        assert!(!is_hidden("株式会社ドワンゴ"));
    }
}
