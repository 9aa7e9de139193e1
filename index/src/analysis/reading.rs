//! Readings: kana and Latin spellings of one name to one key.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::morphemes::to_katakana;

/// Returns the key under which all spellings of a reading meet, none when `text` holds anything
/// but kana, Latin letters, digits and the separators between them, or no letter at all.
///
/// The key is Kunrei romaji in ASCII lower case without separators, and in it agree
/// - hiragana, katakana of any width, and Latin letters;
/// - Hepburn and Kunrei (`shi` `si`, `chi` `ti`, `tsu` `tu`, `fu` `hu`, `ji` `zi` `di`, `ja` `zya`);
/// - long and short vowels (`ou` `oo` `oh` `ō` `o`, `uu` `u`, `ー`), but not `ii`, which keeps
///   飯田 (`iida`) and 井田 (`ida`) apart;
/// - `m` and `n` before `b`, `m`, `p`; an apostrophe after `n`; `v` and `b`.
///
/// Double consonants stay double.
///
/// ```
/// use shokureki_index::analysis::romaji_key;
///
/// let key = romaji_key("イイズミ");
/// assert!(key.is_some());
/// assert_eq!(romaji_key("いいずみ"), key);
/// assert_eq!(romaji_key("Iizumi"), key);
/// assert_eq!(romaji_key("飯泉"), None);
/// ```
pub fn romaji_key(text: &str) -> Option<String> {
    let kana: Vec<char> = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(to_katakana)
        .collect();
    let spelled = spell(&kana)?;
    let key = fold(&spelled);
    key.bytes().any(|b| b.is_ascii_alphabetic()).then_some(key)
}

/// Spells katakana in Latin letters; Latin letters and digits stay, separators go.
fn spell(kana: &[char]) -> Option<String> {
    let mut spelled = String::with_capacity(kana.len() * 2);
    let mut doubled = false;
    let mut at = 0;
    while let Some(&c) = kana.get(at) {
        let next = kana.get(at + 1).copied();
        if let Some(pair) = next.and_then(|next| spell_pair(c, next)) {
            push_syllable(&mut spelled, pair, &mut doubled);
            at += 2;
            continue;
        }
        at += 1;
        match c {
            'ッ' => doubled = true,
            'ー' => {}
            _ if is_separator(c) => {}
            'a'..='z' | '0'..='9' => {
                doubled = false;
                spelled.push(c);
            }
            _ => match spell_one(c) {
                Some(syllable) => push_syllable(&mut spelled, syllable, &mut doubled),
                None => spelled.push_str(&without_marks(c)?),
            },
        }
    }
    Some(spelled)
}

/// Adds a syllable, its consonant twice after a small tsu.
fn push_syllable(spelled: &mut String, syllable: &str, doubled: &mut bool) {
    let consonant = syllable.chars().next().filter(|c| !"aiueon".contains(*c));
    if let (true, Some(consonant)) = (*doubled, consonant) {
        spelled.push(consonant);
    }
    *doubled = false;
    spelled.push_str(syllable);
}

/// What stands between the words of a name, and signs that only tell how to read it.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\'' | '’'
                | '‘'
                | 'ʼ'
                | '`'
                | '-'
                | '‐'
                | '‑'
                | '–'
                | '—'
                | '−'
                | '・'
                | '.'
                | ','
                | '·'
                | '_'
                | '＝'
                | '='
        )
}

/// A Latin letter without its accent: `o` of `ō`.
fn without_marks(c: char) -> Option<String> {
    let base: String = c.nfd().filter(|d| !is_combining_mark(*d)).collect();
    base.chars().all(|d| d.is_ascii_lowercase()).then_some(base)
}

/// Folds Latin spelling. The rules go one after another over the whole key, so that every spelling
/// of a name takes the same way.
fn fold(spelled: &str) -> String {
    let mut key = spelled.to_owned();
    for (from, to) in SPELLINGS {
        if key.contains(from) {
            key = key.replace(from, to);
        }
    }
    fold_vowels(&fold_nasal(&key))
}

/// Hepburn to Kunrei. Applied in this order: each rule relies on those before it.
const SPELLINGS: [(&str, &str); 17] = [
    ("tch", "tty"),
    ("cch", "tty"),
    ("ssh", "ssy"),
    ("sh", "sy"),
    ("ch", "ty"),
    ("cy", "ty"),
    ("tyi", "ti"),
    ("syi", "si"),
    ("tsu", "tu"),
    ("dzu", "zu"),
    ("du", "zu"),
    ("fu", "hu"),
    ("jy", "j"),
    ("dy", "zy"),
    ("j", "zy"),
    ("zyi", "zi"),
    ("di", "zi"),
];

/// `m` before `b`, `m`, `p` is `n`; `v` is `b`; `wo` is `o`.
fn fold_nasal(key: &str) -> String {
    let mut folded = String::with_capacity(key.len());
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match (letter, next) {
            ('m', Some('b' | 'm' | 'p')) => folded.push('n'),
            ('v', _) => folded.push('b'),
            ('w', Some('o')) => {}
            _ => folded.push(letter),
        }
    }
    folded
}

/// Shortens long vowels: `ou`, `oo`, `oh` before a consonant or at the end; `uu`, `aa`, `ee`.
fn fold_vowels(key: &str) -> String {
    let mut folded = String::with_capacity(key.len());
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        folded.push(letter);
        match letter {
            'a' | 'e' => while letters.next_if_eq(&letter).is_some() {},
            'o' | 'u' => skip_length(letter, &mut letters),
            _ => {}
        }
    }
    folded
}

/// Skips what makes the `o` or `u` before it long.
fn skip_length(vowel: char, letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    loop {
        let is_long = |next: char| next == vowel || (vowel == 'o' && next == 'u');
        if letters.next_if(|next| is_long(*next)).is_some() {
            continue;
        }
        let mut ahead = letters.clone();
        let is_silent_h =
            ahead.next() == Some('h') && ahead.next().is_none_or(|after| !"aiueo".contains(after));
        if !is_silent_h {
            return;
        }
        letters.next();
    }
}

/// Spells two kana that are one syllable (キャ, ティ, ヴァ).
#[rustfmt::skip]
fn spell_pair(first: char, second: char) -> Option<&'static str> {
    let syllable = match (first, second) {
        ('キ', 'ャ') => "kya", ('キ', 'ュ') => "kyu", ('キ', 'ョ') => "kyo",
        ('ニ', 'ャ') => "nya", ('ニ', 'ュ') => "nyu", ('ニ', 'ョ') => "nyo",
        ('ヒ', 'ャ') => "hya", ('ヒ', 'ュ') => "hyu", ('ヒ', 'ョ') => "hyo",
        ('ミ', 'ャ') => "mya", ('ミ', 'ュ') => "myu", ('ミ', 'ョ') => "myo",
        ('リ', 'ャ') => "rya", ('リ', 'ュ') => "ryu", ('リ', 'ョ') => "ryo",
        ('ギ', 'ャ') => "gya", ('ギ', 'ュ') => "gyu", ('ギ', 'ョ') => "gyo",
        ('ビ', 'ャ') => "bya", ('ビ', 'ュ') => "byu", ('ビ', 'ョ') => "byo",
        ('ピ', 'ャ') => "pya", ('ピ', 'ュ') => "pyu", ('ピ', 'ョ') => "pyo",
        ('シ', 'ャ') => "sya", ('シ', 'ュ') => "syu", ('シ', 'ョ') => "syo", ('シ', 'ェ') => "sye",
        ('チ', 'ャ') => "tya", ('チ', 'ュ') => "tyu", ('チ', 'ョ') => "tyo", ('チ', 'ェ') => "tye",
        ('ジ', 'ャ') => "zya", ('ジ', 'ュ') => "zyu", ('ジ', 'ョ') => "zyo", ('ジ', 'ェ') => "zye",
        ('ヂ', 'ャ') => "zya", ('ヂ', 'ュ') => "zyu", ('ヂ', 'ョ') => "zyo",
        ('フ', 'ァ') => "fa", ('フ', 'ィ') => "fi", ('フ', 'ェ') => "fe", ('フ', 'ォ') => "fo",
        ('フ', 'ュ') => "hyu", ('ヴ', 'ァ') => "ba", ('ヴ', 'ィ') => "bi", ('ヴ', 'ェ') => "be",
        ('ヴ', 'ォ') => "bo", ('ウ', 'ィ') => "wi", ('ウ', 'ェ') => "we", ('ウ', 'ォ') => "wo",
        ('テ', 'ィ') => "ti", ('デ', 'ィ') => "di", ('ト', 'ゥ') => "tu", ('ド', 'ゥ') => "du",
        ('テ', 'ュ') => "tyu", ('デ', 'ュ') => "dyu", ('ツ', 'ァ') => "tsa", ('ツ', 'ィ') => "tsi",
        ('ツ', 'ェ') => "tse", ('ツ', 'ォ') => "tso", ('イ', 'ェ') => "ye", ('ク', 'ァ') => "kwa",
        ('グ', 'ァ') => "gwa",
        _ => return None,
    };
    Some(syllable)
}

/// Spells one kana, in Kunrei.
#[rustfmt::skip]
fn spell_one(kana: char) -> Option<&'static str> {
    let syllable = match kana {
        'ア' => "a", 'イ' => "i", 'ウ' => "u", 'エ' => "e", 'オ' => "o",
        'ァ' => "a", 'ィ' => "i", 'ゥ' => "u", 'ェ' => "e", 'ォ' => "o",
        'カ' => "ka", 'キ' => "ki", 'ク' => "ku", 'ケ' => "ke", 'コ' => "ko", 'ヵ' => "ka", 'ヶ' => "ke",
        'サ' => "sa", 'シ' => "si", 'ス' => "su", 'セ' => "se", 'ソ' => "so",
        'タ' => "ta", 'チ' => "ti", 'ツ' => "tu", 'テ' => "te", 'ト' => "to",
        'ナ' => "na", 'ニ' => "ni", 'ヌ' => "nu", 'ネ' => "ne", 'ノ' => "no",
        'ハ' => "ha", 'ヒ' => "hi", 'フ' => "hu", 'ヘ' => "he", 'ホ' => "ho",
        'マ' => "ma", 'ミ' => "mi", 'ム' => "mu", 'メ' => "me", 'モ' => "mo",
        'ヤ' => "ya", 'ユ' => "yu", 'ヨ' => "yo", 'ャ' => "ya", 'ュ' => "yu", 'ョ' => "yo",
        'ラ' => "ra", 'リ' => "ri", 'ル' => "ru", 'レ' => "re", 'ロ' => "ro",
        'ワ' => "wa", 'ヮ' => "wa", 'ヰ' => "i", 'ヱ' => "e", 'ヲ' => "o", 'ン' => "n",
        'ガ' => "ga", 'ギ' => "gi", 'グ' => "gu", 'ゲ' => "ge", 'ゴ' => "go",
        'ザ' => "za", 'ジ' => "zi", 'ズ' => "zu", 'ゼ' => "ze", 'ゾ' => "zo",
        'ダ' => "da", 'ヂ' => "zi", 'ヅ' => "zu", 'デ' => "de", 'ド' => "do",
        'バ' => "ba", 'ビ' => "bi", 'ブ' => "bu", 'ベ' => "be", 'ボ' => "bo",
        'パ' => "pa", 'ピ' => "pi", 'プ' => "pu", 'ペ' => "pe", 'ポ' => "po",
        'ヴ' => "bu",
        _ => return None,
    };
    Some(syllable)
}

#[cfg(test)]
mod tests {
    use super::romaji_key;

    #[track_caller]
    fn agree(spellings: &[&str]) {
        let keys: Vec<_> = spellings.iter().map(|text| romaji_key(text)).collect();
        assert!(keys[0].is_some(), "{}", spellings[0]);
        for (spelling, key) in spellings.iter().zip(&keys) {
            assert_eq!(key, &keys[0], "{spelling} and {}", spellings[0]);
        }
    }

    #[track_caller]
    fn differ(left: &str, right: &str) {
        assert_ne!(romaji_key(left), romaji_key(right), "{left} and {right}");
    }

    #[test]
    fn scripts_and_widths_agree() {
        agree(&[
            "イイズミ",
            "いいずみ",
            "ｲｲｽﾞﾐ",
            "iizumi",
            "ＩＩＺＵＭＩ",
            "Iizumi",
        ]);
        agree(&["イイズミ ナオ", "いいずみなお", "Iizumi Nao", "IIZUMI・NAO"]);
    }

    #[test]
    fn romanizations_agree() {
        agree(&[
            "しょうへい",
            "shohei",
            "syouhei",
            "Shouhei",
            "Shōhei",
            "Shôhei",
        ]);
        agree(&["つちや", "tsuchiya", "tutiya"]);
        agree(&["ふじもと", "fujimoto", "huzimoto"]);
        agree(&["じゅんじ", "junji", "zyunzi", "jyunji"]);
        agree(&["はっとり", "hattori"]);
        agree(&["はっちょう", "hatcho", "hacchou", "hattyou"]);
        agree(&["いっしき", "isshiki", "issiki"]);
        agree(&["かづき", "かずき", "kazuki", "kaduki"]);
    }

    #[test]
    fn long_vowels_agree_with_short_ones() {
        agree(&["おおの", "オオノ", "オーノ", "ono", "oono", "ohno", "Ōno"]);
        agree(&["おおうち", "oouchi", "ouchi"]);
        agree(&["さとう", "sato", "satoh", "satou", "satō"]);
        agree(&["ゆうき", "yuki", "yuuki", "yuhki"]);
        agree(&["おおた", "ohta", "ota", "oota"]);
    }

    #[test]
    fn a_nasal_is_one_letter() {
        agree(&["しんばし", "shimbashi", "shinbashi"]);
        agree(&["しんいち", "shin'ichi", "shinichi", "shin’ichi"]);
    }

    #[test]
    fn different_names_stay_apart() {
        differ("いいだ", "いだ");
        differ("はっとり", "はとり");
        differ("さとう", "かとう");
    }

    #[test]
    fn what_is_no_reading_has_no_key() {
        for text in ["", " ", "飯泉", "イイ泉", "123", "!?", "ー"] {
            assert_eq!(romaji_key(text), None, "{text}");
        }
    }
}
