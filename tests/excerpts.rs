//! Excerpts of documents show nothing that a reader of them does not see.

use std::ops::Range;
use std::path::Path;

use shokureki::document;
use shokureki::domain::{DocumentFormat, Excerpt, Shown};
use shokureki::resume;
use shokureki_index::lexicon::Lexicon;

/// Returns what lies between `shown` in `part` and has words; the number of a list item and the `x` of
/// a ticked box are none.
fn hidden_words<'a>(
    text: &'a str,
    shown: &[Range<usize>],
    part: &Range<usize>,
) -> impl Iterator<Item = &'a str> {
    let ends = shown.iter().map(|range| range.end);
    let starts = shown.iter().skip(1).map(|range| range.start);
    ends.zip(starts)
        .map(|(end, start)| end.max(part.start)..start.min(part.end))
        .filter(|between| between.start < between.end)
        .filter_map(|between| text.get(between))
        .filter(|between| between.chars().filter(|of| of.is_alphabetic()).count() > 1)
}

#[test]
fn around_technologies_only_what_is_seen_is_shown() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading");
    let mut places = 0;
    for entry in std::fs::read_dir(folder).expect("the fixtures") {
        let path = entry.expect("a file").path();
        let bytes = std::fs::read(&path).expect("a file");
        let name = path.file_name().and_then(|name| name.to_str());
        let Ok(document) = document::decode(&bytes, name) else {
            continue;
        };
        if document.format != DocumentFormat::Markdown {
            continue;
        }
        let text = &document.text;
        let shown = resume::shown(text, document.format);
        let (resume, _) = resume::read(text, document.format, Lexicon::builtin());
        for mention in &resume.mentions {
            let place = mention.span.start as usize..mention.span.end as usize;
            if !shown.iter().any(|range| range.contains(&place.start)) {
                continue;
            }
            let seen = Shown::new(document.format, || shown.clone());
            let excerpt = Excerpt::around(text, place, &seen);
            let hidden: Vec<&str> = hidden_words(text, &shown, &excerpt.range).collect();
            assert!(
                hidden.is_empty(),
                "{}: {hidden:?} in {:?}",
                path.display(),
                &text[excerpt.range]
            );
            places += 1;
        }
    }
    assert!(places > 10_000, "{places} places");
}
