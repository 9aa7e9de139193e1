//! Blocks that state a job: a title with a company, a role with the company below, an event of
//! joining, a row of a table.

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{opens, without_brackets};
use crate::resume::employer::{
    JobTitle, Strength, counts_employers, is_hidden, job_title, kind_of, names_role, strength,
    strip_lead,
};
use crate::resume::evidence::{Event, Evidence, PlacedPeriod, Shape, around, event_of};
use crate::resume::facts::{Signs, parts};
use crate::resume::label::Field;
use crate::resume::period::PeriodShape;
use crate::resume::section::Section;

use super::below::{
    date_by_name, name_below, name_in_summary, says_which_job, tells_of_other, told_period,
};
use super::below_work::CompanyBelow;
use super::beside_work::{
    has_employer_label, is_labelled_as_work, names_company, names_work, titles_work_behind,
    work_before_bracket, work_before_company, work_in_front,
};
use super::bold::{split_at_bold, told_event};
use super::event;
use super::outer::is_over_works;
use super::post::is_of_post;
use super::row::{
    behind_reason, header_title, is_dated_as_work, named_cell, read_part, text_before_event,
};
use super::sign::{
    is_in_table_of_schools, is_listed_stay, is_over_stay, leaves_school, lists_tools, names_course,
    names_event, names_school, names_trade, role_and_place, says_student, says_where_work_was,
    self_employed, tells_of_training,
};
use super::when::{left_below, period_beside, sibling_period, time_line_above, time_of_roles};
use super::work_words::{is_pause, reads_like_work};

/// Blocks below a title that may name its employer.
pub(super) const MAX_HEAD_LINES: usize = 6;

/// Where blocks look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Layout {
    Heading(u16),
    Item(usize),
    Line(usize),
    Table,
    Row(usize),
}

/// Where a statement names the employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// In its title, or below a title that names a role.
    Title,
    /// Below a title that names something else: a project that says for whom it was.
    Below,
}

/// A block that may state a job.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The block.
    pub(super) block: usize,
    /// The block whose text holds the employer's name.
    pub(super) named_in: usize,
    /// The block behind its last.
    pub(super) end: usize,
    /// What its title says.
    pub(super) job: JobTitle,
    /// From joining to leaving.
    pub(super) period: Option<PlacedPeriod>,
    /// Where blocks like it stand.
    pub(super) layout: Layout,
    /// How surely it names an employer.
    pub(super) strength: Strength,
    /// Where it names the employer.
    pub(super) naming: Naming,
    /// Its title without the period.
    pub(super) text: String,
    /// Whether it is the event of joining.
    pub(super) is_event: bool,
    /// Whether it has not begun yet.
    pub(super) is_planned: bool,
    /// Whether it stands in a list of which each item says from when to when.
    pub(super) is_listed_stay: bool,
    /// Whether it heads what was done behind employer and time: 「A | 2022/10 - 2024/07 : 配信の開発」.
    pub(super) is_before_work: bool,
}

/// Reads a block as the statement of a job, if it can be one.
pub(super) fn read_statement(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
    below: &mut CompanyBelow,
) -> Option<Statement> {
    if let Some(part) = read_part(blocks, evidence, lexicon, at) {
        return Some(part);
    }
    let block = &blocks[at];
    let (layout, named_in) = match block.kind {
        Kind::Heading => (Layout::Heading(block.rank), at),
        Kind::Item => (Layout::Item(block.depth.into()), at),
        Kind::Line => (Layout::Line(block.parent), at),
        Kind::Table => (Layout::Table, header_title(blocks, evidence, lexicon, at)?),
        Kind::Row => (
            Layout::Row(block.parent),
            named_cell(blocks, evidence, lexicon, at)?,
        ),
        Kind::Root | Kind::Cell => return None,
    };
    if block.kind == Kind::Heading && evidence.opens_section[at] {
        return None;
    }
    let field = match block.kind {
        Kind::Row => None,
        Kind::Line | Kind::Item => {
            evidence.field[named_in].or_else(|| labelled_above(blocks, evidence, at))
        }
        _ => evidence.field[named_in],
    };
    if !matches!(field, None | Some(Field::Employer | Field::Summary)) {
        return None;
    }
    let own = match block.kind {
        Kind::Row => evidence.attached_period(blocks, at),
        _ => evidence.own_period(blocks, named_in),
    };
    let other = match field {
        _ if own.is_some() => None,
        Some(Field::Employer) if block.kind != Kind::Table => sibling_period(blocks, evidence, at),
        _ if block.kind != Kind::Line => evidence
            .attached_period(blocks, at)
            .filter(|period| !tells_of_other(blocks, at, period.block))
            .or_else(|| time_of_roles(blocks, evidence, at))
            .or_else(|| time_line_above(blocks, evidence, at)),
        _ => time_line_above(blocks, evidence, at),
    };
    // Most lines end here: what states no time, and nothing below it can, states no job.
    let may_be_told = || {
        block.kind == Kind::Heading
            || block.kind == Kind::Item
                && blocks
                    .children(at)
                    .take(3)
                    .any(|child| blocks[child].kind == Kind::Line)
    };
    let is_dated = own.is_some() || other.is_some();
    let is_outer = is_over_works(blocks, evidence, lexicon, at);
    if !is_dated && !is_outer && field != Some(Field::Employer) && !may_be_told() {
        return None;
    }
    if below.is_at(blocks, evidence, lexicon, at) {
        return None;
    }
    let whole = stated_head(blocks, evidence, lexicon, at, named_in)?;
    let mut lead = None;
    let mut is_before_work = false;
    let title = match (&own, field) {
        (Some(own), _) if own.block == named_in => {
            let (before, after) = around(whole, &own.period.range);
            if before != after && names_work(&before) && names_company(&after, lexicon) {
                lead = Some(before.clone());
            }
            let behind = whole[own.period.range.end..].trim_start();
            if titles_work_behind(block.kind, behind, &after) && names_company(&before, lexicon) {
                lead = Some(after.clone());
                is_before_work = true;
            }
            if let Some(work) = work_in_front(block.kind, &before, &after, lexicon) {
                lead = Some(work.to_owned());
                is_before_work = true;
            }
            let split = work_before_company(block.kind, &before, lexicon)
                .or_else(|| work_before_bracket(&before, lexicon));
            match split {
                Some((work, company)) if after.is_empty() => {
                    is_before_work = true;
                    lead = Some(work.to_owned());
                    company.to_owned()
                }
                _ => better(before, after, lexicon),
            }
        }
        (_, Some(Field::Employer)) => {
            let value = evidence.value_text(blocks, named_in);
            parts(value, Signs::Title)
                .into_iter()
                .map(|part| &value[part])
                .next()
                .unwrap_or(value)
                .to_owned()
        }
        _ => whole.to_owned(),
    };
    let title = match block.kind {
        Kind::Row if evidence.shape_of_row(blocks, at) == Shape::Events => {
            behind_reason(text_before_event(&title)).to_owned()
        }
        Kind::Heading if event::titles_joining(blocks, evidence, at) => {
            text_before_event(&title).to_owned()
        }
        Kind::Item if event::joins_silently(blocks, evidence, lexicon, at, own.as_ref()) => {
            let end = title.find(['、', ',', '，']).unwrap_or(title.len());
            title[..end].trim().to_owned()
        }
        Kind::Item | Kind::Line
            if event::left_behind(blocks, evidence, at).is_some() || event::goes_on(&title) =>
        {
            text_before_event(&title).to_owned()
        }
        _ => title,
    };
    let title = match block.kind {
        Kind::Heading => before_stay(&title).to_owned(),
        _ => title,
    };
    if is_pause(&title) || (field == Some(Field::Summary) && own.is_none()) {
        return None;
    }
    // 「2022年7月にA社に転職し、受託の開発に従事」 is a sentence.
    let is_sentence = block.kind == Kind::Line && title.starts_with('に') && title.contains('、');
    if is_sentence {
        return None;
    }
    let is_school = block.kind == Kind::Row
        && (names_course(&title) || names_school(&title) && is_in_table_of_schools(blocks, at))
        || leaves_school(&title);
    let is_training = tells_of_training(blocks, at);
    if is_school || is_training || says_student(&title) || says_where_work_was(&title) {
        return None;
    }
    let event = event_of(&row_text(blocks, at)).filter(|_| {
        matches!(block.kind, Kind::Item | Kind::Line | Kind::Row)
            || event::titles_joining(blocks, evidence, at)
    });
    let joins_silently =
        event.is_none() && event::joins_silently(blocks, evidence, lexicon, at, own.as_ref());
    let is_event = (event.is_some() || joins_silently)
        && own.as_ref().is_some_and(|own| {
            own.period.shape == PeriodShape::Single
                || own.period.shape == PeriodShape::BareYear && block.kind == Kind::Row
        });
    if is_event && event == Some(Event::Leave) {
        return None;
    }
    if is_event && event::repeats_above(blocks, evidence, at) {
        return None;
    }
    // 「2013/01 電子カルテ 参画」: who begins with a piece of work joins no employer.
    let text = row_text(blocks, at);
    let is_of_work = is_event
        && words!["参画", "に参加", "で参加"].is_in(&text)
        && !words!["入社", "入職", "転籍", "就職", "契約", "業務委託"].is_in(&text)
        && strength(&job_title(&title, lexicon).name, lexicon) == Strength::None
        && !has_legal_form(&title);
    if is_of_work {
        return None;
    }
    let own_stretch = own.as_ref().is_some_and(|own| own.period.is_stretch());
    let mut job = job_title(&title, lexicon);
    split_at_bold(blocks, evidence, named_in, &mut job);
    let period = own
        .or(other)
        .map(|period| left_below(blocks, evidence, at, period))
        .or_else(|| period_beside(blocks, evidence, at));
    let strength = match field {
        Some(Field::Employer) if !job.name.is_empty() => Strength::Sure,
        _ if (counts_employers(whole) || counts_employers(&title)) && !job.name.is_empty() => {
            Strength::Sure
        }
        // A trade name, which only somebody's own business has.
        _ if names_trade(whole) && !job.name.is_empty() => Strength::Sure,
        // Who joins something joins an employer, whatever its name.
        _ if is_event && block.kind == Kind::Row => Strength::Sure,
        _ if is_of_post(&job) => Strength::Sure,
        _ => match strength(&job.name, lexicon) {
            Strength::Sure => Strength::Sure,
            other => other.max(strength(strip_lead(&title), lexicon)),
        },
    };
    // 「【副業：講師】」 in a row of works says how the work was done.
    let cell = blocks[at].parent;
    let is_of_row = blocks[cell].kind == Kind::Cell
        && evidence.field[cell] != Some(Field::Employer)
        && evidence.shape_of_row(blocks, blocks[cell].parent) == Shape::Works;
    // 「レシピの記録 - 個人開発」: nobody employs who makes something of their own.
    if job.name.starts_with("個人開発") && job.lead.is_some() {
        return None;
    }
    if is_of_row && kind_of(&job.name).is_none() && is_hidden(&job.name) && !job.rest.is_empty() {
        return None;
    }
    if lists_tools(&job.name, lexicon) || names_event(&job.name) {
        return None;
    }
    if job.name == "同社" || words!["それぞれ", "各社", "両社"].begin(&job.name) {
        return None;
    }
    let strength = if says_which_job(without_brackets(&title).trim()) {
        Strength::None
    } else {
        strength
    };
    let joins = words![
        "入社", "入職", "入所", "入行", "入庁", "就職", "開業", "転籍", "転職",
    ]
    .is_in(&row_text(blocks, at));
    let strength = if is_event && joins && !job.name.is_empty() && !names_school(&job.name) {
        Strength::Sure
    } else {
        strength
    };
    let (job, strength) = match self_employed(blocks, at, &title) {
        Some(name) => (job_title(&name, lexicon), Strength::Sure),
        None => (job, strength),
    };
    let (job, strength) = match is_over_stay(blocks, evidence, at) {
        true => match role_and_place(&title) {
            Some((role, place)) => {
                let mut placed = job_title(place, lexicon);
                placed.rest.push(role.to_owned());
                (placed, Strength::Sure)
            }
            None => (job, Strength::Sure),
        },
        false => (job, strength),
    };
    // 「### 業務委託（2022/04〜2022/12）」 names how somebody worked, and nobody whom for.
    let is_contract =
        block.kind == Kind::Heading && own_stretch && without_brackets(&title).trim() == "業務委託";
    let strength = if is_contract {
        Strength::Sure
    } else {
        strength
    };
    let mut statement = Statement {
        block: at,
        named_in,
        end: block.end,
        job,
        period,
        layout,
        strength,
        naming: Naming::Title,
        text: title,
        is_event,
        is_planned: row_text(blocks, at).contains("入社予定"),
        is_listed_stay: is_listed_stay(blocks, evidence, at),
        is_before_work,
    };
    let is_kind = kind_of(&statement.text).is_some() && !has_legal_form(&statement.text);
    // 「証券会社：発注の更改」 over 「所属会社：株式会社A」 says for whom and what.
    let is_bare = !has_legal_form(&statement.job.name) && !is_hidden(&statement.job.name);
    let is_client = (is_bare || names_client(&statement.job))
        && has_employer_label(blocks, evidence, lexicon, at);
    if strength < Strength::Sure || is_kind || is_client {
        name_below(blocks, evidence, lexicon, &mut statement);
        date_by_name(blocks, evidence, &mut statement);
    }
    if statement.period.is_none() && statement.named_in != at {
        statement.period = evidence
            .own_period(blocks, statement.named_in)
            .filter(|own| own.period.is_stretch());
    }
    if statement.period.is_none() && statement.naming == Naming::Below {
        statement.period = evidence.period_above(blocks, at);
    }
    if lead.is_some() {
        statement.job.lead = lead;
    }
    let is_of_work = |lead: &String| {
        is_before_work
            || reads_like_work(lead)
            || statement.text.contains(['@', '＠']) && !names_role(lead)
    };
    if statement.job.lead.as_ref().is_some_and(is_of_work) && statement.strength == Strength::Sure {
        statement.naming = Naming::Below;
    }
    if statement.strength == Strength::Sure
        && statement.naming == Naming::Title
        && is_below_work(blocks, evidence, lexicon, at)
    {
        statement.naming = Naming::Below;
    }
    if evidence.section[at] == Section::Projects
        && statement.naming == Naming::Title
        && statement.job.lead.is_none()
        && has_legal_form(&statement.job.name)
        && let Some(work) = statement
            .job
            .rest
            .iter()
            .find(|rest| names_work(rest))
            .cloned()
    {
        statement.job.lead = Some(work);
        statement.naming = Naming::Below;
    }
    if statement.strength < Strength::Sure {
        name_in_summary(blocks, at, &mut statement);
    }
    if statement.period.is_none() && statement.strength == Strength::Sure {
        statement.period = told_period(blocks, evidence, at);
    }
    let is_work = statement.period.as_ref().is_some_and(|period| {
        block.kind == Kind::Heading && is_dated_as_work(blocks, evidence, period)
    });
    if is_work && statement.strength < Strength::Sure {
        return None;
    }
    if statement.strength < Strength::Sure && is_labelled_as_work(blocks, evidence, at) {
        return None;
    }
    // A heading that names a company again tells more of a job that is dated elsewhere.
    let may_be_again = evidence.section[at] == Section::Unknown
        && block.is_marked_heading()
        && has_legal_form(&statement.job.name);
    let may_be_undated =
        block.kind == Kind::Heading && (evidence.section[at] == Section::Career || may_be_again);
    let is_dated = statement.period.is_some();
    (is_dated || may_be_undated || is_outer || field == Some(Field::Employer)).then_some(statement)
}

/// Returns whether a line stands first below a heading among the projects that names no employer, and so says for whom
/// and when the work was that the heading titles: 「A / 株式会社B / 2015年1月 〜 2018年10月」.
fn is_below_work(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon, at: usize) -> bool {
    let parent = blocks[at].parent;
    blocks[at].kind == Kind::Line
        && evidence.section[at] == Section::Projects
        && blocks[parent].is_marked_heading()
        && blocks.children(parent).next() == Some(at)
        && !evidence.opens_section[parent]
        && evidence.field[parent].is_none()
        && !evidence.is_period_only(blocks, parent)
        && strength(&job_title(blocks[parent].str(), lexicon).name, lexicon) == Strength::None
}

/// Returns the part of a title before it goes on to say that somebody was there: 「テスター @ SESの会社に所属し…を経験」.
fn before_stay(title: &str) -> &str {
    ["に所属し", "に在籍し", "に勤務し", "で勤務し"]
        .iter()
        .find_map(|verb| title.find(verb))
        .filter(|end| *end > 0)
        .map_or(title, |end| title[..end].trim())
}

/// Returns the label of a dated line that stands alone below it: 「## 勤務先」 over 「A（2016年4月〜）」.
fn labelled_above(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<Field> {
    let parent = blocks[at].parent;
    let is_value = evidence.field[parent] == Some(Field::Employer)
        && evidence.value_text(blocks, parent).trim().is_empty()
        && evidence
            .own_period(blocks, at)
            .is_some_and(|own| own.period.is_stretch());
    is_value.then_some(Field::Employer)
}

/// Returns whether a text is prose, whatever stands in brackets.
fn tells(text: &str) -> bool {
    text.contains('。') && without_brackets(text).contains('。')
}

/// Returns what a block states before it goes on to tell: all of its text, or what stands up to the end
/// of its period where sentences follow: 「株式会社A（2021年7月〜2022年12月）。銭湯のアプリを…」.
fn stated_head<'a>(
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

/// Returns whether a title names whose system it was: 「生命保険会社　契約保全システム」.
pub(super) fn names_client(job: &JobTitle) -> bool {
    let is_work = |rest: &String| !names_role(rest) && kind_of(rest).is_none();
    job.rest.iter().any(is_work) && kind_of(&job.name).is_none() && is_hidden(&job.name)
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

/// Returns the text of a block, or of the cells of a row.
pub(super) fn row_text(blocks: &Blocks, at: usize) -> String {
    if blocks[at].kind != Kind::Row {
        return blocks[at].str().to_owned();
    }
    let cells: Vec<&str> = blocks
        .children(at)
        .take(8)
        .map(|cell| blocks[cell].str())
        .collect();
    cells.join(" ")
}
