//! Certificates: lines of the section that lists them, rows of its tables, values of the label 資格,
//! and language tests wherever they stand.

mod elsewhere;
mod held;
mod label;
mod language;
mod name;
mod pieces;
mod row;

use shokureki_index::words;
use std::collections::HashSet;
use std::ops::Range;

use shokureki_index::lexicon::Lexicon;
use unicode_normalization::UnicodeNormalization as _;

use crate::domain::{Certification, LinkKind, Moment, PeriodEnd, Span, TechnologyName};

use super::block::{Blocks, Kind};
use super::bracket::without_brackets;
use super::duration::find_durations;
use super::education::listing::Listing;
use super::evidence::{Evidence, title_without};
use super::label::split_label;
use super::letters::compact;
use super::period::{FoundPeriod, find_periods};
use super::section::Section;
use super::text::small;

pub(super) use held::has_certificate_word;

use elsewhere::stand_among_others;
use held::{is_named, is_no_certificate, is_not_held, is_prose, names_school};
use label::{is_title, labelled, names_certificates};
use name::certificate_name;

/// Longer texts list no certificates.
const MAX_TEXT_BYTES: usize = 1200;

/// Finds the certificates, in document order.
pub(super) fn read_certifications(
    text: &str,
    blocks: &Blocks,
    evidence: &Evidence,
    listed: &[Option<Listing>],
    lexicon: &Lexicon,
) -> Vec<Certification> {
    let mut reader = Reader {
        text,
        blocks,
        evidence,
        lexicon,
        listed,
        labelled: labelled(blocks),
        among_others: stand_among_others(blocks),
        holder: vec![false; blocks.len()],
        found: Vec::new(),
    };
    let mut at = 1;
    while at < blocks.len() {
        at = if evidence.is_form[at] {
            at + 1
        } else {
            reader.block(at)
        };
    }
    reader.once_each()
}

struct Reader<'a> {
    text: &'a str,
    blocks: &'a Blocks,
    evidence: &'a Evidence,
    lexicon: &'a Lexicon,
    /// What each block is listed under.
    listed: &'a [Option<Listing>],
    /// Whether a block is, or stands in, the value of 資格.
    labelled: Vec<bool>,
    /// Whether a block stands where people put the rest.
    among_others: Vec<bool>,
    /// Whether a block has given a certificate.
    holder: Vec<bool>,
    found: Vec<Found>,
}

/// A certificate, and whether a list of certificates holds it.
struct Found {
    certificate: Certification,
    is_listed: bool,
}

impl Reader<'_> {
    /// Reads a block; returns the next one to read.
    fn block(&mut self, at: usize) -> usize {
        let block = &self.blocks[at];
        let is_planned = self.listed[at] == Some(Listing::Neither);
        let in_section = !is_planned
            && match self.listed[at] {
                Some(listing) => listing.has_certificates(),
                None => self.evidence.section[at] == Section::Certifications,
            };
        match block.kind {
            Kind::Root | Kind::Table => {}
            Kind::Row if in_section => {
                if !block.is_header {
                    self.row(at);
                }
                return block.end;
            }
            Kind::Row if !is_planned => self.dated_row(at),
            Kind::Row => {}
            Kind::Heading if self.evidence.opens_section[at] && !self.is_entry(at) => {
                if in_section && let Some((_, value)) = split_label(block.str()) {
                    self.add(at, value..block.str().len(), None);
                }
            }
            Kind::Cell if !self.labelled[at] => self.elsewhere(at),
            _ if in_section || self.labelled[at] => self.line(at),
            _ if !is_planned => self.elsewhere(at),
            _ => {}
        }
        at + 1
    }

    /// Returns whether a heading that sounds like a section is a certificate: 「統計検定 3級（2022-03）」.
    fn is_entry(&self, at: usize) -> bool {
        let text = self.blocks[at].str();
        !split_label(text).is_some_and(|(label, _)| names_certificates(label))
            && has_certificate_word(text)
            && (!self.evidence.periods[at].is_empty() || self.lexicon.certificate(text).is_some())
    }

    /// Reads a line of the section, or a value of 資格.
    fn line(&mut self, at: usize) {
        let block = &self.blocks[at];
        let text = block.str();
        if text.is_empty()
            || text.len() > MAX_TEXT_BYTES
            || self.is_unchecked(at)
            || text.starts_with("http")
            || is_title(text)
            // 「○○高専を卒業。就職してから△△を取った。」 tells of both.
            || names_school(&without_brackets(text)) && !is_prose(text)
            || self.leads_to_proof(at)
            || self.is_term(at)
        {
            return;
        }
        // A line under a certificate tells more of it.
        let is_below = self.holder[block.parent] && block.kind != Kind::Cell;
        if is_below && self.lexicon.certificate(text).is_none() {
            return;
        }
        if block.end > at + 1
            && matches!(block.kind, Kind::Heading | Kind::Item)
            && self.is_group(at)
        {
            return;
        }
        let Some(start) = self.value_start(at) else {
            return;
        };
        let is_remark = text.starts_with(['(', '（']) && text.ends_with([')', '）']);
        if is_prose(&text[start..]) || is_remark || text.starts_with(['※', '＊', '*']) {
            for piece in pieces::told(&text[start..], self.lexicon, false) {
                let offset = piece.as_ptr() as usize - text.as_ptr() as usize;
                self.push(at, offset..offset + piece.len(), None);
            }
            return;
        }
        let acquired = match self.evidence.periods[at].first() {
            Some(period) => moment_of(period),
            None if block.kind == Kind::Cell => self.date_of_row(block.parent),
            None => self.date_above(at),
        };
        self.add(at, start..text.len(), acquired);
    }

    /// Returns whether a line is the term of a definition, which groups certificates: 「IPA」 over
    /// 「: 基本情報技術者、…」.
    fn is_term(&self, at: usize) -> bool {
        let is_defined = |next: usize| {
            let next = &self.blocks[next];
            next.kind == Kind::Line && next.str().starts_with(": ")
        };
        self.blocks[at].kind == Kind::Line
            && at + 1 < self.blocks.len()
            && is_defined(at + 1)
            && !has_certificate_word(self.blocks[at].str())
    }

    /// Returns whether an item's box is not checked.
    fn is_unchecked(&self, at: usize) -> bool {
        let start = self.blocks[at].source.start;
        self.text
            .get(..start)
            .is_some_and(|before| before.trim_end_matches(' ').ends_with("[ ]"))
            || words!["[ ]", "☐", "□", "⬜"].begin(self.blocks[at].str())
    }

    /// Returns where the names begin behind the label of a line; none where it labels something else.
    fn value_start(&self, at: usize) -> Option<usize> {
        let text = self.blocks[at].str();
        let Some((label, value)) = split_label(text) else {
            return Some(0);
        };
        let rest = text[value..].trim();
        if rest.starts_with("http") {
            return None;
        }
        let is_date = find_periods(label)
            .first()
            .is_some_and(|period| title_without(label, &period.range).is_empty());
        let bare = label.trim_matches(|letter: char| !letter.is_alphanumeric());
        if is_date || (self.labelled[at] && names_certificates(label)) {
            return Some(value);
        }
        // 「AZ-204: Developing Solutions …」, 「TOEIC：815点」; 「国家資格：応用情報技術者」.
        if bare.ends_with("資格") || matches!(bare, "検定" | "免許" | "国家試験") {
            return Some(value);
        }
        if self.lexicon.certificate(label).is_some() || has_certificate_word(label) {
            return Some(0);
        }
        if rest.is_empty()
            || find_periods(rest)
                .first()
                .is_some_and(|period| title_without(rest, &period.range).chars().count() <= 3)
        {
            return Some(0);
        }
        // 「SnowPro Advanced: Data Engineer」, 「ベンダー：LPIC-1」.
        let first = pieces::listed(rest, self.lexicon)
            .first()
            .copied()
            .unwrap_or(rest);
        if label.is_ascii() && self.lexicon.certificate(first).is_none() {
            return Some(0);
        }
        if is_named(rest, self.lexicon) {
            return Some(value);
        }
        label.is_ascii().then_some(0)
    }

    /// Returns whether a line is no more than a link to a page that proves a certificate.
    fn leads_to_proof(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        block.links.iter().any(|link| {
            link.label.len() + 12 >= block.str().len()
                && super::identity::link_kind(&link.url) == LinkKind::Credential
                && link.label.start > 0
        })
    }

    /// Returns whether a heading or item is a maker or a state above certificates.
    fn is_group(&self, at: usize) -> bool {
        let text = self.blocks[at].str();
        if !self.evidence.periods[at].is_empty() {
            return false;
        }
        let has_own = is_named(text, self.lexicon);
        let has_named_below = self
            .blocks
            .children(at)
            .take(8)
            .filter(|child| !self.blocks[*child].str().starts_with("http"))
            .any(|child| match self.blocks[child].kind {
                Kind::Table => true,
                _ => is_named(self.blocks[child].str(), self.lexicon),
            });
        if has_named_below {
            return !has_own || self.blocks[at].kind == Kind::Heading || text.ends_with("資格");
        }
        self.blocks[at].kind == Kind::Heading
            && self.lexicon.certificate(text).is_none()
            && self.evidence.periods[at].is_empty()
    }

    /// Adds the certificates of a text, cut where it lists several.
    fn add(&mut self, at: usize, range: Range<usize>, acquired: Option<Moment>) {
        let text = self.blocks[at].str();
        let parts = pieces::listed(&text[range], self.lexicon);
        let is_one = parts.len() == 1;
        for part in parts {
            let offset = part.as_ptr() as usize - text.as_ptr() as usize;
            let own = find_periods(part).first().and_then(moment_of);
            let acquired = own.or(acquired.filter(|_| is_one));
            self.push(at, offset..offset + part.len(), acquired);
        }
    }

    /// Adds the certificate of a cell whose score stands in a cell of its own: 「| TOEIC | 805 |」.
    fn push_scored(&mut self, at: usize, score: usize, acquired: Option<Moment>) {
        let count = self.found.len();
        self.push(at, 0..self.blocks[at].str().len(), acquired);
        if let Some(found) = self.found.get_mut(count) {
            let score = self.blocks[score].str().trim();
            found.certificate.name = format!("{} {score}", found.certificate.name);
        }
    }

    /// Adds the certificate that bytes `range` of the block name, if they do.
    fn push(&mut self, at: usize, range: Range<usize>, acquired: Option<Moment>) {
        let block = &self.blocks[at];
        let part = &block.str()[range.clone()];
        let name = certificate_name(part);
        let is_technology = self.lexicon.certificate(&name).is_none()
            && (self.lexicon.resolve(&name).is_some() || states_experience(&name));
        let is_name = !is_technology
            && name.chars().count() >= 2
            && name.chars().count() <= 120
            && name.chars().any(char::is_alphabetic)
            && !is_title(&name)
            && !matches!(
                without_brackets(&name).trim(),
                "なし"
                    | "無し"
                    | "資格名"
                    | "学歴/資格"
                    | "学歴・資格"
                    | "資格・免許"
                    | "取得中"
                    | "名称"
                    | "etc"
                    | "etc."
                    | "など"
                    | "以上"
                    | "同上"
            );
        // 「2023年取得予定 2024年3月」: planned once, held since.
        let was_planned = part.contains("取得予定") && find_periods(part).len() >= 2;
        if !is_name
            || is_no_certificate(part)
            || names_school(&name)
            || (is_not_held(part) && !was_planned)
        {
            return;
        }
        let technology = self
            .lexicon
            .certificate(part)
            .and_then(|certificate| certificate.technology.as_deref())
            .and_then(|key| self.lexicon.technology(key))
            .map(|technology| TechnologyName {
                key: technology.key.clone(),
                name: technology.name.clone(),
                is_listed: true,
            });
        let source = block.text.source(range);
        self.holder[at] = true;
        let is_listed = match self.listed[at] {
            Some(listing) => listing.has_certificates(),
            None => self.evidence.section[at] == Section::Certifications,
        };
        self.found.push(Found {
            certificate: Certification {
                name,
                acquired,
                technology,
                line: block.line,
                span: Span {
                    start: small(source.start),
                    end: small(source.end),
                },
            },
            is_listed,
        });
    }

    /// Returns what was found, each once: what a list holds before what is told elsewhere.
    fn once_each(self) -> Vec<Certification> {
        let compact = |name: &str| compact(name.nfkc());
        let entry = |name: &str| {
            self.lexicon
                .certificate(name)
                .map_or_else(|| compact(name), |found| found.name.clone())
        };
        let mut entries: HashSet<String> = self
            .found
            .iter()
            .filter(|found| found.is_listed)
            .map(|found| entry(&found.certificate.name))
            .collect();
        let mut names = HashSet::new();
        self.found
            .into_iter()
            .filter(|found| {
                let name = &found.certificate.name;
                (found.is_listed || entries.insert(entry(name))) && names.insert(compact(name))
            })
            .map(|found| found.certificate)
            .collect()
    }
}

/// 「Java : 5年」 in a list of certificates and skills.
fn states_experience(text: &str) -> bool {
    find_durations(text).last().is_some_and(|found| {
        found.range.end == text.len()
            && text[..found.range.start]
                .trim_end()
                .ends_with([':', '：', '…', '-', '|'])
    })
}

fn moment_of(period: &FoundPeriod) -> Option<Moment> {
    period.from.or(match period.to {
        PeriodEnd::At(moment) => Some(moment),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use shokureki_index::lexicon::Lexicon;

    use crate::domain::DocumentFormat;
    use crate::resume::read;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (resume, _) = read(text, DocumentFormat::Markdown, Lexicon::builtin());
        let names: Vec<&str> = resume
            .certifications
            .iter()
            .map(|certificate| certificate.name.as_str())
            .collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn tables_are_read_by_their_heads() {
        check(
            "## 資格\n\n| 取得日 | 資格名 | スコア | 備考 |\n|---|---|---|---|\n| 2021-05 | LPIC-1 | | 失効 |\n| 2020-01 | TOEIC L&R | 860 | |\n| 2026-02 予定 | CCNA | | 申込済み |\n",
            &["LPIC-1", "TOEIC L&R 860"],
        );
        check(
            "## 資格\n\n### 情報処理\n\n試験区分 | 資格所有（類似は△）\n---|---\nITパスポート試験 | \n基本情報技術者試験 | ✔\n応用情報技術者試験　| \n",
            &["基本情報技術者試験"],
        );
        check(
            "## 資格\n\n* Google Cloud (Professional Cloud Developer, Professional Machine Learning Engineer) 2024-2025年\n",
            &[
                "Professional Cloud Developer",
                "Professional Machine Learning Engineer",
            ],
        );
        check(
            "| 住所 | 盛岡市 | 年齢 | 40 |\n|---|---|---|---|\n| 氏名 | 葛木 朔 | 資格 | LPIC-1<br>CCNA（2012、失効） |\n",
            &["LPIC-1", "CCNA"],
        );
    }

    #[test]
    fn certificates_stand_beside_skills() {
        check(
            "## スキル\n\n- Kubernetes: 運用4年、CKA\n- AWS: 5年、LPIC-1は取得予定\n- SAP: 2年\n",
            &["CKA"],
        );
    }

    #[test]
    fn boxes_groups_and_mixed_lists_are_told_apart() {
        check(
            "## 資格・学歴・その他\n\n- [x] LPIC-1\n- [ ] CCNA\n- 国家資格\n  - 応用情報技術者（2018/12）\n- 2012年3月 花巻星空大学 理学部 卒業\n- 情報処理学会 会員\n",
            &["LPIC-1", "応用情報技術者"],
        );
    }

    #[test]
    fn timelines_and_sentences_state_certificates_once() {
        check(
            "## 年表\n\n- 2008年3月 花巻星空高校 卒業\n- 2010年11月 応用情報技術者試験 合格\n- 2012-06 【資格】LPIC-1\n\n## 自己PR\n\n独学で応用情報技術者試験に合格しました。CCNAも取得したいです。\n",
            &["応用情報技術者試験", "LPIC-1"],
        );
        check(
            "## その他\n\n- LPIC-1 / CCNA\n- 言語: 英語（TOEIC 730）\n",
            &["LPIC-1", "CCNA", "TOEIC 730"],
        );
    }
}
