//! Names that look like a product's and are of another thing: an event, a document, a team, a role, a company.

/// Last words of the names of events: "Developers Summit 2017", "Erlang & Elixir Fest".
const EVENTS: [&str; 27] = [
    "summit",
    "conf",
    "conference",
    "fest",
    "festival",
    "kaigi",
    "meetup",
    "day",
    "days",
    "expo",
    "award",
    "awards",
    "contest",
    "hackathon",
    "night",
    "camp",
    "forum",
    "symposium",
    "workshop",
    "cup",
    "jam",
    "week",
    "tour",
    "world",
    "seminar",
    "bootcamp",
    "session",
];

/// Last words of the names of documents.
const DOCUMENTS: [&str; 18] = [
    "doc",
    "docs",
    "document",
    "documents",
    "readme",
    "report",
    "guide",
    "guideline",
    "guidelines",
    "manual",
    "runbook",
    "postmortem",
    "issue",
    "issues",
    "request",
    "requests",
    "portfolio",
    "license",
];

/// Last words of the names of teams and parts of companies.
const GROUPS: [&str; 16] = [
    "team",
    "division",
    "group",
    "department",
    "dept",
    "unit",
    "section",
    "committee",
    "community",
    "lab",
    "labs",
    "office",
    "center",
    "centre",
    "squad",
    "tribe",
];

/// Last words of the names of roles.
const ROLES: [&str; 22] = [
    "engineer",
    "engineers",
    "developer",
    "developers",
    "manager",
    "lead",
    "leader",
    "architect",
    "director",
    "designer",
    "consultant",
    "owner",
    "master",
    "programmer",
    "analyst",
    "scientist",
    "evangelist",
    "advocate",
    "member",
    "mentor",
    "intern",
    "officer",
];

/// Last words of the names of companies.
const COMPANIES: [&str; 15] = [
    "inc",
    "inc.",
    "ltd",
    "ltd.",
    "llc",
    "corp",
    "corp.",
    "corporation",
    "co.",
    "co",
    "k.k.",
    "kk",
    "gmbh",
    "company",
    "holdings",
];

/// What is written in Latin letters in every office and is no product.
const WORDS: &[&str] = &[
    "ccoe",
    "csirt",
    "psirt",
    "coe",
    "cto",
    "ceo",
    "cio",
    "ciso",
    "cpo",
    "coo",
    "vpoe",
    "vpop",
    "po",
    "sm",
    "adr",
    "rfc",
    "rfp",
    "rfi",
    "prd",
    "nda",
    "sow",
    "wbs",
    "faq",
    "mtg",
    "lt",
    "ojt",
    "pr",
    "mr",
    "hr",
    "isucon",
    "cedec",
    "siggraph",
    "pycon",
    "iosdc",
    "devsumi",
    "techcrunch",
    "gdg",
    "jaws-ug",
    "jaws",
    "neurips",
    "icml",
    "cvpr",
    "sigir",
    "kdd",
    "seccamp",
    "openspace",
    "wwdc",
    "reinvent",
    "re:invent",
    "connection pool",
    "thread pool",
    "load balancer",
    "design doc",
    "design docs",
    "code review",
    "unit test",
    "integration test",
    "pull request",
    "pull requests",
    "provider",
    "indie",
    "visitors",
    "toc",
    "masking",
    "backlog grooming",
    "retrospective",
    "daily scrum",
    "pair programming",
    "mob programming",
    "user story",
    "zoom in",
    "not used",
    "no experience",
    "never used",
    "unfamiliar",
    "interests",
    "interested",
    "wishlist",
    "to learn",
    "planned",
    "hello world",
    "proof of concept",
    "before",
    "after",
];

/// Returns whether a name is of another thing than a product.
pub(super) fn is_other_thing(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) || is_event_in_one_word(name) {
        return true;
    }
    let words: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| !is_year(word))
        .collect();
    let Some(last) = words.last() else {
        return true;
    };
    // One word alone may be a product's: Lead, Jam, Lab.
    if words.len() < 2 {
        return [
            "engineer",
            "developer",
            "portfolio",
            "license",
            "conference",
            "meetup",
            "hackathon",
            "team",
            "readme",
            "years",
            "year",
            "months",
        ]
        .contains(last);
    }
    EVENTS.contains(last)
        || DOCUMENTS.contains(last)
        || GROUPS.contains(last)
        || ROLES.contains(last)
        || COMPANIES.contains(last)
        || matches!(*last, "years" | "year" | "months")
}

/// Returns whether a word is a year, or an event's edition: 2017, '24, 3rd.
fn is_year(word: &str) -> bool {
    let digits = word.trim_start_matches(['\'', '#']);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether one word ends as names of events do: RubyKaigi, KubeCon, DevFest, RustConf.
fn is_event_in_one_word(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or(name);
    let first = first.trim_end_matches(|last: char| last.is_ascii_digit());
    [
        "Kaigi", "Con", "Conf", "Fest", "Camp", "Summit", "Meetup", "Days",
    ]
    .iter()
    .filter_map(|word| first.strip_suffix(word))
    .any(|stem| stem.len() >= 2 && stem.ends_with(|last: char| last.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_documents_teams_roles_and_companies_are_no_products() {
        for name in [
            "Developers Summit",
            "Developers Summit 2017",
            "RubyKaigi",
            "PyCon JP",
            "KubeCon",
            "DevFest",
            "Design Docs",
            "CCoE",
            "Platform Team",
            "Frontend Engineer",
            "Scrum Master",
            "Example Inc.",
            "Hoge Ltd",
            "Connection pool",
            "Web backend 8 years",
            "AWS Summit Tokyo Day 2",
            "Tech Lead",
        ] {
            assert!(is_other_thing(name), "{name}");
        }
        for name in [
            "Frugalos",
            "Beacon",
            "Substance Painter",
            "Lead",
            "Maplibre Native",
            "Icon",
            "PlatformIO",
            "GORM",
        ] {
            assert!(!is_other_thing(name), "{name}");
        }
    }
}
