//! Jobs that sentences tell of: 「2014年4月〜2019年7月は株式会社Xに在籍。」

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::domain::{Moment, PeriodEnd, YearMonth};

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens};
use crate::resume::employer::job_title;
use crate::resume::evidence::{Event, Evidence, PlacedPeriod, begins_event, event_of};
use crate::resume::period::{FoundPeriod, PeriodShape, find_periods, may_hold_period};
use crate::resume::section::Section;

use super::JobDraft;
use super::told_name::{DASHES, institution, told_employer};

/// Lines of prose that are longer are not read.
const MAX_PROSE_BYTES: usize = 4000;

/// Finds the jobs that the prose of a document tells of.
pub(super) fn told_jobs(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon) -> Vec<JobDraft> {
    let mut teller = Teller {
        lexicon,
        jobs: Vec::new(),
        open: None,
        named: None,
    };
    let mut parent = 0;
    for at in 1..blocks.len() {
        let is_prose = matches!(blocks[at].kind, Kind::Line | Kind::Item)
            && !matches!(
                evidence.section[at],
                Section::Education
                    | Section::Certifications
                    | Section::Wishes
                    | Section::Personal
                    | Section::Skills
                    | Section::Other
            );
        let text = blocks[at].str();
        if !is_prose || text.len() > MAX_PROSE_BYTES {
            continue;
        }
        if blocks[at].parent != parent {
            parent = blocks[at].parent;
            teller.open = None;
        }
        teller.block(text, at);
    }
    teller.finish()
}

/// Words for going to an employer.
const JOINS: &WordList = words![
    "移った",
    "移り",
    "移籍",
    "転籍",
    "参画",
    "転職",
    "加わ",
    "入所",
    "入行",
    "入庁",
    "着任",
    "就職",
    "合流",
    "ジョイン",
];

/// Returns whether a sentence tells of working for somebody.
pub(super) fn says_stay(text: &str) -> bool {
    words![
        "在籍",
        "勤務",
        "所属",
        "入社",
        "活動",
        "従事",
        "働",
        "独立",
        "個人事業主",
        "フリーランス",
        "勤め",
        "に入り",
        "入った",
        "入れて",
        "新卒",
        "籍を置",
        "仕事をして",
        "を過ごし",
        "兼業",
        "兼務",
        "顧問として",
    ]
    .is_in(text)
        || JOINS.is_in(text)
}

/// Follows the stays that sentences tell of one after the other.
struct Teller<'a> {
    lexicon: &'a Lexicon,
    jobs: Vec<JobDraft>,
    /// The job that was joined last and not left yet, in the paragraphs of one part.
    open: Option<usize>,
    /// Whom the sentence before names.
    named: Option<String>,
}

impl Teller<'_> {
    /// Reads a block sentence by sentence.
    fn block(&mut self, text: &str, at: usize) {
        self.named = None;
        if !may_hold_period(text) {
            return;
        }
        let is_of_stays = says_stay(text) || says_leave(text);
        let mut from = 0;
        while from < text.len() {
            let to = text[from..]
                .find('。')
                .map_or(text.len(), |end| from + end + '。'.len_utf8());
            let sentence = &text[from..to];
            self.sentence(sentence, from, at, is_of_stays);
            if to < text.len()
                && may_hold_period(&text[to..])
                && let Some(name) = told_employer(sentence)
            {
                self.named = Some(name.to_owned());
            }
            from = to;
        }
    }

    /// Reads the sentence that begins at byte `shift` of block `at`, which tells of stays or not.
    fn sentence(&mut self, text: &str, shift: usize, at: usize, is_of_stays: bool) {
        let found = find_periods(text);
        // 「2017年4月から2020年12月まで株式会社A、2012年4月から…」 needs no word for it.
        let is_listed = found
            .iter()
            .any(|period| period.is_stretch() && begins_with_employer(&text[period.range.end..]));
        let is_listed = is_listed || shift == 0 && leads_with_employer(text);
        let is_listed = is_listed || found.iter().any(|period| is_of_employer(text, period));
        if found.is_empty() || !is_listed && !is_of_stays {
            return;
        }
        // Joining and leaving say more than a stretch of time in between.
        let named = self.named.clone();
        if let Some(name) = told_employer(text).or(named.as_deref())
            && let Some(period) = told_stay(text, &found)
            && matches!(period.to, PeriodEnd::At(_))
        {
            self.add(name, &period, text, shift, at);
            return;
        }
        let stretches = found.iter().filter(|period| period.is_stretch()).count();
        for (index, period) in found.iter().enumerate() {
            let end = found
                .get(index + 1)
                .map_or(text.len(), |next| next.range.start);
            let before = &text[..period.range.start];
            let behind = &text[period.range.end..end];
            // 「Y大学に2021年4月から勤務」: the verb of what stands before the time comes behind it.
            let named_before = told_employer(before).or_else(|| institution(before, text));
            // 「2011/06 - : 株式会社A 退社」: the dash only parts the day.
            let is_day_of_leaving = period.shape == PeriodShape::Open
                && begins_event(behind)
                && event_of(behind) == Some(Event::Leave);
            if is_day_of_leaving {
                self.leave(period);
                continue;
            }
            if period.is_stretch() {
                let is_further = self.open.is_some() && period.to == PeriodEnd::Unstated;
                let before = named_before
                    .or(named.as_deref().filter(|_| !is_further))
                    .filter(|_| stretches == 1);
                if let Some(name) = told_employer(behind).or(before) {
                    self.add(name, period, text, shift, at);
                }
                continue;
            }
            if leaves(before, behind) {
                self.leave(period);
                continue;
            }
            if stretches > 0 {
                continue;
            }
            // 「同年10月から正社員」: of the one that was joined before.
            let is_further = self.open.is_some() && told_employer(behind).is_none();
            let name = told_employer(behind).or(named_before).or(named.as_deref());
            if let Some(name) = name.filter(|_| joins(behind) && !is_further) {
                let is_open = !goes_on(text);
                let mut period = period.clone();
                period.from = after_school(behind, &period).or(period.from);
                period.to = if is_open {
                    PeriodEnd::Unstated
                } else {
                    PeriodEnd::Present
                };
                period.shape = if is_open {
                    PeriodShape::Open
                } else {
                    PeriodShape::Range
                };
                // Who goes over to another leaves the one before.
                if words!["へ転職", "に転職"].is_in(first_words(behind)) {
                    self.leave(&period);
                }
                self.add(name, &period, text, shift, at);
            }
        }
    }

    /// Adds a job.
    fn add(&mut self, name: &str, period: &FoundPeriod, text: &str, shift: usize, at: usize) {
        if !matches!(period.to, PeriodEnd::At(_)) && is_lent_to(text, name) {
            return;
        }
        let written = text[period.range.clone()].trim().to_owned();
        let range = period.range.start + shift..period.range.end + shift;
        self.open = (period.to == PeriodEnd::Unstated).then_some(self.jobs.len());
        self.jobs.push(JobDraft {
            block: at,
            named_in: at,
            end: at + 1,
            job: job_title(name, self.lexicon),
            period: Some(PlacedPeriod {
                text: written,
                period: FoundPeriod {
                    range,
                    ..period.clone()
                },
                block: at,
            }),
            more: Vec::new(),
            parts: Vec::new(),
            is_part: false,
            is_planned: text.contains("予定"),
        });
    }

    /// Ends the stay that is still open.
    fn leave(&mut self, left: &FoundPeriod) {
        let Some(moment) = left.from else { return };
        if let Some(open) = self.open.take()
            && let Some(placed) = &mut self.jobs[open].period
        {
            placed.period.to = PeriodEnd::At(moment);
            placed.period.shape = PeriodShape::Range;
        }
    }

    /// Returns the jobs; who joined last and never left is still there.
    fn finish(mut self) -> Vec<JobDraft> {
        if let Some(last) = self.jobs.last_mut().filter(|last| !last.is_planned)
            && let Some(placed) = &mut last.period
            && placed.period.to == PeriodEnd::Unstated
        {
            placed.period.to = PeriodEnd::Present;
            placed.period.shape = PeriodShape::Range;
        }
        self.jobs
    }
}

/// Returns whether a sentence says that somebody was lent to whom it names: 「株式会社Aへ在籍出向」.
fn is_lent_to(text: &str, name: &str) -> bool {
    text.split_once(name).is_some_and(|(_, behind)| {
        let verb = behind.trim_start().strip_prefix(['へ', 'に']);
        let verb = verb.map(|verb| verb.trim_start_matches("在籍"));
        verb.is_some_and(|verb| words!["出向", "常駐", "派遣"].begin(verb))
    })
}

/// Returns whether what follows a stretch of time begins with an employer: 「株式会社A、」, or 「、X大学の非常勤
/// 講師として」.
fn begins_with_employer(behind: &str) -> bool {
    let behind = behind.trim_start();
    let bare = behind.trim_start_matches(['、', '，', ',', ' ', '\u{3000}']);
    told_employer(behind).is_some_and(|name| {
        bare.strip_prefix(name).is_some_and(|rest| {
            bare.len() == behind.len()
                || rest.starts_with(['で', 'に', 'へ'])
                || rest.starts_with('の')
                    && words!["講師", "教授", "助教", "研究員", "職員"].is_in(first_words(rest))
        })
    })
}

/// Returns whether a stretch of time stands in brackets right behind an employer: 「2020年からは株式会社A（2020年1月〜現在）で、」.
fn is_of_employer(text: &str, period: &FoundPeriod) -> bool {
    let before = text[..period.range.start].trim_end();
    let Some(before) = before.strip_suffix(opens).filter(|_| period.is_stretch()) else {
        return false;
    };
    let before = before.trim_end();
    let is_named =
        told_employer(text).is_some_and(|name| has_legal_form(name) && before.ends_with(name));
    let behind = text[period.range.end..].trim_start();
    let behind = behind.trim_start_matches(closes).trim_start();
    is_named && behind.starts_with(['で', 'に', 'へ'])
}

/// Returns whether a sentence begins with an employer and a dash, as an entry of a dictionary does:
/// 「有限会社A — Webデザイナー、2013年4月から2016年8月。」
fn leads_with_employer(text: &str) -> bool {
    told_employer(text)
        .and_then(|name| text.strip_prefix(name))
        .is_some_and(|behind| {
            let behind = behind.trim_start();
            // 「株式会社Aでは2018年4月から2020年3月まで、…を担当しました。」
            let is_place = ["では", "にて", "で"]
                .iter()
                .find_map(|word| behind.strip_prefix(word))
                .is_some_and(|rest| {
                    find_periods(first_words(rest))
                        .first()
                        .is_some_and(|found| found.range.start <= '、'.len_utf8())
                });
            behind.starts_with(DASHES) || is_place
        })
}

/// Returns the first characters of what stands behind a date.
fn first_words(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(16)
        .map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// Returns whether a sentence tells of leaving.
fn says_leave(text: &str) -> bool {
    LEAVES.is_in(text)
}

/// Words for leaving an employer.
const LEAVES: &WordList = words![
    "退職",
    "退社",
    "消滅",
    "倒産",
    "解散",
    "離職",
    "退任",
    "辞め",
    "離れ",
    "退所",
    "任期満了",
];

/// Returns whether a date, by what stands before and behind it, is that of leaving.
fn leaves(before: &str, behind: &str) -> bool {
    // 「任期は2026年3月まで」 is still to come.
    if words!["任期は", "契約は", "契約期間は"].end(before) {
        return false;
    }
    let first = first_words(behind);
    first.starts_with("まで")
        || first.starts_with("末まで")
        || LEAVES.is_in(first)
        || words!["退職した", "退社した", "辞めた", "離れた"].end(before)
}

/// Returns whether a date, by what stands behind it, is that of joining.
fn joins(behind: &str) -> bool {
    const BEGINS: &WordList = words![
        "入社", "独立", "から", "より", "開業", "に入", "入り", "転職", "入職", "へ。",
    ];
    BEGINS.is_in(behind) || begins_stay(behind)
}

/// Returns whether a sentence says that a stay goes on.
fn goes_on(text: &str) -> bool {
    words![
        "現在",
        "いまも",
        "今も",
        "在籍中",
        "在職中",
        "勤務中",
        "勤めています",
        "働いています",
        "働いている",
        "勤務しています",
        "従事しています",
        "所属しています",
    ]
    .is_in(text)
}

/// Reads the stay that a sentence tells of by the dates of joining and leaving.
pub(super) fn told_stay(text: &str, found: &[FoundPeriod]) -> Option<FoundPeriod> {
    let behind = |index: usize| {
        let end = found
            .get(index + 1)
            .map_or(text.len(), |next| next.range.start);
        &text[found[index].range.end..end]
    };
    let left = |index: usize| leaves(&text[..found[index].range.start], behind(index));
    let joined = (0..found.len()).find(|index| {
        !left(*index) && (joins(first_words(behind(*index))) || begins_stay(behind(*index)))
    })?;
    let mut period = found[joined].clone();
    let is_open = !goes_on(text) && !behind(joined).starts_with("から個人事業主");
    let left = (joined + 1..found.len())
        .find(|index| left(*index))
        .map(|index| &found[index]);
    period.to = match left.and_then(|left| left.from) {
        Some(moment) => PeriodEnd::At(moment),
        None if is_open => PeriodEnd::Unstated,
        None => PeriodEnd::Present,
    };
    period.shape = if period.to == PeriodEnd::Unstated {
        PeriodShape::Open
    } else {
        PeriodShape::Range
    };
    Some(period)
}

/// Returns whether what follows a date goes on to say in its sentence that somebody was joined then:
/// 「に一般財団法人Aへ移った。」
fn begins_stay(behind: &str) -> bool {
    let sentence = &behind[..behind.find('。').unwrap_or(behind.len())];
    behind.starts_with(['に', 'か', 'よ', '、'])
        && sentence.chars().count() <= 60
        && JOINS.is_in(sentence)
}

/// Returns the month that a sentence goes on with after leaving school in the month of `left`:
/// 「2011年3月に…を卒業し、4月に株式会社Aに入りました」.
fn after_school(behind: &str, left: &FoundPeriod) -> Option<Moment> {
    let at = ["卒業", "修了"]
        .iter()
        .find_map(|word| behind.find(word).map(|at| at + word.len()))?;
    let rest = behind[at..].split_once('、')?.1;
    let rest = rest.trim_start_matches('同').trim_start_matches('年');
    let (month, _) = rest.split_once('月')?;
    let year = left.from?.earliest().year();
    YearMonth::new(year, month.trim().parse().ok()?)
        .ok()
        .map(Moment::Month)
}
