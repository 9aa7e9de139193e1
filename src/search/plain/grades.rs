//! Grades of certificates: 「簿記2級以上」 is met by the first grade, too. All text here is normalized.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::Lexicon;
use shokureki_index::words;

use super::super::value::numeral;

/// Grades of examinations that count downwards, the lowest first, as those who hold the examinations
/// write them (日本英語検定協会, 統計検定, 日商簿記).
const GRADES: [&str; 9] = [
    "5級", "4級", "3級", "準2級", "2級", "準1級", "1級", "特級", "s級",
];

/// Levels of the Japanese-Language Proficiency Test, the lowest first.
const LEVELS: [&str; 5] = ["n5", "n4", "n3", "n2", "n1"];

/// Certificates that lead from one to the next, the lowest first, by their names in the lexicon; those of
/// one rung have bars between them. Sources: 情報処理技術者試験 試験要綱 (levels 1 to 4), and the certification paths
/// that Cisco, LPI, LPI-Japan, Oracle and AWS publish.
const LADDERS: [&[&str]; 7] = [
    &[
        "ITパスポート",
        "情報セキュリティマネジメント",
        "基本情報技術者|第二種情報処理技術者",
        "応用情報技術者|ソフトウェア開発技術者|第一種情報処理技術者",
        "情報処理安全確保支援士|ネットワークスペシャリスト|データベーススペシャリスト|\
         プロジェクトマネージャ|システムアーキテクト|ITストラテジスト|ITサービスマネージャ|\
         システム監査技術者|エンベデッドシステムスペシャリスト|情報セキュリティスペシャリスト",
    ],
    &["CCNA", "CCNP Enterprise", "CCIE"],
    &["LPIC-1", "LPIC-2", "LPIC-3"],
    &["LinuC-1", "LinuC-2", "LinuC-3"],
    &[
        "ORACLE MASTER Bronze",
        "ORACLE MASTER Silver",
        "ORACLE MASTER Gold",
        "ORACLE MASTER Platinum",
    ],
    &[
        "Oracle認定Javaプログラマ Silver SE",
        "Oracle認定Javaプログラマ Gold SE",
    ],
    &[
        "AWS 認定ソリューションアーキテクト – アソシエイト",
        "AWS 認定ソリューションアーキテクト – プロフェッショナル",
    ],
];

/// Furthest that a grade stands behind where the name of its examination begins, in characters.
const LONGEST_NAME: usize = 20;

/// Returns the certificates, any of which is asked for, of the one at byte `at` with its grade, and the
/// byte behind: 簿記2級以上, 統計検定 準一級, 基本情報以上. `None` for names that need no such care.
pub(super) fn certificates_at(
    lexicon: &Lexicon,
    text: &str,
    at: usize,
) -> Option<(Vec<String>, usize)> {
    by_grade(lexicon, text, at)
        .or_else(|| by_level(lexicon, text, at))
        .or_else(|| by_ladder(lexicon, text, at))
}

/// Ladders, nobody comes up which without having stood on each rung: LPIC-3 is given to who has LPIC-2.
const CLIMBED: [&str; 3] = ["LPIC-", "LinuC-", "ORACLE MASTER "];

/// Returns the certificates that nobody gets without the one named `text`.
pub(in crate::search) fn higher_certificates(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let certificate = lexicon.certificate_named(text);
    let certificate = certificate.filter(|found| {
        let mut climbed = CLIMBED.iter();
        climbed.any(|beginning| found.name.starts_with(beginning))
    });
    let Some(certificate) = certificate else {
        return Vec::new();
    };
    let asked = format!("{}以上", normalized_key(&certificate.name));
    let found = certificates_at(lexicon, &asked, 0);
    let mut names = found.map(|(names, _)| names).unwrap_or_default();
    names.retain(|name| *name != certificate.name);
    names
}

/// The byte behind 以上 or the like at `at`, a space before it allowed.
fn or_higher(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let bare = rest.trim_start();
    let word = words!["以上", "または以上", "相当以上"].longest_of(bare)?;
    Some(at + rest.len() - bare.len() + word.len())
}

/// The grade that `text` begins with: its place in [`GRADES`], its length, and whether it is written with
/// a numeral in kanji.
fn grade_at(text: &str) -> Option<(usize, usize, bool)> {
    let bare = text.strip_prefix('準');
    let digit = bare.unwrap_or(text).chars().next()?;
    bare.unwrap_or(text)[digit.len_utf8()..].strip_prefix('級')?;
    let is_kanji = numeral(digit).is_some();
    let number = numeral(digit).or(digit.to_digit(10))?;
    let half = if bare.is_some() { "準" } else { "" };
    let written = format!("{half}{number}級");
    let rank = GRADES.iter().position(|grade| *grade == written)?;
    let length = half.len() + digit.len_utf8() + "級".len();
    Some((rank, length, is_kanji))
}

fn by_grade(lexicon: &Lexicon, text: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let rest = &text[at..];
    let places = rest.char_indices().take(LONGEST_NAME);
    let (stem, (rank, length, is_kanji)) = places
        .skip(2)
        .find_map(|(place, _)| Some((place, grade_at(&rest[place..])?)))?;
    let name = rest[..stem].trim_end();
    let named = |rank: &usize| {
        let grade = GRADES[*rank];
        let spelt = lexicon.certificate_named(&format!("{name}{grade}"));
        spelt.map(|certificate| certificate.name.clone())
    };
    let end = at + stem + length;
    let higher = or_higher(text, end);
    let ranks = match higher {
        Some(_) => rank..GRADES.len(),
        None => rank..rank + 1,
    };
    let mut names: Vec<String> = ranks.filter_map(|rank| named(&rank)).collect();
    names.dedup();
    let is_known = named(&rank).is_some();
    // The lexicon finds the others as they are written.
    let needs_care = higher.is_some() || is_kanji;
    (is_known && needs_care).then(|| (std::mem::take(&mut names), higher.unwrap_or(end)))
}

/// 日本語N2以上, JLPT N1, N1: what is asked for of those whose language is another.
fn by_level(lexicon: &Lexicon, text: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let rest = &text[at..];
    let name = words![
        "日本語能力試験",
        "日本語能力",
        "日本語レベル",
        "日本語検定",
        "日本語",
        "jlpt"
    ]
    .longest_of(rest)
    .unwrap_or_default();
    let level = rest[name.len()..].trim_start();
    let rank = LEVELS.iter().position(|name| level.starts_with(name))?;
    let end = text.len() - level.len() + LEVELS[rank].len();
    let behind = &text[end..];
    let higher = or_higher(text, end);
    let goes_on = behind.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-');
    let is_held = higher.is_some()
        || words!["保有", "取得", "合格", "所持", "レベル", "相当"]
            .first_of(behind)
            .is_some();
    let is_inside = text[..at].ends_with(|before: char| before.is_ascii_alphanumeric());
    if goes_on || is_inside || (name.is_empty() && !is_held) {
        return None;
    }
    let ranks = match higher {
        Some(_) => rank..LEVELS.len(),
        None => rank..rank + 1,
    };
    let named =
        ranks.filter_map(|rank| lexicon.certificate_named(&format!("jlpt {}", LEVELS[rank])));
    let names: Vec<String> = named.map(|certificate| certificate.name.clone()).collect();
    (!names.is_empty()).then(|| (names, higher.unwrap_or(end)))
}

fn by_ladder(lexicon: &Lexicon, text: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let found = lexicon.name_at(text, at)?;
    let certificate = found.certificate?;
    let end = or_higher(text, found.end)?;
    let asked = normalized_key(&certificate.name);
    let holds = |rung: &&str| rung.split('|').any(|name| normalized_key(name) == asked);
    let rungs = LADDERS
        .iter()
        .find_map(|ladder| Some(&ladder[ladder.iter().position(&holds)? + 1..]))?;
    let mut names = vec![certificate.name.clone()];
    let higher = rungs.iter().flat_map(|rung| rung.split('|'));
    names.extend(higher.map(str::to_owned));
    Some((names, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&[&str], &str)>) {
        let found = certificates_at(Lexicon::builtin(), text, 0);
        let found = found
            .as_ref()
            .map(|(names, end)| (names.iter().map(String::as_str).collect(), &text[*end..]));
        let expected = expected.map(|(names, rest)| (names.to_vec(), rest));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn higher_grades_meet_a_lower_one() {
        check(
            "日商簿記2級以上の方",
            Some((&["日商簿記検定2級", "日商簿記検定1級"], "の方")),
        );
        check(
            "統計検定 準一級以上",
            Some((&["統計検定準1級", "統計検定1級"], "")),
        );
        check("英検二級", Some((&["実用英語技能検定2級"], "")));
        check("英検2級", None);
        check("一級建築士", None);
        check(
            "jlpt n2以上",
            Some((&["日本語能力試験 N2", "日本語能力試験 N1"], "")),
        );
        check("n1保有", Some((&["日本語能力試験 N1"], "保有")));
        check("n1", None);
        check("n+1問題", None);
        check("lpic-2以上", Some((&["LPIC-2", "LPIC-3"], "")));
        check(
            "ccna 以上",
            Some((&["CCNA", "CCNP Enterprise", "CCIE"], "")),
        );
        check("基本情報", None);
    }

    #[test]
    fn the_rungs_of_a_ladder_are_entries_of_the_lexicon() {
        for name in LADDERS
            .iter()
            .copied()
            .flatten()
            .flat_map(|rung| rung.split('|'))
        {
            let found = Lexicon::builtin().certificate_named(name);
            let found = found.map(|certificate| certificate.name.as_str());
            assert_eq!(found, Some(name));
        }
    }
}
