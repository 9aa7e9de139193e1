//! Searches agree with a slow, obvious evaluator on careers and filters made up at random.

use std::collections::BTreeSet;

use crate::support::{Job, Resume, employer_key, index_of, query, upserts};
use proptest::prelude::*;
use shokureki_index::months::{MonthRange, union_months};
use shokureki_index::{
    Change, Condition, Document, EmployerCondition, Grade, PeriodCondition, StintCondition,
    StintEntry, TechnologyCondition, Tenure, Window, WordsCondition,
};

const TECHNOLOGIES: [&str; 4] = ["x-alpha", "x-beta", "x-gamma", "x-delta"];
const EMPLOYERS: [&str; 4] = ["青空商事", "青空", "Kite", "株式会社みなと"];
const ROLES: [&str; 2] = ["課長", "設計"];
const LINES: [&str; 4] = [
    "検索基盤を構築した",
    "課金処理の改善",
    "帳票を出力する",
    "API",
];
/// What is looked for in the lines: a part of one, a whole one, two that never are a phrase.
const TEXTS: [&str; 5] = ["検索基盤", "課金処理の改善", "帳票", "ＡＰＩ", "処理 基盤"];
const GRADES: [Grade; 6] = [
    Grade::Negated,
    Grade::Learning,
    Grade::Certified,
    Grade::Personal,
    Grade::Declared,
    Grade::Worked,
];

/// Whether the document meets the condition, by the words of the contract; where a stint is given,
/// whether that stint does.
fn meets(document: &Document, condition: &Condition, only: Option<usize>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| meets(document, part, only)),
        Condition::Any(parts) => parts.iter().any(|part| meets(document, part, only)),
        Condition::Not(part) => {
            let mut projects = (0..document.stints.len())
                .filter(|&index| only.is_some() && document.stints[index].part_of == only);
            !meets(document, part, only)
                && !projects.any(|project| meets(document, part, Some(project)))
        }
        Condition::Stint(condition) => stint_months(document, condition, only).is_some(),
        Condition::Words(words) => {
            let is_named = document.mentions.iter().any(|mention| {
                words.technology.as_ref() == Some(&mention.technology)
                    && mention.grade >= Grade::Declared
                    && (only.is_none() || mention.stint == only)
            });
            let has_words = match only {
                None => has_text(&document.text, &words.text),
                Some(stint) => has_own_text(document, &document.stints[stint], &words.text),
            };
            is_named || (words.literal && has_words)
        }
        _ => unreachable!("no other leaves are made up"),
    }
}

fn has_own_text(document: &Document, stint: &StintEntry, asked: &str) -> bool {
    let mut own = stint.text.iter();
    own.any(|range| has_text(&document.text[range.clone()], asked))
}

fn has_text(text: &str, asked: &str) -> bool {
    let asked = if asked == "ＡＰＩ" { "API" } else { asked };
    text.contains(asked)
}

/// The months of the technology when the condition is met; 0 without a technology.
fn stint_months(
    document: &Document,
    condition: &StintCondition,
    only: Option<usize>,
) -> Option<u32> {
    let stints: BTreeSet<usize> = (0..document.stints.len())
        .filter(|&index| only.is_none_or(|only| only == index))
        .filter(|&index| meets_others(document, &document.stints[index], condition))
        .filter(|&index| {
            let named = |part| names(document, index, part);
            let first = condition.technology.iter();
            let mut asked = first.chain(&condition.also);
            let mut projects = (0..document.stints.len())
                .filter(|&project| document.stints[project].part_of == Some(index));
            (condition.also.is_empty() || asked.all(named))
                && !condition.without.iter().any(named)
                && !projects.any(|project| {
                    condition
                        .without
                        .iter()
                        .any(|part| names(document, project, part))
                })
        })
        .collect();
    let Some(part) = &condition.technology else {
        return (!stints.is_empty()).then_some(0);
    };
    let names_others = !condition.also.is_empty() || !condition.without.is_empty();
    let is_alone = only.is_none()
        && condition.employer.is_none()
        && condition.period.is_none()
        && condition.role.is_none()
        && condition.text.is_empty()
        && !names_others;
    let window = |months: MonthRange| {
        condition.period.map_or(months, |period| {
            months.clip(period.window.at(document.as_of))
        })
    };
    let lengths = [part].into_iter().chain(&condition.also).map(|part| {
        let asked = || {
            document
                .mentions
                .iter()
                .filter(|mention| part.any_of.contains(&mention.technology))
        };
        let is_named = asked().any(|mention| {
            let in_scope = mention
                .stint
                .map_or(is_alone, |stint| stints.contains(&stint));
            in_scope && mention.grade >= part.min_grade
        });
        let worked: Vec<MonthRange> = asked()
            .filter(|mention| mention.grade == Grade::Worked)
            .filter_map(|mention| mention.stint)
            .filter(|stint| stints.contains(stint))
            .filter_map(|stint| document.stints[stint].months)
            .map(window)
            .collect();
        let dated = union_months(worked.iter().copied());
        let stated = document
            .stated_months
            .iter()
            .filter(|(key, _)| part.any_of.contains(key));
        let stated = stated.map(|(_, months)| *months).max().unwrap_or(0);
        let counts_stated = only.is_none()
            && condition.period.is_none()
            && condition.employer.is_none()
            && !names_others;
        let months = if counts_stated {
            dated.max(stated)
        } else {
            dated
        };
        let last_used = worked
            .iter()
            .filter(|months| !months.is_empty())
            .map(|months| months.last)
            .max();
        let is_long = part.min_months.is_none_or(|least| months >= least);
        let is_recent = part
            .last_used_since
            .is_none_or(|since| last_used.is_some_and(|last| last >= since));
        (is_named && is_long && is_recent).then_some(months)
    });
    let lengths: Option<Vec<u32>> = lengths.collect();
    lengths.map(|lengths| lengths[0])
}

/// Whether a mention in the stint counts for the technology.
fn names(document: &Document, stint: usize, part: &TechnologyCondition) -> bool {
    document.mentions.iter().any(|mention| {
        mention.stint == Some(stint)
            && part.any_of.contains(&mention.technology)
            && mention.grade >= part.min_grade
    })
}

fn meets_others(document: &Document, stint: &StintEntry, condition: &StintCondition) -> bool {
    let employer = condition.employer.as_ref().is_none_or(|part| {
        stint.employer.as_ref().is_some_and(|employer| {
            let begins = employer
                .names
                .iter()
                .any(|name| employer_key(name).starts_with(&part.name.to_lowercase()));
            let goes_on = document.stints.iter().chain([stint]).any(|job| {
                let same = job
                    .employer
                    .as_ref()
                    .is_some_and(|other| other.key == employer.key);
                let covers = match (job.months, stint.months) {
                    (Some(job), Some(part)) => job.contains(part),
                    (None, Some(_)) => false,
                    (_, None) => true,
                };
                same && job.is_current && covers
            });
            let goes_on = goes_on || stint.is_current;
            (employer.key == part.key || (part.partial && begins))
                && match part.tenure {
                    Tenure::Any => true,
                    Tenure::Current => goes_on,
                    Tenure::Past => !goes_on,
                }
        })
    });
    let period = condition.period.is_none_or(|part| {
        let window = match part.window {
            Window::Months(months) => months,
            // 2 months that end in March: March and February.
            Window::Last(length) => MonthRange {
                first: document.as_of + 1 - i32::try_from(length).unwrap(),
                last: document.as_of,
            },
        };
        stint.months.is_some_and(|months| {
            if part.within {
                window.first <= months.first && months.last <= window.last
            } else {
                months.first <= window.last
                    && window.first <= months.last
                    && window.first <= window.last
            }
        })
    });
    let role = condition
        .role
        .as_ref()
        .is_none_or(|role| stint.roles.contains(role));
    let text = condition
        .text
        .iter()
        .all(|asked| has_own_text(document, stint, asked));
    employer && period && role && text
}

fn any_months() -> impl Strategy<Value = MonthRange> {
    (24_200..24_240, 0..20).prop_map(|(first, length)| MonthRange {
        first,
        last: first + length,
    })
}

fn any_grade() -> impl Strategy<Value = Grade> {
    prop_oneof![
        3 => Just(Grade::Worked),
        1 => Just(Grade::Declared),
        1 => prop::sample::select(GRADES.to_vec()),
    ]
}

fn any_resume() -> impl Strategy<Value = Resume> {
    let technology = prop::sample::select(TECHNOLOGIES.to_vec());
    let job = (
        prop::option::weighted(0.8, prop::sample::select(EMPLOYERS.to_vec())),
        prop::option::weighted(0.8, any_months()),
        prop::bool::weighted(0.3),
        prop::option::of(prop::sample::select(ROLES.to_vec())),
        prop::collection::vec((technology.clone(), any_grade()), 0..3),
        prop::sample::subsequence(LINES.to_vec(), 0..=2),
        prop::option::weighted(0.4, 0usize..3),
    );
    let skill = (technology.clone(), any_grade());
    let stated = (technology, 0u32..40);
    (
        prop::collection::vec(job, 0..4),
        prop::collection::vec(skill, 0..2),
        prop::collection::vec(stated, 0..2),
        24_200..24_260,
    )
        .prop_map(|(jobs, skills, stated, as_of)| {
            let mut resume = Resume::new("");
            for (number, job) in jobs.iter().enumerate() {
                let (employer, months, is_current, role, graded, lines, part_of) = job;
                resume = resume.job(&Job {
                    employer: *employer,
                    months: *months,
                    is_current: *is_current,
                    roles: role.as_slice(),
                    graded,
                    lines,
                    ..Job::default()
                });
                let job = part_of.filter(|&job| job < number);
                resume.document.stints[number].part_of = job;
            }
            for (technology, grade) in skills {
                resume = resume.skill(technology, grade);
            }
            for (technology, months) in stated {
                resume = resume.stated(technology, months);
            }
            resume.document.as_of = as_of;
            resume
        })
}

fn any_stint() -> impl Strategy<Value = StintCondition> {
    let technology = (
        prop::collection::vec(prop::sample::select(TECHNOLOGIES.to_vec()), 1..3),
        prop::option::of(0u32..40),
        prop::option::weighted(0.2, 24_200..24_260),
        any_grade(),
    )
        .prop_map(
            |(any_of, min_months, last_used_since, min_grade)| TechnologyCondition {
                any_of: any_of.into_iter().map(str::to_owned).collect(),
                include_parts: true,
                min_months,
                last_used_since,
                min_grade,
            },
        )
        .boxed();
    let tenure = prop_oneof![
        2 => Just(Tenure::Any),
        1 => Just(Tenure::Current),
        1 => Just(Tenure::Past),
    ];
    let employer = (
        prop::sample::select(EMPLOYERS.to_vec()),
        any::<bool>(),
        tenure,
    )
        .prop_map(|(name, partial, tenure)| EmployerCondition {
            name: shokureki_index::lexicon::strip_legal_form(name).to_owned(),
            key: employer_key(name),
            partial,
            tenure,
        });
    let window = prop_oneof![
        2 => any_months().prop_map(Window::Months),
        1 => (0u32..60).prop_map(Window::Last),
    ];
    let period =
        (window, any::<bool>()).prop_map(|(window, within)| PeriodCondition { window, within });
    let role = prop::sample::select(ROLES.to_vec()).prop_map(str::to_owned);
    let parts = (
        prop::option::weighted(0.8, technology.clone()),
        prop::collection::vec(technology.clone(), 0..3),
        prop::collection::vec(technology, 0..2),
        prop::option::weighted(0.4, employer),
        prop::option::weighted(0.4, period),
        prop::option::weighted(0.2, role),
        prop::sample::subsequence(TEXTS.to_vec(), 0..2),
        prop::bool::weighted(0.3),
    );
    parts.prop_map(
        |(technology, also, without, employer, period, role, text, is_rich)| StintCondition {
            also: also
                .into_iter()
                .filter(|_| is_rich && technology.is_some())
                .collect(),
            without: without.into_iter().filter(|_| is_rich).collect(),
            technology,
            employer,
            period,
            role,
            text: text.into_iter().map(str::to_owned).collect(),
        },
    )
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let words = (
        prop::sample::select(TEXTS.to_vec()),
        prop::option::of(prop::sample::select(TECHNOLOGIES.to_vec())),
        any::<bool>(),
    );
    let words = words.prop_map(|(text, technology, literal)| {
        Condition::Words(WordsCondition {
            text: text.to_owned(),
            technology: technology.map(str::to_owned),
            literal,
            is_exact: false,
            outside_certificates: false,
            is_weak: false,
        })
    });
    let leaf = prop_oneof![3 => any_stint().prop_map(Condition::Stint), 1 => words];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

/// One index of many careers is asked this many filters.
const FILTERS: usize = 40;

/// Indexes to make up, unless `PROPTEST_CASES` asks for more.
const USUAL_CASES: u32 = 8;

fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(USUAL_CASES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn searches_agree_with_the_reference(
        resumes in prop::collection::vec(any_resume(), 1..40),
        conditions in prop::collection::vec(any_condition(), FILTERS),
        split in 0usize..40,
    ) {
        let mut resumes = resumes;
        for (number, resume) in resumes.iter_mut().enumerate() {
            resume.document.key = format!("{number:03}");
            for (index, stint) in resume.document.stints.iter_mut().enumerate() {
                stint.key = format!("{number:03}-{index}");
            }
        }
        // Two commits, and one candidate deleted: several segments, and numbers without documents.
        let (first, second) = resumes.split_at(split.min(resumes.len()));
        let bench = index_of(first.to_vec());
        let mut changes = upserts(second.to_vec());
        changes.push(Change::Delete("000".to_owned()));
        bench.index.apply(changes, 2).unwrap();

        for condition in conditions {
            let expected: Vec<&str> = resumes
                .iter()
                .skip(1)
                .filter(|resume| meets(&resume.document, &condition, None))
                .map(|resume| resume.document.key.as_str())
                .collect();
            prop_assert_eq!(bench.met(&condition), expected, "{:?}", &condition);
            check_matches(&bench, &resumes, &condition)?;
            let mut expected: Vec<&str> = Vec::new();
            for document in resumes.iter().skip(1).map(|resume| &resume.document) {
                let stints = document.stints.iter().enumerate();
                let met = stints.filter(|(index, _)| meets(document, &condition, Some(*index)));
                expected.extend(met.map(|(_, stint)| stint.key.as_str()));
            }
            prop_assert_eq!(bench.met_stints(&condition), expected, "{:?}", &condition);
        }
    }
}

/// Each leaf that is listed has evidence inside the text and the reference's months.
fn check_matches(
    bench: &crate::support::Bench,
    resumes: &[Resume],
    condition: &Condition,
) -> Result<(), TestCaseError> {
    let mut leaves = Vec::new();
    collect_leaves(condition, &mut leaves);
    for hit in bench.search(&query(Some(condition.clone()))).hits {
        let resume = resumes.iter().find(|resume| resume.document.key == hit.key);
        let document = &resume.unwrap().document;
        for found in &hit.matches {
            if let Condition::Stint(leaf) = leaves[found.leaf] {
                let expected = stint_months(document, leaf, None);
                prop_assert!(expected.is_some());
                let months = expected.filter(|_| leaf.technology.is_some());
                prop_assert_eq!(found.months, months);
            }
            prop_assert!(!found.spans.is_empty());
            for span in &found.spans {
                prop_assert!(
                    document
                        .text
                        .get(span.range.clone())
                        .is_some_and(|text| !text.is_empty())
                );
            }
        }
    }
    Ok(())
}

fn collect_leaves<'a>(condition: &'a Condition, leaves: &mut Vec<&'a Condition>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect_leaves(part, leaves));
        }
        Condition::Not(part) => collect_leaves(part, leaves),
        leaf => leaves.push(leaf),
    }
}
