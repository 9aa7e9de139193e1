//! What names of parts name beside these: the cloud of a service, the label of a list.

use shokureki_index::lexicon::{Found, MatchKind};

use super::MentionReader;

impl MentionReader<'_> {
    /// Returns the technology that the label before byte `value` is: 「AWS：EC2、S3」.
    pub(super) fn label_name(&self, text: &str, value: usize) -> Option<Found> {
        let label = text[..value]
            .trim_end()
            .trim_end_matches([':', '：'])
            .trim_end();
        let start = label.len() - label.trim_start().len();
        let found = self.lexicon.resolve(label.trim_start())?;
        (found.via == MatchKind::Exact && label.is_ascii()).then(|| Found {
            technology: found.technology.key.clone(),
            span: start..label.len(),
            via: MatchKind::Exact,
            in_certificate: false,
        })
    }

    /// Returns the clouds that the full names of their services name: AWS in 「AWS Lambda」.
    pub(super) fn vendors(&self, text: &str, found: &[Found]) -> Vec<Found> {
        const CLOUDS: [(&str, &str); 4] = [
            ("aws ", "aws"),
            ("azure ", "azure"),
            ("google cloud ", "google cloud"),
            ("gcp ", "google cloud"),
        ];
        found
            .iter()
            .filter_map(|hit| {
                let written = &text.as_bytes()[hit.span.clone()];
                let (prefix, cloud) = CLOUDS.iter().find(|(prefix, _)| {
                    let front = written.get(..prefix.len());
                    front.is_some_and(|front| front.eq_ignore_ascii_case(prefix.as_bytes()))
                })?;
                let technology = self.lexicon.technology(&hit.technology)?;
                let is_part = technology.part_of.as_deref().is_some_and(|whole| {
                    self.lexicon
                        .resolve(whole)
                        .is_some_and(|found| found.technology.key == *cloud)
                });
                is_part.then(|| Found {
                    technology: (*cloud).to_owned(),
                    span: hit.span.start..hit.span.start + prefix.len() - 1,
                    via: MatchKind::Exact,
                    in_certificate: hit.in_certificate,
                })
            })
            .collect()
    }
}
