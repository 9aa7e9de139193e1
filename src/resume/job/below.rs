//! Employers and periods that stand in the lines below a title.

use shokureki_index::lexicon::{Lexicon, has_legal_form, is_self_employment, strip_legal_form};
use shokureki_index::words;

use crate::domain::{Moment, PeriodEnd};
use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{
    JobTitle, Strength, is_hidden, job_title, kind_of, names_role, strength, strip_lead,
};
use crate::resume::evidence::{Event, Evidence, PlacedPeriod, event_of, title_without};
use crate::resume::facts::{Signs, is_fact_line, parts, without_times};
use crate::resume::label::{Field, split_label};
use crate::resume::period::find_periods;
use crate::resume::stint::is_department;

use super::place_below::{begin_silently, place_below};
use super::statement::{MAX_HEAD_LINES, Naming, Statement};
use super::told::{says_stay, told_stay};
use super::told_name::told_employer;
use super::work_words::reads_like_work;

/// Characters of a line that says when and little else.
const MAX_DATED_LINE_CHARS: usize = 60;

/// Looks for the employer of a statement in the lines below its title.
pub(super) fn name_below(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    statement: &mut Statement,
) {
    let at = statement.block;
    let may_have_head = matches!(blocks[at].kind, Kind::Heading | Kind::Item)
        && evidence.field[at].is_none()
        && blocks[at].end > at + 1;
    if !may_have_head {
        return;
    }
    if let Some((named_in, job)) = name_below_label(blocks, evidence, lexicon, at) {
        let states_work = blocks
            .children(at)
            .take(MAX_HEAD_LINES)
            .any(|child| evidence.field[child] == Some(Field::Technology));
        statement.naming = match states_work {
            true => Naming::Below,
            false => Naming::Title,
        };
        statement.job = job;
        statement.named_in = named_in;
        statement.strength = Strength::Sure;
        return;
    }
    let outside = without_brackets(&statement.text);
    let outside = outside.trim();
    let is_role = outside.is_empty()
        || says_which_job(outside)
        || names_role(outside)
            && !(reads_like_work(outside) && outside.contains(['の', 'と', 'を']))
            && !names_product(outside)
        || (kind_of(outside).is_some() && outside.chars().count() <= 14);
    let named = company_below(blocks, evidence, lexicon, at).or_else(|| {
        is_role
            .then(|| {
                dated_name_below(blocks, evidence, lexicon, at)
                    .or_else(|| told_name_below(blocks, lexicon, at))
            })
            .flatten()
    });
    let place = || place_below(blocks, evidence, lexicon, at);
    if named.is_none()
        && is_role
        && !outside.is_empty()
        && let Some((named_in, job)) = place()
    {
        begin_silently(statement);
        statement.naming = Naming::Title;
        statement.job = JobTitle { lead: None, ..job };
        statement.job.rest.insert(0, statement.text.clone());
        statement.named_in = named_in;
        statement.strength = Strength::Sure;
        return;
    }
    if named.is_none() && outside.is_empty() {
        return lone_name_below(blocks, evidence, lexicon, statement);
    }
    let Some((named_in, job)) = named else {
        return;
    };
    let is_told = blocks[named_in].str().contains('。');
    // 「クレジット売上締め処理」 and 「大手カード会社」 in a row: a kind of client.
    let is_cell = blocks[blocks[at].parent].kind == Kind::Cell;
    if is_cell && !is_role && is_hidden(&job.name) && job.name.ends_with("会社") {
        return;
    }
    statement.naming = if is_role || is_told {
        Naming::Title
    } else {
        Naming::Below
    };
    statement.job = JobTitle { lead: None, ..job };
    statement.job.rest.insert(0, statement.text.clone());
    statement.named_in = named_in;
    statement.strength = Strength::Sure;
}

/// Dates the job of a heading that only states years by the line below that names it: 「## 2013年〜2018年」 over
/// 「株式会社A（2013年4月〜2018年1月）」 or 「株式会社Bに入社（2013年4月）」.
pub(super) fn date_by_name(blocks: &Blocks, evidence: &Evidence, statement: &mut Statement) {
    let line = statement.named_in;
    let Some(years) = statement.period.as_mut().filter(|years| {
        years.block == statement.block
            && line != statement.block
            && matches!(years.period.from, Some(Moment::Year(_)))
    }) else {
        return;
    };
    let year = |moment: Option<Moment>| moment.map(|moment| moment.earliest().year());
    let joined = evidence
        .first_in(blocks, line)
        .filter(|own| matches!(own.period.from, Some(Moment::Month(_))))
        .filter(|own| year(own.period.from) == year(years.period.from));
    let Some(own) = joined else {
        return;
    };
    if own.period.is_stretch() {
        *years = own;
    } else if event_of(blocks[line].str()) == Some(Event::Join) {
        years.period.from = own.period.from;
    }
}

/// Returns the employer that stands alone below a heading which labels it, below a heading that only says when:
/// 「## 2018年4月～2022年6月」 over 「### 勤務先名」 over 「A社」.
fn name_below_label(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<(usize, JobTitle)> {
    if !evidence.is_period_only(blocks, at) {
        return None;
    }
    let label = blocks.children(at).take(MAX_HEAD_LINES).find(|child| {
        blocks[*child].kind == Kind::Heading
            && evidence.field[*child] == Some(Field::Employer)
            && evidence.value_text(blocks, *child).trim().is_empty()
    })?;
    let line = blocks.children(label).next()?;
    let text = blocks[line].str();
    let is_name = matches!(blocks[line].kind, Kind::Line | Kind::Item)
        && (2..=40).contains(&text.chars().count())
        && !text.contains('。');
    let job = job_title(text, lexicon);
    (is_name && !job.name.is_empty()).then_some((line, job))
}

/// Returns whether one part of a title names a product, in quotes or as what was worked on, and so the
/// title names more than a role: 「リードプログラマ ／ パズルゲーム「ころりん」」.
fn names_product(title: &str) -> bool {
    let parts = title
        .split(['／', '｜', '|'])
        .flat_map(|part| part.split(" / "));
    let parts: Vec<&str> = parts.map(str::trim).collect();
    parts.len() >= 2
        && parts.into_iter().any(|part| {
            !names_role(part)
                && kind_of(part).is_none()
                && (part.ends_with(['」', '』']) || reads_like_work(part))
        })
}

/// Returns whether a title only says which of the jobs it is about: 「前職」.
pub(super) fn says_which_job(title: &str) -> bool {
    [
        "現職",
        "前職",
        "前々職",
        "前前職",
        "現在",
        "今",
        "いま",
        "兼務",
        "兼業",
        "副業",
        "最初の会社",
        "新卒",
    ]
    .contains(&title)
}

/// Gives a heading that is labelled as a job, and names none, the employer that its first sentence
/// describes: 「職歴: 倉庫の…開発」 and 「大学発のロボティクス企業で、…」.
pub(super) fn name_in_summary(blocks: &Blocks, at: usize, statement: &mut Statement) {
    const LABELS: [&str; 5] = ["職歴", "職務経歴", "経歴", "勤務先", "在籍企業"];
    const KINDS: [&str; 12] = [
        "企業",
        "会社",
        "メーカー",
        "スタートアップ",
        "ベンチャー",
        "事業者",
        "ベンダー",
        "代理店",
        "商社",
        "工場",
        "病院",
        "銀行",
    ];
    let is_labelled = blocks[at].kind == Kind::Heading
        && split_label(blocks[at].str()).is_some_and(|(label, value)| {
            LABELS.contains(&label.trim()) && !blocks[at].str()[value..].trim().is_empty()
        });
    if !is_labelled {
        return;
    }
    let described = (at + 1..blocks[at].end.min(at + MAX_SUMMARY_BLOCKS)).find_map(|below| {
        let text = blocks[below].str();
        let end = KINDS
            .iter()
            .filter_map(|kind| text.find(kind).map(|found| found + kind.len()))
            .min()?;
        let name = text[..end].rsplit(['。', '、', '「', '（']).next()?.trim();
        (3..=24)
            .contains(&name.chars().count())
            .then(|| name.to_owned())
    });
    statement.naming = Naming::Below;
    statement.strength = Strength::Sure;
    statement.job = JobTitle {
        name: described.unwrap_or_else(|| UNNAMED.to_owned()),
        ..JobTitle::default()
    };
}

/// What an employer is called that nothing names or describes.
const UNNAMED: &str = "社名非公開";

/// Blocks below a heading that are looked through for a description of the employer.
const MAX_SUMMARY_BLOCKS: usize = 6;

/// Returns the first line below a role that states a period and one thing else: 「ハンドメイド工房 kotlinen
/// ／ 2014/08 - 2016/03」.
pub(super) fn dated_name_below(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<(usize, JobTitle)> {
    let line = blocks.children(at).next()?;
    let own = evidence.own_period(blocks, line)?;
    let text = blocks[line].str();
    let rest = title_without(text, &own.period.range);
    let is_name = blocks[line].kind == Kind::Line
        && evidence.field[line].is_none()
        && own.period.is_stretch()
        && !rest.is_empty()
        && rest.chars().count() <= 40
        && !rest.contains(['。', '、'])
        && !reads_like_work(&rest);
    is_name.then(|| (line, job_title(&rest, lexicon)))
}

/// Returns the employer that the first sentence below a title says somebody was at for a time:
/// 「2017年6月から2019年2月まで、株式会社Aで教材サイトの更新をしていました」.
fn told_name_below(blocks: &Blocks, lexicon: &Lexicon, at: usize) -> Option<(usize, JobTitle)> {
    let line = blocks.children(at).next()?;
    let text = blocks[line].str();
    if blocks[line].kind != Kind::Line || text.len() > MAX_READ_BYTES {
        return None;
    }
    let sentence = text.split('。').next().unwrap_or(text);
    let is_dated = find_periods(sentence)
        .iter()
        .any(super::super::period::FoundPeriod::is_stretch);
    let name = told_employer(sentence).filter(|_| is_dated)?;
    let behind = sentence.split_once(name)?.1;
    let is_place = behind.starts_with(['で', 'に']) && !words!["にて提", "に対"].begin(behind);
    is_place.then(|| (line, job_title(name, lexicon)))
}

/// Gives a title that only says when the name that stands first below it, as a line in bold that holds
/// nothing itself or as a short line.
fn lone_name_below(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    statement: &mut Statement,
) {
    let Some(first) = blocks.children(statement.block).next() else {
        return;
    };
    let text = blocks[first].str();
    let job = job_title(text.trim_end_matches("配属").trim_end(), lexicon);
    // 「県信用保証協会　保証料計算」 says what was done for whom.
    let says_more = job
        .rest
        .iter()
        .any(|rest| !names_role(rest) && kind_of(rest).is_none() && !is_department(rest));
    let is_company = has_legal_form(&job.name) && !says_more;
    let is_title = match blocks[first].kind {
        Kind::Heading => !blocks[first].is_marked_heading(),
        Kind::Line => true,
        // 「- 株式会社A 開発部 配属」 before what the company does.
        Kind::Item => is_company && blocks[first].end == first + 1,
        _ => false,
    };
    let is_name = is_title
        && text.chars().count() <= MAX_LONE_NAME_CHARS
        && evidence.field[first].is_none()
        && evidence.periods[first].is_empty()
        && !text.contains(['。', '、'])
        && (is_company || !reads_like_work(text));
    if !is_name {
        return;
    }
    if job.name.is_empty() || names_role(&job.name) || says_more {
        return;
    }
    let says_role = job.rest.iter().any(|rest| names_role(rest));
    // A line in bold that goes on below may be a piece of work.
    let is_sole = blocks[first].kind == Kind::Heading && blocks[first].end == first + 1;
    let known = strength(&job.name, lexicon);
    if known == Strength::None && !says_role && !is_sole {
        return;
    }
    statement.strength = known.max(Strength::Likely);
    statement.text = text.to_owned();
    statement.job = job;
    statement.named_in = first;
}

/// Characters of a line that is a name and little else.
pub(super) const MAX_LONE_NAME_CHARS: usize = 40;

/// Returns the period that the first sentences below a title tell: 「新卒で2014年4月に入り、2017年9月まで
/// いました。」
pub(super) fn told_period(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<PlacedPeriod> {
    if !matches!(blocks[at].kind, Kind::Heading | Kind::Item) {
        return None;
    }
    blocks
        .children(at)
        .take(3)
        .filter(|child| blocks[*child].kind == Kind::Line && evidence.field[*child].is_none())
        .filter(|child| !tells_of_other(blocks, at, *child))
        .find_map(|child| {
            let text = blocks[child].str();
            // Columns parted by blanks are rows of something else.
            let is_row = text.contains("   ") || text.contains("\u{3000}\u{3000}");
            let sentence = &text[..text.find('。').or((!is_row).then_some(text.len()))?];
            let found = find_periods(sentence);
            let is_prose = sentence.len() < text.len();
            let period = found
                .iter()
                .find(|period| {
                    let begins = sentence[..period.range.start].trim().is_empty();
                    let ends = sentence[period.range.end..].trim().is_empty()
                        && sentence.chars().count() <= MAX_DATED_LINE_CHARS
                        && !reads_like_work(sentence);
                    period.is_stretch() && (is_prose || begins || ends)
                })
                .cloned()
                .or_else(|| {
                    // 「2018年4月に新卒で入社。2020年9月末に退職。」
                    let whole = find_periods(text);
                    told_stay(text, &whole)
                        .filter(|stay| matches!(stay.to, PeriodEnd::At(_)))
                        .or_else(|| told_stay(sentence, &found))
                })?;
            Some(PlacedPeriod {
                text: text[period.range.clone()].trim().to_owned(),
                period,
                block: child,
            })
        })
}

/// Returns whether the line at `line`, below a title that names a company, tells in a sentence of working for
/// another: what leads to the next title.
pub(super) fn tells_of_other(blocks: &Blocks, at: usize, line: usize) -> bool {
    let title = blocks[at].str();
    line != at
        && blocks[line].kind == Kind::Line
        && has_legal_form(strip_lead(title))
        && says_stay(blocks[line].str())
        && told_employer(blocks[line].str()).is_some_and(|name| {
            let bare = strip_legal_form(name).trim();
            has_legal_form(name) && bare.chars().count() >= 2 && !title.contains(bare)
        })
}

/// Longer lines were not looked through for periods.
const MAX_READ_BYTES: usize = 400;

/// Returns the line below a title that names the employer, and what it says.
pub(super) fn company_below(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<(usize, JobTitle)> {
    // Under a title that says when, items that say when each are stays of their own.
    let is_dated = evidence
        .own_period(blocks, at)
        .is_some_and(|own| own.period.is_stretch());
    for child in blocks.children(at).take(MAX_HEAD_LINES) {
        let text = blocks[child].str();
        let is_stay = is_dated
            && blocks[child].kind == Kind::Item
            && evidence
                .own_period(blocks, child)
                .is_some_and(|own| own.period.is_stretch());
        if is_stay {
            break;
        }
        // 「[あ]＝株式会社A、[い]＝株式会社B」 explains marks.
        if text.contains('＝') {
            continue;
        }
        if evidence.field[child] == Some(Field::Employer) {
            let value = evidence.value_text(blocks, child).trim();
            let first = parts(value, Signs::Title).into_iter().next();
            let name = first.map_or("", |part| &value[part]);
            if !name.is_empty() {
                return Some((child, job_title(name, lexicon)));
            }
        }
        if let Some(named) = company_behind_time(blocks, evidence, lexicon, child) {
            return Some(named);
        }
        if evidence.field[child].is_some() {
            continue;
        }
        let may_name = match blocks[child].kind {
            Kind::Line => true,
            Kind::Item => {
                blocks[child].end == child + 1 && evidence.own_period(blocks, child).is_some()
            }
            _ => false,
        };
        if blocks[child].kind == Kind::Line
            && text.contains(['。', 'て'])
            && (!evidence.periods[child].is_empty() || text.len() > MAX_READ_BYTES)
            && let Some(name) = told_employer(text).filter(|_| says_stay(text))
        {
            return Some((child, job_title(name, lexicon)));
        }
        // 「@ 株式会社A」
        let text = text.strip_prefix(['@', '＠']).map_or(text, str::trim_start);
        // A remark in brackets may be a sentence.
        let outside = without_brackets(text);
        let outside = Some(outside.trim()).filter(|outside| *outside != text);
        let placed = may_name.then(|| placed_company(text)).flatten();
        let stated = [Some(text), outside, placed]
            .into_iter()
            .flatten()
            .find(|stated| may_name && is_fact_line(stated, &find_periods(stated), lexicon));
        let Some(stated) = stated else {
            if evidence.is_period_only(blocks, child) {
                continue;
            }
            break;
        };
        let bare = without_times(strip_lead(stated));
        let named = parts(&bare, Signs::Title).into_iter().find(|part| {
            let part = &bare[part.clone()];
            strength(part, lexicon) == Strength::Sure
                && (has_legal_form(&without_brackets(part))
                    || has_legal_form(part)
                    || is_self_employment(part)
                    || is_hidden(part))
        });
        if named.is_some() {
            let title = bare.trim_matches(|character: char| {
                character.is_whitespace() || "|｜/／-–—、,".contains(character)
            });
            return Some((child, job_title(title, lexicon)));
        }
    }
    None
}

/// Returns the company that stands in brackets behind the time of a work, where the label says that it does:
/// 「開発期間（在籍企業）」 over 「2022年6月 - 2022年9月（株式会社A）」.
fn company_behind_time(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    label: usize,
) -> Option<(usize, JobTitle)> {
    let text = blocks[label].str();
    let says_employer = evidence.field[label] == Some(Field::Period)
        && words!["企業", "会社", "所属", "勤務先", "社名"].is_in(text);
    if !says_employer {
        return None;
    }
    let line = (label..blocks[label].end.min(label + 3))
        .find(|line| evidence.first_in(blocks, *line).is_some())?;
    let placed = evidence.first_in(blocks, line)?;
    let behind = blocks[line].str()[placed.period.range.end..].trim();
    let name = behind.strip_prefix(opens)?.strip_suffix(closes)?.trim();
    (has_legal_form(name) && !name.contains(['、', '。'])).then(|| (line, job_title(name, lexicon)))
}

/// Returns the company that a short line names before it says where: 「合同会社A ／ 東京・ほぼ在宅」.
fn placed_company(text: &str) -> Option<&str> {
    let parts = parts(text, Signs::Title);
    let (first, rest) = parts.split_first()?;
    let name = &text[first.clone()];
    let is_placed = (1..=2).contains(&rest.len())
        && rest.iter().all(|part| {
            let part = &text[part.clone()];
            part.chars().count() <= MAX_PLACE_CHARS && !reads_like_work(part)
        });
    (is_placed && has_legal_form(&without_brackets(name))).then_some(name)
}

/// Characters of what a line says of the place of work.
const MAX_PLACE_CHARS: usize = 16;
