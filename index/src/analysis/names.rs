//! Words of Latin letters and digits, with the symbols that belong to them.
//!
//! lindera cuts at every symbol and at every change between letters and digits, so these words are
//! found first: `c++`, `c#`, `.net`, `node.js`, `s3`, `ci/cd`, `50%`, `user@example.com`.
//! All text here is normalized: lower case, ASCII where NFKC has it.

use std::ops::Range;

use super::script::is_latin;
use unicode_normalization::char::is_combining_mark;

/// Letters and digits between symbols that are read as one part; longer runs are cut.
const PART_MAX_CHARS: usize = 128;

/// A chain of parts is also one term up to this length; a longer one is a path or a list.
const WHOLE_MAX_BYTES: usize = 64;

/// A chain of parts is also one term up to this number of parts.
const WHOLE_MAX_PARTS: usize = 6;

/// Longest local part and longest domain of a mail address (RFC 5321, section 4.5.3.1).
const MAIL_LOCAL_MAX_BYTES: usize = 64;
const MAIL_DOMAIN_MAX_BYTES: usize = 255;

/// One Latin word: `node.js`, or the two of `ci/cd`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// What slashes separate, one atom where there is none.
    pub(super) atoms: Vec<Atom>,
}

/// A Latin word between slashes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) span: Range<usize>,
    /// The word as one term; none when it is too long to be one.
    pub(super) whole: Option<String>,
    /// Never empty. Numbers (`3.14`) and words without inner symbols have one part.
    pub(super) parts: Vec<Part>,
}

/// Letters and digits without a symbol between.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) span: Range<usize>,
    pub(super) term: String,
    /// The term without its number or sign: `python` of `python3`, `50` of `50%`.
    pub(super) stem: Option<String>,
}

impl Name {
    /// Returns the bytes of the normalized text that the name takes.
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.atoms.first().map_or(0, |atom| atom.span.start);
        let end = self.atoms.last().map_or(0, |atom| atom.span.end);
        start..end
    }
}

/// Finds all names of a normalized text, in its order. Linear in the length.
pub(super) fn find_names(text: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        if let Some(name) = name_at(text, at, before) {
            at = name.span().end;
            names.push(name);
        } else {
            at += c.len_utf8();
        }
        before = text[..at].chars().next_back();
    }
    names
}

/// Reads the name that starts exactly at `start`; `before` is the character before it.
fn name_at(text: &str, start: usize, before: Option<char>) -> Option<Name> {
    let first = text[start..].chars().next()?;
    if !is_latin(first) && !is_leading_dot(text, start, before) {
        return None;
    }
    if let Some(mail) = mail_at(text, start) {
        return Some(Name { atoms: vec![mail] });
    }
    let mut atoms = vec![atom_at(text, start)];
    while let Some(last) = atoms.last() {
        let end = last.span.end;
        let Some(next) = text[end..].strip_prefix('/').and_then(first_char) else {
            break;
        };
        if !is_latin(next) {
            break;
        }
        atoms.push(atom_at(text, end + 1));
    }
    Some(Name { atoms })
}

fn first_char(text: &str) -> Option<char> {
    text.chars().next()
}

/// Returns whether a dot at `start` begins a name such as `.net`.
fn is_leading_dot(text: &str, start: usize, before: Option<char>) -> bool {
    let Some(rest) = text[start..].strip_prefix('.') else {
        return false;
    };
    let stands_free = before.is_none_or(|c| c != '.' && !is_latin(c));
    stands_free && first_char(rest).is_some_and(|c| c.is_ascii_lowercase())
}

/// Reads the atom at `start`, where a letter, a digit or a leading dot stands.
fn atom_at(text: &str, start: usize) -> Atom {
    let dotted = text[start..].starts_with('.');
    let mut parts = vec![part_at(text, start + usize::from(dotted))];
    let mut end = start + usize::from(dotted);
    while let Some(last) = parts.last() {
        end = last.span.end;
        let Some(connector) = first_char(&text[end..]) else {
            break;
        };
        let follows = text[end..].strip_prefix(connector).and_then(first_char);
        // `c#.net` is `c#` and `.net`.
        let is_signed = last.term.ends_with(['#', '+']);
        if is_signed || !is_connector(connector) || !follows.is_some_and(is_latin) {
            break;
        }
        parts.push(part_at(text, end + 1));
    }

    let span = start..end;
    if !dotted && let Some(number) = decimal(text, &span, &parts) {
        return Atom {
            span,
            whole: Some(number.term.clone()),
            parts: vec![number],
        };
    }
    let fits = span.len() <= WHOLE_MAX_BYTES && parts.len() <= WHOLE_MAX_PARTS;
    Atom {
        whole: fits.then(|| whole_term(text, &span, &parts)),
        span,
        parts,
    }
}

/// The symbols that join two parts to a word; `/` is on a level of its own.
fn is_connector(c: char) -> bool {
    matches!(c, '.' | '-' | '_' | '&' | '\'')
}

/// The atom's text, without the commas of its numbers.
fn whole_term(text: &str, span: &Range<usize>, parts: &[Part]) -> String {
    match parts {
        [only] if only.span == *span => only.term.clone(),
        _ => text[span.clone()].to_owned(),
    }
}

/// Joins the parts of a decimal number or version (`3.14`, `1.2.3`, `12.5%`) to one.
fn decimal(text: &str, span: &Range<usize>, parts: &[Part]) -> Option<Part> {
    let is_number = |term: &str| term.chars().all(|c| c.is_ascii_digit());
    let (last, others) = parts.split_last()?;
    if others.is_empty() || parts.len() > WHOLE_MAX_PARTS || span.len() > WHOLE_MAX_BYTES {
        return None;
    }
    let last_number = last.term.strip_suffix('%').unwrap_or(&last.term);
    if !is_number(last_number) || !others.iter().all(|part| is_number(&part.term)) {
        return None;
    }
    let dots_only = parts
        .windows(2)
        .all(|pair| text[pair[0].span.end..].starts_with('.'));
    if !dots_only {
        return None;
    }
    let terms: Vec<&str> = parts.iter().map(|part| part.term.as_str()).collect();
    let term = terms.join(".");
    let stem = term.strip_suffix('%').map(str::to_owned);
    Some(Part {
        span: span.clone(),
        term,
        stem,
    })
}

/// Reads the letters and digits at `start` and the signs that belong to them.
fn part_at(text: &str, start: usize) -> Part {
    let core_end = core_end(text, start);
    let core = &text[start..core_end];
    if core.bytes().all(|b| b.is_ascii_digit()) {
        return number_at(text, start, core_end);
    }
    let rest = &text[core_end..];
    let letters_only = core.chars().all(char::is_alphabetic);
    if letters_only && rest.starts_with("++") && !rest.starts_with("+++") {
        return plus_plus_at(text, start, core_end + 2);
    }
    let is_sharp = core.len() == 1
        && letters_only
        && rest.starts_with('#')
        && !first_char(&rest[1..]).is_some_and(|c| is_latin(c) && !c.is_ascii_digit());
    let end = core_end + usize::from(is_sharp);
    Part {
        span: start..end,
        term: text[start..end].to_owned(),
        stem: stem_of(core),
    }
}

/// `c++`, or `c++17` with the stem `c++`; `end` is behind the signs.
fn plus_plus_at(text: &str, start: usize, end: usize) -> Part {
    let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
    let year_follows =
        (1..=4).contains(&digits) && !text[end + digits..].chars().next().is_some_and(is_latin);
    if !year_follows {
        return Part {
            span: start..end,
            term: text[start..end].to_owned(),
            stem: None,
        };
    }
    Part {
        span: start..end + digits,
        term: text[start..end + digits].to_owned(),
        stem: Some(text[start..end].to_owned()),
    }
}

/// A number with its thousands separators (dropped from the term) and its percent sign.
fn number_at(text: &str, start: usize, core_end: usize) -> Part {
    let mut end = core_end;
    let mut term = text[start..core_end].to_owned();
    if term.len() <= 3 {
        while let Some(group) = thousands_group(&text[end..]) {
            term.push_str(group);
            end += 1 + group.len();
            if term.len() >= PART_MAX_CHARS {
                break;
            }
        }
    }
    let mut stem = None;
    if text[end..].starts_with('%') {
        stem = Some(term.clone());
        term.push('%');
        end += 1;
    }
    Part {
        span: start..end,
        term,
        stem,
    }
}

/// The three digits of `,000` at the start of `rest`, when no further digit or letter follows.
fn thousands_group(rest: &str) -> Option<&str> {
    let group = rest.strip_prefix(',')?.get(..3)?;
    let after = rest[4..].chars().next();
    (group.bytes().all(|b| b.is_ascii_digit()) && !after.is_some_and(is_latin)).then_some(group)
}

/// The letters before a version number: `python` of `python3`. At least two, so that `s3` has none.
fn stem_of(core: &str) -> Option<String> {
    let letters = core.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_stem = letters.len() < core.len()
        && letters.chars().count() >= 2
        && letters.chars().all(char::is_alphabetic);
    is_stem.then(|| letters.to_owned())
}

/// The end of the letters and digits at `start`, combining marks with them.
fn core_end(text: &str, start: usize) -> usize {
    text[start..]
        .char_indices()
        .take(PART_MAX_CHARS)
        .take_while(|(at, c)| is_latin(*c) || (*at > 0 && is_combining_mark(*c)))
        .last()
        .map_or(start, |(at, c)| start + at + c.len_utf8())
}

/// Reads a mail address: whole, with the parts of both its sides.
fn mail_at(text: &str, start: usize) -> Option<Atom> {
    let local = leading(&text[start..], MAIL_LOCAL_MAX_BYTES, |b| {
        matches!(b, b'.' | b'_' | b'%' | b'+' | b'-')
    });
    let domain_start = start + local + 1;
    if !text[start + local..].starts_with('@') {
        return None;
    }
    let domain = leading(&text[domain_start..], MAIL_DOMAIN_MAX_BYTES, |b| {
        matches!(b, b'.' | b'-')
    });
    let domain = text[domain_start..domain_start + domain].trim_end_matches(['.', '-']);
    if !domain.contains('.') || domain.starts_with(['.', '-']) {
        return None;
    }
    let span = start..domain_start + domain.len();
    let mut parts = Vec::new();
    let mut at = span.start;
    while at < span.end {
        let end = core_end(text, at).min(span.end);
        if end > at {
            parts.push(Part {
                span: at..end,
                term: text[at..end].to_owned(),
                stem: None,
            });
        }
        at = end.max(at + 1);
        while at < span.end && !text.as_bytes()[at].is_ascii_alphanumeric() {
            at += 1;
        }
    }
    Some(Atom {
        whole: Some(text[span.clone()].to_owned()),
        span,
        parts,
    })
}

/// Counts the leading ASCII letters, digits and bytes that `also` allows, at most `limit`.
fn leading(text: &str, limit: usize, also: impl Fn(u8) -> bool) -> usize {
    text.bytes()
        .take(limit)
        .take_while(|b| b.is_ascii_alphanumeric() || also(*b))
        .count()
}

#[cfg(test)]
mod tests {
    use super::find_names;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let names = find_names(text);
        let found: Vec<Vec<String>> = names
            .iter()
            .flat_map(|name| &name.atoms)
            .map(|atom| {
                let mut terms: Vec<String> = atom.whole.iter().cloned().collect();
                for part in &atom.parts {
                    terms.push(part.term.clone());
                    terms.extend(part.stem.iter().map(|stem| format!("~{stem}")));
                }
                terms
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn signs_that_belong_to_a_name_stay_with_it() {
        check(
            "c++とc#と.netを",
            &[&["c++", "c++"], &["c#", "c#"], &[".net", "net"]],
        );
        check("c++17", &[&["c++17", "c++17", "~c++"]]);
        check("c#8.0", &[&["c#", "c#"], &["8.0", "8.0"]]);
        check("c#.net", &[&["c#", "c#"], &[".net", "net"]]);
        check("asp.net。", &[&["asp.net", "asp", "net"]]);
    }

    #[test]
    fn letters_and_digits_are_one_word() {
        check("s3 k8s", &[&["s3", "s3"], &["k8s", "k8s"]]);
        check("python3", &[&["python3", "python3", "~python"]]);
        check("oauth2.0", &[&["oauth2.0", "oauth2", "~oauth", "0"]]);
        check("us-east-1", &[&["us-east-1", "us", "east", "1"]]);
    }

    #[test]
    fn slashes_separate_atoms() {
        check("ci/cd導入", &[&["ci", "ci"], &["cd", "cd"]]);
        check(
            "node.js/vue",
            &[&["node.js", "node", "js"], &["vue", "vue"]],
        );
        check("a/ b", &[&["a", "a"], &["b", "b"]]);
    }

    #[test]
    fn numbers_are_one_part() {
        check("50%", &[&["50%", "50%", "~50"]]);
        check("3.14", &[&["3.14", "3.14"]]);
        check("12.5%", &[&["12.5%", "12.5%", "~12.5"]]);
        check("1,000台", &[&["1000", "1000"]]);
        check("1,2,3", &[&["1", "1"], &["2", "2"], &["3", "3"]]);
        check("2016-04", &[&["2016-04", "2016", "04"]]);
    }

    #[test]
    fn a_mail_address_is_whole_and_in_parts() {
        check(
            "mail:taro.y+job@example.co.jp.",
            &[
                &["mail", "mail"],
                &[
                    "taro.y+job@example.co.jp",
                    "taro",
                    "y",
                    "job",
                    "example",
                    "co",
                    "jp",
                ],
            ],
        );
    }

    #[test]
    fn punctuation_at_the_end_is_no_part() {
        check("node.js.", &[&["node.js", "node", "js"]]);
        check("etc... and-", &[&["etc", "etc"], &["and", "and"]]);
    }
}
