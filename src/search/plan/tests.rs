//! How requests become conditions.

use shokureki_index::months::MonthRange;

use super::filter::period;
use super::*;
use crate::search::request::{
    Filter, MAX_DEPTH, MAX_TERMS, PeriodFilter, TechnologyFilter, Window,
};

fn planned(query: &str) -> Plan {
    let request = Request {
        query: Some(query.to_owned()),
        ..Request::default()
    };
    plan(&request, Lexicon::builtin(), Slips::default()).expect("a query")
}

/// `expected`: the technology of the only words condition and whether the text counts too.
#[track_caller]
fn check(query: &str, expected: (Option<&str>, bool)) {
    let plan = planned(query);
    let words = match strictest(plan.condition.expect("a condition")) {
        Condition::Words(words) => words,
        Condition::Any(mut any) => match any.swap_remove(0) {
            Condition::Words(words) => words,
            other => panic!("{query}: {other:?}"),
        },
        other => panic!("{query}: {other:?}"),
    };
    assert_eq!(
        (words.technology.as_deref(), words.literal),
        expected,
        "{query}"
    );
}

/// The strictest form of a condition that has several.
fn strictest(condition: Condition) -> Condition {
    match condition {
        Condition::Most(mut most) => most.of.swap_remove(0).swap_remove(0),
        condition => condition,
    }
}

fn key(name: &str) -> String {
    let resolved = Lexicon::builtin()
        .resolve(name)
        .expect("it is in the lexicon");
    resolved.technology.key.clone()
}

#[test]
fn a_technologys_name_in_any_spelling_is_the_technology() {
    let erlang = key("Erlang");
    for query in ["Erlang", "アーラン", "erlang/otp", "ＥＲＬＡＮＧ"] {
        check(query, (Some(&erlang), false));
    }
    check("Go", (Some(&key("Go")), false));
    check("低遅延", (None, true));
}

#[test]
fn a_word_is_met_last_by_what_is_not_used_without_it() {
    let plan = planned("PHP MySQL");
    let Some((Condition::Most(most), Firmness::Yielding)) = plan.parts.first() else {
        panic!("{:?}", plan.parts);
    };
    let Condition::Any(any) = &most.of[0][1] else {
        panic!("{most:?}");
    };
    assert_eq!(any[0], most.of[0][0]);
    let Condition::Any(both) = &any[1] else {
        panic!("{any:?}");
    };
    // Who says not to know PHP is taken at the word.
    let [Condition::All(both)] = both.as_slice() else {
        panic!("{both:?}");
    };
    let [Condition::Stint(stint), Condition::Any(not_denied)] = both.as_slice() else {
        panic!("{both:?}");
    };
    assert!(matches!(not_denied[0], Condition::Not(_)), "{not_denied:?}");
    let technology = stint.technology.as_ref().expect("a technology");
    assert!(
        technology.any_of.contains(&key("Laravel")),
        "{technology:?}"
    );
    assert_eq!(plan.leaves, [0, 0, 0, 0, 0, 1]);
    // Of a trade the words near it tell, too.
    let plan = planned("物流 MySQL");
    let Some((Condition::Most(most), _)) = plan.parts.first() else {
        panic!("{:?}", plan.parts);
    };
    let tells = |condition: &Condition| matches!(condition, Condition::Words(words) if words.text == "配送" && words.literal);
    assert!(
        most.of.iter().flatten().any(|condition| match condition {
            Condition::Any(any) => any.iter().any(|one| {
                tells(one) || matches!(one, Condition::Any(any) if any.iter().any(tells))
            }),
            _ => false,
        }),
        "{most:?}"
    );
    // What is typed by key or not wanted is meant as typed.
    for query in ["tech:PHP", "-PHP", "PHP OR Perl"] {
        let condition = planned(query).condition;
        assert!(
            !matches!(condition, Some(Condition::Most(_))),
            "{condition:?}"
        );
    }
}

#[test]
fn a_misspelt_name_is_corrected_and_still_searched_for() {
    check("Elang", (Some(&key("Erlang")), true));
    let corrections = planned("Elang").interpretation.corrections;
    assert_eq!(corrections[0].corrected, "Erlang");
}

#[test]
fn words_of_one_name_are_one_condition() {
    for query in ["AWS Lambda", "Ruby on Rails", "Docker Compose"] {
        check(query, (Some(&key(query)), false));
    }
    assert_eq!(planned("Erlang AWS").leaves.len(), 2);
}

#[test]
fn a_technology_before_another_is_a_condition_of_its_own() {
    for query in [
        "AWS Terraform",
        "Terraform AWS",
        "AWS Python",
        "Azure Docker",
        "Oracle Java",
        "Spring Java",
        "GCP Go",
        "AWS Ruby on Rails",
    ] {
        assert_eq!(planned(query).clauses.len(), 2, "{query}");
    }
    for query in [
        "Apache Kafka",
        "Amazon S3",
        "Google Cloud Run",
        "Spring Boot",
        "GitHub Actions",
        "Microsoft SQL Server",
        "Oracle Database",
        "Azure DevOps",
        "HashiCorp Terraform",
        "Python 3",
    ] {
        assert_eq!(planned(query).clauses.len(), 1, "{query}");
    }
}

#[test]
fn a_certificates_name_is_the_certificate() {
    for query in ["SAA", "AWS SAA", "AWS SAP", "cert:SAA", "基本情報"] {
        let plan = planned(query);
        assert_eq!(plan.clauses.len(), 1, "{query}");
        let condition = strictest(plan.condition.expect("a condition"));
        let Condition::Any(any) = &condition else {
            panic!("{query}: {condition:?}");
        };
        let canonical = any.iter().any(|condition| {
            let Condition::Certification(name) = condition else {
                return false;
            };
            Lexicon::builtin()
                .certificates()
                .any(|known| known.name == *name)
        });
        assert!(canonical, "{query}: {any:?}");
        let takes_sap = any.iter().any(
            |condition| matches!(condition, Condition::Words(words) if words.technology.is_some()),
        );
        assert!(!takes_sap, "{query}");
    }
}

#[test]
fn a_phrase_is_no_technology() {
    check("\"Erlang\"", (None, true));
}

#[test]
fn generic_words_only_move_the_rank() {
    let plan = planned("実務経験");
    let Some(Condition::Words(words)) = plan.condition else {
        panic!("{plan:?}");
    };
    assert!(words.is_weak);
    assert_eq!(
        plan.interpretation.ignored[0].reason,
        IgnoredReason::Generic
    );
}

#[test]
fn a_word_without_letters_is_told_to_be_ignored() {
    let plan = planned("Erlang ・");
    assert_eq!(plan.interpretation.ignored[0].position, 7);
    assert_eq!(plan.leaves.len(), 1);
    let nothing = Request {
        query: Some("・".to_owned()),
        ..Request::default()
    };
    assert!(matches!(plan_of(&nothing), Err(SearchError::NoTerm)));
}

fn plan_of(request: &Request) -> Result<Plan, SearchError> {
    plan(request, Lexicon::builtin(), Slips::default())
}

#[test]
fn a_year_means_its_first_or_last_month() {
    let condition = period(&PeriodFilter {
        window: Window::Between {
            from: "2016".parse().ok(),
            to: "2017".parse().ok(),
        },
        within: false,
    });
    let (first, last) = (2016 * 12, 2017 * 12 + 11);
    let months = MonthRange { first, last };
    assert_eq!(condition.window, shokureki_index::Window::Months(months));
}

#[test]
fn more_terms_than_allowed_are_refused() {
    let named = |name: &str| Filter {
        technology: Some(TechnologyFilter::named(name)),
        ..Filter::default()
    };
    let request = Request {
        filter: Some(Filter {
            all: vec![named("Erlang"); MAX_TERMS],
            ..Filter::default()
        }),
        ..Request::default()
    };
    assert!(matches!(
        plan_of(&request),
        Err(SearchError::TooManyTerms { .. })
    ));
    let mut deep = named("Erlang");
    for _ in 0..=MAX_DEPTH {
        deep = Filter {
            not: Some(Box::new(deep)),
            ..Filter::default()
        };
    }
    let request = Request {
        filter: Some(deep),
        ..Request::default()
    };
    assert!(matches!(
        plan_of(&request),
        Err(SearchError::FilterTooDeep { .. })
    ));
}

#[test]
fn the_technologies_that_are_asked_for_are_told_in_order_and_once() {
    let names = |plan: Plan| -> Vec<String> {
        let technologies = plan.interpretation.technologies.into_iter();
        technologies.map(|technology| technology.name).collect()
    };
    for (query, expected) in [
        (
            "アーラン 決済 tech:Go>=2y 技術:アーラン",
            &["Erlang", "Go"][..],
        ),
        ("PHP 3年以上 AWS Lambda", &["PHP", "AWS Lambda"]),
        ("Rust (tech:AWS OR Kotlin)", &["Rust", "AWS", "Kotlin"]),
        ("{技術:Rust 会社:ドワンゴ} -{技術:Kotlin} -PHP", &["Rust"]),
        ("Go NOT (PHP OR -Rust)", &["Go"]),
        ("tech:FooBarDB", &["FooBarDB"]),
        ("決済 会社:ドワンゴ", &[]),
    ] {
        assert_eq!(names(planned(query)), expected, "{query}");
    }
    let asks = |name: &str| Filter {
        technology: Some(TechnologyFilter::named(name)),
        ..Filter::default()
    };
    let request = Request {
        query: Some("Erlang".to_owned()),
        filter: Some(Filter {
            not: Some(Box::new(asks("PHP"))),
            ..asks("ｇｏ")
        }),
        ..Request::default()
    };
    let plan = plan(&request, Lexicon::builtin(), Slips::default()).expect("a plan");
    assert_eq!(names(plan), ["Erlang", "Go"]);
}
