//! The name that begins at a place of a request, where a person types names and words without gaps.

use super::boundary;
use super::certificate::Certificate;
use super::company::Company;
use super::finder::Finder;
use super::load::Ambiguity;
use super::technology::Technology;
use super::{Lexicon, legal_form};

/// Marks of a number with a unit behind it: `Rust2年`, `TOEIC800点` name no version.
const UNITS: [&str; 9] = [
    "年", "ヶ月", "か月", "カ月", "ヵ月", "ケ月", "ヶ年", "点", "月",
];

/// The longest name at a place of a normalized text.
#[derive(Clone, Copy, Debug)]
pub struct NameAt<'a> {
    /// The byte behind the name, the version that touches it included.
    pub end: usize,
    /// The technology of that name.
    pub technology: Option<&'a Technology>,
    /// The well-known company of that name.
    pub company: Option<&'a Company>,
    /// The certificate of that name.
    pub certificate: Option<&'a Certificate>,
}

impl Lexicon {
    /// The longest name that begins at byte `at` of `normal`, a normalized text
    /// ([`normalize`](crate::analysis::normalize())), and is no piece of a longer word.
    pub fn name_at(&self, normal: &str, at: usize) -> Option<NameAt<'_>> {
        let first = normal.get(at..)?.chars().next()?;
        if !boundary::may_begin(normal, at, first) {
            return None;
        }
        let listed = self.finder.name_at(normal, at).map(|(name_end, end)| {
            let name = &normal[at..name_end];
            NameAt {
                end,
                technology: self.technology_named(name),
                company: self.companies.find(&legal_form::bare_employer(name)),
                certificate: self.certificate_named(name),
            }
        });
        let certificate = self.certificates.longest_at(normal, at);
        match (listed, certificate) {
            (Some(name), Some((end, _))) if end <= name.end => Some(name),
            (_, Some((end, certificate))) => Some(NameAt {
                end,
                technology: None,
                company: None,
                certificate: Some(certificate),
            }),
            (listed, None) => listed.filter(|name| {
                name.technology.is_some() || name.company.is_some() || name.certificate.is_some()
            }),
        }
    }

    /// Whether a technology's name is an ordinary word, too (`~` and `~~` of the data), or a name only
    /// beside its whole (`@`: SES is not always Amazon's), as far as the name alone can tell.
    pub fn is_also_a_word(&self, name: &str) -> bool {
        let form = self.finder.form(&super::load::name_key(name));
        form.is_some_and(|form| {
            let mut senses = form.senses.iter();
            form.clear_sense().is_none()
                && senses.any(|sense| sense.ambiguity != Ambiguity::Clear || sense.needs_parent)
        })
    }

    fn technology_named(&self, name: &str) -> Option<&Technology> {
        let form = self.finder.form(name)?;
        let sense = match form.senses.as_slice() {
            [only] => only,
            senses => senses.iter().find(|sense| !sense.needs_parent)?,
        };
        Some(&self.technologies[sense.technology])
    }
}

impl Finder {
    /// The longest listed name at byte `at`: its end, without and with the version that touches it.
    fn name_at(&self, normal: &str, at: usize) -> Option<(usize, usize)> {
        let fits = self.names().at(normal, at).filter_map(|(name_end, _)| {
            let fit = boundary::fit(normal, at..name_end)?;
            let is_amount = UNITS.iter().any(|unit| normal[fit.end..].starts_with(unit));
            Some((name_end, if is_amount { name_end } else { fit.end }))
        });
        fits.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: what the name covers, its technology, its company.
    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let found = Lexicon::builtin().name_at(text, 0).map(|found| {
            (
                &text[..found.end],
                found.technology.map(|technology| technology.name.as_str()),
                found.company.map(|company| company.name.as_str()),
            )
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_name_is_found_without_the_amount_behind_it() {
        check("rust2年以上", Some(("rust", Some("Rust"), None)));
        check("python3の経験", Some(("python3", Some("Python"), None)));
        check("javascript", Some(("javascript", Some("JavaScript"), None)));
        check(
            "ruby on rails経験",
            Some(("ruby on rails", Some("Ruby on Rails"), None)),
        );
        check(
            "google出身",
            Some(("google", Some("Google"), Some("グーグル"))),
        );
        check("くぬぎ", None);
        assert!(Lexicon::builtin().name_at("javascript", 4).is_none());
    }

    #[test]
    fn a_certificate_is_found_with_its_spaces() {
        let found = Lexicon::builtin().name_at("aws saa 取得", 0);
        assert_eq!(found.map(|found| found.end), Some("aws saa".len()));
        assert!(found.is_some_and(|found| found.certificate.is_some()));
    }

    #[test]
    fn words_of_the_language_are_told() {
        let lexicon = Lexicon::builtin();
        assert!(lexicon.is_also_a_word("Go"));
        assert!(lexicon.is_also_a_word("LINE"));
        assert!(lexicon.is_also_a_word("SES"));
        assert!(!lexicon.is_also_a_word("Kubernetes"));
        assert!(!lexicon.is_also_a_word("くぬぎ"));
    }
}
