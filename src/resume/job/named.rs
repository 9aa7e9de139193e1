//! Whom a title names, how surely, and which titles name no employer.

use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

use crate::resume::block::Kind;
use crate::resume::bracket::without_brackets;
use crate::resume::employer::{
    JobTitle, Strength, counts_employers, is_hidden, job_title, kind_of, strength, strip_lead,
};
use crate::resume::evidence::{Event, Shape, event_of};
use crate::resume::label::Field;

use super::below::says_which_job;
use super::bold::split_at_bold;
use super::event;
use super::post::is_of_post;
use super::sign::{
    is_in_table_of_schools, is_over_stay, leaves_school, lists_tools, names_course, names_event,
    names_school, names_trade, role_and_place, says_student, says_where_work_was, self_employed,
    tells_of_training,
};
use super::site::Site;
use super::statement::row_text;
use super::work_words::is_pause;

/// What a block tells of joining and leaving.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Nothing: it states a stay.
    Stay,
    /// Somebody joined then.
    Joining,
    /// Something that states no job: leaving, a piece of work, what was told above already.
    Other,
}

impl Site<'_> {
    /// Whether `title` is of a pause, a school, a training or a sentence.
    pub(super) fn titles_no_job(&self, title: &str) -> bool {
        if is_pause(title) || (self.field == Some(Field::Summary) && self.own.is_none()) {
            return true;
        }
        // 「2022年7月にA社に転職し、受託の開発に従事」 is a sentence.
        let is_sentence =
            self.kind == Kind::Line && title.starts_with('に') && title.contains('、');
        let is_school = self.kind == Kind::Row
            && (names_course(title)
                || names_school(title) && is_in_table_of_schools(self.blocks, self.at))
            || leaves_school(title);
        is_sentence
            || is_school
            || tells_of_training(self.blocks, self.at)
            || says_student(title)
            || says_where_work_was(title)
    }

    /// What the block tells of.
    pub(super) fn occasion(&self, title: &str) -> Occasion {
        let Self {
            blocks,
            evidence,
            lexicon,
            at,
            ..
        } = *self;
        let text = row_text(blocks, at);
        let event = event_of(&text).filter(|_| {
            matches!(self.kind, Kind::Item | Kind::Line | Kind::Row)
                || event::titles_joining(blocks, evidence, at)
        });
        let joins_silently = event.is_none()
            && event::joins_silently(blocks, evidence, lexicon, at, self.own.as_ref());
        if !(event.is_some() || joins_silently) || !self.has_moment() {
            return Occasion::Stay;
        }
        // 「2013/01 電子カルテ 参画」: who begins with a piece of work joins no employer.
        let is_of_work = || {
            words!["参画", "に参加", "で参加"].is_in(&text)
                && !words!["入社", "入職", "転籍", "就職", "契約", "業務委託"].is_in(&text)
                && strength(&job_title(title, lexicon).name, lexicon) == Strength::None
                && !has_legal_form(title)
        };
        let is_other = event == Some(Event::Leave)
            || event::repeats_above(blocks, evidence, at)
            || is_of_work();
        if is_other {
            Occasion::Other
        } else {
            Occasion::Joining
        }
    }

    /// Whom `title` names, and how surely that is an employer; `None` where it is none. `stated` is what
    /// the whole block states.
    pub(super) fn employer(
        &self,
        stated: &str,
        title: &str,
        occasion: Occasion,
    ) -> Option<(JobTitle, Strength)> {
        let mut job = job_title(title, self.lexicon);
        split_at_bold(self.blocks, self.evidence, self.named_in, &mut job);
        if self.names_no_employer(&job) {
            return None;
        }
        if let Some(name) = self_employed(self.blocks, self.at, title) {
            job = job_title(&name, self.lexicon);
        } else if !self.is_sure(title, &job, occasion) {
            let strength = if says_which_job(without_brackets(title).trim()) {
                Strength::None
            } else {
                self.strength(stated, title, &job, occasion)
            };
            return Some((job, strength));
        }
        if is_over_stay(self.blocks, self.evidence, self.at)
            && let Some((role, place)) = role_and_place(title)
        {
            job = job_title(place, self.lexicon);
            job.rest.push(role.to_owned());
        }
        Some((job, Strength::Sure))
    }

    /// Whether what stands around the name makes it an employer's, whatever it is.
    fn is_sure(&self, title: &str, job: &JobTitle, occasion: Occasion) -> bool {
        let joins = || {
            words![
                "入社", "入職", "入所", "入行", "入庁", "就職", "開業", "転籍", "転職",
            ]
            .is_in(&row_text(self.blocks, self.at))
        };
        let is_joined = occasion == Occasion::Joining
            && !job.name.is_empty()
            && !names_school(&job.name)
            && joins();
        // 「### 業務委託（2022/04〜2022/12）」 names how somebody worked, and nobody whom for.
        let is_contract = || {
            let own = self.own.as_ref();
            self.kind == Kind::Heading
                && own.is_some_and(|own| own.period.is_stretch())
                && without_brackets(title).trim() == "業務委託"
        };
        is_joined
            || self.heads_works
            || is_over_stay(self.blocks, self.evidence, self.at)
            || is_contract()
    }

    /// How surely the name itself is an employer's.
    fn strength(&self, stated: &str, title: &str, job: &JobTitle, occasion: Occasion) -> Strength {
        let is_told = self.field == Some(Field::Employer)
            || counts_employers(stated)
            || counts_employers(title)
            // A trade name, which only somebody's own business has.
            || names_trade(stated);
        // Who joins something joins an employer, whatever its name.
        let is_joined = occasion == Occasion::Joining && self.kind == Kind::Row;
        if is_told && !job.name.is_empty() || is_joined || is_of_post(job) {
            return Strength::Sure;
        }
        match strength(&job.name, self.lexicon) {
            Strength::Sure => Strength::Sure,
            other => other.max(strength(strip_lead(title), self.lexicon)),
        }
    }

    /// Whether the name is of something of one's own, of tools, of an event, or of several.
    fn names_no_employer(&self, job: &JobTitle) -> bool {
        // 「レシピの記録 - 個人開発」: nobody employs who makes something of their own.
        if job.name.starts_with("個人開発") && job.lead.is_some() {
            return true;
        }
        // 「【副業：講師】」 in a row of works says how the work was done.
        let cell = self.blocks[self.at].parent;
        let is_of_row = || {
            self.blocks[cell].kind == Kind::Cell
                && self.evidence.field[cell] != Some(Field::Employer)
                && self
                    .evidence
                    .shape_of_row(self.blocks, self.blocks[cell].parent)
                    == Shape::Works
        };
        let says_how = kind_of(&job.name).is_none() && is_hidden(&job.name) && !job.rest.is_empty();
        says_how && is_of_row()
            || lists_tools(&job.name, self.lexicon)
            || names_event(&job.name)
            || job.name == "同社"
            || words!["それぞれ", "各社", "両社"].begin(&job.name)
    }
}
