//! A small page is the beginning (or the end) of a large one, though of most candidates no more is
//! looked at than that they cannot be on it.

use proptest::prelude::*;
use shokureki_index::{Condition, Grade, Order, Query};

use crate::support::*;

/// More than are kept before the page is cut for the first time.
const CANDIDATES: std::ops::Range<usize> = 150..300;

const TEXTS: &[&str] = &[
    "配車の仕組み",
    "給与の計算",
    "配車と給与の計算",
    "配車 配車 配車",
    "erlang で配車",
    "基本情報技術者試験に合格",
    "技術者の試験",
    "蔵書検索",
];

const ROLES: &[&str] = &["配車リーダー", "開発", "給与担当"];

const EMPLOYERS: &[&str] = &["配車電工", "日東電工", "給与ラボ"];

/// Numbers that choose what stands in a résumé.
type Choice = (Vec<usize>, Vec<(usize, usize, usize)>, usize);

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let job = (0..EMPLOYERS.len(), 0..ROLES.len() + 2, 0..TEXTS.len());
    let prose = prop::collection::vec(0..TEXTS.len(), 0..4);
    let choice = (prose, prop::collection::vec(job, 0..4), 0..6usize);
    prop::collection::vec(choice, CANDIDATES)
}

fn resume(number: usize, (prose, jobs, graded): &Choice) -> Resume {
    let mut resume = Resume::new(&format!("c{number:03}")).updated(number as i64 % 7);
    if graded % 3 == 0 {
        resume = resume.name(&["配車 太郎"], None);
    }
    for &text in prose {
        resume = resume.prose(TEXTS[text]);
    }
    // What stands here is denied to be known.
    match graded {
        0 => resume = resume.skill("配車", Grade::Negated),
        1 => resume = resume.skill("erlang", Grade::Learning),
        2 => resume = resume.skill("erlang", Grade::Declared),
        _ => {}
    }
    for &(employer, role, text) in jobs {
        let last = format!("20{:02}-03", 12 + (number + text) % 12);
        let roles = ROLES.get(role).map(std::slice::from_ref);
        resume = resume.job(&Job {
            employer: Some(EMPLOYERS[employer]),
            months: Some(months("2011-04", &last)),
            roles: roles.unwrap_or_default(),
            lines: &[TEXTS[text]],
            worked: if text % 2 == 0 { &["erlang"] } else { &[] },
            ..Job::default()
        });
    }
    resume
}

fn conditions() -> Vec<Condition> {
    let outside_certificates = |text: &str| match words(text) {
        Condition::Words(mut words) => {
            words.outside_certificates = true;
            Condition::Words(words)
        }
        other => other,
    };
    vec![
        words("配車"),
        words("配車電工"),
        quoted("配車と給与"),
        technology_word("erlang", "erlang", true),
        outside_certificates("技術者"),
        Condition::All(vec![words("配車"), words("給与")]),
        Condition::All(vec![words("配車"), weak("計算"), not(words("試験"))]),
        Condition::All(vec![words("配車"), stint(used("erlang"))]),
        Condition::Any(vec![
            words("蔵書"),
            technology_word("erlang", "erlang", true),
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_small_page_is_the_beginning_of_a_large_one(choices in choices(), limit in 1..9u32) {
        let resumes = choices.iter().enumerate();
        let resumes = resumes.map(|(number, choice)| resume(number, choice));
        let bench = index_in_segments(resumes, 90);
        for condition in conditions() {
            for order in [Order::Relevance, Order::MonthsDescending, Order::NameAscending] {
                let mut asked = Query { order, ..query(Some(condition.clone())) };
                asked.page.limit = 1_000;
                let all = bench.search(&asked).hits;
                asked.page.limit = limit;
                let first = bench.search(&asked);
                prop_assert_eq!(first.total, Some(all.len() as u64));
                prop_assert_eq!(&first.hits[..], &all[..all.len().min(limit as usize)]);
                prop_assert_eq!(first.has_next, all.len() > limit as usize);
                asked.page.backward = true;
                let last = bench.search(&asked);
                prop_assert_eq!(&last.hits[..], &all[all.len().saturating_sub(limit as usize)..]);
                prop_assert_eq!(last.has_previous, all.len() > limit as usize);
                let Some(middle) = all.get(all.len() / 2) else {
                    continue;
                };
                asked.page.backward = false;
                asked.page.after = Some(middle.cursor.clone());
                let after = bench.search(&asked);
                let rest = &all[all.len() / 2 + 1..];
                prop_assert_eq!(&after.hits[..], &rest[..rest.len().min(limit as usize)]);
                prop_assert_eq!(after.has_next, rest.len() > limit as usize);
                prop_assert!(after.has_previous);
            }
        }
    }
}
