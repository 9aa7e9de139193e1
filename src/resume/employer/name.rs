//! The part of a title that names the employer: what stands in brackets behind it, a role behind a blank,
//! what is said of joining.

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::{Lexicon, has_legal_form, is_self_employment};
use shokureki_index::words;

use crate::resume::bracket::{CLOSE, closes, opens};
use crate::resume::job::reads_like_work;

use super::{JobTitle, Strength, kind_of, leading_company, names_role, strength};

/// Splits a department off that stands behind the company without a blank: 「A有限会社・ソフト事業部」,
/// 「株式会社サンプ東日本営業部」 where the name ends with its script.
fn glued_department(name: &str) -> Option<(&str, &str)> {
    const FORMS: [&str; 3] = ["株式会社", "有限会社", "合同会社"];
    let is_department = |text: &str| {
        words!["部", "室", "課", "チーム"].end(text)
            && text.chars().count() >= MIN_DEPARTMENT_CHARS
            && !text.contains([' ', '\u{3000}'])
    };
    if let Some((company, rest)) = name.split_once('・')
        && FORMS.iter().any(|form| company.ends_with(form))
        && is_department(rest)
    {
        return Some((company, rest));
    }
    let form = FORMS.iter().find(|form| name.starts_with(**form))?;
    let bare = &name[form.len()..];
    let is_kana = |sign: char| ('ァ'..='ヺ').contains(&sign) || sign == 'ー';
    let is_latin = |sign: char| sign.is_ascii_alphanumeric() || ".&-".contains(sign);
    let first = bare.chars().next()?;
    let end = if is_kana(first) {
        bare.find(|sign| !is_kana(sign))?
    } else if is_latin(first) {
        bare.find(|sign| !is_latin(sign))?
    } else {
        return None;
    };
    let is_name = bare[..end].chars().count() >= 2;
    (is_name && is_department(&bare[end..]) && bare.ends_with('部'))
        .then(|| name.split_at(form.len() + end))
}

/// Characters of a department that stands behind a company without a blank.
const MIN_DEPARTMENT_CHARS: usize = 3;

/// Splits the part that names the employer: brackets behind it, and a role behind a blank.
pub(super) fn split_name(chosen: &str, lexicon: &Lexicon, job: &mut JobTitle) {
    let name = out_of_brackets(chosen.trim(), job);
    if let Some((first, kind)) = kind_behind(name) {
        job.rest.push(kind.to_owned());
        return split_name(first, lexicon, job);
    }
    let name = before_department(name, job);
    let name = before_role(name, lexicon, job);
    // 「株式会社A 入社、現在に至る」
    let events = words![" 入社", "\u{3000}入社", " 入職", "\u{3000}入職", " に入社"];
    let event = events.places_in(name).next();
    let name = event.map_or(name, |(at, _)| name[..at].trim());
    let name = behind_joining(without_deed(name));
    let shorter = before_stay(name);
    // 「株式会社A（略称）入社」
    if shorter.is_some_and(|name| last_bracket(name).is_some_and(|open| open > 0)) {
        return split_name(shorter.unwrap_or(name), lexicon, job);
    }
    job.name = without_signs(shorter.unwrap_or(name)).to_owned();
}

/// Takes off brackets at the end, from the outside in; a legal form in brackets belongs to the name.
fn out_of_brackets<'n>(mut name: &'n str, job: &mut JobTitle) -> &'n str {
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
        let is_role = names_role(before) || kind_of(before).is_some();
        if is_role && !has_legal_form(before) && has_legal_form(inside) {
            // 「サーバーサイドエンジニア（株式会社A）」: what somebody was, and where.
            job.rest.push(before.to_owned());
            name = inside;
            continue;
        }
        if let Some(alias) = alias_of(inside).or_else(|| abbreviation_of(inside, before)) {
            job.aliases.push(alias.to_owned());
        } else {
            job.rest.push(inside.to_owned());
        }
        name = before;
    }
    name
}

/// Parts how one is employed from the name before it: 「スーパー ヤマビコ アルバイト」.
fn kind_behind(name: &str) -> Option<(&str, &str)> {
    let at = name.rfind(['\u{3000}', ' ', ')', '）'])?;
    let behind = at + name[at..].chars().next().map_or(1, char::len_utf8);
    let (first, last) = name.split_at(behind);
    let is_kind =
        kind_of(last).is_some() && last.chars().count() <= 12 || last.ends_with("エンジニア");
    let first = first.trim();
    (is_kind && !first.is_empty()).then_some((first, last))
}

/// Takes off what stands behind the company without a sign or behind a comma: a department, a role in Latin.
fn before_department<'n>(mut name: &'n str, job: &mut JobTitle) -> &'n str {
    if let Some(first) = leading_company(name) {
        job.rest.push(name[first.len()..].trim().to_owned());
        name = first;
    }
    if let Some((company, department)) = glued_department(name) {
        job.rest.push(department.to_owned());
        name = company;
    }
    // 「株式会社A, Software Enginner」: whatever stands there in Latin, the company ends at the comma.
    if let Some((first, rest)) = name.split_once(", ")
        && has_legal_form(first)
        && !is_bare_form(first)
        && !is_bare_form(rest)
        && !has_legal_form(rest)
        && !first.is_ascii()
        && rest.is_ascii()
    {
        job.rest.push(rest.trim().to_owned());
        name = first.trim();
    }
    name
}

/// Takes off a role, or what was done, behind a blank.
fn before_role<'n>(name: &'n str, lexicon: &Lexicon, job: &mut JobTitle) -> &'n str {
    for blank in ['\u{3000}', ' '] {
        let Some((first, rest)) = name.split_once(blank) else {
            continue;
        };
        let is_sure = strength(first, lexicon) >= Strength::Likely
            && !is_bare_form(first)
            && !is_bare_form(rest);
        // 「株式会社A 受注サイトの改修」: whom for, and what.
        let is_work = || has_legal_form(first) && rest.contains('の') && reads_like_work(rest);
        if is_sure && (names_role(rest) || is_work()) {
            job.rest.push(rest.trim().to_owned());
            return first;
        }
    }
    name
}

/// Takes off how somebody came there: 「新卒で株式会社A」.
fn behind_joining(name: &str) -> &str {
    ["新卒で", "中途で", "新卒入社で", "転職して"]
        .iter()
        .fold(name, |name, start| {
            name.strip_prefix(start).map_or(name, str::trim_start)
        })
}

/// Takes off that somebody was there: 「株式会社Aでのこと」「株式会社A 在籍」; `None` where nothing says so.
fn before_stay(name: &str) -> Option<&str> {
    const ENDS: [&str; 24] = [
        "としてのこと",
        "でのこと",
        "での仕事",
        "での業務",
        "での経験",
        "での開発",
        "のころ",
        "の頃",
        "時代",
        "の詳細",
        " 詳細",
        "\u{3000}詳細",
        "にて勤務",
        "勤務",
        "所属",
        "に入社",
        "へ入社",
        "に参画",
        "へ参画",
        "入社",
        "にて",
        "に在籍",
        "在籍",
        "に転職",
    ];
    ENDS.iter()
        .filter_map(|end| name.strip_suffix(end))
        .find(|shorter| !shorter.trim().is_empty())
        .map(|shorter| shorter.trim_end_matches(['に', 'へ']).trim())
}

/// Takes off the signs around a name; 「個人事業主「畝傍ソフト」」 keeps what it quotes.
fn without_signs(name: &str) -> &str {
    let is_quoted = name.find('「').is_some_and(|open| open > 0) && name.ends_with('」');
    let name = name.trim_matches(['、', ',', '・', ':', '：', ' ', '\u{3000}', '/', '／']);
    if is_quoted {
        name
    } else {
        name.trim_matches(['「', '」']).trim()
    }
}

/// Takes off what the person became or began there: 「合同会社Aの技術顧問をはじめる」, 「フリーランスになる」,
/// 「個人事業主として稼働」.
fn without_deed(name: &str) -> &str {
    const BEGINS: &WordList = words![
        "をはじめる",
        "をはじめた",
        "を始める",
        "を始めた",
        "に就任",
        "になる",
        "となる",
        "になった",
        "に着任",
        "として",
    ];
    let Some((at, _)) = BEGINS.places_in(name).next() else {
        return name;
    };
    let before = name[..at].trim();
    let post = ["の", "で", "にて"]
        .iter()
        .filter_map(|particle| before.rfind(particle))
        .max()
        .filter(|post| {
            let rest =
                before[*post..].trim_start_matches(['の', 'で', 'に', 'て', ' ', '\u{3000}']);
            names_role(rest) || rest.is_ascii()
        });
    let name_only = post.map_or(before, |post| before[..post].trim());
    if name_only.is_empty() {
        name
    } else {
        name_only
    }
}

/// Returns whether a text is a legal form alone.
pub(super) fn is_bare_form(text: &str) -> bool {
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
            | "一般財団法人"
            | "公益社団法人"
            | "公益財団法人"
            | "社会福祉法人"
            | "特定非営利活動法人"
            | "NPO法人"
            | "独立行政法人"
            | "地方独立行政法人"
            | "国立研究開発法人"
            | "国立大学法人"
            | "医療法人社団"
            | "co.,ltd"
    )
}

pub(super) fn is_legal_mark(inside: &str) -> bool {
    matches!(inside.trim(), "株" | "有" | "合" | "同" | "一社" | "財")
}

/// Returns where the bracket that ends the name opens.
pub(super) fn last_bracket(name: &str) -> Option<usize> {
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
pub(super) fn dispatcher_of(inside: &str) -> Option<&str> {
    let rest = ["派遣元", "所属元", "雇用元", "出向元"]
        .iter()
        .find_map(|lead| inside.trim().strip_prefix(lead))?;
    let name = rest.trim_start_matches([':', '：', ' ', '\u{3000}']).trim();
    has_legal_form(name).then_some(name)
}

/// Returns what brackets hold where it shortens the name before them: 「湾岸生態研究所（湾研）」.
pub(super) fn abbreviation_of<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
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
pub(super) fn alias_of(inside: &str) -> Option<&str> {
    for lead in [
        "旧：",
        "旧:",
        "旧社名：",
        "旧社名:",
        "旧社名",
        "旧・",
        "旧 ",
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
