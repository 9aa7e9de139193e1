//! The names that the addresses of badges and icons carry.

/// Names that one address may list.
const MAX_NAMES: usize = 60;

/// Returns what a badge or icon at `url` names; several names are parted by 、.
pub(super) fn badge_name(url: &str) -> Option<String> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    if path.contains("skillicons.dev") {
        let list = query.split('&').find_map(|part| part.strip_prefix("i="))?;
        let names: Vec<String> = list.split(',').take(MAX_NAMES).map(decoded).collect();
        return Some(names.join("、")).filter(|names| !names.is_empty());
    }
    if let Some(at) = path.find("/badge/") {
        return shield(&path[at + "/badge/".len()..]);
    }
    let icon = [
        "simpleicons.org/",
        "/devicon/icons/",
        "/devicon/master/icons/",
    ]
    .iter()
    .find_map(|place| path.split_once(place))
    .map(|(_, rest)| rest.trim_start_matches("icons/"))?;
    let name = icon.split('/').next().map(without_extension)?;
    Some(decoded(name)).filter(|name| !name.is_empty())
}

/// Reads `-Three.js-000`, `React-18-blue`, `GitHub_Actions-2088FF.svg`: dashes part the name, what
/// is said of it and the color; a double dash or underscore is one of the name.
fn shield(path: &str) -> Option<String> {
    let path = without_extension(path.split('/').next()?).trim_start_matches('-');
    let path = path.replace("--", "\u{0}").replace("__", "\u{1}");
    let parts: Vec<&str> = path.split('-').filter(|part| !part.is_empty()).collect();
    let shown = match parts.as_slice() {
        [name, said, _] => format!("{name} {said}"),
        [name, ..] => (*name).to_owned(),
        [] => return None,
    };
    let shown = shown.replace('_', " ").replace('\u{0}', "-");
    Some(decoded(&shown.replace('\u{1}', "_"))).filter(|name| !name.trim().is_empty())
}

fn without_extension(path: &str) -> &str {
    [".svg", ".png", ".gif", ".jpg"]
        .iter()
        .find_map(|extension| path.strip_suffix(extension))
        .unwrap_or(path)
}

/// Decodes `%2B`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| behind.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) if byte >= b' ' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(badge_name(url).as_deref(), expected, "{url}");
    }

    #[test]
    fn addresses_name_what_they_show() {
        check(
            "https://img.shields.io/badge/-Rust-000000?logo=rust",
            Some("Rust"),
        );
        check(
            "https://img.shields.io/badge/-Three.js-000",
            Some("Three.js"),
        );
        check(
            "https://img.shields.io/badge/C%2B%2B-00599C.svg",
            Some("C++"),
        );
        check(
            "https://img.shields.io/badge/scikit--learn-blue",
            Some("scikit-learn"),
        );
        check(
            "https://img.shields.io/badge/React-18-blue",
            Some("React 18"),
        );
        check(
            "https://img.shields.io/badge/Google_Cloud-red",
            Some("Google Cloud"),
        );
        check(
            "https://skillicons.dev/icons?i=js,vue&perline=3",
            Some("js、vue"),
        );
        check("https://cdn.simpleicons.org/astro/000", Some("astro"));
        check(
            "https://cdn.jsdelivr.net/gh/devicons/devicon/icons/react/react-original.svg",
            Some("react"),
        );
        check("https://example.com/avatar.png", None);
        check("https://img.shields.io/badge/%", Some("%"));
        check("https://img.shields.io/badge/-", None);
    }
}
