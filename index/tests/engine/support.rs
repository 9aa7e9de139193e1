//! Builds small documents line by line, so that every span is where the text has it.
#![allow(unreachable_pub, reason = "the tests are its only users")]

use std::fs;
use std::ops::Range;
use std::time::Duration;

use shokureki_index::months::MonthRange;
use shokureki_index::{
    Answer, Cancel, CertificationEntry, Change, Condition, Document, EmployerCondition,
    EmployerEntry, Grade, Grouping, Hit, MentionEntry, Order, Page, PeriodCondition, Query,
    SkillIndex, StintCondition, StintEntry, StintQuery, TechnologyCondition, Tenure, Window,
    WordsCondition,
};

pub const BUDGET: Duration = Duration::from_secs(60);

/// A month as an ordinal: `month("2016-04")`.
pub fn month(text: &str) -> i32 {
    let (year, month) = text.split_once('-').unwrap();
    year.parse::<i32>().unwrap() * 12 + month.parse::<i32>().unwrap() - 1
}

pub fn months(first: &str, last: &str) -> MonthRange {
    MonthRange {
        first: month(first),
        last: month(last),
    }
}

/// A résumé under construction.
#[derive(Clone, Debug, Default)]
pub struct Resume {
    pub document: Document,
}

/// A job to add to a [`Resume`].
#[derive(Clone, Debug, Default)]
pub struct Job<'a> {
    pub employer: Option<&'a str>,
    pub aliases: &'a [&'a str],
    pub months: Option<MonthRange>,
    pub is_current: bool,
    pub roles: &'a [&'a str],
    pub lines: &'a [&'a str],
    pub worked: &'a [&'a str],
    pub graded: &'a [(&'a str, Grade)],
}

impl Resume {
    pub fn new(key: &str) -> Self {
        let mut resume = Self::default();
        resume.document.key = key.to_owned();
        resume.document.resume = format!("resume-{key}");
        resume
    }

    pub fn line(&mut self, text: &str) -> Range<usize> {
        let start = self.document.text.len();
        self.document.text.push_str(text);
        let end = self.document.text.len();
        self.document.text.push('\n');
        start..end
    }

    pub fn prose(mut self, text: &str) -> Self {
        self.line(text);
        self
    }

    pub fn name(mut self, names: &[&str], kana: Option<&str>) -> Self {
        let span = self.line(&format!("氏名 {}", names[0]));
        self.document.name_span = Some(span.end - names[0].len()..span.end);
        self.document.names = names.iter().map(|&name| name.to_owned()).collect();
        self.document.name_kana = kana.map(str::to_owned);
        self
    }

    pub fn location(mut self, place: &str) -> Self {
        let span = self.line(&format!("現住所 {place}"));
        self.document.location = Some((vec![place.to_owned()], span.end - place.len()..span.end));
        self
    }

    pub fn certification(mut self, name: &str) -> Self {
        let span = self.line(&format!("- {name}"));
        self.document.certifications.push(CertificationEntry {
            names: vec![name.to_owned()],
            span: span.start + 2..span.end,
        });
        self
    }

    pub fn updated(mut self, at_us: i64) -> Self {
        self.document.updated_at_us = at_us;
        self
    }

    pub fn stated(mut self, technology: &str, months: u32) -> Self {
        self.document
            .stated_months
            .push((technology.to_owned(), months));
        self
    }

    /// A mention outside the stints.
    pub fn skill(mut self, technology: &str, grade: Grade) -> Self {
        self.mention(technology, grade, None);
        self
    }

    fn mention(&mut self, technology: &str, grade: Grade, stint: Option<usize>) {
        let line = self.line(&format!("・{technology}"));
        self.document.mentions.push(MentionEntry {
            technology: technology.to_owned(),
            grade,
            stint,
            span: line.start + "・".len()..line.end,
        });
    }

    pub fn job(mut self, job: &Job<'_>) -> Self {
        let index = self.document.stints.len();
        let heading = self.line(&format!("## {}", job.employer.unwrap_or("案件")));
        let start = heading.end + 1;
        let roles: Vec<_> = job.roles.iter().map(|role| self.line(role)).collect();
        for line in job.lines {
            self.line(line);
        }
        let worked = job
            .worked
            .iter()
            .map(|&technology| (technology, Grade::Worked));
        for (technology, grade) in worked.chain(job.graded.iter().copied()) {
            self.mention(technology, grade, Some(index));
        }
        let employer = job.employer.map(|name| EmployerEntry {
            key: employer_key(name),
            names: std::iter::once(name)
                .chain(job.aliases.iter().copied())
                .map(str::to_owned)
                .collect(),
            span: heading.end - name.len()..heading.end,
        });
        let end = self.document.text.len();
        self.document.stints.push(StintEntry {
            part_of: None,
            key: format!("{}-{index}", self.document.key),
            employer,
            months: job.months,
            is_current: job.is_current,
            roles: job.roles.iter().map(|&role| role.to_owned()).collect(),
            role_spans: roles.into_iter().map(Some).collect(),
            span: heading,
            text: std::iter::once(start..end).collect(),
        });
        self
    }
}

pub fn employer_key(name: &str) -> String {
    shokureki_index::lexicon::strip_legal_form(name).to_lowercase()
}

/// An index in a directory of its own.
pub struct Bench {
    pub index: SkillIndex,
    pub directory: tempfile::TempDir,
}

pub fn upserts(resumes: impl IntoIterator<Item = Resume>) -> Vec<Change> {
    let upsert = |resume: Resume| Change::Upsert(Box::new(resume.document));
    resumes.into_iter().map(upsert).collect()
}

pub fn index_of(resumes: impl IntoIterator<Item = Resume>) -> Bench {
    let directory = tempfile::tempdir().unwrap();
    let index = SkillIndex::open(directory.path()).unwrap();
    index.apply(upserts(resumes), 1).unwrap();
    Bench { index, directory }
}

/// The same in a segment for each few.
pub fn index_in_segments(resumes: impl IntoIterator<Item = Resume>, each: usize) -> Bench {
    let bench = index_of([]);
    let changes = upserts(resumes);
    for (sequence, changes) in (2..).zip(changes.chunks(each)) {
        bench.index.apply(changes.to_vec(), sequence).unwrap();
    }
    bench
}

pub fn query(condition: Option<Condition>) -> Query {
    Query {
        page: Page {
            limit: 100,
            after: None,
            before: None,
            backward: false,
        },
        count: true,
        evidence: true,
        ..Query::without_hits(condition)
    }
}

impl Bench {
    /// The answer, which is the same however many threads work at it.
    pub fn search(&self, query: &Query) -> Answer {
        let alone = self.index.search(query, BUDGET).unwrap();
        let cancel = Cancel::default();
        let together = self
            .index
            .search_until(query, BUDGET, &cancel, &|_, wanted| wanted);
        let together = together.unwrap();
        assert_eq!(format!("{together:?}"), format!("{alone:?}"));
        alone
    }

    /// The keys of those who meet `condition`, in order of the keys.
    pub fn met(&self, condition: &Condition) -> Vec<String> {
        let answer = self.search(&query(Some(condition.clone())));
        assert_eq!(answer.total, Some(answer.hits.len() as u64));
        let mut keys: Vec<String> = answer.hits.iter().map(|hit| hit.key.clone()).collect();
        keys.sort_unstable();
        keys
    }

    /// The keys of the stints that meet `condition`, in order of the keys, and paged through.
    pub fn met_stints(&self, condition: &Condition) -> Vec<String> {
        let mut query = StintQuery {
            is_blind: false,
            condition: Some(condition.clone()),
            order: Order::Relevance,
            grouping: Grouping::Stint,
            page: Page {
                limit: 7,
                after: None,
                before: None,
                backward: false,
            },
            count: true,
        };
        let mut keys: Vec<String> = Vec::new();
        loop {
            let answer = self
                .index
                .search_stints(&query, BUDGET, &Cancel::default())
                .unwrap();
            let hits = answer.groups.iter().flat_map(|group| &group.hits);
            keys.extend(hits.map(|hit| hit.stint.clone()));
            query.page.after = answer
                .groups
                .last()
                .map(|last| last.hits[0].hit.cursor.clone());
            if !answer.has_next {
                assert_eq!(answer.total, Some(keys.len() as u64));
                keys.sort_unstable();
                return keys;
            }
        }
    }

    #[track_caller]
    #[allow(
        clippy::needless_pass_by_value,
        reason = "a table of conditions reads better"
    )]
    pub fn check(&self, condition: Condition, expected: &[&str]) {
        assert_eq!(self.met(&condition), expected, "{condition:?}");
    }

    #[track_caller]
    pub fn only_hit(&self, condition: Condition) -> Hit {
        let mut answer = self.search(&query(Some(condition)));
        assert_eq!(answer.hits.len(), 1);
        answer.hits.remove(0)
    }
}

pub fn words(text: &str) -> Condition {
    Condition::Words(WordsCondition {
        text: text.to_owned(),
        technology: None,
        literal: true,
        is_exact: false,
        outside_certificates: false,
        is_weak: false,
    })
}

pub fn quoted(text: &str) -> Condition {
    Condition::Words(WordsCondition {
        text: text.to_owned(),
        technology: None,
        literal: true,
        is_exact: true,
        outside_certificates: false,
        is_weak: false,
    })
}

pub fn weak(text: &str) -> Condition {
    Condition::Words(WordsCondition {
        text: text.to_owned(),
        technology: None,
        literal: true,
        is_exact: false,
        outside_certificates: false,
        is_weak: true,
    })
}

pub fn technology_word(text: &str, key: &str, literal: bool) -> Condition {
    Condition::Words(WordsCondition {
        text: text.to_owned(),
        technology: Some(key.to_owned()),
        literal,
        is_exact: false,
        outside_certificates: false,
        is_weak: false,
    })
}

pub fn technology(key: &str) -> TechnologyCondition {
    TechnologyCondition {
        any_of: vec![key.to_owned()],
        include_parts: true,
        min_months: None,
        last_used_since: None,
        min_grade: Grade::Declared,
    }
}

pub fn used(key: &str) -> StintCondition {
    StintCondition {
        technology: Some(technology(key)),
        ..StintCondition::default()
    }
}

pub fn used_for(key: &str, months: u32) -> StintCondition {
    let mut condition = used(key);
    condition.technology.as_mut().unwrap().min_months = Some(months);
    condition
}

pub fn employer(name: &str) -> EmployerCondition {
    EmployerCondition {
        name: name.to_owned(),
        key: employer_key(name),
        partial: true,
        tenure: Tenure::Any,
    }
}

pub fn at(name: &str) -> StintCondition {
    StintCondition {
        employer: Some(employer(name)),
        ..StintCondition::default()
    }
}

pub fn overlapping(first: &str, last: &str) -> Option<PeriodCondition> {
    Some(PeriodCondition {
        window: Window::Months(months(first, last)),
        within: false,
    })
}

pub fn within(first: &str, last: &str) -> Option<PeriodCondition> {
    Some(PeriodCondition {
        window: Window::Months(months(first, last)),
        within: true,
    })
}

pub fn stint(condition: StintCondition) -> Condition {
    Condition::Stint(condition)
}

pub fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// Copies a directory that may be written to meanwhile.
pub fn copy_directory(from: &std::path::Path, to: &std::path::Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_directory(&entry.path(), &target);
        } else {
            match fs::copy(entry.path(), target) {
                Ok(_) => {}
                // What is written beside goes on: a temporary file may be gone again.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}
