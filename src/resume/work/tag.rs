//! Tags in front of titles that name an employer by a short form: 「〔海洋研〕水槽試験の公開サイト」 for
//! 国立海洋流動研究所, 「[ILG] …」 for Institut Lacombe de Génomique.

use shokureki_index::lexicon::strip_legal_form;
use shokureki_index::words;

use crate::resume::bracket::{closes, opens};
use crate::resume::evidence::PlacedPeriod;
use crate::resume::job::{JobDraft, holds, overlaps};

/// Characters of a short form.
const MAX_TAG_CHARS: usize = 12;

/// Jobs that are compared with a tag.
const MAX_JOBS: usize = 64;

/// Splits a title into the tag in front of it and the rest.
pub(super) fn split_tag(title: &str) -> Option<(&str, &str)> {
    let inside = title.trim_start().strip_prefix(opens)?;
    let (tag, rest) = inside.split_once(closes)?;
    let is_tag = (2..=MAX_TAG_CHARS).contains(&tag.trim().chars().count());
    (is_tag && !rest.trim().is_empty()).then(|| (tag.trim(), rest.trim()))
}

/// Returns the job whose employer alone a tag is short for; of several stays there, the one at that time.
pub(super) fn tagged_job(
    tag: &str,
    jobs: &[JobDraft],
    period: Option<&PlacedPeriod>,
) -> Option<usize> {
    let fits = |job: &JobDraft| {
        std::iter::once(&job.job.name)
            .chain(&job.job.aliases)
            .any(|name| is_short_for(tag, name))
    };
    let found: Vec<(usize, &JobDraft)> = jobs
        .iter()
        .take(MAX_JOBS)
        .enumerate()
        .filter(|(_, job)| fits(job))
        .collect();
    let (index, first) = found.first()?;
    let place = |job: &JobDraft| job.job.name.split_whitespace().next().map(str::to_owned);
    if found.iter().any(|(_, job)| place(job) != place(first)) {
        return None;
    }
    let at_time = |test: &dyn Fn(&JobDraft) -> bool| {
        found
            .iter()
            .find(|(_, job)| test(job))
            .map(|(index, _)| *index)
    };
    at_time(&|job| holds(job.period.as_ref(), period))
        .or_else(|| at_time(&|job| overlaps(job.period.as_ref(), period)))
        .or(Some(*index))
}

/// Returns whether a tag is short for a name: its beginning, some of its characters in order from the
/// beginning of a word of it, or the first letters of its words.
fn is_short_for(tag: &str, name: &str) -> bool {
    let name = strip_legal_form(name).trim();
    if tag.is_ascii() {
        let initials = name
            .split([' ', '-', '・', '\u{3000}'])
            .filter_map(|word| word.chars().next())
            .filter(|letter| letter.is_uppercase());
        let is_begin = tag.len() >= 3
            && name
                .get(..tag.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
            && !name[tag.len()..].starts_with(|next: char| next.is_ascii_alphanumeric());
        return is_begin || tag.len() >= 2 && initials.eq(tag.chars());
    }
    if words![
        "新規", "自社", "社内", "社外", "個人", "受託", "業務", "内製"
    ]
    .has(tag)
    {
        return false;
    }
    let tag: Vec<char> = tag.trim_end_matches("さん").chars().collect();
    let name: Vec<char> = name.chars().take(MAX_NAME_CHARS).collect();
    let (Some(first), Some(second)) = (tag.first(), tag.get(1)) else {
        return false;
    };
    let begins = |at: usize| name[at] == *first && (at == 0 || name.get(at + 1) == Some(second));
    (0..name.len()).filter(|at| begins(*at)).any(|at| {
        let mut rest = name[at..].iter();
        tag.iter().all(|sign| rest.any(|other| other == sign))
    })
}

/// Characters of a name that a short form takes some of.
const MAX_NAME_CHARS: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_told() {
        for (tag, name) in [
            ("海洋研", "国立海洋流動研究所"),
            ("湾岸大", "湾岸生命科学大学 先端ゲノムセンター"),
            ("ILG", "Institut Lacombe de Génomique"),
            ("フロウライン", "フロウライン技研株式会社"),
            ("東大", "東京大学"),
            ("日電研", "株式会社日本電算研究所"),
            ("Harbor", "Harbor Works, Inc."),
        ] {
            assert!(is_short_for(tag, name), "{tag} {name}");
        }
        for (tag, name) in [
            ("新規", "株式会社新日本規格"),
            ("Go", "Google合同会社"),
            ("個人", "国立海洋流動研究所"),
            ("Java", "Javelin株式会社"),
        ] {
            assert!(!is_short_for(tag, name), "{tag} {name}");
        }
    }
}
