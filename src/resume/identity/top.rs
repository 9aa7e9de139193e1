//! What the top of a document says of the person without labels: a name, an address, a birth date.

use shokureki_index::{Gazetteer, words};
use std::ops::Range;

use super::super::block::{Blocks, Kind};
use super::super::section::is_document_title;
use super::contact::{is_address, place, segments};
use super::kana::{can_read, is_kana_only, to_katakana};
use super::name::{looks_like_name, looks_like_read_name, split_person, without_document_title};
use super::shape::{before_role, is_handle, is_town};
use super::{MAX_LINE_BYTES, Reader, day_in, field};

impl Reader<'_> {
    /// Takes what the top of the document says without labels.
    pub(super) fn unlabelled(&mut self) {
        if self.identity.name.is_none() {
            self.name_at_top();
        }
        for at in self.first..self.top {
            let text = self.blocks[at].str();
            if text.len() > MAX_LINE_BYTES || self.blocks[at].kind == Kind::Row {
                continue;
            }
            if self.identity.name_kana.is_none()
                && self.identity.name_span.is_some()
                && let Some(inner) = text
                    .strip_prefix(['(', '（'])
                    .and_then(|rest| rest.strip_suffix([')', '）']))
                && is_kana_only(inner)
            {
                self.identity.name_kana = Some(to_katakana(inner));
            }
            for part in segments(text) {
                self.unlabelled_part(at, part.clone());
                self.place_behind_brackets(at, part);
            }
        }
    }

    /// Takes an address that stands behind the reading of the name: 「設楽 龍之介（…） 東京都品川区」.
    fn place_behind_brackets(&mut self, at: usize, part: Range<usize>) {
        if self.identity.location.is_some() {
            return;
        }
        let text = self.blocks[at].str();
        let Some(close) = text[part.clone()].rfind([')', '）', '】', ']']) else {
            return;
        };
        let behind = &text[part.start + close..part.end];
        let rest = behind.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let range = part.end - rest.len()..part.end;
        if !rest.is_empty() && is_address(rest) {
            self.identity.location = Some(rest.to_owned());
            self.identity.location_span = Some(self.span(at, range));
        }
    }

    /// Takes an address or a birth date that stands by itself.
    fn unlabelled_part(&mut self, at: usize, part: Range<usize>) {
        let text = self.blocks[at].str();
        let place = place(text, part.clone());
        if self.identity.location.is_none() && !place.is_empty() && is_address(&text[place.clone()])
        {
            self.identity.location = Some(text[place.clone()].to_owned());
            self.identity.location_span = Some(self.span(at, place));
        }
        let value = &text[part.clone()];
        if self.identity.location.is_none()
            && let Some(home) = home_in(value)
        {
            let range = part.start + home.start..part.start + home.end;
            self.identity.location = Some(text[range.clone()].to_owned());
            self.identity.location_span = Some(self.span(at, range));
        }
        // 「拠点 福岡」 beside a name is where the person works.
        let place = value.strip_prefix("拠点").unwrap_or(value);
        let place = place.trim_start_matches([' ', '\u{3000}', ':', '：']);
        let place = part.end - place.len()..part.end;
        if self.identity.location.is_none()
            && part.len() < text.len()
            && (is_town(&text[place.clone()]) || self.is_place_beside(at, &place))
        {
            self.identity.location = Some(text[place.clone()].to_owned());
            self.identity.location_span = Some(self.span(at, place));
        }
        let says_birth = words!["生まれ", "日生", "生（", "生("].is_in(value);
        if self.identity.birth_date.is_none() && says_birth && value.chars().count() <= 30 {
            self.identity.birth_date = day_in(value);
        }
    }

    /// Whether a part of a line is no more than a place that is no part of the name: 「SRE / 札幌」.
    fn is_place_beside(&self, at: usize, part: &Range<usize>) -> bool {
        const LONGEST_CHARS: usize = 8;
        let value = &self.blocks[at].str()[part.clone()];
        let span = self.span(at, part.clone());
        let name = self.identity.name_span.as_ref();
        // 千葉 and 石川 are families, too.
        let is_apart = name.is_some_and(|name| span.end <= name.start || name.end <= span.start);
        is_apart
            && value.chars().count() <= LONGEST_CHARS
            && value.chars().all(char::is_alphabetic)
            && is_known_place(value)
    }

    /// Takes the name from the top: one with its reading first, then one that looks like a name.
    fn name_at_top(&mut self) {
        for wants_reading in [true, false] {
            for at in self.first..self.top {
                if let Some(range) = self.name_in(at, wants_reading) {
                    let span =
                        self.span(at, split_person(self.blocks[at].str(), range.clone()).name);
                    let blocks = self.blocks;
                    self.set_name(blocks[at].str(), range, |_| span);
                    if self.identity.name.is_some() {
                        return;
                    }
                }
            }
        }
    }

    /// Returns where a name stands in the block `at`, with what stands beside it.
    fn name_in(&self, at: usize, wants_reading: bool) -> Option<Range<usize>> {
        let block = &self.blocks[at];
        let text = block.str();
        if text.is_empty()
            || is_document_title(text) && without_document_title(text).is_empty()
            || matches!(block.kind, Kind::Row | Kind::Table)
            || text.len() > 160
        {
            return None;
        }
        let range_of = |part: &str| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            start..start + part.len()
        };
        // 「🐢 葛木 朔」
        let text_of_name = without_document_title(text)
            .trim_start_matches(|sign: char| !sign.is_alphanumeric() && !"(（【「[".contains(sign));
        let whole = range_of(text_of_name);
        let mut candidates = vec![whole];
        candidates.extend(before_role(text_of_name).map(range_of));
        candidates.extend(
            segments(text)
                .into_iter()
                .map(|part| range_of(without_document_title(&text[part]))),
        );
        candidates.extend(self.behind_dates(at));
        candidates.into_iter().find(|range| {
            let person = split_person(text, range.clone());
            let name = &text[person.name.clone()];
            if text[range.clone()].contains(['、', '。']) {
                return false;
            }
            let has_reading = person.others.iter().any(|other| {
                can_read(name, other) && !name.is_ascii()
                    || name.is_ascii() && looks_like_name(other)
            });
            if wants_reading {
                return has_reading && looks_like_read_name(name);
            }
            // 「# さくのぽ」: a handle that the document begins with.
            if at == first_text(self.blocks, self.first)
                && block.kind == Kind::Heading
                && range.len() == text_of_name.len()
                && is_handle(name)
            {
                return true;
            }
            let is_dated = !self.evidence.periods[at].is_empty() && range.len() == text.len();
            // Two Latin words further down are a product as often as a name, 山歩き is a hobby.
            let is_plain = name.is_ascii() || !name.contains(char::is_whitespace);
            looks_like_name(name)
                && !is_dated
                && (!is_plain
                    || at < self.first + 8
                        && (name.is_ascii() || block.kind != Kind::Item)
                        && !self.is_behind_stretch(at))
        })
    }

    /// Returns whether something above tells of a stretch of time: what follows are jobs and works.
    fn is_behind_stretch(&self, at: usize) -> bool {
        self.evidence.periods[self.first..at]
            .iter()
            .flatten()
            .any(super::super::period::FoundPeriod::is_stretch)
    }

    /// 「最終更新：2025年2月　葛木 朔」: what stands behind a date.
    fn behind_dates(&self, at: usize) -> Option<Range<usize>> {
        let text = self.blocks[at].str();
        let period = self.evidence.periods[at].last()?;
        let rest = field::trimmed(text, period.range.end..text.len());
        (!rest.is_empty() && text[period.range.end..].starts_with(char::is_whitespace))
            .then_some(rest)
    }
}

/// Returns the first block that says something.
fn first_text(blocks: &Blocks, first: usize) -> usize {
    (first..blocks.len().min(first + 8))
        .find(|at| !blocks[*at].str().is_empty())
        .unwrap_or(first)
}

/// Finds the place that a clause says somebody lives or works in: 「浦和在住」, 「エンジニア。福岡在住、リモート希望。」,
/// 「長野でエンジニアをしています。」, "Backend engineer in Fukuoka."
fn home_in(value: &str) -> Option<Range<usize>> {
    home_in_english(value).or_else(|| home_in_japanese(value))
}

/// "SRE based in Nagoya", "Backend engineer in Fukuoka, Japan."
fn home_in_english(value: &str) -> Option<Range<usize>> {
    const PHRASES: [&str; 7] = [
        " based in ",
        " living in ",
        " lives in ",
        " live in ",
        "engineer in ",
        "developer in ",
        "Engineer in ",
    ];
    let at = PHRASES
        .iter()
        .find_map(|phrase| value.find(phrase).map(|at| at + phrase.len()))?;
    let rest = &value[at..];
    let end = rest.find(['.', '。', ';', '|', '(']).unwrap_or(rest.len());
    let place = rest[..end].trim_end();
    let town = place.split(',').next().unwrap_or(place);
    is_known_place(town).then(|| at..at + place.len())
}

fn is_known_place(name: &str) -> bool {
    !Gazetteer::builtin().canonical(name.trim()).is_empty()
}

fn home_in_japanese(value: &str) -> Option<Range<usize>> {
    let mut start = 0;
    value
        .split_inclusive(['。', '、', '，', ','])
        .find_map(|clause| {
            let from = start;
            start += clause.len();
            let bare = clause.trim_end_matches(['。', '、', '，', ',']);
            let bare = bare.strip_suffix("です").unwrap_or(bare);
            // 静岡県在住のエンジニアです
            let resident = bare
                .split_once("在住の")
                .map(|(home, _)| home)
                .filter(|home| is_known_place(home));
            if let Some(home) = resident.or_else(|| bare.strip_suffix("在住")) {
                let is_place = (2..=12).contains(&home.chars().count())
                    && home.chars().all(char::is_alphabetic);
                return is_place.then(|| from..from + home.len());
            }
            let (home, work) = bare.split_once('で')?;
            let is_told = words![
                "をしています",
                "をしております",
                "をやっています",
                "として働いています",
                "として活動しています",
                "として働く",
            ]
            .end(work);
            let is_place = is_told && is_known_place(home);
            is_place.then(|| from..from + home.len())
        })
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat;
    use crate::resume::read;
    use shokureki_index::lexicon::Lexicon;

    #[track_caller]
    fn check_home(text: &str, expected: Option<&str>) {
        let (resume, _) = read(text, DocumentFormat::Markdown, Lexicon::builtin());
        assert_eq!(resume.identity.location.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_place_beside_other_parts_of_a_line_is_the_home() {
        let below_name = |line: &str| format!("# 葛木 朔\n\n{line}\n\n## 職務経歴\n");
        check_home(&below_name("> バックエンドエンジニア / 東京"), Some("東京"));
        check_home(&below_name("SRE ／ 札幌 ／ リモート"), Some("札幌"));
        check_home(
            "# 職務経歴\n\n**なまえ** 葛木 朔 ／ **拠点** 福岡 ／ **最終更新** 2026.10\n\n## 職歴\n",
            Some("福岡"),
        );
        check_home(&below_name("バックエンド / 設計"), None);
        check_home("# 石川 朔 / 千葉 朔\n\n## 職務経歴\n", None);
    }
}
