//! Projects as headings.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::strip_legal_form;

use crate::domain::PeriodEnd;
use crate::resume::block::Kind;
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::PlacedPeriod;
use crate::resume::job::{is_pause, reads_like_work, says_secondment, tells_of_training};
use crate::resume::label::{Field, field_of};
use crate::resume::period::FoundPeriod;
use crate::resume::section::{Section, section_of};
use crate::resume::stint::is_department;

use super::Finder;
use super::cell::is_number;
use super::title::{
    is_beside_projects, is_general, is_prefixed, is_project_list, is_tag_line, labels_deeds,
    strip_title,
};
use super::titled::ASPECTS;
use super::when::{tells_of_time, title_period};

/// Blocks from a heading on that may say when the job around it was.
const MAX_TIME_BLOCKS: usize = 6;

/// Blocks below a heading that may say when the parts of a work were.
const MAX_PHASES: usize = 200;

/// Characters of a title that only says how somebody was employed.
const MAX_KIND_CHARS: usize = 8;

/// Headings between a project and its job.
const MAX_LABELS_ABOVE: usize = 4;
/// Headings beside one that are looked at.
const MAX_BESIDE: usize = 40;
/// Headings that make a list of works of a career that names no employer.
const MIN_LISTED: usize = 4;
/// Blocks below a heading that may state its title.
pub(super) const MAX_LABELLED: usize = 16;

/// A heading that may title a work.
struct Titled {
    at: usize,
    title: String,
    /// The time that it states itself, or that is its title.
    own: Option<PlacedPeriod>,
    /// Whether it is a part of a larger piece that was found to be a work already.
    is_part: bool,
    /// Whether a label (「案件：」) says that it is a title.
    is_labelled: bool,
}

impl Finder<'_> {
    /// Looks at a heading.
    pub(super) fn heading(&mut self, at: usize) -> usize {
        if let Some(titled) = self.titled(at)
            && !self.only_says_when(&titled)
        {
            self.add_titled(titled);
        }
        at + 1
    }

    /// Returns what a heading titles; nothing where it labels, or only goes on with, something else.
    fn titled(&self, at: usize) -> Option<Titled> {
        let own = title_period(self.blocks, self.evidence, at);
        let goes_on = own.as_ref().is_some_and(|own| {
            own.block == at && tells_of_time(self.blocks[at].str(), &own.period)
        });
        if goes_on {
            return None;
        }
        let part_title = self.part_titles.get(&at).cloned();
        let is_part = part_title.is_some();
        let title = part_title.unwrap_or_else(|| self.title(at, own.as_ref()));
        let title = self.title_above_tags(at, &title).unwrap_or(title);
        let field = self.evidence.field[at];
        // 「#### 在籍期間：2014/4～2019/12」 may hold all that was done at the job.
        let labels_job_time = field == Some(Field::Period) && self.job_times.contains(&at);
        if !is_part && (labels_job_time || self.states_job_time(at)) {
            return None;
        }
        if !is_part && own.is_none() && labels_deeds(&title) {
            return None;
        }
        // 「業務経歴」 over 「【案件名】」 of one work after the other.
        if own.is_none() && self.labels_titles_below(at) {
            return None;
        }
        let is_labelled = matches!(field, Some(Field::Title | Field::Summary))
            && !self.evidence.value_text(self.blocks, at).trim().is_empty();
        // 「＜プロジェクト②＞」 over the labels of one work counts it.
        let counted = (field == Some(Field::Title) && !is_labelled && own.is_none())
            .then(|| self.counted_title(at))
            .flatten();
        if field.is_some() && !is_labelled && own.is_none() && counted.is_none() {
            return None;
        }
        let title = counted.unwrap_or(title);
        // 「プロジェクト概要 【2020年8月～2021年1月】」 over a line in bold that titles the project.
        let title = match &own {
            Some(_) if is_general(&title) && self.title_below(at).is_some() => String::new(),
            _ => title,
        };
        Some(Titled {
            at,
            title,
            own,
            is_part,
            is_labelled,
        })
    }

    /// Returns whether a heading says when and nothing else, over works or over the title of its own.
    fn only_says_when(&mut self, titled: &Titled) -> bool {
        let Titled { at, title, own, .. } = titled;
        let (at, Some(own)) = (*at, own.as_ref().filter(|_| title.is_empty())) else {
            return false;
        };
        let end = self.blocks[at].end;
        // Headings of another time below it only stand lower: 「### 2015/04 - 2016/06」 below 「## 2016/07 - 2016/12」.
        if self.is_inside_work(at) {
            return true;
        }
        let apart = self.heading_apart(at, own);
        let has_inner = apart.is_none()
            && (self.has_dated_below(at) || self.has_projects_below(at))
            && !self.has_only_phases_below(at);
        if let Some(title) = self.title_below(at).filter(|_| !has_inner) {
            self.add(at, apart.unwrap_or(end), title, Some(own.clone()));
            return true;
        }
        let is_band = has_inner || !self.signs[at].has_strong_label && !self.labels_one_title(at);
        if is_band {
            self.bands.push((end, own.clone()));
        }
        is_band
    }

    /// Adds what a heading titles, if it is a work and not what works stand below, a post or a part of the job.
    fn add_titled(&mut self, titled: Titled) {
        let at = titled.at;
        // 「### 2」 over 「- 案件情報」 and its table, which titles the work.
        let is_titled_below = || {
            let mut below = self.blocks.children(at).take(MAX_LABELS_ABOVE);
            below.any(|child| {
                self.blocks[child].kind == Kind::Item && self.titled_table(child).is_some()
            })
        };
        if is_number(&titled.title) && is_titled_below() {
            return;
        }
        let end = self.blocks[at].end;
        let is_of_job =
            |period: &PlacedPeriod| period.block != at && self.job_times.contains(&period.block);
        let attached = titled
            .own
            .clone()
            .or_else(|| self.evidence.attached_period(self.blocks, at))
            .or_else(|| self.evidence.period_above(self.blocks, at))
            .filter(|period| titled.is_part || !is_of_job(period));
        let has_strong_label = self.signs[at].has_strong_label;
        // 「#### 出向先：A社」 over the works that were done there is none by itself.
        let is_place = titled.own.is_none() && says_secondment(self.blocks[at].str());
        if is_place && !has_strong_label && self.has_dated_headings_below(at) {
            self.containers.insert(at);
            return;
        }
        let above = self.evidence.field[self.blocks[at].parent];
        if above.is_some() && self.joins_known(at, &titled.title) {
            return;
        }
        // 「#### アプリケーション開発」 over the works of that kind, each of which says when.
        let is_kind = attached.is_none()
            && !self.is_named(&titled)
            && !has_strong_label
            && (self.has_dated_headings_below(at) || self.holds_labelled_works(at));
        if is_kind {
            self.containers.insert(at);
        }
        if !self.is_work(&titled, attached.as_ref())
            || self.stands_over_list(&titled)
            || self.is_post(&titled, attached.as_ref())
            || self.labels_part_of_job(&titled.title)
        {
            return;
        }
        let Titled { title, own, .. } = titled;
        let is_beside =
            (attached.is_none() || title.starts_with("業務外")) && is_beside_projects(&title);
        let is_training = tells_of_training(self.blocks, at);
        let is_off = (is_pause(&title) || is_beside || is_training) && !has_strong_label;
        let title = match department_in_brackets(&title) {
            Some(department) if own.is_some() && self.names_employer(&title) => department,
            _ => title,
        };
        if !titled.is_part && self.names_employer(&title) {
            self.containers.insert(at);
            return;
        }
        if is_off || self.holds_job(at) {
            return;
        }
        let is_stretch = own.as_ref().is_some_and(|own| own.period.is_stretch());
        let is_container = is_kind
            || is_stretch
                && (!has_strong_label
                    && (self.has_dated_headings_below(at) || self.has_rows_below(at))
                    || self.is_place_before_kinds(at));
        if is_container {
            self.containers.insert(at);
            if let Some(own) = own {
                self.bands.push((end, own));
            }
            return;
        }
        let title = self.numbered_title(at).unwrap_or(title);
        self.add(at, end, title, attached);
    }

    /// Whether a label in its text says that a heading titles a work.
    fn is_named(&self, titled: &Titled) -> bool {
        titled.is_labelled || is_prefixed(self.blocks[titled.at].str())
    }

    /// Returns whether something shows that a heading titles a work of its own: a time, labels, technologies below, or
    /// what stands beside and above it.
    fn is_work(&self, titled: &Titled, attached: Option<&PlacedPeriod>) -> bool {
        let Titled { at, title, own, .. } = titled;
        let at = *at;
        let (signs, parent) = (self.signs[at], self.blocks[at].parent);
        let has_no_field = self.evidence.field[at].is_none();
        let is_dated = attached.is_some_and(|period| {
            period.period.is_stretch()
                || period.block != at
                || own.is_some() && self.owner[at].is_some()
        });
        let is_plain = has_no_field && !is_project_list(title) && self.blocks[at].end > at + 1;
        let is_shown = || {
            is_dated
                || self.is_named(titled)
                || signs.has_strong_label
                || self.has_labels_below_label(at)
                || is_plain && self.titles_deeds(titled)
                || has_no_field && self.is_among_works(at)
                || signs.has_weak_label
                    && match self.evidence.section[at] {
                        Section::Projects => true,
                        // Where nobody is named as employer, the career is a list of works.
                        Section::Career => {
                            is_plain && self.names_no_job() && reads_like_work(title)
                        }
                        _ => false,
                    }
        };
        if self.is_inside_work(at) && !(own.is_some() && is_dated) {
            // 「#### 別の案件」 below a work, told as that one is: a line of technologies first.
            let is_told_alike = self.begins_with_tags(at) && self.has_tags_below(parent);
            return is_told_alike && (has_no_field || is_shown());
        }
        is_shown()
    }

    /// Returns whether a heading below a job titles what was done there, by its words or by the technologies below.
    fn titles_deeds(&self, titled: &Titled) -> bool {
        let Titled { at, title, .. } = titled;
        let (at, parent) = (*at, self.blocks[*at].parent);
        let has_owner = self.owner[at].is_some();
        let is_of_job = self.evidence.field[parent] == Some(Field::Summary) && has_owner
            || self.is_below_job(at);
        // What a job's title says of the product goes for the lines in bold as well.
        let is_of_product = self.products.contains(&parent) && self.signs[parent].has_strong_label;
        let tells = || {
            reads_like_work(title) && !title.ends_with("業務")
                || self.has_tags_below(at)
                || self.titles_product(at, title)
        };
        is_of_job && !is_of_product && tells() || has_owner && self.begins_with_tags(at)
    }

    /// Returns whether a heading stands over the works, or empty before them: 「担当プロジェクトと業務」.
    fn stands_over_list(&self, titled: &Titled) -> bool {
        let at = titled.at;
        let is_over_list = self.blocks[at].end == at + 1
            || self.blocks.children(at).any(|child| self.is_heading(child));
        is_project_list(&titled.title) && is_over_list
    }

    /// Returns whether a heading says what somebody was at the employer above: 「**テックリード** — 2022/10 〜 現在」.
    fn is_post(&self, titled: &Titled, attached: Option<&PlacedPeriod>) -> bool {
        let Titled { at, title, own, .. } = titled;
        let at = *at;
        let is_bold = !self.blocks[at].is_marked_heading();
        let says_post = || {
            let is_kind =
                kind_of(title.trim()).is_some() && title.chars().count() <= MAX_KIND_CHARS;
            is_kind
                || says_role(title)
                || is_bold && names_role(without_brackets(title).trim()) && !reads_like_work(title)
        };
        // 「期間：2019年1月〜」 below 「#### 4. 技術顧問」 labels an engagement.
        let is_engagement = !is_bold && attached.is_some_and(|period| period.block != at);
        // A post in bold may be over the technologies of the job.
        let is_bold_role =
            is_bold && own.is_none() && names_role(title.trim()) && !reads_like_work(title);
        // 「#### サーバーサイドエンジニア（2018.08 〜 2021.05）」 over all that was done as one.
        let is_stage = !is_bold
            && own.as_ref().is_some_and(|own| own.period.is_stretch())
            && says_role(title)
            && self.blocks.children(at).nth(1).is_some()
            && self
                .blocks
                .children(at)
                .all(|child| self.blocks[child].kind == Kind::Item);
        self.is_job[self.blocks[at].parent]
            && (!self.signs[at].has_strong_label || is_bold_role)
            && !is_engagement
            && !is_stage
            && says_post()
    }

    /// Returns whether the labels of a work stand directly below a heading that says when, and all that says when
    /// deeper below it names no other work: 「2021/8 ~ 10」 over what was done first.
    fn has_only_phases_below(&self, at: usize) -> bool {
        let names_work = |below: usize| {
            let is_title = match self.blocks[below].kind {
                Kind::Heading => self.evidence.field[below].is_none(),
                Kind::Item => self.signs[below].has_strong_label,
                Kind::Row => self.evidence.attached_period(self.blocks, below).is_some(),
                _ => false,
            };
            let says_when = self.evidence.is_period_only(self.blocks, below);
            let is_dated = self.evidence.periods[below]
                .iter()
                .any(FoundPeriod::is_stretch);
            is_title && !says_when && (is_dated || self.signs[below].has_strong_label)
        };
        self.signs[at].has_strong_label
            && !(at + 1..self.blocks[at].end.min(at + MAX_PHASES)).any(names_work)
    }

    /// Returns the first heading with a time below a heading, where that time lies outside of `own`.
    fn heading_apart(&self, at: usize, own: &PlacedPeriod) -> Option<usize> {
        let dated = |child: usize| {
            let found = self.evidence.own_period(self.blocks, child)?;
            (self.is_heading(child) && found.period.is_stretch()).then_some((child, found))
        };
        let (child, found) = self.blocks.children(at).find_map(dated)?;
        let start = own.period.from?.earliest();
        let ends_before = match found.period.to {
            PeriodEnd::At(to) => to.latest() < start,
            PeriodEnd::Present | PeriodEnd::Unstated => false,
        };
        ends_before.then_some(child)
    }

    /// Returns the first line of a heading whose second says with what and when that was: 「データ基盤の刷新<br>【BigQuery/Looker】
    /// （2023年4月〜現在）」.
    fn title_above_tags(&self, at: usize, title: &str) -> Option<String> {
        let above = at.checked_sub(1)?;
        let is_tags =
            self.blocks[at].str().starts_with('【') && title.is_ascii() && is_tag_line(title);
        let is_one = self.blocks[above].kind == Kind::Heading
            && self.blocks[above].line == self.blocks[at].line;
        (is_tags && is_one).then(|| strip_title(self.blocks[above].str()))
    }

    /// Returns whether a title says what is told of an employer, and names no work: 「アオバ商事での業務内容」.
    fn labels_part_of_job(&self, title: &str) -> bool {
        title.split_once("での").is_some_and(|(name, part)| {
            let bare = normalized_key(strip_legal_form(name).trim());
            self.employers.contains(&bare) && (field_of(part).is_some() || ASPECTS.end(part))
        })
    }

    /// Returns whether a heading below a job is the name of a product, in Latin or katakana, over sentences on
    /// what was done for it: 「### Mercado Pay」.
    fn titles_product(&self, at: usize, title: &str) -> bool {
        const KINDS: [&str; 22] = [
            "バックエンド",
            "フロントエンド",
            "サーバーサイド",
            "サーバサイド",
            "インフラ",
            "マネジメント",
            "チーム",
            "チームビルディング",
            "リーダーシップ",
            "コミュニケーション",
            "ミッション",
            "サマリー",
            "ハイライト",
            "ポイント",
            "スキル",
            "ツール",
            "メンバー",
            "メモ",
            "プロジェクト",
            "プロダクト",
            "デザイン",
            "セキュリティ",
        ];
        let is_letter = |sign: char| sign.is_alphanumeric() || sign == 'ー';
        let is_name_sign = |sign: char| {
            sign.is_ascii_alphanumeric() || ('ァ'..='ヺ').contains(&sign) || sign == 'ー'
        };
        let letters = title.chars().filter(|sign| is_letter(*sign)).count();
        let named = title.chars().filter(|sign| is_name_sign(*sign)).count();
        let is_told = self.blocks.children(at).take(4).any(|child| {
            self.blocks[child].kind == Kind::Line && self.blocks[child].str().contains('。')
        });
        self.blocks[at].is_marked_heading()
            && (3..=24).contains(&title.chars().count())
            && named == letters
            && is_told
            && section_of(title).is_none()
            && !names_role(title)
            && !is_department(title)
            && !KINDS.contains(&title)
            && !title.to_uppercase().eq(title)
    }

    /// Returns whether a heading says where somebody was lent, and the one beside it holds works that were done there:
    /// 「#### 出向先：株式会社A（2019年8月〜現在）」 before 「#### インフラ」.
    fn is_place_before_kinds(&self, at: usize) -> bool {
        let next = self.blocks[at].end;
        says_secondment(self.blocks[at].str())
            && next < self.blocks.len()
            && self.blocks[next].rank == self.blocks[at].rank
            && self.evidence.periods[next].is_empty()
            && self.has_dated_headings_below(next)
    }

    /// Returns whether a heading states when the job around it was and other facts of that, and no work:
    /// 「2022/01 〜 現在 正社員 開発部」 below the company.
    fn states_job_time(&self, at: usize) -> bool {
        let below = at..self.blocks[at].end.min(at + MAX_TIME_BLOCKS);
        self.owner[at].is_some()
            && self.evidence.states_facts(at)
            && below
                .into_iter()
                .any(|block| self.job_times.contains(&block))
    }

    /// Returns whether a heading stands below a job, or below what labels a part of one: 「# 担当」.
    fn is_below_job(&self, at: usize) -> bool {
        for above in self.blocks.ancestors(at).take(MAX_LABELS_ABOVE) {
            // 「### 職務内容」 behind the company that stands as high is of the job.
            let is_of_job = self.evidence.opens_section[above] && self.owner[above].is_some();
            if self.is_job[above] || is_of_job {
                return true;
            }
            let is_label = matches!(
                self.evidence.field[above],
                Some(Field::Summary | Field::Role)
            );
            let is_label = is_label
                || labels_deeds(self.blocks[above].str())
                || self.blocks[above].kind == Kind::Cell;
            if !is_label && !self.states_job_time(above) {
                return false;
            }
        }
        false
    }

    /// Returns whether a job stands below a block.
    fn holds_job(&self, at: usize) -> bool {
        let end = self.blocks[at].end;
        let next = self.job_blocks.partition_point(|block| *block <= at);
        let line = self.job_lines.partition_point(|block| *block <= at);
        // One plain line may belong to what follows; two are a list of jobs.
        self.job_blocks.get(next).is_some_and(|block| *block < end)
            || self
                .job_lines
                .get(line + 1)
                .is_some_and(|block| *block < end)
    }

    /// Returns whether a heading stands among others directly below the title of the career, most of which read like
    /// work, in a document that names no employer.
    fn is_among_works(&self, at: usize) -> bool {
        let parent = self.blocks[at].parent;
        let is_listed = self.names_no_job()
            && self.evidence.section[at] == Section::Career
            && self.evidence.opens_section[parent]
            && self.blocks[at].is_marked_heading();
        if !is_listed {
            return false;
        }
        let beside: Vec<usize> = self
            .blocks
            .children(parent)
            .filter(|other| self.blocks[*other].is_marked_heading())
            .take(MAX_BESIDE)
            .collect();
        let works = beside
            .iter()
            .filter(|other| reads_like_work(self.blocks[**other].str()))
            .count();
        beside.len() >= MIN_LISTED && works * 4 >= beside.len() * 3
    }

    /// Returns whether the document names no employer.
    fn names_no_job(&self) -> bool {
        self.job_blocks.is_empty() && self.job_lines.is_empty()
    }

    /// Returns whether a block is a heading.
    pub(super) fn is_heading(&self, at: usize) -> bool {
        self.blocks[at].kind == Kind::Heading
    }

    /// Returns whether a title is the name of an employer, with the role or the like behind it at most.
    pub(super) fn names_employer(&self, title: &str) -> bool {
        let outside = without_brackets(title);
        let (first, rest) = outside.split_once(['／', '/']).unwrap_or((&outside, ""));
        let first = first.trim();
        if reads_like_work(rest) {
            return false;
        }
        let bare = normalized_key(strip_legal_form(first).trim());
        self.employers.contains(&bare)
    }

    /// Adds a heading to the project of the same title and job, if there is one.
    fn joins_known(&mut self, at: usize, title: &str) -> bool {
        if title.is_empty() {
            return false;
        }
        let end = self.blocks[at].end;
        let owner = self.owner[at];
        let known = self.works.iter_mut().rev().take(32).find(|work| {
            work.job == owner && work.title.as_deref() == Some(title) && work.end <= at
        });
        let Some(known) = known else { return false };
        known.more.push((at, end));
        true
    }
}

/// Returns whether a title names what somebody was, with the part of the company behind a comma at most, and no
/// work: 「Senior Engineering Manager, K12」.
pub(super) fn says_role(title: &str) -> bool {
    let outside = without_brackets(title);
    let outside = outside.trim().trim_end_matches("として");
    let post = outside.split([',', '，']).next().unwrap_or(outside).trim();
    (names_role(outside) || post.is_ascii() && names_role(post))
        && !is_department(outside)
        && !outside.contains(['の', '「', '『'])
        && !outside.starts_with(|sign: char| sign.is_ascii_digit())
        && !reads_like_work(title)
}

/// Returns the department that a title names in brackets behind the employer: 「株式会社A<品質保証部>」.
fn department_in_brackets(title: &str) -> Option<String> {
    let (_, inside) = title.split_once(opens)?;
    let inside = inside.split(closes).next()?.trim();
    is_department(inside).then(|| inside.to_owned())
}
