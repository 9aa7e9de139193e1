//! The words that say of a name that it was not used, is studied or wished for, or is a hobby.

mod denial;

use shokureki_index::analysis::{WordList, WordMap};
use shokureki_index::words;
use std::borrow::Cow;
use std::sync::LazyLock;

use self::denial::{first_of, is_overcome, lacking, never_done, not, not_done, not_reached, only};
use super::Remark;
use super::negations::{NEGATIONS, PAPERS};
use super::words::{
    HAVINGS, POLITE_STEMS, PRIVATE, STEMS, STEPS, STUDIES, UNUSED_STEMS, WEIGHINGS, WISHES,
};

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
    /// A word of weighing, unless use follows: 比較検討 + の上採用.
    Weighed,
    /// What one has or lacks: 経験 + がない.
    Having,
    /// The stem of a verb of use before ません: わかり + ません.
    Polite,
    /// The end of a wish: 使い + たい.
    Wish,
    /// What is seen of a product, where nothing else is done: 比較資料 + だけ.
    Only,
    /// A step of use that was not reached: 導入 + までは行きませんでした.
    Reached,
}

static RULES: LazyLock<WordMap<Rule>> = LazyLock::new(|| {
    let rules = [
        (PRIVATE, Rule::Says(Remark::Personal)),
        (NEGATIONS, Rule::Says(Remark::Negated)),
        (WEIGHINGS, Rule::Weighed),
        (STEMS, Rule::Stem),
        (UNUSED_STEMS, Rule::Unused),
        (POLITE_STEMS, Rule::Polite),
        (HAVINGS, Rule::Having),
        (STUDIES, Rule::Says(Remark::Learning)),
        (WISHES, Rule::Says(Remark::Wished)),
        (PAPERS, Rule::Only),
        (STEPS, Rule::Reached),
        (
            &["たい", "たかったが", "たかったもの", "たかったけ"],
            Rule::Wish,
        ),
    ];
    WordMap::new(
        rules
            .into_iter()
            .flat_map(|(words, rule)| words.iter().map(move |word| (*word, rule))),
    )
});

/// Finds the cues of a text in their order; several may begin at one place.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    let folded = if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    };
    let bytes = folded.as_bytes();
    let is_inside_word = |at: usize| {
        bytes[at].is_ascii_alphabetic() && at > 0 && bytes[at - 1].is_ascii_alphanumeric()
    };
    RULES
        .places_in(&folded)
        .filter(|(at, _, _)| !is_inside_word(*at))
        .filter_map(|(at, word, rule)| {
            let end = at + word.len();
            let (len, remark) = rule.of(&folded[..at], &folded[end..])?;
            Some(Cue {
                at,
                end: end + len,
                remark,
            })
        })
        .collect()
}

impl Rule {
    /// Returns how much of `rest` belongs to the cue, and what it says.
    fn of(self, before: &str, rest: &str) -> Option<(usize, Remark)> {
        match self {
            // 「未経験から」「未経験でしたが」: what was learnt afterwards.
            Self::Says(Remark::Negated) if is_overcome(rest) => None,
            // 「入れただけでなく」; 「AWSの比較対象としてGCPでも」 weighs against it;
            // 「できないこと：特になし」 opens another list.
            Self::Says(Remark::Negated)
                if is_no_limit(rest) || before.ends_with('の') && rest.starts_with("として") =>
            {
                None
            }
            Self::Says(Remark::Negated)
                if before.ends_with('、') && rest.starts_with([':', '：']) =>
            {
                None
            }
            // 「業務でも個人でも」: neither is claimed.
            Self::Says(Remark::Personal) if rest.starts_with('も') || is_out_of_reach(rest) => {
                None
            }
            // 「次の個人制作で使ってみるつもり」
            Self::Says(Remark::Personal)
                if words!["次の", "次回の", "今後の", "いつか", "将来の"].end(before) =>
            {
                None
            }
            // 「AWSなら任せてください」
            Self::Says(Remark::Negated) if before.ends_with("なら") => None,
            // 「興味を持ち、現職ではインフラも担当」
            Self::Says(Remark::Wished)
                if is_acted_on(rest)
                    || words!["異動し", "転職し", "入社し", "転籍し", "参画し"].begin(rest) =>
            {
                None
            }
            // 「Goの経験を活かせる現場を希望」: it is there already.
            Self::Says(Remark::Wished) if is_kept(before) => None,
            Self::Says(remark) => Some((0, remark)),
            // 「Perlは最近使っていません」 was used before.
            Self::Stem if is_of_late(before) => None,
            Self::Stem => not_done(rest)
                .or_else(|| never_done(rest))
                .map(|len| (len, Remark::Negated)),
            Self::Weighed => (!is_followed_by_use(rest)).then_some((0, Remark::Negated)),
            Self::Polite => rest
                .starts_with("ません")
                .then_some(("ません".len(), Remark::Negated)),
            Self::Unused => not(rest).map(|len| (len, Remark::Negated)),
            Self::Having => lacking(rest).map(|len| (len, Remark::Negated)),
            Self::Wish => {
                (is_wish(before, rest) && !is_kept(before)).then_some((0, Remark::Wished))
            }
            Self::Reached => not_reached(rest).map(|len| (len, Remark::Negated)),
            // 「Salesforceの導入から研修まで」
            Self::Only if rest.starts_with("まで") && before.contains("から") => None,
            Self::Only => only(rest).map(|len| (len, Remark::Negated)),
        }
    }
}

/// Characters behind 「個人で」 in which it turns out that nobody could: 「個人で買えないので」.
const MAX_OUT_OF_REACH_CHARS: usize = 12;

/// Returns whether what would be private is out of a person's reach.
fn is_out_of_reach(rest: &str) -> bool {
    let near: String = rest
        .chars()
        .take(MAX_OUT_OF_REACH_CHARS)
        .take_while(|character| !matches!(character, '、' | '。'))
        .collect();
    [
        "買",
        "契約",
        "購入",
        "持",
        "入手",
        "用意",
        "手が出",
        "手が届",
        "使",
        "試",
        "触",
        "借り",
        "揃え",
    ]
    .iter()
    .filter_map(|verb| near.split_once(verb))
    .any(|(_, ending)| {
        words![
            "えな",
            "えず",
            "えません",
            "でき",
            "てな",
            "てず",
            "てません",
            "せな",
            "れな",
            "れず",
            "られな",
            "られず",
            "ない",
            "なく",
            "ません",
            "かな",
            "かず",
            "きません"
        ]
        .begin(ending)
            && words!["ない", "なく", "なかっ", "ず", "ません"].is_in(ending)
    })
}

/// Returns whether an interest led to work: 「興味があり、自ら手を挙げて担当した」.
fn is_acted_on(rest: &str) -> bool {
    let then = [
        "あり、",
        "持ち、",
        "持って、",
        "持ったため",
        "持ったことから",
    ]
    .iter()
    .find_map(|word| rest.strip_prefix(word));
    then.is_some_and(|then| {
        let clause = then.split('。').next().unwrap_or(then);
        words![
            "担当",
            "導入し",
            "開発し",
            "実装し",
            "構築し",
            "参画し",
            "使い始め"
        ]
        .is_in(clause)
            && !words!["たい", "予定", "希望", "勉強", "学習", "学ん", "独学"].is_in(clause)
    })
}

/// Returns whether a limit is told to be none: 「だけでなく」「のみにとどまらず」.
fn is_no_limit(rest: &str) -> bool {
    words![
        "でなく",
        "では足り",
        "ではなく",
        "じゃなく",
        "にとどまら",
        "に留まら",
        "ならず"
    ]
    .begin(rest)
}

/// Characters before a verb that tell since when something is not done.
const MAX_OF_LATE_CHARS: usize = 14;

/// Returns whether a verb of use is denied for the last time only: 「最近は」「直近1年で」「ここ3年は」「もう」.
fn is_of_late(before: &str) -> bool {
    const LATELY: &WordList = words![
        "最近",
        "近年",
        "直近",
        "ここ数年",
        "ここ数ヶ月",
        "ここ1",
        "ここ2",
        "ここ3",
        "ここ5",
        "ここ10",
        "現在は",
        "現在では",
        "今は",
        "今では",
        "もう",
        "すでに",
        "既に",
        "長らく",
        "しばらく",
    ];
    let near = before
        .char_indices()
        .rev()
        .take(MAX_OF_LATE_CHARS)
        .take_while(|(_, character)| !matches!(character, '、' | '。'))
        .last()
        .map_or(before.len(), |(at, _)| at);
    LATELY.is_in(&before[near..])
}

/// Returns whether a wish is to go on with what the writer has.
fn is_kept(before: &str) -> bool {
    let from = super::boundary(before, before.len().saturating_sub(48));
    words!["活かせ", "生かせ", "いかせ", "活かし", "生かし", "活かす"].is_in(&before[from..])
}

/// Characters behind a word of weighing in which use is told.
const MAX_TO_USE_CHARS: usize = 24;

/// Returns whether what was weighed was then used: 「比較検討の上、採用」.
fn is_followed_by_use(rest: &str) -> bool {
    let near: String = rest
        .chars()
        .take(MAX_TO_USE_CHARS)
        .take_while(|character| !matches!(character, '。' | '（' | '('))
        .collect();
    let is_used = ["採用", "導入", "選定", "選択", "移行"].iter().any(|word| {
        near.rsplit_once(word).is_some_and(|(_, behind)| {
            behind.is_empty() || words!["し", "を", "、", "に", "ま"].begin(behind)
        })
    });
    // 「移行の検討から実施まで」「導入検討・構築」
    let goes_on = words!["・", "、", "から", "と", "および", "及び", "/", "／", "や"].begin(rest);
    let is_done = words!["実施", "構築", "実装", "運用", "移行", "推進"].is_in(&near);
    let is_used = is_used || goes_on && is_done;
    let is_denied = words![
        "見送",
        "断念",
        "しなか",
        "せず",
        "しない",
        "至ら",
        "していな",
    ]
    .is_in(&near);
    is_used && !is_denied
}

/// Returns whether たい ends a wish of the writer.
fn is_wish(before: &str, rest: &str) -> bool {
    let is_verb = before
        .chars()
        .next_back()
        .is_some_and(|last| "いきぎしじちにびみりえけげせてでねべめれ".contains(last));
    const KEPT: &WordList = words![
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
    let is_other = KEPT.end(before);
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
    is_verb && !is_other && (first_of(rest, &of_others).is_none() || rest.starts_with("時間"))
}

/// Returns whether a text tells of something done by oneself: 「…を作成中」.
pub(in crate::resume) fn tells_practice(text: &str) -> bool {
    const DOING: &WordList = words![
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
    DOING.is_in(text)
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
        check(
            "を使い始めるところまでは行きませんでした",
            Some(Remark::Negated),
        );
        check("の導入までは至らず", Some(Remark::Negated));
        check(
            "は個人で買えないので使ったことがありません",
            Some(Remark::Negated),
        );
        check("を個人で契約して使っています", Some(Remark::Personal));
        check("は名前が出る程度", Some(Remark::Negated));
        check("を使うところまで行きました", None);
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
