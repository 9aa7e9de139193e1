//! A line on a school: the school as written, how it ended, when.

use crate::domain::{Moment, Period, PeriodEnd};
use shokureki_index::words;

use super::super::evidence::{begins_event, event_of, title_without};
use super::super::period::{FoundPeriod, PeriodShape, find_periods};
use super::school::{LOOSE, NAMED, PARTS, all, has_whole};

/// How it ended, as people write it; longer words first.
pub(super) const ENDINGS: [&str; 24] = [
    "卒業見込み",
    "卒業見込",
    "卒業予定",
    "修了見込み",
    "修了見込",
    "修了予定",
    "入学見込み",
    "入学見込",
    "入学予定",
    "単位取得満期退学",
    "単位取得退学",
    "満期退学",
    "中途退学",
    "編入学",
    "編入",
    "卒業",
    "修了",
    "中退",
    "退学",
    "在学中",
    "在学",
    "入学",
    "休学",
    "転学",
];

/// Words of an academic degree.
pub(super) const DEGREES: [&str; 16] = [
    "博士", "修士", "学士", "Bachelor", "Master", "Doctor", "Ph.D", "PhD", "M.S", "B.S", "B.A",
    "M.A", "M.Eng", "B.Eng", "M.B.A", "MBA",
];

/// A line on a school.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) school: String,
    pub(super) degree: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) line: u32,
    pub(super) is_start: bool,
    /// 「同 卒業」: the school of the line before.
    pub(super) is_same: bool,
}

pub(super) fn has_school(text: &str) -> bool {
    has_whole(text) || PARTS.is_in(text) || is_same(text).is_some()
}

/// Returns what stands behind 同, 同上, 同大学, 同校 at the beginning of an undated text.
pub(super) fn is_same(text: &str) -> Option<&str> {
    if !text.contains('同') {
        return None;
    }
    let text = match find_periods(text).first() {
        Some(period) if text[..period.range.start].trim().is_empty() => &text[period.range.end..],
        _ => text,
    };
    let text = text.trim_start_matches([' ', '\u{3000}', ':', '：']);
    let rest = text.strip_prefix("同")?;
    let is_word = rest.starts_with([' ', '\u{3000}', '上', '大', '校', '学'])
        || ENDINGS.iter().any(|word| rest.starts_with(word));
    is_word.then_some(rest)
}
/// Returns whether a text has a word that only whole schools have, or a part of one with a name.
pub(super) fn has_own_name(text: &str) -> bool {
    is_same(text).is_some() || has_whole(text)
}

/// Returns whether a text names a part of a school: 「工学部 情報工学科」.
pub(super) fn names_part(text: &str) -> bool {
    let text = split_ending(text).0.trim();
    text.chars().count() <= 40
        && find_periods(text).is_empty()
        && !text.contains(['。', '：', ':'])
        && [
            "学部",
            "学科",
            "研究科",
            "専攻",
            "学群",
            "学類",
            "コース",
            "課程",
            "科",
        ]
        .iter()
        .any(|end| text.ends_with(end))
}

/// Returns whether a name is 大学, 「都内の専門学校」 and the like: no school by name.
fn is_generic(school: &str) -> bool {
    let bare = school.trim();
    let behind = bare.rsplit('の').next().unwrap_or(bare);
    let is_kind = |text: &str| {
        matches!(
            text.trim_start_matches(['国', '公', '私', '立', '四', '年', '制', '4', '４']),
            "大学"
                | "大学院"
                | "高校"
                | "高等学校"
                | "専門学校"
                | "高専"
                | "短大"
                | "中学"
                | "中学校"
                | "学校"
                | "工業高校"
                | "商業高校"
                | "普通高校"
                | "夜間大学"
                | "通信制大学"
                | "学院"
                | "学部"
        )
    };
    is_kind(behind) || bare.contains("系の")
}

/// Reads a line on a school.
pub(super) fn entry(text: &str, line: u32, in_section: bool) -> Option<Entry> {
    let is_course = words!["受講", "聴講", "講座"].is_in(text);
    let is_job = event_of(text).is_some() && split_ending(text).1.is_none();
    if !has_school(text) || is_course || is_job || text.chars().count() > 160 {
        return None;
    }
    let periods = find_periods(text);
    if let Some(entry) = stay(text, &periods, line) {
        return Some(entry);
    }
    let found = periods.into_iter().next();
    let undated = match &found {
        Some(period) => title_without(text, &period.range),
        None => text.to_owned(),
    };
    let undated = behind_mark(undated.trim_start_matches(|character: char| {
        !character.is_alphanumeric() && !"(（「[［【〔".contains(character)
    }));
    let undated = ["に", "、", "、私は"]
        .iter()
        .find_map(|particle| undated.strip_prefix(particle))
        .unwrap_or(undated);
    let (mut before, ending) = split_ending(undated);
    if ending == Some("休学") {
        return None;
    }
    if let Some(word) = ending
        && trim_school(before).is_empty()
        && is_same(undated).is_none()
        && let Some(at) = undated.find(word)
    {
        // 「平成20年3月卒業　県立○○高校」
        before = &undated[at + word.len()..];
    }
    let is_same_school = is_same(undated).is_some_and(|rest| {
        split_ending(rest.trim_start_matches(['上', '校', '学']))
            .0
            .trim()
            .trim_start_matches("大学")
            .trim_matches(['(', '（'])
            .is_empty()
    });
    let (school, degree) = school_and_degree(before_particle(before));
    let is_bare = all().any(|word| word == school) && ending.is_none();
    if !is_same_school
        && (is_bare
            || school.chars().count() < 2
            || school.chars().all(char::is_numeric)
            || (found.is_none() && is_placeholder(&school))
            || (!in_section && is_generic(&school)))
    {
        return None;
    }
    let is_start =
        ending.is_some_and(|ending| ending.starts_with("入学") || ending.starts_with("編入"));
    let degree = ending
        .map(str::to_owned)
        .filter(|_| {
            degree.is_none()
                || is_start
                || ending.is_some_and(|word| word != "卒業" && word != "修了")
        })
        .or(degree)
        .or_else(|| ending.map(str::to_owned));
    // 「2008/03 - : A大学 卒業」: the dash only parts the day.
    let found = found.map(|found| {
        let is_parted = found.shape == PeriodShape::Open
            && ending.is_some()
            && text.get(found.range.end..).is_some_and(begins_event);
        FoundPeriod {
            shape: if is_parted {
                PeriodShape::Single
            } else {
                found.shape
            },
            ..found
        }
    });
    Some(Entry {
        period: found
            .as_ref()
            .map(|found| period_of(found, text[found.range.clone()].trim(), is_start)),
        school,
        degree,
        line,
        is_start,
        is_same: is_same_school,
    })
}

/// Cuts a text behind the school where it goes on to say what was done there: 「○○大学で…を研究」.
fn before_particle(text: &str) -> &str {
    [NAMED, LOOSE, PARTS]
        .iter()
        .flat_map(|words| words.places_in(text))
        .map(|(at, word)| at + word.len())
        .filter(|end| words!["で", "にて", "に通", "に在"].begin(&text[*end..]))
        .min()
        .map_or(text, |end| &text[..end])
}

/// Returns whether a name is what a template holds: 「○○大学」.
fn is_placeholder(school: &str) -> bool {
    words!["○○", "〇〇", "◯◯", "××", "△△", "XX", "xx", "＊＊"].is_in(school)
}

/// Takes a mark of the kind of entry off: 「[学] ○○大学」, 「【学歴】○○大学」.
fn behind_mark(text: &str) -> &str {
    let Some(inner) = text.strip_prefix(['[', '［', '【', '〔']) else {
        return text;
    };
    match inner.split_once([']', '］', '】', '〕']) {
        Some((mark, rest))
            if (mark.chars().count() <= 4 && !has_own_name(mark)) || mark_names(mark, rest) =>
        {
            rest.trim_start()
        }
        _ => inner,
    }
}

fn mark_names(mark: &str, rest: &str) -> bool {
    matches!(
        mark,
        "学校" | "学歴" | "大学" | "大学院" | "高校" | "高専" | "専門学校"
    ) && has_school(rest)
}

/// Reads a line that states entrance and leaving with a date each: 「’07.4入学　’12.3卒業」,
/// 「2008年4月に○○大学に入り、2010年3月に卒業」.
fn stay(text: &str, periods: &[FoundPeriod], line: u32) -> Option<Entry> {
    const STARTS: [&str; 6] = ["入学", "編入学", "編入", "進学", "入校", "に入り"];
    let [first, second, ..] = periods else {
        return None;
    };
    if first.is_stretch() || second.is_stretch() {
        return None;
    }
    let (start_at, word) = STARTS
        .iter()
        .filter_map(|word| Some((text.find(word)?, *word)))
        .min()?;
    let (_, ending) = split_ending(&text[second.range.end..]);
    let between = first.range.end..second.range.start;
    if !between.contains(&start_at) && start_at != first.range.end {
        return None;
    }
    let ending = ending.filter(|ending| !ending.starts_with("入学"))?;
    let named = if text[..first.range.start].trim().is_empty() {
        &text[first.range.end..start_at]
    } else {
        &text[..first.range.start]
    };
    let named = trim_school(named.trim_start_matches(['に', '、']));
    let (school, degree) = school_and_degree(named.trim_end_matches(['に', 'へ', 'を']));
    if school.chars().count() < 2 || !has_school(&school) || word.is_empty() {
        return None;
    }
    let ended = period_of(second, text[second.range.clone()].trim(), false);
    let began = text[first.range.clone()].trim();
    Some(Entry {
        period: Some(Period {
            from: first.from,
            to: ended.to,
            text: format!("{began} – {}", ended.text),
        }),
        school,
        degree: degree.or_else(|| Some(ending.to_owned())),
        line,
        is_start: false,
        is_same: false,
    })
}

/// Cuts a text at the word that says how it ended; what follows is a remark.
pub(super) fn split_ending(text: &str) -> (&str, Option<&'static str>) {
    let first = ENDINGS
        .iter()
        .filter_map(|word| {
            text.find(word)
                .map(|at| (at, std::cmp::Reverse(word.len()), *word))
        })
        .filter(|(at, _, word)| {
            !text[at + word.len()..].starts_with(['研', '論', '制', '生', '証'])
        })
        .min();
    if let Some((at, _, word)) = first {
        let before = &text[..at];
        return (
            before.trim_end_matches(['を', 'に', 'へ', ' ', '\u{3000}']),
            Some(word),
        );
    }
    // 「専門学校卒」
    let graduated = text.match_indices('卒').map(|(at, _)| at).find(|at| {
        let behind = &text[at + '卒'.len_utf8()..];
        !text[..*at].ends_with('新')
            && (behind.is_empty()
                || behind.starts_with([' ', '\u{3000}', '(', '（', ')', '）', '、', ',']))
    });
    match graduated {
        Some(at) => (&text[..at], Some("卒")),
        None => (text, None),
    }
}

/// Takes an academic degree that stands apart off the school: 「B.A. in Linguistics, Univ. of …」.
fn school_and_degree(text: &str) -> (String, Option<String>) {
    let text = trim_school(text);
    let named = DEGREES
        .iter()
        .find(|word| text.contains(**word))
        .map(|word| (*word).to_owned());
    for sign in [", ", " - ", " – ", " — ", " | ", "、"] {
        let Some((first, rest)) = text.split_once(sign) else {
            continue;
        };
        let names_degree = DEGREES.iter().any(|word| first.contains(word));
        if names_degree && !has_school(first) && has_school(rest) {
            return (trim_school(rest), Some(first.trim().to_owned()));
        }
    }
    // 「M.Eng. Hirose University」: a cell of its own.
    if let Some((first, rest)) = text.split_once(' ')
        && DEGREES.iter().any(|word| first.starts_with(word))
        && first.is_ascii()
        && has_school(rest)
        && !rest.starts_with("of ")
        && !rest.starts_with("in ")
    {
        return (trim_school(rest), Some(first.to_owned()));
    }
    // 「○○大学 △△学部 学士」
    let shorter = ["学士", "修士", "博士"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .filter(|rest| rest.ends_with([' ', '\u{3000}']));
    (shorter.map_or_else(|| text.clone(), trim_school), named)
}

fn trim_school(text: &str) -> String {
    let edges = [
        ' ', '\u{3000}', ':', '：', ',', '、', '・', '-', '*', '|', '/', '／', '—', '–', '"', '\'',
    ];
    let mut text = text.trim_matches(edges);
    loop {
        let opens = text.matches(['(', '（']).count();
        let closes = text.matches([')', '）']).count();
        let shorter = if opens > closes {
            text.strip_suffix(['(', '（'])
                .or_else(|| text.strip_prefix(['(', '（']))
        } else if closes > opens {
            text.strip_prefix([')', '）'])
                .or_else(|| text.strip_suffix([')', '）']))
        } else {
            None
        };
        let shorter = shorter
            .or_else(|| text.strip_suffix("()"))
            .or_else(|| text.strip_suffix("（）"));
        let Some(shorter) = shorter else { break };
        text = shorter.trim_matches(edges);
    }
    text.to_owned()
}
/// Returns the period of an entry: a single date is its end, or its start where it says 入学.
pub(super) fn period_of(found: &FoundPeriod, text: &str, is_start: bool) -> Period {
    let is_single = matches!(found.shape, PeriodShape::Single | PeriodShape::BareYear);
    let (from, to): (Option<Moment>, PeriodEnd) = match (is_single, is_start) {
        (true, true) => (found.from, PeriodEnd::Unstated),
        (true, false) => (None, found.from.map_or(PeriodEnd::Unstated, PeriodEnd::At)),
        _ => (found.from, found.to),
    };
    Period {
        from,
        to,
        text: text.to_owned(),
    }
}
