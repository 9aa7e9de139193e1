//! Filters made up at random.

use proptest::prelude::*;
use shokureki::domain::{Grade, Moment, YearMonth};
use shokureki::search::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure, Window};

use super::career::{CERTIFICATES, PEOPLE, PLACES, ROLES};
use super::evaluator::{ASKED_EMPLOYERS, ASKED_TECHNOLOGIES};

/// Texts that are asked for: parts of lines, whole lines, and some that stand nowhere.
const TEXTS: [&str; 6] = [
    "検索基盤",
    "課金処理の改善",
    "帳票",
    "自動化",
    "改善の処理",
    "帳簿",
];

fn any_moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        2 => (2010u16..2026, 1u8..=12)
            .prop_map(|(year, month)| Moment::Month(YearMonth::new(year, month).expect("a month"))),
        1 => (2010u16..2026).prop_map(|year| Moment::year_only(year).expect("a year")),
    ]
}

fn any_period() -> impl Strategy<Value = PeriodFilter> {
    let window = prop_oneof![
        2 => (any_moment(), any_moment()).prop_map(|(a, b)| {
            let (from, to) = if a.earliest() > b.latest() { (b, a) } else { (a, b) };
            Window::Between { from: Some(from), to: Some(to) }
        }),
        1 => any_moment().prop_map(|from| Window::Between { from: Some(from), to: None }),
        1 => any_moment().prop_map(|to| Window::Between { from: None, to: Some(to) }),
        2 => (1u32..120).prop_map(|months| Window::Last { months }),
    ];
    (window, any::<bool>()).prop_map(|(window, within)| PeriodFilter { window, within })
}

fn any_technology() -> impl Strategy<Value = TechnologyFilter> {
    let names: Vec<&str> = ASKED_TECHNOLOGIES.iter().map(|(name, ..)| *name).collect();
    let grade = prop_oneof![
        3 => Just(Grade::Declared),
        2 => Just(Grade::Worked),
        1 => prop::sample::select(vec![
            Grade::Negated, Grade::Learning, Grade::Certified, Grade::Personal,
        ]),
    ];
    (
        prop::collection::vec(prop::sample::select(names), 1..3),
        prop::option::weighted(0.4, 0u32..60),
        prop::option::weighted(0.2, any_moment()),
        grade,
        prop::bool::weighted(0.8),
    )
        .prop_map(
            |(names, min_months, last_used_since, min_grade, include_parts)| TechnologyFilter {
                any_of: names.into_iter().map(str::to_owned).collect(),
                min_months,
                last_used_since,
                min_grade,
                include_parts,
            },
        )
}

fn any_stint() -> impl Strategy<Value = Filter> {
    let employers: Vec<&str> = ASKED_EMPLOYERS.iter().map(|(name, _)| *name).collect();
    let tenure = prop_oneof![
        2 => Just(Tenure::Any),
        1 => Just(Tenure::Current),
        1 => Just(Tenure::Past),
    ];
    (
        prop::option::weighted(0.7, any_technology()),
        prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(any_technology(), 1..3)],
        prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(any_technology(), 1..2)],
        prop::option::weighted(0.4, (prop::sample::select(employers), tenure)),
        prop::option::weighted(0.4, any_period()),
        prop::option::weighted(0.2, prop::sample::select(&ROLES[..])),
        prop_oneof![3 => Just(Vec::new()), 1 => prop::sample::subsequence(&TEXTS[..], 1..3)],
    )
        .prop_map(
            |(technology, also, without, employer, period, role, text)| Filter {
                also: if technology.is_some() {
                    also
                } else {
                    Vec::new()
                },
                technology,
                without,
                employer: employer.map(|(name, tenure)| EmployerFilter {
                    name: name.to_owned(),
                    tenure,
                }),
                period,
                role: role.map(str::to_owned),
                text: text.into_iter().map(str::to_owned).collect(),
                ..Filter::default()
            },
        )
}

fn any_of_candidate() -> impl Strategy<Value = Filter> {
    let place = prop::sample::select(vec!["東京", "京都", PLACES[1], "札幌"]);
    let certificate = prop::sample::select(vec![CERTIFICATES[0], CERTIFICATES[1], "情報", "TOEIC"]);
    let name = prop::sample::select(vec![PEOPLE[0], "湊", "榊", "るい"]);
    prop_oneof![
        place.prop_map(|place| Filter {
            location: Some(place.to_owned()),
            ..Filter::default()
        }),
        (certificate, prop::option::of(500u32..900)).prop_map(|(name, score)| Filter {
            certification: Some(name.to_owned()),
            min_score: score.filter(|_| name == "TOEIC"),
            ..Filter::default()
        }),
        prop::sample::select(vec!["高専", "苫小牧海洋大学", "海洋専門学校"]).prop_map(|school| {
            Filter {
                education: Some(school.to_owned()),
                ..Filter::default()
            }
        }),
        name.prop_map(|name| Filter {
            name: Some(name.to_owned()),
            ..Filter::default()
        }),
    ]
}

/// Filters of every part, nested a few levels deep; one in a hundred asks for nothing.
pub(crate) fn any_filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        60 => any_stint(),
        25 => any_of_candidate(),
        14 => (any_stint(), any_of_candidate()).prop_map(|(stint, candidate)| Filter {
            location: candidate.location,
            certification: candidate.certification,
            min_score: candidate.min_score,
            education: candidate.education,
            name: candidate.name,
            ..stint
        }),
        1 => Just(Filter::default()),
    ];
    leaf.prop_recursive(3, 6, 3, |inner| {
        let some = prop::collection::vec(inner.clone(), 1..4);
        (
            inner.clone(),
            prop::collection::vec(inner.clone(), 0..3),
            prop::option::weighted(0.4, some),
            prop::option::weighted(0.4, inner),
        )
            .prop_map(|(own, all, any, not)| {
                // Parts of its own beside what is nested, but not twice.
                let own = if own.all.is_empty() && own.any.is_none() && own.not.is_none() {
                    own
                } else {
                    Filter::default()
                };
                Filter {
                    all,
                    any,
                    not: not.map(Box::new),
                    ..own
                }
            })
    })
}
