//! What makes a denial of the verb or the thing before it: 「ていない」「がない」「だけ」「までは行きませんでした」.

use shokureki_index::words;

/// Returns the first of `words` that `text` begins with.
pub(super) fn first_of<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.starts_with(word))
}

/// Reads 「ていない」「てはおりません」 behind a stem.
pub(super) fn not_done(rest: &str) -> Option<usize> {
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
pub(super) fn never_done(rest: &str) -> Option<usize> {
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
pub(super) fn not(rest: &str) -> Option<usize> {
    let words = ["ない", "なかった", "なかっ", "ません", "ず", "ぬまま"];
    let word = first_of(rest, &words)?;
    let behind = &rest[word.len()..];
    // 「Redisを使わない場合と比べて」
    let is_case = words!["場合", "ケース", "とき", "構成と", "方式と"].begin(behind);
    // 「使えないレベルではありません」「Reactなしでは仕事になりません」
    let is_denied = ["レベルで", "わけで", "ほどで", "こと"].iter().any(|word| {
        behind.strip_prefix(word).is_some_and(|rest| {
            words!["はありません", "はない", "もありません", "もない"].begin(rest)
        })
    });
    (!is_case && !is_denied && !is_about_people(behind)).then_some(word.len())
}

/// Reads 「だけ」「のみ」, and 「まで」 at the end of what is said.
pub(super) fn only(rest: &str) -> Option<usize> {
    const LIMITS: [&str; 9] = [
        "だけ",
        "のみ",
        "止まり",
        "どまり",
        "で止ま",
        "で終わ",
        "程度",
        "レベル",
        "まで",
    ];
    let word = first_of(rest, &LIMITS)?;
    let behind = rest[word.len()..].trim_start();
    let ends = behind.is_empty()
        || words!["。", "）", ")", "です", "でした", "だった", "、"].begin(behind);
    // 「魚を眺めるだけのゲーム」
    if behind.starts_with('の') {
        return None;
    }
    // 「提案だけでなく」
    let is_more = words!["でなく", "ではなく", "じゃなく", "ならず"].begin(behind);
    ((word != "まで" || ends) && !is_more).then_some(word.len())
}

/// Reads 「ところまでは行きませんでした」「には至らず」 behind a step of use.
pub(super) fn not_reached(rest: &str) -> Option<usize> {
    const GOING: [&str; 13] = [
        "行き",
        "行か",
        "行け",
        "いき",
        "いか",
        "いけ",
        "至り",
        "至ら",
        "進み",
        "進ま",
        "進め",
        "たどり着き",
        "たどり着か",
    ];
    let inner = rest.strip_prefix("ところ").unwrap_or(rest);
    let inner = inner
        .strip_prefix("まで")
        .or_else(|| inner.strip_prefix('に'))?;
    let inner = inner.strip_prefix(['は', 'も']).unwrap_or(inner);
    let verb = first_of(inner, &GOING)?;
    let behind = &inner[verb.len()..];
    let word = first_of(behind, &["ません", "ない", "なか", "ず", "ませ"])?;
    Some(rest.len() - behind.len() + word.len())
}

/// Reads 「がない」「はまったくございません」「なし」 behind what one may have.
pub(super) fn lacking(rest: &str) -> Option<usize> {
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
    let is_course =
        words!["方針", "方式", "方法", "方向", "方が良", "方がよ", "方がい"].begin(behind);
    // 「使わなくなった」 was used before.
    behind.starts_with("くなっ") || (!is_course && first_of(behind, &people).is_some())
}

/// Returns whether the lack is told as overcome.
pub(super) fn is_overcome(behind: &str) -> bool {
    let is_made_up = ["ものの", "が、", "けれど", "けど"]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
        .is_some_and(|rest| {
            let clause = rest.split('。').next().unwrap_or(rest);
            words!["独学", "個人", "趣味", "自分で"].is_in(clause)
                && ["作成", "開発", "公開", "作っ", "使っ", "運用", "実装"]
                    .iter()
                    .any(|word| clause.contains(word))
        });
    if is_made_up {
        return true;
    }
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
        "まま引き継",
        "まま入社",
        "まま参画",
        "まま配属",
        "ところから",
        "で入社",
        "で参画",
        "の中",
        "中、",
        "中で",
        "かった私",
        "私ですが",
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
