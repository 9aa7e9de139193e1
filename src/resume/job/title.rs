//! What stands for a job's title in its block, with what was done and without the time.

use shokureki_index::lexicon::Lexicon;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{opens, without_brackets};
use crate::resume::employer::{Strength, job_title, kind_of, strength, strip_lead};
use crate::resume::evidence::{Event, Evidence, PlacedPeriod, Shape, around, event_of};
use crate::resume::facts::{Signs, parts};
use crate::resume::label::Field;

use super::beside_work::{
    names_company, names_work, titles_work_behind, work_before_bracket, work_before_company,
    work_in_front,
};
use super::bold::told_event;
use super::event;
use super::row::{behind_reason, text_before_event};
use super::site::Site;

/// The title of a job.
#[derive(Default)]
pub(super) struct Title {
    /// What names the employer, without the time.
    pub(super) text: String,
    /// What was done there, where the block says it, too.
    pub(super) work: Option<String>,
    /// Whether it heads what was done behind employer and time.
    pub(super) is_before_work: bool,
}

impl Site<'_> {
    /// Reads the title out of `stated`, which is what the block states.
    pub(super) fn title(&self, stated: &str) -> Title {
        let mut title = self.beside_time(stated);
        if let Some(shorter) = self.before_event(&title.text) {
            title.text = shorter;
        }
        if self.kind == Kind::Heading {
            title.text = before_stay(&title.text).to_owned();
        }
        title
    }

    /// The part beside the time, behind the label, or all.
    fn beside_time(&self, stated: &str) -> Title {
        match (&self.own, self.field) {
            (Some(own), _) if own.block == self.named_in => self.around_time(stated, own),
            (_, Some(Field::Employer)) => {
                let value = self.evidence.value_text(self.blocks, self.named_in);
                let first = parts(value, Signs::Title).into_iter().next();
                Title {
                    text: first.map_or(value, |part| &value[part]).to_owned(),
                    ..Title::default()
                }
            }
            _ => Title {
                text: stated.to_owned(),
                ..Title::default()
            },
        }
    }

    /// The employer before or behind the time, and what was done on the other side of it.
    fn around_time(&self, stated: &str, own: &PlacedPeriod) -> Title {
        let lexicon = self.lexicon;
        let mut title = Title::default();
        let (before, after) = around(stated, &own.period.range);
        if before != after && names_work(&before) && names_company(&after, lexicon) {
            title.work = Some(before.clone());
        }
        let behind = stated[own.period.range.end..].trim_start();
        if titles_work_behind(self.kind, behind, &after) && names_company(&before, lexicon) {
            title.work = Some(after.clone());
            title.is_before_work = true;
        }
        if let Some(work) = work_in_front(self.kind, &before, &after, lexicon) {
            title.work = Some(work.to_owned());
            title.is_before_work = true;
        }
        let split = work_before_company(self.kind, &before, lexicon)
            .or_else(|| work_before_bracket(&before, lexicon));
        title.text = match split {
            Some((work, company)) if after.is_empty() => {
                title.is_before_work = true;
                title.work = Some(work.to_owned());
                company.to_owned()
            }
            _ => better(before, after, lexicon),
        };
        title
    }

    /// What stands before the words that tell of joining or leaving, where the block tells of it.
    fn before_event(&self, title: &str) -> Option<String> {
        let Self {
            blocks,
            evidence,
            lexicon,
            at,
            ..
        } = *self;
        match self.kind {
            Kind::Row if evidence.shape_of_row(blocks, at) == Shape::Events => {
                Some(behind_reason(text_before_event(title)).to_owned())
            }
            Kind::Heading if event::titles_joining(blocks, evidence, at) => {
                Some(text_before_event(title).to_owned())
            }
            Kind::Item
                if event::joins_silently(blocks, evidence, lexicon, at, self.own.as_ref()) =>
            {
                let end = title.find(['、', ',', '，']).unwrap_or(title.len());
                Some(title[..end].trim().to_owned())
            }
            Kind::Item | Kind::Line
                if event::left_behind(blocks, evidence, at).is_some() || event::goes_on(title) =>
            {
                Some(text_before_event(title).to_owned())
            }
            _ => None,
        }
    }
}

/// Returns the part of a title before it goes on to say that somebody was there: 「テスター @ SESの会社に所属し…を経験」.
fn before_stay(title: &str) -> &str {
    ["に所属し", "に在籍し", "に勤務し", "で勤務し"]
        .iter()
        .find_map(|verb| title.find(verb))
        .filter(|end| *end > 0)
        .map_or(title, |end| title[..end].trim())
}

/// Returns whether a text is prose, whatever stands in brackets.
fn tells(text: &str) -> bool {
    text.contains('。') && without_brackets(text).contains('。')
}

/// Returns what a block states before it goes on to tell: all of its text, or what stands up to the end
/// of its period where sentences follow: 「株式会社A（2021年7月〜2022年12月）。銭湯のアプリを…」.
pub(super) fn stated_head<'a>(
    blocks: &'a Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
    named_in: usize,
) -> Option<&'a str> {
    let whole = blocks[named_in].str();
    if whole.is_empty() {
        return None;
    }
    let stretches = || {
        let found = evidence.periods[named_in].iter();
        found.filter(|period| period.is_stretch()).count()
    };
    // 「2019.4 – 2020.8　株式会社A（…。…）、2020.9 – 2022.8　株式会社B」 tells of two.
    let is_of_two = || whole.contains('。') && stretches() > 1;
    if let Some(first) = told_event(blocks, evidence, at, named_in) {
        return Some(first);
    }
    // 「株式会社Aに入社。制作に従事。」 in a table of events.
    if blocks[at].kind == Kind::Row
        && evidence.shape_of_row(blocks, at) == Shape::Events
        && let Some((first, _)) = whole.split_once('。')
        && event_of(first) == Some(Event::Join)
    {
        return Some(first);
    }
    if whole.len() <= 300 && !tells(whole) && !is_of_two() {
        return Some(whole);
    }
    let own = evidence
        .own_period(blocks, named_in)
        .filter(|own| own.period.is_stretch() && blocks[at].kind == Kind::Item)?;
    let before =
        whole[..own.period.range.start].trim_end_matches(|sign| opens(sign) || sign == ' ');
    let behind = &whole[own.period.range.end..];
    let close = behind
        .find(['。', '…', ')', '）'])
        .filter(|close| *close <= 90)?;
    let is_name = (2..=40).contains(&before.chars().count())
        && !before.contains(['。', '、'])
        && strength(&job_title(before, lexicon).name, lexicon) >= Strength::Likely;
    is_name.then(|| &whole[..own.period.range.end + close])
}

/// Returns the part of a title, before or behind its period, that names the employer.
fn better(before: String, after: String, lexicon: &Lexicon) -> String {
    // 「(3)」 before the time counts the jobs.
    if !before.contains(char::is_alphabetic) {
        return after;
    }
    if after.is_empty() || after.contains('→') {
        return before;
    }
    let outside = without_brackets(&after);
    let says_how = kind_of(&outside).is_some() && outside.trim().chars().count() <= 8;
    if says_how {
        return before;
    }
    // Nothing is more sure than a sure one.
    let of_title = |title: &str| match strength(strip_lead(title), lexicon) {
        Strength::Sure => Strength::Sure,
        other => other.max(strength(&job_title(title, lexicon).name, lexicon)),
    };
    let first = of_title(&before);
    if first < Strength::Sure && of_title(&after) > first {
        after
    } else {
        before
    }
}
