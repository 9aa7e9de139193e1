//! What tells of anybody: addresses, numbers, ages, and what stands behind a label such as 氏名.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Hidden;

/// Hosts of images that name technologies and nobody.
const BADGE_HOSTS: &[&str] = &[
    "img.shields.io",
    "shields.io",
    "skillicons.dev",
    "cdn.simpleicons.org",
    "badgen.net",
    "custom-icon-badges.demolab.com",
    "custom-icon-badges.herokuapp.com",
    "raw.githubusercontent.com/devicons",
    "cdn.jsdelivr.net/gh/devicons",
];

/// Labels of a person's name, birth and sex, and their values up to the end of the line or cell.
static IDENTITY_LABELS: LazyLock<Regex> = LazyLock::new(|| {
    labelled(
        "氏\u{20}*名|お?名前|姓名|本人氏名|応募者氏名|ふりがな|フリガナ|ﾌﾘｶﾞﾅ|よみがな|読み方|英語名|ローマ字|\
         full\u{20}?name|name|author|生年月日|誕生日|生まれ|年齢|birthday|birth\u{20}?date|date\u{20}of\u{20}birth|born|age|\
         性別|gender|sex|写真|顔写真|photo|最終学歴|出身校|出身大学|school|university|education",
    )
});

/// Labels of ways to reach a person.
static CONTACT_LABELS: LazyLock<Regex> = LazyLock::new(|| {
    labelled(
        "現住所|住所|連絡先|居住地|居住エリア|お?住まい|在住|所在地|最寄り?駅|address|location|residence|\
         電話番号|電話|携帯電話|携帯|tel|phone|mobile|メールアドレス|メール|e-?mail|mail|\
         github|twitter|x|linkedin|facebook|qiita|zenn|blog|ブログ|website|web\u{20}?site|portfolio|ポートフォリオ|wantedly|lapras|note|sns",
    )
});

static AGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"満?[0-9０-９]{2}\s*[歳才]"));

/// A day that a person was born on.
static BIRTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:19|20|昭和|平成|S|H)[0-9０-９元]{1,2}\s*[年./／\-]\s*[0-9０-９]{1,2}\s*[月./／\-]\s*[0-9０-９]{1,2}\s*日?\s*生",
    )
});

static SCHOOL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[\p{Han}\p{Katakana}ーA-Za-z]{1,20}(?:大学校|大学院大学|大学院|大学|短期大学|短大|高等専門学校|工業高専|高専|高等学校|高校|専門学校)|(?:[A-Z][\p{Latin}]+ )*(?:University|Institute|College)(?: of(?: [A-Z][\p{Latin}]+)+)?",
    )
});

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[A-Z0-9._%+\-]+\s?(?:[@＠]|\[at\]|\(at\)|（at）|\{at\})\s?[A-Z0-9\-]+(?:(?:\.|\[dot\]|\(dot\))[A-Z0-9\-]+)+",
    )
});

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[+＋][0-9０-９]{1,3}[\s\-－]?\(?[0-9０-９]{1,4}|[(（]?[0０][0-9０-９]{1,4})[)）]?(?:[\s\-－‐–−ー]?[0-9０-９]{1,4}){2,3}",
    )
});

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"〒\s?[0-9０-９]{3}[\-－‐]?[0-9０-９]{4}|(?:東京都|北海道|(?:京都|大阪)府|\p{Han}{2,3}県)\p{Han}{1,6}[市区郡町村][\p{Han}\p{Hiragana}\p{Katakana}ヶケ]{0,12}[0-9０-９]+(?:[\-－‐丁目番地号の]+[0-9０-９]*)*|\p{Han}{1,6}在住",
    )
});

static URL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?:https?://|data:image/|www\.)[^\s<>()\[\]"'「」『』（）、。|]+|(?:github|gitlab|twitter|x|linkedin|facebook|qiita|zenn|note|wantedly|hatenablog|speakerdeck|lapras|instagram|youtube|connpass)\.(?:com|dev|jp|net|org)/[^\s<>()\[\]"'「」『』（）、。|]+"#,
    )
});

/// A handle that is told as one.
static HANDLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(（:：|])([@＠][A-Za-z0-9_]{3,})"));

/// The target of an image that is no address with a host.
static IMAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"!\[[^\]\n]*\]\(([^)\s]+)"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the program is valid")
}

/// One of `labels` at the beginning of a line, a cell or a bullet, a sign behind it, and the value.
fn labelled(labels: &str) -> Regex {
    let before = r"(?m)(?:^|[|｜>\t,{])[\s\u{3000}\-*+・■●◆◇□○【\[「#>_\\$\x22']*";
    let between = r#"[】\]」*_"'\s\u{3000}]*(?:[:：|｜=\t]|</t[hd]>\s*<td[^>]*>|\u{3000}|\s{2,})[\s\u{3000}*_|"']*"#;
    pattern(&format!("{before}(?i:{labels}){between}([^|｜\\n]+)"))
}

/// Returns where `text` tells of a person, in no order.
pub(super) fn places(text: &str, hidden: Hidden) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut add_all = |pattern: &Regex| {
        places.extend(pattern.find_iter(text).map(|found| found.range()));
    };
    if hidden.identity {
        [&*AGE, &*BIRTH, &*SCHOOL]
            .into_iter()
            .for_each(&mut add_all);
    }
    if hidden.contact {
        [&*EMAIL, &*ADDRESS].into_iter().for_each(&mut add_all);
        let phones = PHONE
            .find_iter(text)
            .filter(|found| is_phone(found.as_str()));
        places.extend(phones.map(|found| found.range()));
        places.extend(groups(&HANDLE, text));
    }
    if hidden.any() {
        // An address leads to the person and to the photo, whichever is hidden.
        let addresses = URL
            .find_iter(text)
            .filter(|found| !is_badge(found.as_str()));
        places.extend(addresses.map(|found| found.range()));
        places.extend(groups(&IMAGE, text).filter(|range| !is_badge(&text[range.clone()])));
    }
    for (is_hidden, labels) in [
        (hidden.identity, &*IDENTITY_LABELS),
        (hidden.contact, &*CONTACT_LABELS),
    ] {
        if is_hidden {
            places.extend(groups(labels, text));
        }
    }
    places
}

fn groups<'a>(pattern: &'a Regex, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let found = pattern.captures_iter(text);
    found.filter_map(|found| Some(found.get(1)?.range()))
}

fn is_phone(written: &str) -> bool {
    let digits = written.chars().filter(|letter| letter.is_numeric()).count();
    let is_foreign = written.starts_with(['+', '＋']);
    (10..=11).contains(&digits) || (is_foreign && (11..=13).contains(&digits))
}

fn is_badge(address: &str) -> bool {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    BADGE_HOSTS.iter().any(|host| address.starts_with(host))
}
