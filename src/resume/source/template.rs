//! Shortcodes of site generators that title a part of a career: `{{< timelineItem header="…" subheader="…" >}}`.

use super::super::period::{FoundPeriod, find_periods};
use super::super::text::Text;

/// Values of one shortcode that are looked at.
const MAX_VALUES: usize = 12;

/// Bytes of a value that titles something.
const MAX_VALUE_BYTES: usize = 200;

/// Returns what the values of a shortcode say, parted by `|`, where they title something with a stretch of time;
/// `shortcode` stands at byte `at` of the document.
pub(super) fn title_of(shortcode: &str, at: usize) -> Option<Text> {
    let inside = ["{{<", "{{%"]
        .iter()
        .find_map(|open| shortcode.strip_prefix(open))?;
    if inside.trim_start().starts_with('/') {
        return None;
    }
    let values: Vec<&str> = values_of(inside).filter(|value| is_title(value)).collect();
    let is_dated = values
        .iter()
        .any(|value| find_periods(value).iter().any(FoundPeriod::is_stretch));
    if values.len() < 2 || !is_dated {
        return None;
    }
    let mut shown = Text::default();
    for value in values {
        let start = at + value.as_ptr() as usize - shortcode.as_ptr() as usize;
        if !shown.as_str().is_empty() {
            shown.push_decoded(" | ", start..start);
        }
        shown.push(value, start);
    }
    Some(shown)
}

/// Returns the quoted values of a shortcode, those of addresses and pictures left out.
fn values_of(inside: &str) -> impl Iterator<Item = &str> {
    let mut parts = inside.split('"');
    let pairs = std::iter::from_fn(move || Some((parts.next()?, parts.next()?)));
    pairs
        .take(MAX_VALUES)
        .filter(|(key, _)| {
            // The name of the shortcode stands before the first key.
            let key = key.trim().trim_end_matches(['=', ' ']);
            let key = key.rsplit(char::is_whitespace).next().unwrap_or(key);
            let key = key.to_lowercase();
            ![
                "icon", "src", "href", "url", "link", "image", "img", "logo", "class", "id",
                "style", "repo", "color", "alt",
            ]
            .contains(&key.as_str())
        })
        .map(|(_, value)| value.trim())
}

/// Returns whether a value says something to people.
fn is_title(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= MAX_VALUE_BYTES
        && value.contains(char::is_alphanumeric)
        && !value.contains("://")
        && !["true", "false"].contains(&value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shortcode: &str, expected: Option<&str>) {
        let shown = title_of(shortcode, 0);
        assert_eq!(shown.as_ref().map(Text::as_str), expected, "{shortcode}");
    }

    #[test]
    fn values_with_a_time_are_a_title() {
        check(
            "{{< timelineItem icon=\"code\" header=\"SRE\" badge=\"株式会社アオバ\" subheader=\"2020年4月 ~ 現在\" >}}",
            Some("SRE | 株式会社アオバ | 2020年4月 ~ 現在"),
        );
        check("{{< github repo=\"a/b\" showThumbnail=false >}}", None);
        check("{{< lead >}}", None);
        check("{{< /timelineItem >}}", None);
        check(
            "{{< figure src=\"a.png\" title=\"a\" caption=\"b\" >}}",
            None,
        );
    }
}
