//! What somebody has done, in words that say nothing more: 「書いたことがある方」, 「触れる人」. Verbs have
//! too many forms to list each with all that stands behind it. All text here is normalized.

use std::sync::LazyLock;

use regex::Regex;

/// How a verb goes on after its past or its て-form.
const PAST: &str = "(?:[てで](?:[いきお]?(?:る|た|ます|り))?|[ただ])";

/// Verbs of doing something with a technology or in a field, in the forms that requests have.
const VERBS: &[&str] = &[
    "書(?:い{p}|け(?:る|て|ます)|く)",
    "(?:使|つか)(?:っ{p}|え(?:る|て|ます)|いこな(?:し{p}|せる|す)|い慣れ{p}|う)",
    "(?:触|さわ)(?:っ{p}|れ(?:る|て|ます)|る)",
    "扱(?:っ{p}|え(?:る|て|ます)|う)",
    "(?:作|つく)(?:っ{p}|れ(?:る|て|ます)|る)",
    "組(?:ん{p}|め(?:る|て|ます)|む)",
    "(?:回|動か)(?:し{p}|せ(?:る|て|ます)|す)",
    "や(?:っ{p}|れ(?:る|て|ます))",
    "し{p}",
    "(?:でき|出来)(?:る|て|ます)",
    "(?:携わ|関わ|かかわ|たずさわ)(?:っ{p}|れ(?:る|て|ます)|る)",
    "(?:いじ|弄)(?:っ{p}|れ(?:る|て|ます)|る)",
    "読(?:ん{p}|め(?:る|て|ます)|む)",
    "(?:わか|分か|解|判)る",
    "知って(?:い?る|ます)",
    "(?:お?持ち|持(?:っ{p}|つ))",
    "慣れ{p}",
    "(?:担当|経験|従事|利用|使用|活用)(?:し{p}|できる|出来る|する|済み?|あり)",
    "(?:任せられる|お?任せできる|任せたい|入れる|入れて)",
];

/// What stands behind a verb: that it was done once, and who did it.
const TAIL: &str = "(?:(?:事|こと)(?:が|の|も)?(?:あった|ある|あり|有り?|ございます)?|経験(?:が|の)?(?:豊富な?|ある|あり)?)?\
     (?:の?(?:人|方々?|ひと|かた|者|人材|メンバー|エンジニア|技術者))?";

/// Returns the length of what `text` begins with, if that says no more than that somebody has done what
/// stands before it.
pub(super) fn length_at(text: &str) -> Option<usize> {
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        let verbs = VERBS.join("|").replace("{p}", PAST);
        let pattern = format!(
            "^(?:自分で|自力で|自ら|実際に|一人で|ひとりで|がっつり|ガッツリ|バリバリ|ばりばり|ちゃんと|しっかり|\
             きちんと|普通に|ふつうに|一通り|ひと通り|ある程度|多少|少し|ちょっと|一から|ゼロから)*\
             (?:{verbs}){TAIL}"
        );
        Regex::new(&pattern).expect("a regular expression")
    });
    whole(text, DONE.find(text)?.end())
}

/// Returns the length of what `text` begins with, if that says that somebody was where what stands before it
/// names: 「働いたことのある人」.
pub(super) fn tenure_at(text: &str) -> Option<usize> {
    static WAS: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = format!(
            "^(?:働い(?:た|てた|ていた)|(?:勤務|在籍|在職|所属|就業)(?:した|してた|していた)|\
             勤め(?:た|てた|ていた)){TAIL}"
        );
        Regex::new(&pattern).expect("a regular expression")
    });
    whole(text, WAS.find(text)?.end())
}

/// `end`, unless the verb goes on there: 使ったことがない, 書いたら, できるだけ.
fn whole(text: &str, end: usize) -> Option<usize> {
    let goes_on = text[end..].starts_with(|letter: char| {
        matches!(letter, 'ぁ'..='ゖ')
            && !matches!(letter, 'を' | 'が' | 'で' | 'も' | 'と' | 'や' | 'の')
    });
    (!goes_on).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs_of_experience_are_taken_whole() {
        for (text, rest) in [
            ("書いたことある人", Some("")),
            ("自分で書ける方", Some("")),
            ("担当していたマネージャー", Some("マネージャー")),
            ("使ったことのある方を", Some("を")),
            ("入れる人", Some("")),
            ("やったことある人", Some("")),
            ("がっつり触っていた人", Some("")),
            ("さわれる人", Some("")),
            ("書いたことがない", None),
            ("使ったことがない人", None),
            ("できるだけ", None),
            ("したい", None),
            ("やや", None),
            ("書籍", None),
            ("使用", None),
        ] {
            let found = length_at(text).map(|end| &text[end..]);
            assert_eq!(found, rest, "{text}");
        }
    }

    #[test]
    fn forms_of_having_been_somewhere_are_taken_whole() {
        for (text, rest) in [
            ("働いたことのある人", Some("")),
            ("勤務していた方", Some("")),
            ("働いている人", None),
            ("勤めたい", None),
        ] {
            let found = tenure_at(text).map(|end| &text[end..]);
            assert_eq!(found, rest, "{text}");
        }
    }
}
