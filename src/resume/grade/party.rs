//! What others use, make or are responsible for: 「アプリ側（Ruby on Rails）は別会社の担当」.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::ops::Range;

use super::Sentence;
use super::party_subject::behind_others;
use super::people::Party;

/// Characters between a name and the others it belongs to.
const MAX_BETWEEN_CHARS: usize = 40;

/// Characters between others and the name that they work with: 「研究チームが開発環境にNAMEを使い」.
pub(super) const MAX_CONTENT_CHARS: usize = 16;

/// Characters of a clause that tells what others do.
pub(super) const MAX_CLAUSE_CHARS: usize = 24;

/// What is done for a system by those whom it belongs to.
const WORK: &WordList = words![
    "担当",
    "使",
    "利用",
    "採用",
    "管理",
    "作",
    "開発",
    "運用",
    "保守",
    "構築",
    "用意",
    "持",
    "行い",
    "行っ",
    "行う",
    "入れ",
    "実装",
    "実施",
    "導入",
    "設計",
    "書",
    "所管",
    "制作",
    "面倒",
    "監視",
    "覚え",
    "組",
    "見て",
    "受け持",
    "設定",
    "操作",
    "託し",
];

/// What makes a clause one of purpose or of things handed on: 「別チームが使いやすいように」.
const FOR_OTHERS: &WordList = words![
    "やすい",
    "やすく",
    "使える",
    "できる",
    "られる",
    "えるよう",
    "るよう",
    "ように",
    "引き継",
];

/// Returns whether the name at bytes `start..end` of a sentence belongs to others.
pub(super) fn is_of_others(sentence: &Sentence<'_>, start: usize, end: usize) -> bool {
    let text = sentence.text;
    is_of_other_side(&text[..start], &text[end..])
        || is_opposite(&text[..start], &text[end..])
        || is_beside_own_part(&text[..start], &text[end..])
        || is_its_people(&text[..start], &text[end..])
        || sentence
            .parties()
            .iter()
            .any(|party| is_bound(text, start..end, party))
}

/// Returns whether the people of a product do their part: 「サーバー側は NAME のチームが担当」.
fn is_its_people(lead: &str, rest: &str) -> bool {
    let Some(people) = rest.trim_start().strip_prefix('の').map(str::trim_start) else {
        return false;
    };
    let who = words![
        "チーム",
        "班",
        "部隊",
        "部署",
        "担当者",
        "担当",
        "メンバー",
        "メンバ",
        "人",
        "方",
        "専門家",
        "エンジニア",
        "会社",
        "業者",
    ];
    let lead = lead.trim_end();
    let behind = who.first_of(people).map(|head| &people[head.len()..]);
    lead.ends_with('は')
        && behind.is_some_and(|behind| {
            behind.strip_prefix('が').is_some_and(does_the_work)
                || behind.strip_prefix('に').is_some_and(is_entrusted)
                || words!["の担当", "の仕事", "の領域"].begin(behind)
        })
}

/// Returns whether the writer's own part stands against the name: 「フロントはNAMEだが、自分は裏側のみ担当」.
fn is_beside_own_part(lead: &str, rest: &str) -> bool {
    let own = ["だが", "ですが", "でしたが", "だったが", "で", "であり"]
        .iter()
        .find_map(|word| {
            let behind = rest.strip_prefix(word)?.trim_start_matches('、');
            ["自分は", "私は", "こちらは", "当方は", "筆者は", "わたしは"]
                .iter()
                .find_map(|who| behind.strip_prefix(who))
        });
    lead.trim_end().ends_with('は')
        && own.is_some_and(|own| {
            let clause = own.split('。').next().unwrap_or(own);
            words!["のみ", "だけ", "側を", "専任"].is_in(clause)
        })
}

/// Returns whether the sentence binds a name to the others at `party`.
fn is_bound(sentence: &str, name: Range<usize>, party: &Party) -> bool {
    let behind = &sentence[party.end..];
    // 「協力会社と」「別チームのメンバーに」: done together or for them.
    let is_partner = ["と", "に", "へ", "向け"]
        .iter()
        .any(|word| behind.starts_with(word) && !behind.starts_with("に任せ"));
    // 「SREにNAMEの変更を依頼」
    if party.end <= name.start && sentence[party.end..name.start].trim() == "に" {
        let rest = &sentence[name.end..];
        let clause = rest.split(['、', '。']).next().unwrap_or(rest);
        let is_asked = words!["を依頼", "をお願い", "を頼", "を委託"].is_in(clause);
        return is_asked
            && !words!["依頼され", "依頼を受"].is_in(clause)
            && clause.starts_with('の');
    }
    if party.start >= name.end {
        let between = &sentence[name.end..party.start];
        before_others(between, behind, party.is_certain)
    } else if party.end <= name.start
        && !is_partner
        // 「モデルは研究チームがNAMEで開発」: the topic is theirs.
        && (party.is_certain
            || sentence[..party.start]
                .trim_end()
                .trim_end_matches("社内の")
                .ends_with('は')
            || sentence[party.end..name.start].trim_start().starts_with(['(', '（']))
    {
        behind_others(
            &sentence[..party.start],
            &sentence[party.end..name.start],
            &sentence[name.end..],
        )
    } else {
        false
    }
}

/// 「NAMEは別会社の担当」「NAME（別チーム）」: the name, `between`, the others, `behind`.
fn before_others(between: &str, behind: &str, is_certain: bool) -> bool {
    let gap = between.trim();
    let behind = behind.trim_start();
    if matches!(gap, "(" | "（" | "※" | "←") {
        let inside = behind.split([')', '）']).next().unwrap_or("");
        let work = inside
            .strip_prefix(['が', 'の', 'で', 'に'])
            .unwrap_or(inside);
        let is_work = WORK.begin(work) || work.starts_with("任せ");
        return is_work || (is_certain && (inside.trim().is_empty() || inside == "製"));
    }
    // 「社内基盤（NAME。別部署の管理）」「元の版（NAME製、他社の制作）」
    let is_remark = matches!(gap, "。" | "製、" | "製。") && is_certain;
    if is_remark && behind.contains([')', '）']) {
        let inside = behind.split([')', '）']).next().unwrap_or("");
        return inside.strip_prefix('の').is_some_and(|of| WORK.begin(of))
            || inside.strip_prefix('が').is_some_and(does_the_work);
    }
    // 「NAMEを使う別会社が開発」
    let is_attribute = [
        "を使う",
        "を使った",
        "を使っている",
        "を扱う",
        "が得意な",
        "に詳しい",
        "が使える",
    ]
    .contains(&gap);
    let is_tool = gap == "で" || gap == "にて";
    if is_certain && (is_attribute || is_tool) {
        return behind.strip_prefix('が').is_some_and(does_the_work)
            || behind.strip_prefix('に').is_some_and(is_entrusted);
    }
    // 「既製品（NAME）を別会社が設定」
    // 「NAMEの既製ライブラリを業者が組み込んだ」
    let is_of_it = gap.starts_with('の')
        && gap.ends_with('を')
        && gap.chars().count() <= MAX_CONTENT_CHARS
        && !gap.contains(['、', 'は', 'が', 'に', 'で']);
    if (is_of_it || matches!(gap, "を" | "）を" | ")を")) && is_certain {
        return behind.strip_prefix('が').is_some_and(does_the_work);
    }
    if is_certain && is_taken_up(gap) {
        return OWNED.begin(behind) || behind.strip_prefix('が').is_some_and(does_the_work);
    }
    let gap = gap.trim_end_matches('、').trim_end_matches("別途");
    let gap = without_extent(without_place(gap));
    let is_topic = is_topic(gap);
    let is_part = is_part_of_clause(gap);
    let is_subject = behind.strip_prefix('が').is_some_and(does_the_work)
        || behind.strip_prefix("に").is_some_and(is_entrusted)
        || behind.strip_prefix("へ").is_some_and(is_entrusted);
    if !(is_topic || is_part) {
        return false;
    }
    is_subject
        || (is_certain
            && is_topic
            && words!["で実施", "で対応", "で行", "で開発", "で進め"].begin(behind))
        || (is_certain && is_topic && behind.is_empty())
        || behind == "のもの"
        || behind.starts_with("のものです")
        || behind.starts_with("のものでした")
        || behind.starts_with("のもの。")
        || OWNED.begin(behind)
        || (is_certain
            && is_topic
            && words![
                "の製品",
                "製",
                "の会社",
                "です",
                "でした",
                "で、",
                "で。",
                "。",
                "、",
                "）",
                ")",
                "（",
                "(",
            ]
            .begin(behind))
}

/// What is said of a thing behind those whom it belongs to.
const OWNED: &WordList = words![
    "の担当",
    "担当",
    "の仕事",
    "の管轄",
    "の管理",
    "の領域",
    "の範囲",
    "の責任",
    "の持ち",
    "の所管",
    "の保守",
    "者あり",
    "者が",
    "がいた",
    "がおり",
];

/// Returns whether a gap ends with a clause that takes up the thing with the name before it: 「で動いていたが、そちらは」,
/// 「の部品で行われており、その部品は」.
fn is_taken_up(gap: &str) -> bool {
    let Some((clause, topic)) = gap.rsplit_once('、') else {
        return false;
    };
    let Some(topic) = topic.trim().strip_suffix('は') else {
        return false;
    };
    let is_thing = ["そちら", "そちら側", "そこ"].contains(&topic)
        || ["その", "同"].iter().any(|sign| {
            topic
                .strip_prefix(sign)
                .is_some_and(|thing| !thing.is_empty() && clause.contains(thing))
        });
    is_thing && clause.chars().count() <= MAX_BETWEEN_CHARS && !clause.contains(['。', 'を'])
}

/// Returns a gap without how much is theirs: 「はすべて」 before 「別チームの担当」.
fn without_extent(gap: &str) -> &str {
    let extents = [
        "すべて",
        "全て",
        "全部",
        "主に",
        "基本的に",
        "ほぼ",
        "もともと",
    ];
    let bare = extents.iter().find_map(|word| gap.strip_suffix(word));
    bare.filter(|bare| bare.ends_with('は')).unwrap_or(gap)
}

/// Returns a gap without where the others behind it belong: 「は共済会の」 before 「グループ会社」, 「は隣の」.
fn without_place(gap: &str) -> &str {
    let is_part = gap.ends_with('の');
    let Some((topic, place)) = gap
        .strip_suffix('の')
        .unwrap_or(gap)
        .rsplit_once(['は', '、'])
        .filter(|(_, place)| !place.is_empty())
    else {
        return gap;
    };
    let is_noun = place.chars().count() <= MAX_CONTENT_CHARS
        && !place.contains(['た', 'る', 'を', 'が', 'に', 'で', 'て'])
        && (is_part || !place.contains(|character| ('ぁ'..='ん').contains(&character)));
    if is_noun {
        let len = gap[topic.len()..].chars().next().map_or(0, char::len_utf8);
        gap[..topic.len() + len].trim_end_matches('、')
    } else {
        gap
    }
}

/// Returns whether the gap behind a name makes it, or what it is said of, the topic: 「の管理は」「）は」.
fn is_topic(gap: &str) -> bool {
    // 「NAMEを使った帳票の開発は別チームが担当」
    let is_used_part = words![
        "を使う",
        "を使った",
        "を使用した",
        "を用いた",
        "を利用した",
        "を使用する"
    ]
    .begin(gap)
        && gap.ends_with('は')
        && gap.chars().count() <= MAX_BETWEEN_CHARS
        && !gap.contains(['、', '。', '（', '(']);
    if is_used_part {
        return true;
    }
    gap.ends_with('は')
        && gap.chars().count() <= MAX_BETWEEN_CHARS
        && !gap.contains(['を', '。', ';'])
        && !has_clause(gap)
        // 「Java（Angularは他メンバー）」
        && (!gap.contains(['(', '（']) || gap.contains([')', '）']))
}

/// Returns whether a clause with the name ends before what others do: 「NAMEで、」「NAMEですが、開発は」.
fn is_part_of_clause(gap: &str) -> bool {
    let (clause, rest) = gap.rsplit_once('、').unwrap_or((gap, ""));
    let is_short = gap.chars().count() <= MAX_BETWEEN_CHARS && !gap.contains('を');
    is_short
        && matches!(
            clause,
            "で" | "ですが" | "だが" | "でしたが" | "だったが" | "であり" | "であるが" | "のまま"
        )
        && (rest.is_empty() || rest.ends_with('は'))
}

/// Returns whether a bracket names what the side opposite to the writer's is made with: 「サーバー側（NAME）とのやりとりは」.
fn is_opposite(lead: &str, rest: &str) -> bool {
    let is_side = lead
        .strip_suffix(['（', '('])
        .is_some_and(|lead| lead.trim_end().ends_with('側'));
    is_side
        && rest.strip_prefix(['）', ')']).is_some_and(|rest| {
            words!["とのやり", "との連携", "との通信", "との接続", "との調整"].begin(rest)
        })
}

/// Returns whether a text goes on that something was left to somebody.
fn is_entrusted(behind: &str) -> bool {
    let clause: String = behind
        .chars()
        .take(MAX_CLAUSE_CHARS)
        .take_while(|character| !matches!(character, '、' | '。'))
        .collect();
    if words!["頼ら", "任せず", "任せない"].begin(behind) {
        return false;
    }
    let is_favour = words![
        "てもらっ",
        "てもらい",
        "ていただ",
        "て頂",
        "でもらっ",
        "でもらい",
        "でいただ",
        "で頂",
    ]
    .is_in(&clause);
    is_favour
        || words![
            "任せ",
            "一任",
            "託し",
            "丸投げ",
            "委ね",
            "出し",
            "お任せ",
            "委託",
            "依頼",
            "外注",
            "お願い",
            "頼",
        ]
        .begin(behind)
}

/// Returns whether a clause goes on with work that is done for a system.
fn does_the_work(behind: &str) -> bool {
    let clause: String = behind
        .chars()
        .take(MAX_CLAUSE_CHARS)
        .take_while(|character| !matches!(character, '、' | '。' | '，'))
        .collect();
    WORK.is_in(&clause) && !FOR_OTHERS.is_in(&clause) && !behind.contains("引き継")
}

/// Returns whether the topic before a name is the other side's: 「式場側の顧客管理は NAME で」.
fn is_of_other_side(lead: &str, rest: &str) -> bool {
    const OWN: &WordList = words![
        "画面", "裏", "表", "管理", "受信", "送信", "機器", "基盤", "制御", "端末", "自社", "弊社",
        "当社", "社内", "開発", "運用",
    ];
    let rest = rest.trim_start();
    let ends = words!["で、", "です", "で。"].begin(rest);
    let Some(topic) = lead.trim_end().strip_suffix('は').filter(|_| ends) else {
        return false;
    };
    let topic = topic.rsplit(['。', '、']).next().unwrap_or(topic);
    topic.split_once("側の").is_some_and(|(side, _)| {
        let is_kanji = side
            .chars()
            .next_back()
            .is_some_and(|last| ('一'..='鿿').contains(&last));
        is_kanji && !OWN.end(side)
    })
}

/// Returns whether a verb's ending stands before a comma.
fn has_clause(text: &str) -> bool {
    let mut before = None;
    text.chars().any(|character| {
        let ends = matches!(character, '、' | '，' | ',')
            && before.is_some_and(|before| "したてでりくいれえめずすが".contains(before));
        before = Some(character);
        ends
    })
}
