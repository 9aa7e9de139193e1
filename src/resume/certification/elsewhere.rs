//! Certificates outside of lists: scores of language tests, dated lines and rows of a timeline,
//! sentences that tell of passing, links to proofs.

use crate::domain::{LinkKind, Moment};
use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::super::block::{Blocks, Kind};
use super::super::bracket::without_brackets;
use super::super::education::dating::{dated_above, row_parts};
use super::super::identity::link_kind;
use super::super::letters::compact;
use super::super::period::{PeriodShape, find_periods};
use super::super::section::Section;
use super::held::{has_certificate_word, is_no_certificate, is_not_held, is_prose, names_school};
use super::name::certificate_name;
use super::pieces::is_nominal;
use super::{MAX_TEXT_BYTES, Reader, language, moment_of, pieces};

/// Longer lines are no entries of a timeline.
const MAX_ENTRY_CHARS: usize = 80;

/// Bytes of a title of the rest.
const MAX_OTHERS_BYTES: usize = 24;

/// Items of a list that are looked at for another certificate.
const MAX_SIBLINGS: usize = 8;

/// Returns whether a text ends as names of certificates do: 「色彩検定1級」「普通自動車免許」.
fn is_grade_or_licence(text: &str) -> bool {
    let bare = without_brackets(text);
    let bare = bare.trim();
    let is_graded = bare.ends_with(['級', '段'])
        && ["検定", "技能士", "簿記", "珠算", "書道", "英検", "漢検"]
            .iter()
            .any(|word| bare.contains(word));
    bare.chars().count() <= 24
        && (is_graded
            || words![
                "免許",
                "免許証",
                "免状",
                "検定",
                "技能士",
                "工事士",
                "取扱者",
            ]
            .end(bare))
}

/// Returns which blocks stand under その他, where people put the rest: certificates, schools.
pub(super) fn stand_among_others(blocks: &Blocks) -> Vec<bool> {
    let mut titles = vec![false; blocks.len()];
    let mut stand = vec![false; blocks.len()];
    for at in 1..blocks.len() {
        let parent = blocks[at].parent;
        if blocks[at].kind == Kind::Heading {
            titles[at] = titles_others(blocks[at].str());
        }
        stand[at] = match blocks[parent].kind {
            Kind::Heading => titles[parent],
            _ => stand[parent],
        };
    }
    stand
}

/// Returns whether a title is of the rest.
fn titles_others(title: &str) -> bool {
    let bare = title.trim_matches(|letter: char| !letter.is_alphabetic());
    bare.len() <= MAX_OTHERS_BYTES
        && matches!(
            bare.to_lowercase().as_str(),
            "その他"
                | "そのほか"
                | "ほか"
                | "その他のこと"
                | "その他情報"
                | "備考"
                | "補足"
                | "other"
                | "others"
                | "misc"
                | "プロフィール"
                | "profile"
                | "基本情報"
                | "etc"
                | "おまけ"
                | "番外"
                | "番外編"
                | "余談"
                | "雑多"
                | "そのほかのこと"
                | "プライベート"
        )
}

impl Reader<'_> {
    /// Reads a block that no list of certificates holds.
    pub(super) fn elsewhere(&mut self, at: usize) {
        let text = self.blocks[at].str();
        if text.is_empty() || text.len() > MAX_TEXT_BYTES || !self.may_tell(at) {
            return;
        }
        for range in language::scores(text) {
            self.push(at, range, None);
        }
        if self.proof(at) {
            return;
        }
        if is_prose(text) {
            if text.contains(['取', '格', '保', '持', '受']) {
                self.sentences(at);
            }
        } else if self.among_others[at] || self.stands_beside_certificate(at) {
            self.among_others(at);
        } else if let Some(acquired) = self.own_date(at).or_else(|| self.date_above(at)) {
            self.dated(at, acquired);
        } else if self.evidence.section[at] == Section::Skills {
            self.beside_skills(at);
        }
    }

    /// Reads certificates that stand beside a skill: 「Kubernetes: 運用4年、CKA」.
    fn beside_skills(&mut self, at: usize) {
        let text = self.blocks[at].str();
        if text.chars().count() > MAX_ENTRY_CHARS || is_not_held(text) {
            return;
        }
        for piece in text.split(['、', ',', '，', '/', '／', ':', '：', '(', '（', ')', '）'])
        {
            let name = piece.trim();
            // SAP is a product first.
            let is_name = self.is_entry_of_list(name) && self.lexicon.resolve(name).is_none();
            if is_name {
                let offset = name.as_ptr() as usize - text.as_ptr() as usize;
                self.push(at, offset..offset + name.len(), None);
            }
        }
    }

    /// Returns whether an item stands in a list that names another certificate.
    fn stands_beside_certificate(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        block.kind == Kind::Item
            && is_grade_or_licence(block.str())
            && self
                .blocks
                .children(block.parent)
                .take(MAX_SIBLINGS)
                .filter(|sibling| *sibling != at && self.blocks[*sibling].kind == Kind::Item)
                .any(|sibling| {
                    let text = self.blocks[sibling].str();
                    text.chars().count() <= MAX_ENTRY_CHARS
                        && is_nominal(text)
                        && self.lexicon.certificate(text).is_some()
                })
    }

    /// Reads a line of it that names certificates and nothing else.
    fn among_others(&mut self, at: usize) {
        let text = self.blocks[at].str();
        if text.chars().count() > MAX_ENTRY_CHARS || names_school(text) {
            return;
        }
        let parts = pieces::listed(text, self.lexicon);
        let is_each_known = parts.iter().all(|part| {
            (self.lexicon.certificate(part).is_some() || is_grade_or_licence(part))
                && is_nominal(part)
        });
        if is_each_known {
            let acquired = self.own_date(at);
            self.add(at, 0..text.len(), acquired);
        }
    }

    /// Reads a row of a timeline: a date and what happened.
    pub(super) fn dated_row(&mut self, row: usize) {
        if !self.may_tell(row) {
            return;
        }
        let Some(acquired) = self.date_of_row(row) else {
            return;
        };
        let parts = row_parts(self.blocks, self.evidence, row);
        for cell in parts.others {
            let is_other = self.blocks[cell].end == cell + 1
                && !self.labelled[cell]
                && self.evidence.periods[cell].is_empty();
            if is_other {
                self.dated(cell, acquired);
            }
        }
    }

    /// Returns the first date that stands in cells of its own in a row.
    pub(super) fn date_of_row(&self, row: usize) -> Option<Moment> {
        let date = row_parts(self.blocks, self.evidence, row).date?;
        find_periods(&date).first().and_then(moment_of)
    }

    /// Returns the date that stands alone above a block.
    pub(super) fn date_above(&self, at: usize) -> Option<Moment> {
        let dated = dated_above(self.blocks, self.evidence, at)?;
        find_periods(&dated).first().and_then(moment_of)
    }

    fn may_tell(&self, at: usize) -> bool {
        !matches!(
            self.evidence.section[at],
            Section::Projects | Section::Wishes | Section::Other
        )
    }

    /// Returns the only date of a block.
    fn own_date(&self, at: usize) -> Option<Moment> {
        match self.evidence.periods[at].as_slice() {
            [period] if matches!(period.shape, PeriodShape::Single | PeriodShape::BareYear) => {
                moment_of(period)
            }
            _ => None,
        }
    }

    /// Reads a dated entry: 「2012年6月 応用情報技術者試験 合格」, 「2019/07 CKA」.
    fn dated(&mut self, at: usize, acquired: Moment) {
        let text = self.blocks[at].str();
        if text.chars().count() > MAX_ENTRY_CHARS || is_no_certificate(text) || names_school(text) {
            return;
        }
        let name = certificate_name(text);
        let is_listed = self.lexicon.certificate(&name).is_some();
        let passed = words!["合格", "取得", "免許交付", "登録"];
        let tells = passed.end(text.trim_end_matches(|letter: char| !letter.is_alphanumeric()))
            || passed
                .places_in(text)
                .any(|(at, word)| text[at + word.len()..].starts_with(['（', '(']));
        let is_plain = is_listed && self.is_entry_of_list(&name);
        let of_company = words![
            "ISO",
            "ISMS",
            "マーク",
            "認証",
            "特許",
            "助成",
            "補助",
            "許可",
        ]
        .is_in(&name);
        let is_personal = !of_company
            && words!["免許", "検定", "試験", "技術者", "級", "認定", "Certified"].is_in(&name)
            && has_certificate_word(&name);
        if is_plain || (tells && (is_listed || is_personal)) {
            let start = pieces::behind_lead(text, self.lexicon);
            self.push(at, start..text.len(), Some(acquired));
        }
    }

    /// Returns whether a name is an entry of the lexicon and nothing more.
    fn is_entry_of_list(&self, name: &str) -> bool {
        let own = compact(name.chars());
        self.lexicon.certificate(name).is_some_and(|entry| {
            std::iter::once(&entry.name)
                .chain(&entry.aliases)
                .any(|known| compact(known.chars()) == own)
        })
    }

    /// Reads sentences that say that a certificate of the lexicon was passed or is held.
    fn sentences(&mut self, at: usize) {
        const OTHERS: &WordList = words![
            "メンバー",
            "チーム",
            "部下",
            "後輩",
            "全員",
            "社員",
            "受講者",
            "生徒",
            "教材",
            "講師",
            "支援",
            "推奨",
            "対策",
            "名が",
            "人が",
            "研修",
            "取得者",
        ];
        let text = self.blocks[at].str();
        for sentence in text.split(['。', '！', '\n']) {
            let tells = words![
                "取得し",
                "取得済",
                "合格し",
                "保有し",
                "を取りました",
                "に受かり",
                "を持ってい",
                "資格は",
            ]
            .is_in(sentence);
            if !tells || is_not_held(sentence) || OTHERS.is_in(sentence) {
                continue;
            }
            for piece in pieces::told(sentence, self.lexicon, true) {
                let offset = piece.as_ptr() as usize - text.as_ptr() as usize;
                let acquired = find_periods(sentence).first().and_then(moment_of);
                self.push(at, offset..offset + piece.len(), acquired);
            }
        }
    }

    /// Reads a link to a proof of a certificate; returns whether the block is one.
    fn proof(&mut self, at: usize) -> bool {
        let block = &self.blocks[at];
        let text = block.str();
        let leads = block.links.iter().any(|link| {
            let is_course = words!["coursera.", "udacity.", "edx.org"].is_in(&link.url);
            link.label.len() + 24 >= text.len()
                && (text.contains("修了証")
                    || link_kind(&link.url) == LinkKind::Credential
                    || is_course)
        });
        let is_name = leads
            && text.chars().count() <= MAX_ENTRY_CHARS
            && (self.lexicon.certificate(text).is_some()
                || text.contains("修了証")
                || text.to_ascii_lowercase().contains("certificate"));
        if is_name {
            self.push(at, 0..text.len(), None);
        }
        is_name
    }
}
