//! The names that addresses of badges and icons carry: `badge/-Rust-000`, `icons?i=js,html`.

use std::ops::Range;

/// Names longer than this are none.
const MAX_NAME_CHARS: usize = 40;

/// Alternative texts that say only that there is a picture.
const GENERIC_ALTS: [&str; 16] = [
    "",
    "badge",
    "static badge",
    "skill",
    "skills",
    "icon",
    "icons",
    "my skills",
    "logo",
    "image",
    "img",
    "shield",
    "shields",
    "tech",
    "techstack",
    "tech stack",
];

/// Returns whether an alternative text names nothing.
pub(super) fn is_generic_alt(alt: &str) -> bool {
    GENERIC_ALTS.contains(&alt.trim().to_ascii_lowercase().as_str())
}

/// Returns the names in the address of a badge or icon, parted by 、, and the bytes they stand at.
pub(super) fn badge_names(url: &str) -> Option<(String, Range<usize>)> {
    static_badge(url)
        .or_else(|| parameter(url, "message=").filter(|_| url.contains("/static/v1")))
        .or_else(|| icon_list(url))
        .or_else(|| icon_path(url))
        .filter(|(name, _)| !name.is_empty())
}

/// Reads `badge/-Rust-000000.svg?logo=rust` and `badge/Language-Go-blue`.
fn static_badge(url: &str) -> Option<(String, Range<usize>)> {
    const LABELS: [&str; 14] = [
        "skill",
        "skills",
        "language",
        "languages",
        "lang",
        "framework",
        "tool",
        "tools",
        "os",
        "db",
        "cloud",
        "言語",
        "技術",
        "スキル",
    ];
    let at = url.find("/badge/")? + "/badge/".len();
    let content = url[at..].split(['?', '/', '#', ' ']).next()?;
    let content = [".svg", ".png"]
        .iter()
        .find_map(|end| content.strip_suffix(end))
        .unwrap_or(content);
    let parts = parts_of(content);
    let names: Vec<&(String, Range<usize>)> =
        parts.iter().filter(|(name, _)| !name.is_empty()).collect();
    let first = names.first()?;
    let is_label = names.len() >= 3 && LABELS.contains(&first.0.to_lowercase().as_str());
    let (name, range) = if is_label { names.get(1)? } else { first };
    (name.chars().count() <= MAX_NAME_CHARS)
        .then(|| (name.clone(), range.start + at..range.end + at))
}

/// Splits the content of a badge at single `-`; `--` is one in a name, `_` a blank.
fn parts_of(content: &str) -> Vec<(String, Range<usize>)> {
    let bytes = content.as_bytes();
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at <= bytes.len() {
        let is_end = at == bytes.len();
        let is_double = !is_end && bytes[at] == b'-' && bytes.get(at + 1) == Some(&b'-');
        if is_double && at > start {
            at += 2;
            continue;
        }
        if is_end || bytes[at] == b'-' {
            let raw = content[start..at].replace("--", "-").replace('_', " ");
            parts.push((decoded(&raw).trim().to_owned(), start..at));
            start = at + 1;
        }
        at += 1;
    }
    parts
}

/// Reads a parameter of an address.
fn parameter(url: &str, key: &str) -> Option<(String, Range<usize>)> {
    let query = url.find('?')?;
    let at = query + url[query..].find(key)? + key.len();
    let value = url[at..].split(['&', '#', ' ']).next()?;
    Some((decoded(value).replace('+', " "), at..at + value.len()))
}

/// Reads `skillicons.dev/icons?i=js,html,css`.
fn icon_list(url: &str) -> Option<(String, Range<usize>)> {
    if !url.contains("skillicons") && !url.contains("skill-icons") {
        return None;
    }
    let (names, range) = parameter(url, "?i=").or_else(|| parameter(url, "&i="))?;
    let names: Vec<String> = names
        .split(',')
        .map(|slug| name_of_slug(slug.trim()))
        .collect();
    Some((names.join("、"), range))
}

/// Reads `…/devicon/icons/react/react-original.svg`, `cdn.simpleicons.org/react/61DAFB`.
fn icon_path(url: &str) -> Option<(String, Range<usize>)> {
    let key = [
        "cdn.simpleicons.org/",
        "/devicon/icons/",
        "/devicon/master/icons/",
        "/devicon@latest/icons/",
        "/simple-icons/icons/",
        "vectorlogo.zone/logos/",
    ]
    .iter()
    .find(|key| url.contains(**key))?;
    let at = url.find(key)? + key.len();
    let slug = url[at..].split(['/', '?', '.', '#']).next()?;
    (!slug.is_empty()).then(|| (name_of_slug(slug), at..at + slug.len()))
}

/// Returns the usual name of an icon where the icon's differs much.
fn name_of_slug(slug: &str) -> String {
    let name = match slug.to_ascii_lowercase().as_str() {
        "cpp" | "cplusplus" => "C++",
        "cs" | "csharp" => "C#",
        "dotnet" | "dot-net" | "dotnetcore" => ".NET",
        "nodejs" | "nodedotjs" => "Node.js",
        "vue" | "vuejs" | "vuedotjs" => "Vue.js",
        "nextjs" | "nextdotjs" => "Next.js",
        "nuxtjs" | "nuxtdotjs" => "Nuxt.js",
        "threejs" | "threedotjs" => "Three.js",
        "amazonwebservices" | "amazonaws" => "AWS",
        "googlecloud" | "gcp" => "Google Cloud",
        "postgres" => "PostgreSQL",
        "mongo" => "MongoDB",
        "js" => "JavaScript",
        "ts" => "TypeScript",
        "py" => "Python",
        "html5" => "HTML",
        "css3" => "CSS",
        "rails" => "Ruby on Rails",
        "golang" => "Go",
        _ => return slug.to_owned(),
    };
    name.to_owned()
}

/// Decodes `%20` and the like; what is no text stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = code {
            plain.push(byte);
            at += 3;
        } else {
            plain.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        let found = badge_names(url);
        assert_eq!(
            found.as_ref().map(|(name, _)| name.as_str()),
            expected,
            "{url}"
        );
        if let Some((_, range)) = found {
            assert!(url.get(range).is_some(), "{url}");
        }
    }

    #[test]
    fn badges_and_icons_carry_names() {
        let shields = "https://img.shields.io/badge";
        check(&format!("{shields}/-Rust-000.svg?logo=rust"), Some("Rust"));
        check(
            &format!("{shields}/Node.js-339933?style=flat"),
            Some("Node.js"),
        );
        check(&format!("{shields}/c++-%2300599C.svg"), Some("c++"));
        check(
            &format!("{shields}/Google%20Cloud-4285F4"),
            Some("Google Cloud"),
        );
        check(&format!("{shields}/Language-C%23-blue"), Some("C#"));
        check(
            &format!("{shields}/scikit--learn-orange"),
            Some("scikit-learn"),
        );
        check(
            "https://skillicons.dev/icons?i=js,html,rails",
            Some("JavaScript、html、Ruby on Rails"),
        );
        check(
            "https://cdn.jsdelivr.net/gh/devicons/devicon/icons/react/react-original.svg",
            Some("react"),
        );
        check(
            "https://cdn.simpleicons.org/nodedotjs/white",
            Some("Node.js"),
        );
        check("https://example.com/photo.png", None);
        check("https://img.shields.io/badge/%E3%81-x", Some("%E3%81"));
    }
}
