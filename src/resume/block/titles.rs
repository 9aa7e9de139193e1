//! Lines that work as headings: what they stand below.

use std::ops::Range;

use shokureki_index::lexicon::{has_legal_form, is_self_employment};

use crate::resume::bracket::without_brackets;
use crate::resume::marker::PseudoHeading;
use crate::resume::markup::Cleaned;
use crate::resume::period::{FoundPeriod, find_periods};

use super::Kind;
use super::builder::Builder;
use super::shape::states_time;

/// Lines that tell of a stay and are looked through for one that is still open.
const MAX_KIN: usize = 4;

impl Builder<'_> {
    /// Adds a line that works as a heading.
    pub(super) fn pseudo_heading(
        &mut self,
        pseudo: PseudoHeading,
        range: Range<usize>,
        indent: usize,
    ) {
        let cleaned = self.clean(range.clone());
        self.pseudo_heading_of(pseudo, cleaned, range, indent);
    }

    pub(super) fn pseudo_heading_of(
        &mut self,
        pseudo: PseudoHeading,
        cleaned: Cleaned,
        range: Range<usize>,
        indent: usize,
    ) {
        let is_title = matches!(
            pseudo,
            PseudoHeading::Sign(_) | PseudoHeading::Corner | PseudoHeading::Angle
        ) && states_time(cleaned.text.as_str());
        let level = if is_title {
            self.title_level(pseudo)
        } else {
            self.level
        };
        let rank = self
            .rank_of_kin(pseudo, cleaned.text.as_str())
            .or_else(|| self.rank_of_number(pseudo, cleaned.text.as_str()))
            .unwrap_or_else(|| u16::from(level) * 16 + self.markers.order(pseudo));
        if let Some(number) = chapter_number(cleaned.text.as_str()) {
            self.numbered.retain(|(other, _, _)| *other != pseudo);
            self.numbered.push((pseudo, number, rank));
        }
        // What stands in a container stands below its title, whatever the makes of both are.
        let floor = match pseudo {
            PseudoHeading::Summary => self
                .containers
                .last()
                .map_or(self.floor, |(_, open, _)| (*open).max(self.floor)),
            _ => self.heading_floor(),
        };
        while self.stack.len() > floor {
            let top = &self.blocks[self.top()];
            let stays = match top.kind {
                Kind::Heading => top.rank < rank,
                Kind::Item => indent > top.indent,
                _ => true,
            };
            if stays {
                break;
            }
            self.close();
        }
        let at = self.open(Kind::Heading, rank, indent, cleaned, range);
        self.blocks[at].is_summary = pseudo == PseudoHeading::Summary;
        if names_company(self.blocks[at].str()) {
            self.stays.push((at, pseudo));
        }
        if is_title {
            self.dated_titles.push(at);
        }
    }

    /// Returns the rank of the open line of the same make that names a company, where this one tells of a
    /// stay too:
    /// 「■株式会社A（2016年〜）」, headings of the markup below it, and 「■株式会社B」.
    fn rank_of_kin(&self, pseudo: PseudoHeading, title: &str) -> Option<u16> {
        let is_open = |at: &usize| self.stack.contains(at);
        let mut kin = self
            .stays
            .iter()
            .rev()
            .take(MAX_KIN)
            .filter(|(_, other)| *other == pseudo)
            .map(|(at, _)| *at);
        let open = kin.clone().find(is_open);
        if let Some(at) = open.filter(|_| tells_of_stay(title)) {
            return Some(self.blocks[at].rank);
        }
        // Headings of the markup end what stands above them, and the next company stands beside it.
        kin.find(|at| names_company(title) && is_open(&self.blocks[*at].parent))
            .map(|at| self.blocks[at].rank)
    }

    /// Returns the rank of the numbered line of the same make before this one, where this has the next number,
    /// however deep the headings between them are: 「**2. 経歴**」, 「### 株式会社A」, 「**3. 資格**」.
    fn rank_of_number(&self, pseudo: PseudoHeading, title: &str) -> Option<u16> {
        let number = chapter_number(title)?;
        self.numbered
            .iter()
            .find(|(other, before, _)| *other == pseudo && before + 1 == number)
            .map(|(_, _, rank)| *rank)
    }

    /// Returns the level that a line which works as a heading stands below: dated ones stand beside
    /// the dated one of their kind before them, however deep the headings of its parts are.
    fn title_level(&mut self, pseudo: PseudoHeading) -> u8 {
        let known = self.titles.iter().find(|(other, _)| *other == pseudo);
        if let Some((_, level)) = known {
            return *level;
        }
        self.titles.push((pseudo, self.level));
        self.level
    }
}

/// Returns the number that a title begins with: 3 of 「3. 資格」 and 「３．資格」, none of 「3-1. a」 and 「2016.4」.
fn chapter_number(title: &str) -> Option<u32> {
    let folded: String = title
        .chars()
        .take(4)
        .map(|sign| match sign {
            '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
            '．' => '.',
            other => other,
        })
        .collect();
    let digits = folded.len()
        - folded
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len();
    let rest = &folded[digits..];
    let behind = rest.strip_prefix(['.', '、', ')', '）'])?;
    let is_number =
        (1..=2).contains(&digits) && !behind.starts_with(|sign: char| sign.is_ascii_digit());
    is_number.then(|| folded[..digits].parse().ok()).flatten()
}

/// Returns whether a title names a company.
pub(super) fn names_company(title: &str) -> bool {
    title.len() <= 300
        && without_brackets(title)
            .split([' ', '\u{3000}', '：', ':', '■', '◆', '●', '▼'])
            .any(has_legal_form)
}

/// Returns whether a line is the name of a company with its legal form, or says that somebody worked for
/// themselves, and nothing else.
pub(super) fn is_company_name(line: &str) -> bool {
    let is_own = || {
        let kind = line.strip_suffix("として活動").unwrap_or(line);
        is_self_employment(kind)
    };
    (3..=30).contains(&line.chars().count())
        && (has_legal_form(line) || is_own())
        && !line.contains(['。', '、', '：', ':', '/', '／', '|', '｜', '（', '('])
        && find_periods(line).is_empty()
}

/// Returns whether a title names a company or states a stretch of time.
fn tells_of_stay(title: &str) -> bool {
    names_company(title)
        || title.len() <= 300 && find_periods(title).iter().any(FoundPeriod::is_stretch)
}
