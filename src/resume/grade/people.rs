//! People and companies other than the writer and the writer's team, where a sentence names them.

use shokureki_index::analysis::{WordList, WordMap};
use shokureki_index::words;
use std::sync::LazyLock;

/// Others that a sentence names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Party {
    /// Byte at which they begin.
    pub(super) start: usize,
    /// Byte behind them and behind さん, 側 and the like.
    pub(super) end: usize,
    /// Whether they cannot be the writer's own team, as 「SREチーム」 can.
    pub(super) is_certain: bool,
}

/// Others in one sentence that are looked at.
const MAX_PARTIES: usize = 16;

/// Characters of the name of a team: 「データ基盤チーム」.
const MAX_TEAM_CHARS: usize = 12;

/// Others by what they are to the writer.
const OTHERS: &[&str] = &[
    "協力会社",
    "協力企業",
    "パートナー会社",
    "パートナー企業",
    "パートナー",
    "外注先",
    "外部講師",
    "社外の講師",
    "外部会社",
    "外部パートナー",
    "外注",
    "委託先",
    "委託業者",
    "再委託先",
    "外部業者",
    "外部ベンダ",
    "制作会社",
    "開発会社",
    "専門業者",
    "大学のゼミ",
    "大学の研究室",
    "次の担当者",
    "他の人",
    "ほかの人",
    "利用部門",
    "ユーザー部門",
    "競合サービス",
    "競合製品",
    "新人",
    "新卒",
    "コンサル会社",
    "運用会社",
    "保守会社",
    "システム会社",
    "ソフト会社",
    "広告会社",
    "業務委託の方",
    "業務委託の人",
    "業者",
    "先方",
    "相手先",
    "相手方",
    "取引先",
    "お客様",
    "お客さま",
    "顧客",
    "客先",
    "クライアント企業",
    "隣",
    "前任者",
    "前任",
    "先任者",
    "後任者",
    "後任",
    "先輩",
    "後輩",
    "同僚",
    "部下",
    "上司",
    "銀行",
    "商社",
    "メーカー",
    "ベンダー",
    "ベンダ",
    "地元の会社",
    "情シス部門",
    "情シスの方",
    "情シス",
    "研究者",
    "別プロジェクト",
    "別案件",
    "SIer",
    "DBA",
    "専任",
    "の方",
    "親会社",
    "グループ会社",
    "子会社",
    "関連会社",
    "元請け",
    "元請",
    "一次請け",
    "二次請け",
    "下請け",
    "オフショア",
    "ニアショア",
    "競合他社",
    "競合",
    "担当の方",
    "担当の人",
    "ご担当者",
    "席の人",
    "班の人",
    "課の人",
    "部署の人",
    "部門の人",
    "会社の人",
    "チームの人",
    "現場の人",
    "店の人",
    "工場の人",
    "学生",
    "あちら",
    "向こう",
    "使える人",
    "詳しい人",
    "得意な人",
    "できる人",
    "側の人",
    "側の方",
    "側の担当者",
    "側の担当",
    "側のチーム",
    "側のメンバー",
    "側のエンジニア",
    "知人",
    "友人",
    "妻",
    "息子",
    "娘",
    "孫",
    "control team",
    "other team",
    "another team",
    "previous team",
];

/// What makes a person or group another one: 「別の」「他」.
const OTHER: &[&str] = &[
    "別の",
    "別",
    "他の",
    "他",
    "ほかの",
    "隣の",
    "隣",
    "外部の",
    "外部",
];

/// Whom a person or group may be.
const HEADS: &WordList = words![
    "会社",
    "企業",
    "社",
    "チーム",
    "班",
    "部署",
    "部門",
    "部隊",
    "課",
    "グループ",
    "組織",
    "担当者",
    "担当",
    "エンジニア",
    "開発者",
    "プログラマ",
    "デザイナー",
    "メンバー",
    "メンバ",
    "ベンダー",
    "ベンダ",
    "業者",
    "パートナー",
    "子会社",
    "委託先",
    "人",
    "者",
    "方",
    "学生",
    "社員",
    "オペレーター",
    "オペレータ",
    "スタッフ",
    "職員",
    "拠点",
];

/// Groups and professions that may or may not be the writer's.
const TEAMS: &[&str] = &[
    "チーム",
    "グループ",
    "部門",
    "部隊",
    "部",
    "班",
    "拠点",
    "会社",
    "研究室",
    "デザイナー",
    "データサイエンティスト",
    "アナリスト",
    "コーダー",
    "プログラマー",
    "プログラマ",
    "エンジニア",
    "担当者",
    "担当",
    "SRE",
];

/// What a word tells of those it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Others, by itself.
    Others,
    /// Others, with a head behind it.
    Other,
    /// A team or profession.
    Team,
}

static WORDS: LazyLock<WordMap<Who>> = LazyLock::new(|| {
    let lists = [
        (OTHERS, Who::Others),
        (OTHER, Who::Other),
        (TEAMS, Who::Team),
    ];
    WordMap::new(
        lists
            .into_iter()
            .flat_map(|(words, who)| words.iter().map(move |word| (*word, who))),
    )
});

/// Returns the words for `who` that `rest` begins with, in order.
fn words_of(who: Who, rest: &str) -> impl Iterator<Item = &'static str> {
    let first = rest.chars().next();
    first
        .into_iter()
        .flat_map(|first| WORDS.beginning(first))
        .filter(move |(word, of)| **of == who && rest.starts_with(word))
        .map(|(word, _)| word)
}

/// Returns the byte behind the others that a text certainly begins with.
pub(super) fn leading_party(text: &str) -> Option<usize> {
    let len = certain(text)?;
    Some(len + suffix(&text[len..]))
}

/// Returns whether a short text names others and nothing else: 「同僚A」「協力会社」「先方」.
pub(in crate::resume) fn names_others(text: &str) -> bool {
    leading_party(text).is_some_and(|end| {
        text[end..]
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign.is_whitespace())
    })
}

/// Finds the others that a sentence names, in their order.
pub(super) fn parties(sentence: &str) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for (at, character) in sentence.char_indices() {
        if character.is_ascii() && !character.is_ascii_alphabetic() {
            continue;
        }
        if found.last().is_some_and(|last| at < last.end) || !WORDS.may_begin_with(character) {
            continue;
        }
        let rest = &sentence[at..];
        let party = certain(rest)
            .map(|len| (at, at + len, true))
            .or_else(|| team(&sentence[..at], rest).map(|(start, len)| (start, at + len, false)));
        let Some((start, end, is_certain)) = party else {
            continue;
        };
        // 「音担当（Blenderで…）」 is a part of the writer's; 「インフラ担当に」 is somebody.
        let is_charge = !is_certain && words!["担当", "担当者"].end(&sentence[start..end]);
        if is_charge && !sentence[end..].starts_with(['が', 'に', 'へ']) {
            continue;
        }
        found.push(Party {
            start,
            end: end + suffix(&sentence[end..]),
            is_certain,
        });
        if found.len() >= MAX_PARTIES {
            break;
        }
    }
    found
}

/// Returns the length of others that a text begins with.
fn certain(rest: &str) -> Option<usize> {
    let word = words_of(Who::Others, rest).map(str::len).max();
    let is_method = |rest: &str| words!["法", "針", "式", "向"].begin(rest);
    let is_whole = |word: &str, len: usize| !(word.ends_with('方') && is_method(&rest[len..]));
    let other = words_of(Who::Other, rest)
        .filter_map(|word| Some(word.len() + HEADS.first_of(&rest[word.len()..])?.len()))
        .max();
    let len = word.max(other)?;
    is_whole(&rest[..len], len).then_some(len)
}

/// Returns where a team or profession begins whose head `rest` begins with, and the head's length;
/// none of the writer's: 「自チーム」「私のチーム」.
fn team(before: &str, rest: &str) -> Option<(usize, usize)> {
    const OWN: [char; 10] = ['入', '自', '当', '本', '同', '弊', '私', '我', '全', '内'];
    let head = words_of(Who::Team, rest).next()?;
    let is_word = |character: &char| {
        character.is_ascii_alphanumeric()
            || ('一'..='鿿').contains(character)
            || ('ァ'..='ー').contains(character)
    };
    let modifier: usize = before
        .chars()
        .rev()
        .take(MAX_TEAM_CHARS)
        .take_while(is_word)
        .map(char::len_utf8)
        .sum();
    // 「富山の会社」
    let place: usize = if modifier == 0 && head == "会社" {
        before.strip_suffix('の').map_or(0, |before| {
            let len: usize = before
                .chars()
                .rev()
                .take(MAX_TEAM_CHARS)
                .take_while(is_word)
                .map(char::len_utf8)
                .sum();
            if len > 0
                && !words!["前", "今", "現在", "以前", "最初", "次", "同じ", "目"].end(before)
            {
                len + 'の'.len_utf8()
            } else {
                0
            }
        })
    } else {
        0
    };
    let modifier = modifier + place;
    let start = before.len() - modifier;
    let is_named = modifier > 0 || matches!(head, "データサイエンティスト" | "デザイナー" | "SRE");
    let is_own = before[start..].starts_with(OWN)
        // 「株式会社」 is part of a name.
        || head == "会社" && words!["株式", "有限", "合同", "合資", "合名", "相互"].end(before)
        || before[..start].ends_with("自分の")
        || before[..start].ends_with("私の");
    (is_named && !is_own).then_some((start, head.len()))
}

/// Returns how many bytes more the others take: 「さん」「側」「の担当者」「の情報システム部」.
fn suffix(rest: &str) -> usize {
    let mut len = 0;
    for word in ["さん", "様", "側", "の方"] {
        if rest[len..].starts_with(word) {
            len += word.len();
        }
    }
    let Some(noun) = rest[len..].strip_prefix('の') else {
        return len;
    };
    let run: usize = noun
        .chars()
        .take(MAX_TEAM_CHARS)
        .take_while(|character| !character.is_ascii() && !('ぁ'..='ん').contains(character))
        .map(char::len_utf8)
        .sum();
    let is_somebody = HEADS.end(&noun[..run]) || noun[..run].ends_with('部');
    if run > 0 && is_somebody && noun[run..].starts_with(['が', 'は', 'に', 'の', '）', ')']) {
        len + 'の'.len_utf8() + run
    } else {
        len
    }
}
