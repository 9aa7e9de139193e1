//! A line that lists certificates, or tells of them, cut into one piece for each.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::HashSet;

use shokureki_index::lexicon::Lexicon;

use super::super::period::find_periods;
use super::held::{has_certificate_word, is_named, is_not_held};
use super::name::certificate_name;

/// Longer texts are read as one piece.
const MAX_LIST_BYTES: usize = 1200;

/// Longer clauses name no certificate.
const MAX_CLAUSE_BYTES: usize = 300;

/// Cuts a line of a list into its certificates: at 、 ／ and the like outside brackets, and where a
/// new date begins.
pub(super) fn listed<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<&'t str> {
    if text.len() > MAX_LIST_BYTES {
        return vec![text];
    }
    if let Some(names) = in_brackets(text, lexicon) {
        return names;
    }
    let mut pieces = Vec::new();
    for part in by_signs(text, lexicon) {
        for part in by_weak_signs(part, lexicon) {
            pieces.extend(by_dates(part));
        }
    }
    pieces
}

/// Returns the certificates that brackets list behind who gives them: 「Google Cloud (Professional Cloud Developer,
/// Professional Machine Learning Engineer)」.
fn in_brackets<'t>(text: &'t str, lexicon: &Lexicon) -> Option<Vec<&'t str>> {
    let (giver, behind) = text.split_once(['(', '（'])?;
    let (list, _) = behind.split_once([')', '）'])?;
    let names: Vec<&str> = list.split([',', '、']).map(str::trim).collect();
    let is_certificate = |name: &&str| lexicon.certificate(name).is_some();
    (names.len() > 1 && !is_certificate(&giver.trim()) && names.iter().all(is_certificate))
        .then_some(names)
}

/// Cuts at signs that seldom stand in a name.
fn by_signs<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<&'t str> {
    let parts = split_outside(text, |before, sign, after| match sign {
        '、' | '，' | '／' | '｜' | '；' | ';' => true,
        '/' | '|' => is_blank(before) && is_blank(after),
        _ => false,
    });
    let named = parts.iter().filter(|part| is_named(part, lexicon)).count();
    if parts.len() < 2 || named == 0 {
        return vec![text];
    }
    // 「技術士補（機械部門） / Associate Professional Engineer」 says one thing twice.
    if let [first, second] = parts.as_slice()
        && !first.is_ascii()
        && second.is_ascii()
        && text.contains(" / ")
        && find_periods(second).is_empty()
        && (lexicon.certificate(second).is_none() || is_same(first, second, lexicon))
    {
        return vec![first];
    }
    let mut kept: Vec<&str> = Vec::new();
    for part in parts {
        let is_state = certificate_name(part).is_empty() || is_not_held(part);
        if is_named(part, lexicon) || (is_nominal(part) && !is_state) {
            kept.push(part);
        } else if let Some(last) = kept.last_mut() {
            // 「電気主任技術者 … 3科目まで合格、未取得」
            let start = last.as_ptr() as usize - text.as_ptr() as usize;
            let end = part.as_ptr() as usize - text.as_ptr() as usize + part.len();
            *last = &text[start..if is_not_held(part) {
                end
            } else {
                start + last.len()
            }];
        }
    }
    kept
}

/// Cuts at signs that names have, too, where each part is a certificate of its own.
fn by_weak_signs<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<&'t str> {
    let signs: [fn(char, char, char) -> bool; 4] = [
        |_, sign, after| sign == ',' && is_blank(after),
        |_, sign, _| sign == ',',
        |_, sign, _| matches!(sign, '・' | '/' | '+' | '＋'),
        |before, sign, _| {
            sign == 'と' && matches!(before, ')' | '）' | '級' | '者' | '験' | '種' | '許')
        },
    ];
    for is_sign in signs {
        let parts = split_outside(text, is_sign);
        if parts.len() < 2 {
            continue;
        }
        let keys: Vec<Option<&str>> = parts
            .iter()
            .map(|part| lexicon.certificate(part).map(|found| found.name.as_str()))
            .collect();
        let is_each_named = parts.iter().zip(&keys).all(|(part, key)| {
            key.is_some() || (has_certificate_word(part) && !find_periods(part).is_empty())
        });
        let mut seen = HashSet::new();
        if is_each_named && keys.iter().flatten().all(|key| seen.insert(*key)) {
            return parts;
        }
    }
    vec![text]
}

fn is_same(one: &str, other: &str, lexicon: &Lexicon) -> bool {
    match (lexicon.certificate(one), lexicon.certificate(other)) {
        (Some(one), Some(other)) => one.name == other.name,
        _ => false,
    }
}

/// Cuts `2019/06 A 2021/04 B` before each date, `A 2019/06 B 2021/04` behind each.
fn by_dates(text: &str) -> Vec<&str> {
    let periods: Vec<_> = find_periods(text)
        .into_iter()
        .filter(|period| {
            period.shape == super::super::period::PeriodShape::Single
                && depth_at(text, period.range.start) == 0
        })
        .collect();
    let is_name = |part: &str| {
        part.chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
            >= 2
            && has_certificate_word(part)
    };
    if periods.len() < 2 {
        return vec![text];
    }
    let is_leading = text[..periods[0].range.start].trim().is_empty();
    let mut cuts = vec![0];
    if is_leading {
        let gaps = periods
            .windows(2)
            .map(|pair| &text[pair[0].range.end..pair[1].range.start]);
        if !gaps
            .chain([&text[periods[periods.len() - 1].range.end..]])
            .all(is_name)
        {
            return vec![text];
        }
        cuts.extend(periods[1..].iter().map(|period| period.range.start));
    } else {
        let ends_dated = text[periods[periods.len() - 1].range.end..]
            .trim_matches(|letter: char| !letter.is_alphanumeric())
            .chars()
            .count()
            <= 4;
        let gaps = periods
            .windows(2)
            .map(|pair| &text[pair[0].range.end..pair[1].range.start]);
        if !ends_dated || !gaps.chain([&text[..periods[0].range.start]]).all(is_name) {
            return vec![text];
        }
        cuts.extend(
            periods[..periods.len() - 1]
                .iter()
                .map(|period| period.range.end),
        );
    }
    cuts.push(text.len());
    cuts.windows(2)
        .map(|pair| &text[pair[0]..pair[1]])
        .collect()
}

/// Returns the pieces of sentences that name a held certificate: 「2019年に応用情報技術者試験」.
pub(super) fn told<'t>(text: &'t str, lexicon: &Lexicon, needs_lexicon: bool) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    for sentence in text.split(['。', '！', '？', '!', '?']) {
        sentence_pieces(sentence, lexicon, needs_lexicon, &mut pieces);
    }
    pieces
}

fn sentence_pieces<'t>(
    sentence: &'t str,
    lexicon: &Lexicon,
    needs_lexicon: bool,
    pieces: &mut Vec<&'t str>,
) {
    let first = pieces.len();
    // Whether the pieces of this sentence may still be denied by its end.
    let mut open = first;
    for part in split_outside(sentence, |before, sign, _| {
        matches!(sign, '、' | '，' | '／')
            || (sign == 'と' && matches!(before, ')' | '）' | '級' | '者' | '験' | '種' | '許'))
    }) {
        let (name, rest) = name_of_clause(part, lexicon);
        let is_named = !name.is_empty()
            && (lexicon.certificate(name).is_some() || (!needs_lexicon && has_specific_word(name)));
        if is_not_held(rest) || is_not_held(name) || rest.contains("まだ") {
            pieces.truncate(open);
            continue;
        }
        if is_named {
            pieces.push(name);
        }
        let is_closed = words!["取", "合格", "持って", "あり", "保有"].is_in(rest);
        let is_dated = !find_periods(name).is_empty() || !find_periods(rest).is_empty();
        if is_closed || is_dated {
            open = pieces.len();
        }
    }
}

/// Cuts a clause to a name, its date left in it, and what is said of it.
fn name_of_clause<'t>(clause: &'t str, lexicon: &Lexicon) -> (&'t str, &'t str) {
    if clause.len() > MAX_CLAUSE_BYTES {
        return ("", clause);
    }
    let mut start = 0;
    // 「在学中の2012年11月に基本情報技術者試験」: the name stands behind the date.
    if let Some(period) = find_periods(clause)
        .into_iter()
        .rfind(|period| depth_at(clause, period.range.start) == 0)
    {
        let behind = &clause[period.range.end..];
        if let Some(rest) = ["に", "には", "で", "の"]
            .iter()
            .find_map(|word| behind.strip_prefix(word))
            && is_named(rest, lexicon)
        {
            start = clause.len() - rest.len();
        }
    }
    for lead in [
        "資格は",
        "免許は",
        "検定は",
        "ほかは",
        "他は",
        "ほかに",
        "他に",
        "また",
    ] {
        if let Some(at) = clause.find(lead)
            && at <= 18
        {
            start = start.max(at + lead.len());
        }
    }
    start += behind_lead(&clause[start..], lexicon);
    let end = end_of_name(clause, start, lexicon);
    (clause[start..end].trim(), &clause[end..])
}

/// Returns where a name begins behind 「在職中に」, 「独学で」: the part that the lexicon knows.
pub(super) fn behind_lead(text: &str, lexicon: &Lexicon) -> usize {
    let Some(known) = lexicon.certificate(text) else {
        return 0;
    };
    [
        "中に",
        "独学で",
        "目に",
        "後に",
        "時代に",
        "機に",
        "までに",
        "てから",
    ]
    .iter()
    .filter_map(|lead| text.find(lead).map(|at| at + lead.len()))
    .filter(|start| {
        lexicon
            .certificate(&text[*start..])
            .is_some_and(|behind| behind.name == known.name)
    })
    .max()
    .unwrap_or(0)
}

/// Returns where the name that begins at `start` ends: before を, は, も and the like.
fn end_of_name(clause: &str, start: usize, lexicon: &Lexicon) -> usize {
    const BEHIND: &WordList = words![
        "を",
        "に",
        "は",
        "も",
        "が",
        "だけ",
        "のみ",
        "など",
        "と",
        "です",
        "くらい",
        "まで",
        "ほか",
    ];
    let text = &clause[start..];
    text.char_indices()
        .filter(|(at, _)| *at > 0 && depth_at(text, *at) == 0)
        .find(|(at, _)| BEHIND.begin(&text[*at..]) && is_named(&text[..*at], lexicon))
        .map_or(clause.len(), |(at, _)| start + at)
}

/// Returns whether a text is more than 資格 itself.
fn has_specific_word(text: &str) -> bool {
    let rest = text.replace("資格", "").replace("試験", "");
    text.chars().count() <= 40 && has_certificate_word(&rest)
}

/// Returns whether a text may be a name: short, without the kana of a sentence.
pub(super) fn is_nominal(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    let kana = text
        .chars()
        .filter(|letter| matches!(letter, '\u{3041}'..='\u{309F}'))
        .count();
    let is_labelled = text
        .split_once([':', '：'])
        .is_some_and(|(label, _)| !label.is_ascii());
    (2..=40).contains(&count) && kana * 4 <= count && !is_labelled
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\0'
}

/// Splits at the signs that `is_sign` accepts, with the characters around them, outside brackets.
fn split_outside(text: &str, is_sign: impl Fn(char, char, char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut before) = (0usize, 0usize, '\0');
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or('\0', |(_, next)| *next);
        match letter {
            '(' | '（' | '「' | '[' | '【' => depth += 1,
            ')' | '）' | '」' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_sign(before, letter, after) => {
                parts.push(text[start..at].trim());
                start = at + letter.len_utf8();
            }
            _ => {}
        }
        before = letter;
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns how many brackets are open at byte `at`.
fn depth_at(text: &str, at: usize) -> usize {
    let before = &text[..at];
    before
        .matches(['(', '（'])
        .count()
        .saturating_sub(before.matches([')', '）']).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_listed(text: &str, expected: &[&str]) {
        assert_eq!(listed(text, Lexicon::builtin()), expected, "{text}");
    }

    #[track_caller]
    fn check_told(text: &str, expected: &[&str]) {
        assert_eq!(told(text, Lexicon::builtin(), false), expected, "{text}");
    }

    #[test]
    fn lists_are_cut_at_their_signs() {
        check_listed(
            "応用情報技術者（2018年春）、日商簿記検定2級（2020年11月）",
            &[
                "応用情報技術者（2018年春）",
                "日商簿記検定2級（2020年11月）",
            ],
        );
        check_listed(
            "統計検定1級（統計数理、2017年11月）／潜水士（2022年9月）",
            &["統計検定1級（統計数理、2017年11月）", "潜水士（2022年9月）"],
        );
        check_listed(
            "普通自動車第一種運転免許，けん引免許",
            &["普通自動車第一種運転免許", "けん引免許"],
        );
        check_listed(
            "色彩検定2級 (2008) / HTML5プロフェッショナル認定試験 レベル2 (Jan 2017)",
            &[
                "色彩検定2級 (2008)",
                "HTML5プロフェッショナル認定試験 レベル2 (Jan 2017)",
            ],
        );
        check_listed(
            "2019/06 応用情報技術者 2021/04 ネットワークスペシャリスト",
            &[
                "2019/06 応用情報技術者 ",
                "2021/04 ネットワークスペシャリスト",
            ],
        );
        check_listed("LPIC-1, CCNA", &["LPIC-1", "CCNA"]);
    }

    #[test]
    fn one_certificate_is_not_cut() {
        for text in [
            "Juniper Networks Certified Associate, Junos （JNCIA-Junos）",
            "工事担任者 AI・DD 総合種",
            "CCNA Routing and Switching",
            "SAP Certified Application Associate - SAP S/4HANA for Financial Accounting",
        ] {
            check_listed(text, &[text]);
        }
        check_listed(
            "技術士補（機械部門） / Associate Professional Engineer",
            &["技術士補（機械部門）"],
        );
    }

    #[test]
    fn sentences_tell_what_is_held() {
        check_told(
            "普通自動車免許だけです。漢検2級も一応。",
            &["普通自動車免許", "漢検2級"],
        );
        check_told(
            "資格は、在学中の2012年11月に基本情報技術者試験、2019年6月に応用情報技術者試験を取りました。データベーススペシャリスト試験は落ちたので、まだ持っていません。",
            &["基本情報技術者試験", "応用情報技術者試験"],
        );
        check_told(
            "JSTQB認定テスト技術者資格 Foundation Level（2013年8月）と、ソフトウェア品質技術者資格認定 初級（2018年9月）を持っています。",
            &[
                "JSTQB認定テスト技術者資格 Foundation Level（2013年8月）",
                "ソフトウェア品質技術者資格認定 初級（2018年9月）",
            ],
        );
        check_told("TOEICは受けたことがありません。", &[]);
        check_told(
            "中学校教諭一種免許状（美術）は単位が足りず、取れませんでした。",
            &[],
        );
    }
}
