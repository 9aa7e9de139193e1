//! Titles that name a piece of work and its company side by side, and labels below a title that name the company.

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{Strength, job_title, kind_of, names_role, strength};
use crate::resume::evidence::Evidence;
use crate::resume::facts::{Signs, parts};
use crate::resume::label::Field;

use super::statement::MAX_HEAD_LINES;
use super::work_words::{ends_in_deed, reads_like_work};

/// Returns whether a label among the first blocks below a heading surely names the employer.
pub(super) fn has_employer_label(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> bool {
    let names = |child: usize| {
        let value = evidence.value_text(blocks, child).trim();
        strength(&job_title(value, lexicon).name, lexicon) == Strength::Sure
    };
    blocks[at].kind == Kind::Heading
        && blocks.children(at).take(MAX_HEAD_LINES).any(|child| {
            evidence.field[child] == Some(Field::Employer)
                && blocks[child].str().len() <= MAX_LABEL_BYTES
                && names(child)
        })
}

/// Longer labels tell of more than an employer.
const MAX_LABEL_BYTES: usize = 200;

/// Returns whether a text reads like a piece of work and names no role.
pub(super) fn names_work(text: &str) -> bool {
    !text.is_empty() && reads_like_work(text) && !names_role(text)
}

/// Returns whether a heading goes on behind its period with a colon and what was done: 「株式会社A | 2022/10 -
/// 2024/07 : 配信の開発」.
pub(super) fn titles_work_behind(kind: Kind, behind: &str, after: &str) -> bool {
    kind == Kind::Heading
        && behind.starts_with([':', '：'])
        && (reads_like_work(after) || after.contains('の'))
}

/// Returns the work that stands before its company behind the time of an item: 「2021.4 〜 現在 / 入場の受付 / 株式会社A /
/// Elixir」.
pub(super) fn work_in_front<'a>(
    kind: Kind,
    before: &str,
    after: &'a str,
    lexicon: &Lexicon,
) -> Option<&'a str> {
    if kind != Kind::Item || before.contains(char::is_alphanumeric) {
        return None;
    }
    let parts: Vec<&str> = parts(after, Signs::Title)
        .into_iter()
        .map(|part| &after[part])
        .collect();
    let (work, others) = parts.split_first()?;
    let is_work = (reads_like_work(work) || without_brackets(work).contains('の'))
        && !names_role(work)
        && !has_legal_form(work)
        && kind_of(work).is_none();
    let names = |part: &&str| part.chars().count() <= 40 && names_company(part, lexicon);
    (is_work && others.iter().any(names)).then_some(*work)
}

/// Splits 「配信の開発 株式会社A」: the work that a heading titles, and behind a blank the company it was done at.
pub(super) fn work_before_company<'a>(
    kind: Kind,
    title: &'a str,
    lexicon: &Lexicon,
) -> Option<(&'a str, &'a str)> {
    let (work, company) = title.rsplit_once([' ', '\u{3000}'])?;
    let is_pair = kind == Kind::Heading
        && names_company(company, lexicon)
        && !has_legal_form(&without_brackets(work))
        && ends_in_deed_or_making(work);
    is_pair.then_some((work.trim(), company))
}

/// Splits 「SIEMの移行（B株式会社」: the work that a title names, and the company in the bracket that its time goes on in.
pub(super) fn work_before_bracket<'a>(
    title: &'a str,
    lexicon: &Lexicon,
) -> Option<(&'a str, &'a str)> {
    let (work, company) = title.rsplit_once(opens)?;
    let company = company.trim_end_matches(['、', ',', '，', ' ', '\u{3000}']);
    let is_pair = !company.contains(closes)
        && names_company(company, lexicon)
        && !has_legal_form(work)
        && names_work(work.trim());
    is_pair.then_some((work.trim(), company.trim()))
}

/// Returns whether a title ends in what was done, and so names no company that goes on behind it.
fn ends_in_deed_or_making(title: &str) -> bool {
    let outside = without_brackets(title);
    let outside = outside.trim();
    ends_in_deed(outside)
        || words!["開発", "制作", "運用", "保守", "設計", "対応", "支援"].end(outside)
}

/// Returns whether a text is a company with a legal form.
pub(super) fn names_company(text: &str, lexicon: &Lexicon) -> bool {
    has_legal_form(&job_title(text, lexicon).name)
}

/// Returns whether labels that only pieces of work have stand right behind a plain line, and none that an employer has:
/// 「2023年9月 ～ 現在　／　配送計画」 over 「役割：リーダー」 and 「工程：設計」.
pub(super) fn is_labelled_as_work(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    if blocks[at].kind != Kind::Line {
        return false;
    }
    let around = blocks[blocks[at].parent].end;
    let labels = (at + 1..around)
        .take(MAX_LABELS_BEHIND)
        .map_while(|behind| evidence.field[behind]);
    let mut is_of_work = false;
    for field in labels {
        match field {
            Field::Business | Field::EmploymentKind | Field::Employer => return false,
            Field::Phase | Field::Technology | Field::Environment | Field::Team => {
                is_of_work = true;
            }
            _ => {}
        }
    }
    is_of_work
}

/// Lines behind one that may label what it begins.
const MAX_LABELS_BEHIND: usize = 5;
