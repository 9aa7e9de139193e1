//! The words that say of a name that it was not used, is studied or wished for, or is a hobby.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Remark;

/// Words found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// Byte at which they begin.
    pub(super) at: usize,
    /// Byte behind them.
    pub(super) end: usize,
    /// What they say.
    pub(super) remark: Remark,
}

/// How a word becomes a cue.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// It is one.
    Says(Remark),
    /// The stem of a verb of use, where a negation follows: 使っ + ていない, 使っ + たことがない.
    Stem,
    /// The stem of a verb of use before ない, ず, ません: 使わ + ない.
    Unused,
    /// What one has or lacks: 経験 + がない.
    Having,
    /// The end of a wish: 使い + たい.
    Wish,
}

/// Stems of verbs of use before て and た.
const STEMS: &[&str] = &[
    "使っ",
    "つかっ",
    "使用し",
    "利用し",
    "活用し",
    "採用し",
    "導入し",
    "触っ",
    "さわっ",
    "触れ",
    "ふれ",
    "扱っ",
    "読ん",
    "入れ",
    "契約し",
    "関わっ",
    "かかわっ",
    "関与し",
    "担当し",
    "携わっ",
    "構築し",
    "開発し",
    "経験し",
    "作っ",
    "作成し",
    "開い",
    "動かし",
    "操作し",
    "ログインし",
    "習得し",
    "学ん",
    "身につけ",
    "身に付け",
    "やっ",
    "持っ",
    "手を付け",
    "手をつけ",
    "手を出し",
    "手がけ",
    "手掛け",
    "設計し",
    "運用し",
    "保有し",
    "試し",
    "使いこなし",
    "使いこなせ",
    "使い込ん",
    "採っ",
    "取り入れ",
    "組み込ん",
    "いじっ",
    "適用し",
    "購入し",
    "買っ",
    "なじん",
    "馴染ん",
    "なっ",
    "見",
    "つくっ",
    "一切し",
    "勉強し",
    "学習し",
];

/// Stems of verbs of use before ない, ず and ません.
const UNUSED_STEMS: &[&str] = &[
    "使わ",
    "使い",
    "使え",
    "つかわ",
    "使用せ",
    "利用せ",
    "採用せ",
    "採用はせ",
    "導入せ",
    "導入はせ",
    "触ら",
    "さわら",
    "触れ",
    "扱わ",
    "扱え",
    "書か",
    "書け",
    "読ま",
    "読め",
    "関わら",
    "関与せ",
    "担当せ",
    "契約せ",
    "採ら",
    "採用され",
    "選ばれ",
    "至ら",
    "わから",
    "分から",
    "知ら",
    "覚え",
    "持た",
    "入ら",
    "構築し",
    "対応でき",
    "採用し",
    "使用し",
    "利用し",
    "入れ",
];

/// What one has, or does not have, with a technology.
const HAVINGS: &[&str] = &["経験", "知識", "実績", "触った事", "使った事", "書いたこと"];

const NEGATIONS: &[&str] = &[
    "未経験",
    "未使用",
    "未導入",
    "未習得",
    "未着手",
    "未対応",
    "挙がっていた",
    "候補に挙",
    "候補でした",
    "候補だった",
    "候補止まり",
    "候補のひとつ",
    "候補の一つ",
    "試しただけ",
    "デモのみ",
    "デモだけ",
    "デモを見ただけ",
    "トライアルのみ",
    "評価のみ",
    "調べただけ",
    "聞いただけ",
    "聞いた程度",
    "読んだだけ",
    "見ただけ",
    "入れただけ",
    "名前だけ",
    "名前のみ",
    "名前を知って",
    "名前は知って",
    "知っているだけ",
    "知ってるだけ",
    "知識だけ",
    "知識のみ",
    "聞いたことがある",
    "聞いたことはある",
    "見たことがある程度",
    "読むだけ",
    "読む程度",
    "見るだけ",
    "説明を受けただけ",
    "説明を受けたのみ",
    "説明を聞いただけ",
    "話を聞いただけ",
    "見送っ",
    "見送り",
    "見送る",
    "取りやめ",
    "断念",
    "不採用",
    "却下",
    "まだ早いと判断",
    "時期尚早",
    "比較検討",
    "比較対象",
    "比較検証",
    "検討しました",
    "検討した",
    "検討だけ",
    "検討のみ",
    "検討止まり",
    "検討段階",
    "も検討",
    "を考えたが",
    "話も出",
    "話が出",
    "の話もあ",
    "案もあ",
    "案も出",
    "計画だったが",
    "予定だったが",
    "の予定だったが",
    "組み込む前に終わ",
    "やめたもの",
    "お断り",
    "任せきり",
    "任せて",
    "お任せ",
    "私の担当では",
    "担当ではな",
    "担当ではあり",
    "担当外",
    "対象外",
    "ご担当",
    "退職後に",
    "を置き換えた前任",
    "避けている",
    "やらないこと",
    "できないこと",
    "経験のない",
    "全く経験",
    "まったく経験",
    "一切利用",
    "一切使",
    "できません",
    "never touched",
    "never used",
    "not used",
    "no experience",
    "not adopted",
    "only read",
    "cannot write",
    "haven't used",
    "have not used",
    "come from the",
    "came from the",
    "written by the",
    "built by another",
    "owned by another",
    "handled by another",
    "evaluated only",
    "evaluation only",
];

const STUDIES: &[&str] = &[
    "学習中",
    "勉強中",
    "研鑽中",
    "独学中",
    "習得中",
    "修得中",
    "入門中",
    "受講中",
    "キャッチアップ中",
    "学習しています",
    "学んでいます",
    "学んでいる",
    "独学しています",
    "勉強しています",
    "勉強している",
    "学習している",
    "習っている",
    "書籍を読み始め",
    "読み始めた",
    "currently learning",
    "studying",
];

const WISHES: &[&str] = &[
    "興味が",
    "興味を",
    "興味あり",
    "興味の",
    "関心が",
    "関心を",
    "気になって",
    "気になる",
    "気になります",
    "注目して",
    "キャッチアップ予定",
    "学習予定",
    "勉強予定",
    "習得予定",
    "挑戦予定",
    "受講予定",
    "学ぶ予定",
    "組む予定",
    "使う予定",
    "触る予定",
    "始める予定",
    "試す予定",
    "担当する予定",
    "の予定らしい",
    "予定です",
    "の予定。",
    "話題を追って",
    "学ばないと",
    "機会があれば",
    "れるとうれし",
    "れると嬉し",
    "たらうれし",
    "たら嬉し",
    "（これから）",
    "(これから)",
    "目指して",
    "目指し",
    "目標です",
    "目標に",
    "つもりです",
    "挑戦します",
    "挑戦する",
    "挑戦予定",
    "学んでいきます",
    "学んでいく",
    "憧れ",
    "検討中",
    "検討してい",
    "準備中",
    "want to",
    "would like to",
    "interested in",
    "planning to",
];

const PRIVATE: &[&str] = &[
    "実務では未使用",
    "業務では未使用",
    "実務未使用",
    "業務未使用",
    "業務外",
    "趣味",
    "個人開発",
    "個人で",
    "個人利用",
    "プライベート",
    "私用",
    "自宅",
    "休日に",
    "自作の",
    "家の中",
    "hobby",
    "private use",
    "personal use",
];

/// The words by their first character.
type Rules = HashMap<char, Vec<(&'static str, Rule)>>;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules::new();
    let mut add = |words: &[&'static str], rule: Rule| {
        for word in words {
            if let Some(first) = word.chars().next() {
                rules.entry(first).or_default().push((word, rule));
            }
        }
    };
    add(PRIVATE, Rule::Says(Remark::Personal));
    add(NEGATIONS, Rule::Says(Remark::Negated));
    add(STEMS, Rule::Stem);
    add(UNUSED_STEMS, Rule::Unused);
    add(HAVINGS, Rule::Having);
    add(STUDIES, Rule::Says(Remark::Learning));
    add(WISHES, Rule::Says(Remark::Wished));
    add(&["たい"], Rule::Wish);
    rules
});

/// Finds the cues of a text in their order; several may begin at one place.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    let folded = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut before = None;
    for (at, character) in folded.char_indices() {
        let rules = RULES.get(&character).map_or(&[][..], Vec::as_slice);
        let is_inside_word = character.is_ascii_alphabetic()
            && before.is_some_and(|before: char| before.is_ascii_alphanumeric());
        before = Some(character);
        if is_inside_word {
            continue;
        }
        for (word, rule) in rules {
            let Some(rest) = folded[at..].strip_prefix(word) else {
                continue;
            };
            let end = at + word.len();
            if let Some((len, remark)) = rule.of(&folded[..at], rest) {
                found.push(Cue {
                    at,
                    end: end + len,
                    remark,
                });
            }
        }
    }
    found
}

impl Rule {
    /// Returns how much of `rest` belongs to the cue, and what it says.
    fn of(self, before: &str, rest: &str) -> Option<(usize, Remark)> {
        match self {
            // 「未経験から」「未経験でしたが」: what was learnt afterwards.
            Self::Says(Remark::Negated) if is_overcome(rest) => None,
            // 「業務でも個人でも」: neither is claimed.
            Self::Says(Remark::Personal) if rest.starts_with('も') => None,
            Self::Says(remark) => Some((0, remark)),
            Self::Stem => not_done(rest)
                .or_else(|| never_done(rest))
                .map(|len| (len, Remark::Negated)),
            Self::Unused => not(rest).map(|len| (len, Remark::Negated)),
            Self::Having => lacking(rest).map(|len| (len, Remark::Negated)),
            Self::Wish => is_wish(before, rest).then_some((0, Remark::Wished)),
        }
    }
}

/// Returns the first of `words` that `text` begins with.
fn first_of<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.starts_with(word))
}

/// Reads 「ていない」「てはおりません」 behind a stem.
fn not_done(rest: &str) -> Option<usize> {
    let te = rest.strip_prefix(['て', 'で'])?;
    let inner = te
        .strip_prefix(['は', 'も'])
        .or_else(|| te.strip_prefix("すら"))
        .unwrap_or(te);
    let words = [
        "いない",
        "いなかった",
        "いなく",
        "いません",
        "いなかっ",
        "おらず",
        "おりません",
        "ない",
        "ません",
        "居ない",
        "ございません",
    ];
    let word = first_of(inner, &words)?;
    let end = rest.len() - inner.len() + word.len();
    (!is_about_people(&rest[end..])).then_some(end)
}

/// Reads 「たことがない」「たこともまだありません」 behind a stem, and 「ず」「ません」.
fn never_done(rest: &str) -> Option<usize> {
    if let Some(thing) = rest.strip_prefix(['た', 'だ']).and_then(|rest| {
        rest.strip_prefix("こと")
            .or_else(|| rest.strip_prefix("事"))
    }) {
        let len = absent(thing)?;
        let end = rest.len() - thing.len() + len;
        return (!is_about_people(&rest[end..]) && !is_overcome(&rest[end..])).then_some(end);
    }
    None
}

/// Reads 「ない」「ず」「ません」 behind a stem.
fn not(rest: &str) -> Option<usize> {
    let words = ["ない", "なかった", "なかっ", "ません", "ず", "ぬまま"];
    let word = first_of(rest, &words)?;
    let behind = &rest[word.len()..];
    (!is_about_people(behind)).then_some(word.len())
}

/// Reads 「がない」「はまったくございません」「なし」 behind what one may have.
fn lacking(rest: &str) -> Option<usize> {
    let len = absent(rest)?;
    (!is_about_people(&rest[len..]) && !is_overcome(&rest[len..])).then_some(len)
}

/// Reads a particle, adverbs and a word of absence.
fn absent(rest: &str) -> Option<usize> {
    const ADVERBS: [&str; 11] = [
        "まだ",
        "一度も",
        "全く",
        "まったく",
        "ほぼ",
        "ほとんど",
        "一切",
        "特に",
        "これまで",
        "、",
        " ",
    ];
    const ABSENT: [&str; 11] = [
        "ない",
        "無い",
        "なし",
        "無し",
        "なく",
        "無く",
        "なかった",
        "ありません",
        "ございません",
        "ゼロ",
        "0",
    ];
    let mut inner = rest;
    for particle in ["すら", "さえ", "など", "が", "は", "も", "の", "："] {
        if let Some(behind) = inner.strip_prefix(particle) {
            inner = behind;
            break;
        }
    }
    for _ in 0..3 {
        if let Some(adverb) = first_of(inner, &ADVERBS) {
            inner = &inner[adverb.len()..];
        }
    }
    let word = first_of(inner, &ABSENT)?;
    Some(rest.len() - inner.len() + word.len())
}

/// Returns whether what lacks is somebody else: 「使えない人でも」.
fn is_about_people(behind: &str) -> bool {
    let people = [
        "人",
        "方",
        "者",
        "メンバ",
        "新人",
        "後輩",
        "社員",
        "お客",
        "ユーザ",
        "担当",
        "職員",
        "利用者",
        "学生",
    ];
    // 「使わなくなった」 was used before.
    behind.starts_with("くなっ") || first_of(behind, &people).is_some()
}

/// Returns whether the lack is told as overcome.
fn is_overcome(behind: &str) -> bool {
    let words = [
        "でしたが",
        "だったが",
        "だったもの",
        "だったため",
        "ながら",
        "から",
        "者",
        "の状態",
        "の言語",
        "で入社",
        "で参画",
        "の中",
        "でも",
        "の分野",
        "の領域",
        "の技術",
        "かったが",
        "の中で",
        "の案件",
        "のメンバ",
    ];
    first_of(behind, &words).is_some()
}

/// Returns whether たい ends a wish of the writer.
fn is_wish(before: &str, rest: &str) -> bool {
    let is_verb = before
        .chars()
        .next_back()
        .is_some_and(|last| "いきぎしじちにびみりえけげせてでねべめれ".contains(last));
    const KEPT: [&str; 14] = [
        "活かし",
        "生かし",
        "いかし",
        "貢献し",
        "続け",
        "伝え",
        "大切にし",
        "大事にし",
        "広め",
        "届け",
        "目指し",
        "冷め",
        "だい",
        "支え",
    ];
    let is_other = KEPT.iter().any(|word| before.ends_with(word));
    let of_others = [
        "という",
        "との",
        "人",
        "方",
        "声",
        "要望",
        "場合",
        "時",
        "とき",
        "な",
        "に",
        "お客",
    ];
    is_verb && !is_other && first_of(rest, &of_others).is_none()
}

/// Returns whether a text tells of something done by oneself: 「…を作成中」.
pub(in crate::resume) fn tells_practice(text: &str) -> bool {
    const DOING: [&str; 26] = [
        "作成中",
        "制作中",
        "開発中",
        "実装中",
        "構築中",
        "移行中",
        "移植中",
        "運用中",
        "書き直し",
        "書き換え",
        "書いている",
        "書いています",
        "書いてみ",
        "作っている",
        "作っています",
        "作ってみ",
        "作りながら",
        "遊んで",
        "写経",
        "試しています",
        "試している",
        "動かして",
        "組んでいる",
        "組んでいます",
        "公開して",
        "入れ替えて",
    ];
    DOING.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Remark>) {
        let said = cues(text).first().map(|cue| cue.remark);
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn a_verb_of_use_is_negated() {
        check("は使っていません", Some(Remark::Negated));
        check("は使ってはおりません", Some(Remark::Negated));
        check("には触ったことすらありません", Some(Remark::Negated));
        check("を触ったことがまだない", Some(Remark::Negated));
        check("は契約せずに終わりました", Some(Remark::Negated));
        check("の経験は一切ございません", Some(Remark::Negated));
        check("を使っています", None);
        check("が使えない人でも", None);
        check("は未経験でしたが", None);
        check("を使わなくなった", None);
        check("で不具合は起きていません", None);
    }

    #[test]
    fn a_wish_is_one_of_the_writer() {
        check("を試したいです", Some(Remark::Wished));
        check("を使ってみたい", Some(Remark::Wished));
        check("の経験を活かしたい", None);
        check("で印刷したいという要望", None);
        check("みたいな", None);
    }
}
