//! Who the person is: name, reading, birth date, contact, links.

use crate::domain::{Identity, Link, LinkKind, Span};

use super::block::{Block, Blocks, Kind};
use super::date::{Folded, date_at};
use super::evidence::Evidence;
use super::label::split_label;
use super::section::{Section, is_document_title};
use super::text::small;

/// A field of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PersonField {
    Name,
    OtherName,
    Reading,
    BirthDate,
    Email,
    Phone,
    Location,
    Link,
    Ignored,
}

/// Labels by field, folded.
const LABELS: &[(PersonField, &[&str])] = &[
    (
        PersonField::Name,
        &["氏名", "名前", "お名前", "姓名", "名前氏名"],
    ),
    (
        PersonField::OtherName,
        &["name", "fullname", "英語名", "英名"],
    ),
    (
        PersonField::Reading,
        &[
            "フリガナ",
            "ふりがな",
            "読み",
            "カナ",
            "氏名カナ",
            "よみがな",
            "kana",
        ],
    ),
    (
        PersonField::BirthDate,
        &["生年月日", "誕生日", "birthday", "dateofbirth", "birthdate"],
    ),
    (
        PersonField::Email,
        &[
            "email",
            "mail",
            "メール",
            "メールアドレス",
            "e-mail",
            "emailアドレス",
        ],
    ),
    (
        PersonField::Phone,
        &[
            "電話",
            "電話番号",
            "tel",
            "phone",
            "携帯",
            "携帯電話",
            "連絡先電話番号",
        ],
    ),
    (
        PersonField::Location,
        &[
            "現住所",
            "住所",
            "居住地",
            "在住",
            "居住",
            "location",
            "address",
            "居住エリア",
            "お住まい",
            "現居住地",
            "所在地",
            "住まい",
        ],
    ),
    (
        PersonField::Link,
        &[
            "github",
            "qiita",
            "zenn",
            "twitter",
            "x",
            "blog",
            "ブログ",
            "linkedin",
            "wantedly",
            "web",
            "website",
            "homepage",
            "url",
            "speakerdeck",
            "slideshare",
            "note",
            "facebook",
            "portfolio",
            "gitlab",
            "sns",
            "はてなブログ",
            "hatena",
            "mastodon",
            "connpass",
            "docswell",
            "bluesky",
            "最新版",
            "ポートフォリオ",
            "個人サイト",
            "atcoder",
            "kaggle",
            "stackoverflow",
            "youtrust",
            "instagram",
            "youtube",
        ],
    ),
    (
        PersonField::Ignored,
        &[
            "出身地",
            "性別",
            "年齢",
            "国籍",
            "最寄駅",
            "最寄り駅",
            "配偶者",
            "法人",
            "関連",
            "連絡先",
        ],
    ),
];

fn person_field(label: &str) -> Option<PersonField> {
    let folded: String = label
        .chars()
        .filter(|character| !character.is_whitespace() && !"【】*・()（）■●_".contains(*character))
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(character as u32 - 0xFEE0).unwrap_or(character)
            }
            _ => character,
        })
        .collect();
    LABELS
        .iter()
        .find(|(_, labels)| labels.contains(&folded.as_str()))
        .map(|(field, _)| *field)
}

/// Returns whether a cell's text labels a field of the person.
pub(super) fn is_identity_label(text: &str) -> bool {
    text.len() <= 60 && (person_field(text).is_some() || text == "資格" || text == "最終学歴")
}

/// Returns whether a block only leads to a page or an account of the person.
pub(super) fn is_link_line(block: &Block, section: Section) -> bool {
    if !matches!(
        section,
        Section::Identity | Section::Unknown | Section::Other | Section::Personal
    ) {
        return false;
    }
    let text = block.str();
    if text.chars().count() > 120 {
        return false;
    }
    let label = split_label(text).map_or(text, |(label, _)| label);
    person_field(label) == Some(PersonField::Link)
}

/// Reads the identity of the person.
pub(super) fn read_identity(blocks: &Blocks, evidence: &Evidence) -> Identity {
    let mut identity = Identity::default();
    for at in 1..blocks.len() {
        let section = evidence.section[at];
        let is_open = matches!(
            section,
            Section::Identity | Section::Unknown | Section::Other | Section::Appraisal
        );
        let block = &blocks[at];
        if block.str().len() > 400 {
            continue;
        }
        if matches!(
            section,
            Section::Identity | Section::Unknown | Section::Other
        ) {
            contact(block, &mut identity);
        }
        if !is_open {
            continue;
        }
        if block.kind == Kind::Row {
            let cells = blocks.cells(at);
            for pair in cells.windows(2) {
                let label = blocks[pair[0]].str();
                let value = &blocks[pair[1]];
                if let Some(field) = person_field(label) {
                    set(&mut identity, field, value, 0, label);
                }
            }
            continue;
        }
        if block.kind == Kind::Cell {
            continue;
        }
        let text = block.str();
        if let Some((label, value_at)) = split_label(text)
            && let Some(field) = person_field(label)
        {
            set(&mut identity, field, block, value_at, label);
        } else if block.kind == Kind::Heading
            && person_field(text) == Some(PersonField::Name)
            && let Some(below) = blocks.children(at).next()
        {
            set(&mut identity, PersonField::Name, &blocks[below], 0, text);
        }
    }
    if identity.name.is_none() {
        name_at_top(blocks, evidence, &mut identity);
    }
    identity
}

/// Sets a field from the text of `block` from byte `from`.
fn set(identity: &mut Identity, field: PersonField, block: &Block, from: usize, label: &str) {
    let value = block.str()[from..].trim();
    if value.is_empty() {
        return;
    }
    let start = block.str().len() - block.str()[from..].trim_start().len();
    let span = |len: usize| {
        let range = block.text.source(start..start + len);
        Span {
            start: small(range.start),
            end: small(range.end),
        }
    };
    match field {
        PersonField::Name => {
            if identity.name.is_none() {
                let (name, others) = split_person(value);
                identity.name_span = Some(span(name.len()));
                identity.name = Some(name.to_owned());
                take_other_names(identity, &others);
            }
        }
        PersonField::OtherName => {
            let (name, others) = split_person(value);
            if identity.name.is_none() {
                identity.name_span = Some(span(name.len()));
                identity.name = Some(name.to_owned());
            } else if identity.name.as_deref() != Some(name) {
                identity.other_names.push(name.to_owned());
            }
            take_other_names(identity, &others);
        }
        PersonField::Reading => {
            if identity.name_kana.is_none() {
                identity.name_kana = Some(to_katakana(value));
            }
        }
        PersonField::BirthDate => {
            let folded = Folded::new(value);
            identity.birth_date = identity
                .birth_date
                .or_else(|| date_at(&folded, 0).and_then(|hit| hit.day_date()));
        }
        PersonField::Location => {
            if identity.location.is_none() {
                identity.location = Some(value.to_owned());
                identity.location_span = Some(span(value.len()));
            }
        }
        PersonField::Phone => {
            let digits = value
                .chars()
                .filter(|character| character.is_numeric())
                .count();
            if digits >= 9 && !identity.phones.iter().any(|phone| phone == value) {
                identity.phones.push(value.to_owned());
            }
        }
        PersonField::Link if block.links.is_empty() && value.starts_with("http") => {
            add_link(
                identity,
                Some(label),
                value.split_whitespace().next().unwrap_or(value),
            );
        }
        PersonField::Link | PersonField::Email | PersonField::Ignored => {}
    }
}

/// Collects addresses of a block.
fn contact(block: &Block, identity: &mut Identity) {
    let text = block.str();
    if text.contains('@') {
        for word in text.split(|character: char| {
            character.is_whitespace() || "<>()（）|、,／「」:：[]".contains(character)
        }) {
            if is_email(word) && !identity.emails.iter().any(|email| email == word) {
                identity.emails.push(word.to_owned());
            }
        }
    }
    for link in &block.links {
        if let Some(address) = link.url.strip_prefix("mailto:") {
            if is_email(address) && !identity.emails.iter().any(|email| email == address) {
                identity.emails.push(address.to_owned());
            }
            continue;
        }
        if link.url.starts_with("http") {
            let label = text
                .get(link.label.clone())
                .filter(|label| !label.is_empty() && !label.starts_with("http"));
            let label = label.or_else(|| split_label(text).map(|(label, _)| label));
            add_link(identity, label, &link.url);
        }
    }
    if block.links.is_empty()
        && let Some(at) = text.find("https://").or_else(|| text.find("http://"))
    {
        let url: String = text[at..]
            .chars()
            .take_while(|character| character.is_ascii_graphic() && !"<>()|\"".contains(*character))
            .collect();
        let label = split_label(text).map(|(label, _)| label);
        add_link(identity, label, &url);
    }
}

fn add_link(identity: &mut Identity, label: Option<&str>, url: &str) {
    if url.len() < 10
        || identity.links.len() >= 200
        || identity.links.iter().any(|link| link.url == url)
    {
        return;
    }
    identity.links.push(Link {
        kind: link_kind(url),
        label: label.map(|label| label.trim().to_owned()),
        url: url.to_owned(),
    });
}

/// Tells what an address leads to by its host.
pub(super) fn link_kind(url: &str) -> LinkKind {
    const HOSTS: [(&str, LinkKind); 28] = [
        ("github.com", LinkKind::Code),
        ("gitlab.com", LinkKind::Code),
        ("bitbucket.org", LinkKind::Code),
        ("twitter.com", LinkKind::Social),
        ("//x.com", LinkKind::Social),
        ("facebook.com", LinkKind::Social),
        ("linkedin.com", LinkKind::Social),
        ("wantedly.com", LinkKind::Social),
        ("bsky.app", LinkKind::Social),
        ("mastodon", LinkKind::Social),
        ("instagram.com", LinkKind::Social),
        ("youtrust.jp", LinkKind::Social),
        ("qiita.com", LinkKind::Blog),
        ("zenn.dev", LinkKind::Blog),
        ("note.com", LinkKind::Blog),
        ("hatenablog", LinkKind::Blog),
        ("hateblo.jp", LinkKind::Blog),
        ("medium.com", LinkKind::Blog),
        ("dev.to", LinkKind::Blog),
        ("blog", LinkKind::Blog),
        ("speakerdeck.com", LinkKind::Slides),
        ("slideshare.net", LinkKind::Slides),
        ("docswell.com", LinkKind::Slides),
        ("slides.com", LinkKind::Slides),
        ("credly.com", LinkKind::Credential),
        ("youracclaim.com", LinkKind::Credential),
        ("openbadge", LinkKind::Credential),
        ("credential", LinkKind::Credential),
    ];
    HOSTS
        .iter()
        .find(|(host, _)| url.contains(host))
        .map_or(LinkKind::Other, |(_, kind)| *kind)
}

fn is_email(word: &str) -> bool {
    let Some((user, host)) = word.split_once('@') else {
        return false;
    };
    !user.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && word.is_ascii()
        && !host.contains('@')
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// Splits 「山田太郎(ヤマダ タロウ)」 into the name and what stands in brackets or behind a slash.
fn split_person(value: &str) -> (&str, Vec<&str>) {
    let value = value.trim().trim_end_matches(['様', '　', ' ']);
    if let Some(at) = value.find(['(', '（', '[', '【', '「', '〈', '<']) {
        let name = value[..at].trim();
        let inside = value[at..].trim_matches([
            '(', '（', ')', '）', '[', ']', '【', '】', '「', '」', '<', '>', '〈', '〉', ' ',
        ]);
        if !name.is_empty() {
            return (
                name,
                inside
                    .split(['/', '／', '、', ','])
                    .map(str::trim)
                    .collect(),
            );
        }
    }
    if let Some((name, other)) = value.split_once(['/', '／']) {
        return (name.trim(), vec![other.trim()]);
    }
    // 「早瀬みちる Hayase Michiru」
    if let Some(at) = value.find(|character: char| character.is_ascii_alphabetic())
        && at > 0
        && !value[..at].is_ascii()
    {
        return (value[..at].trim(), vec![value[at..].trim()]);
    }
    (value, Vec::new())
}

/// Takes readings and other spellings out of what stands beside a name.
fn take_other_names(identity: &mut Identity, others: &[&str]) {
    for other in others {
        let other = other.trim();
        if other.is_empty() || other.starts_with('@') {
            continue;
        }
        let is_kana = other.chars().all(|character| {
            matches!(character, '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' | ' ' | '\u{3000}')
        });
        if is_kana && identity.name_kana.is_none() {
            identity.name_kana = Some(to_katakana(other));
        } else if other.chars().count() <= 40 {
            identity.other_names.push(other.to_owned());
        }
    }
}

/// Writes kana in full-width katakana, one space between the parts.
fn to_katakana(kana: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let katakana: String = kana
        .nfkc()
        .map(|character| match character {
            '\u{3041}'..='\u{3096}' => char::from_u32(character as u32 + 0x60).unwrap_or(character),
            _ => character,
        })
        .collect();
    katakana.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the name from the top of the document: a short line or heading that is no title of it.
fn name_at_top(blocks: &Blocks, evidence: &Evidence, identity: &mut Identity) {
    let has_date = |at: usize| !evidence.periods[at].is_empty();
    for at in 1..blocks.len().min(14) {
        let block = &blocks[at];
        let text = block.str();
        if is_document_title(text) || text.is_empty() || has_date(at) || evidence.opens_section[at]
        {
            continue;
        }
        if !matches!(evidence.section[at], Section::Unknown | Section::Identity)
            || !block.links.is_empty()
        {
            continue;
        }
        let (name, others) = split_person(text.trim_start_matches("#+TITLE:").trim());
        if looks_like_name(name) {
            let range = block.text.source(0..text.len().min(name.len()));
            identity.name = Some(name.to_owned());
            identity.name_span = Some(Span {
                start: small(range.start),
                end: small(range.end),
            });
            take_other_names(identity, &others);
            return;
        }
    }
}

/// Returns whether a text can be a Japanese person's name: two to six kanji or kana, or two Latin words.
fn looks_like_name(text: &str) -> bool {
    let letters: Vec<char> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let is_japanese = (2..=7).contains(&letters.len())
        && letters.iter().all(|character| {
            matches!(character, '\u{3041}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '々' | '﨑')
        })
        && letters.iter().any(|character| ('\u{4E00}'..='\u{9FFF}').contains(character))
        && !["職", "経歴", "歴", "概要", "要約", "紹介", "技術", "情報", "目次", "会社", "年", "資格", "期間", "以上", "現在", "連絡先", "開発"].iter().any(|word| text.contains(word));
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_latin = words.len() == 2
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(char::is_alphabetic)
        })
        && text.is_ascii()
        && text.len() <= 32;
    is_japanese || is_latin
}
