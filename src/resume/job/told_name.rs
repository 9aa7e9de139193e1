//! The employer that a sentence names: 「株式会社Xに」, 「北湊大学の助教」, 「峰山市役所へ」.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Signs between a name and what is said of it.
pub(super) const DASHES: [char; 3] = ['—', '–', '―'];

/// Legal forms that stand in sentences.
const FORMS: &WordList = words![
    "国立研究開発法人",
    "特定非営利活動法人",
    "公益財団法人",
    "公益社団法人",
    "地方独立行政法人",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "(株)",
    "（株）",
    "㈱",
    "㈲",
    "医療法人",
    "社会福祉法人",
    "学校法人",
    "国立大学法人",
    "独立行政法人",
    "一般社団法人",
    "一般財団法人",
    "NPO法人",
    "生活協同組合",
];

/// Returns the employer that a clause names: around a legal form up to the next particle.
pub(super) fn told_employer(clause: &str) -> Option<&str> {
    if let Some((at, word)) = words!["個人事業主", "フリーランス"].first_in(clause) {
        return Some(&clause[at..at + word.len()]);
    }
    let is_particle = |character: char| {
        matches!(
            character,
            '\u{3041}'
                ..='\u{3096}'
                    | '\u{3000}'
                    | '…'
                    | '、'
                    | '，'
                    | '（'
                    | '('
                    | '「'
                    | '」'
                    | '）'
                    | ')'
                    | '。'
        ) || DASHES.contains(&character)
    };
    if let Some(name) = academic_employer(clause).or_else(|| public_office(clause)) {
        return Some(name);
    }
    if let Some((at, form)) = FORMS.first_in(clause) {
        let behind = at + form.len();
        let len = name_len(&clause[behind..], is_particle);
        if !clause[behind..behind + len].trim().is_empty() {
            return Some(clause[at..behind + len].trim());
        }
        let from = clause[..at].rfind(is_particle).map_or(0, |before| {
            before + clause[before..].chars().next().map_or(1, char::len_utf8)
        });
        return Some(clause[from..behind].trim());
    }
    institution(clause, clause)
}

/// Returns the school or institute in a clause of a sentence that says somebody works at it:
/// 「北湊大学 音響研究センターに…勤務」.
pub(super) fn institution<'a>(clause: &'a str, sentence: &str) -> Option<&'a str> {
    let works = words!["勤務", "在籍", "着任", "所属して", "在職"].is_in(sentence);
    let studies = words!["入学", "進学", "卒業", "修了", "学部", "専攻", "在学"].is_in(sentence);
    if !works || studies {
        return None;
    }
    words![
        "大学",
        "研究所",
        "研究センター",
        "センター",
        "機構",
        "病院",
        "高専",
        "研究院"
    ]
    .places_in(clause)
    .map(|(at, word)| at + word.len())
    .filter(|end| clause[*end..].starts_with(['に', 'で', 'へ']))
    .find_map(|end| {
        let name = clause[..end]
            .rsplit(|sign: char| ('ぁ'..='ん').contains(&sign) || "、，。（(".contains(sign))
            .next()?
            .trim();
        (name.chars().count() >= 5).then_some(name)
    })
}

/// Returns the school that a clause says somebody taught or did research at: 「東琴大学の特任助教」.
fn academic_employer(clause: &str) -> Option<&str> {
    const POSTS: &WordList = words![
        "の特任助教",
        "の特任准教授",
        "の特任教授",
        "の助教",
        "の助手",
        "の講師",
        "の非常勤講師",
        "の特任講師",
        "の特任研究員",
        "の研究員",
        "の客員研究員",
        "の博士研究員",
        "の学術研究員",
        "のポスドク",
        "の技術職員",
        "の技術補佐員",
        "の研究補佐員",
        "の准教授",
        "の客員教授",
        "の教授",
    ];
    let (end, _) = POSTS.first_in(clause)?;
    let name = clause[..end]
        .rsplit(|sign: char| ('ぁ'..='ん').contains(&sign) || "、，。（(".contains(sign))
        .next()?;
    let is_school = words!["大学", "大学院", "研究所", "高専"].end(name);
    (is_school && name.chars().count() >= 4).then_some(name)
}

/// Returns the office of a town or prefecture that a clause names: 「峰山市役所」.
fn public_office(clause: &str) -> Option<&str> {
    let end = [
        "市役所",
        "区役所",
        "町役場",
        "村役場",
        "県庁",
        "都庁",
        "府庁",
        "道庁",
    ]
    .iter()
    .find_map(|office| clause.find(office).map(|at| at + office.len()))?;
    let name = clause[..end]
        .rsplit(|sign: char| ('ぁ'..='ん').contains(&sign) || "、，。（( ".contains(sign))
        .next()?;
    (name.chars().count() >= 4).then_some(name)
}

/// Returns the bytes of the name behind a legal form: up to a particle, of which one in hiragana has some
/// itself: 「くつのマルヤに」.
fn name_len(behind: &str, is_particle: impl Fn(char) -> bool) -> usize {
    let is_kana = |sign: char| ('ぁ'..='ん').contains(&sign);
    // The kana that the name begins with belong to it, and 「の」 where a name goes on behind.
    let kana = behind
        .find(|sign: char| !is_kana(sign) || "にでへをがはと".contains(sign))
        .unwrap_or(behind.len());
    let goes_on = behind[kana..].starts_with(|sign: char| !is_particle(sign));
    let lead = match behind[..kana].strip_suffix('の') {
        Some(before) if !goes_on => before.len(),
        _ => kana,
    };
    behind[lead..]
        .find(is_particle)
        .map_or(behind.len(), |len| lead + len)
}
