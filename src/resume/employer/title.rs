//! The title of a job to the employer's name and the rest.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::ops::Range;

use shokureki_index::lexicon::{Lexicon, has_legal_form, is_self_employment};

use crate::domain::EmploymentKind;
use crate::resume::bracket::{opens, without_brackets};
use crate::resume::facts::{Signs, parts};

use super::name::{is_bare_form, split_name};
use super::{Strength, is_hidden, kind_of, names_role, strength, strip_lead};

/// What a job's title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::resume) struct JobTitle {
    /// The employer as written.
    pub(in crate::resume) name: String,
    /// Other names in brackets.
    pub(in crate::resume) aliases: Vec<String>,
    /// What is left: role, product, department.
    pub(in crate::resume) rest: Vec<String>,
    /// What stands before the employer and is neither role nor kind: 「会員アプリ @株式会社A」.
    pub(in crate::resume) lead: Option<String>,
    /// The product or project behind 「｜」.
    pub(in crate::resume) product: Option<String>,
}

/// Splits a job's title (its period taken out) into the employer's name and the rest.
pub(in crate::resume) fn job_title(title: &str, lexicon: &Lexicon) -> JobTitle {
    let mut title = strip_lead(title);
    let mut job = JobTitle::default();
    // 「丸天ソフト工業 SIer」 says what kind of company it is.
    if let Some((name, kind)) = title.rsplit_once([' ', '\u{3000}'])
        && ["SIer", "SES", "Sier"].contains(&kind)
    {
        title = name.trim_end();
        job.rest.push(kind.to_owned());
    }
    if let Some((name, rest)) = quoted_name(title, lexicon) {
        split_name(name, lexicon, &mut job);
        let rest = rest.trim_matches(['(', '（', ')', '）', ' ', '\u{3000}', '：', ':']);
        if !rest.is_empty() {
            job.rest.push(rest.to_owned());
        }
        return job;
    }
    if let Some(renamed) = renamed(title, lexicon) {
        return renamed;
    }
    if let Some((kind, company)) = kind_and_company(title) {
        split_name(company, lexicon, &mut job);
        job.rest.push(kind.to_owned());
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
        Some((role, company))
            if strength(&without_brackets(chosen), lexicon) < Strength::Sure
                || names_role(role)
                || is_company(company) =>
        {
            job.rest.push(role.to_owned());
            company
        }
        _ => chosen,
    };
    let chosen = match place_and_role(chosen) {
        Some((place, role)) => {
            job.rest.push(role.to_owned());
            place
        }
        None => chosen,
    };
    split_name(chosen, lexicon, &mut job);
    job
}

/// Splits 「高等学校の非常勤講師」: where somebody worked, and as what.
fn place_and_role(title: &str) -> Option<(&str, &str)> {
    let (place, role) = title.split_once('の')?;
    let is_place = words!["学校", "大学", "病院", "図書館", "役場", "市役所", "塾"].end(place);
    (is_place && names_role(role) && !role.contains('の')).then_some((place, role))
}

/// Splits 「株式会社A → 株式会社B（2017年に社名変更）」: the name, and what the employer was called since.
fn renamed(title: &str, lexicon: &Lexicon) -> Option<JobTitle> {
    if !tells_of_renaming(title) {
        return None;
    }
    let (before, after) = title.split_once(['→', '⇒', '➡', '➔'])?;
    let mut job = job_title(before, lexicon);
    let since = job_title(after, lexicon);
    if !has_legal_form(&job.name) && !has_legal_form(&since.name) || job.name.is_empty() {
        return None;
    }
    job.aliases.push(since.name);
    job.aliases.extend(since.aliases);
    job.rest.extend(since.rest);
    Some(job)
}

/// Returns whether a text tells that an employer is called otherwise from some day on.
pub(in crate::resume) fn tells_of_renaming(text: &str) -> bool {
    words![
        "社名変更",
        "社名を変更",
        "社名が変わ",
        "商号変更",
        "商号を変更",
        "名称変更",
        "改称",
        "改名",
        "改組",
        "合併",
        "統合",
        "分社",
        "組織変更",
        "組織再編",
        "会社分割",
        "事業譲渡",
    ]
    .is_in(text)
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
                && (is_company(before) && is_company(text)
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

/// Returns whether a part has a legal form, in brackets or beside them.
fn is_company(text: &str) -> bool {
    has_legal_form(text) || has_legal_form(&without_brackets(text))
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
    if parts.len() <= 1 {
        return 0;
    }
    let with_form = parts
        .iter()
        .position(|part| has_legal_form(&without_brackets(&title[part.clone()])));
    if let Some(with_form) = with_form {
        return with_form;
    }
    let strengths: Vec<Strength> = parts
        .iter()
        .map(|part| strength(&title[part.clone()], lexicon))
        .collect();
    let of = |wanted: Strength| {
        (0..parts.len()).find(|index| {
            strengths[*index] == wanted && !says_little(&title[parts[*index].clone()])
        })
    };
    of(Strength::Sure)
        .or_else(|| of(Strength::Likely))
        .or_else(|| {
            parts.iter().position(|part| {
                let outside = without_brackets(&title[part.clone()]);
                !names_role(outside.trim()) && kind_of(&outside).is_none()
            })
        })
        .unwrap_or(0)
}

/// Splits 「正社員（A社）」: the kind of employment, and the company in brackets behind it.
pub(in crate::resume) fn kind_and_company(title: &str) -> Option<(&str, &str)> {
    const MAX_KIND_CHARS: usize = 8;
    let (kind, inside) = title.trim().split_once(['(', '（'])?;
    let company = inside.strip_suffix([')', '）'])?.trim();
    let kind = kind.trim();
    // Who contracts for others tells in brackets for whom.
    let is_kind = kind.chars().count() <= MAX_KIND_CHARS
        && !kind.ends_with('先')
        && matches!(
            kind_of(kind),
            Some(EmploymentKind::Permanent | EmploymentKind::FixedTerm | EmploymentKind::PartTime)
        );
    let is_company = !company.contains(opens) && (has_legal_form(company) || is_hidden(company));
    (is_kind && is_company).then_some((kind, company))
}

/// Splits 「Senior Engineer, Kitsunebi Inc., Tokyo Branch」: the role, and the company without its
/// branch.
fn role_and_company(title: &str) -> Option<(&str, &str)> {
    const ROLES: &WordList = words![
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
        "SRE",
        "Operator",
        "Scientist",
        "Administrator",
        "Specialist",
        "Director",
        "Researcher",
        "Technician",
        "Tester",
        "Officer",
        "CTO",
        "Head",
        "PM",
        "PdM",
        "Staff",
        "Assistant",
        "Leader",
    ];
    // 「セキュリティエンジニア at 株式会社アオバ」
    let at = title
        .split_once(" at ")
        .or_else(|| title.split_once(" At "));
    if let Some((role, company)) = at
        && (names_role(role.trim()) || ROLES.end(role.trim()))
        && !company.trim().is_empty()
    {
        return Some((role.trim(), company.trim()));
    }
    let (role, rest) = title.split_once(", ")?;
    if !ROLES.end(role) || rest.trim().is_empty() {
        return None;
    }
    let branch = rest
        .match_indices(", ")
        .map(|(at, _)| at)
        .find(|at| !is_bare_form(rest[at + 2..].split(['(', '（', ',']).next().unwrap_or("")));
    let company = branch.map_or(rest, |at| &rest[..at]);
    Some((role.trim(), company.trim()))
}
