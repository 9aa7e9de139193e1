//! What the index says of a candidate that meets a query or not, leaf by leaf.

use crate::support::*;
use shokureki_index::{
    AskedFor, Cancel, Change, Condition, Explanation, FailureReason, Grade, PartKind, Query,
};

fn explain_query(bench: &Bench, asked: &Query, key: &str) -> Option<Explanation> {
    let cancel = Cancel::default();
    bench
        .index
        .explain_until(asked, key, BUDGET, &cancel)
        .unwrap()
}

fn explain(bench: &Bench, condition: Condition, key: &str) -> Explanation {
    let asked = query(Some(condition));
    explain_query(bench, &asked, key).unwrap()
}

fn reason(bench: &Bench, condition: Condition, key: &str) -> FailureReason {
    let explained = explain(bench, condition, key);
    assert!(!explained.is_met);
    explained.failure.unwrap().1.reason
}

fn dwango() -> Job<'static> {
    Job {
        employer: Some("株式会社ドワンゴ"),
        months: Some(months("2016-04", "2019-01")),
        worked: &["erlang"],
        ..Job::default()
    }
}

#[test]
fn only_the_candidate_as_last_written_is_explained() {
    let bench = index_of([Resume::new("a").job(&dwango()), Resume::new("b")]);
    bench
        .index
        .apply(
            vec![
                Change::Upsert(Box::new(Resume::new("a").document)),
                Change::Delete("b".to_owned()),
            ],
            2,
        )
        .unwrap();
    let absent = FailureReason::Absent(AskedFor::Technology);
    assert_eq!(reason(&bench, stint(used("erlang")), "a"), absent);
    let asked = query(Some(stint(used("erlang"))));
    for nobody in ["b", "c", ""] {
        assert!(explain_query(&bench, &asked, nobody).is_none());
    }
}

#[test]
fn every_leaf_is_decided_and_the_score_is_that_of_the_hit() {
    let bench = index_of([Resume::new("a")
        .job(&dwango())
        .skill("rust", Grade::Declared)]);
    let condition = Condition::Any(vec![
        Condition::All(vec![stint(used("rust")), stint(used("scala"))]),
        stint(used("erlang")),
    ]);
    let explained = explain(&bench, condition.clone(), "a");
    assert!(explained.is_met);
    let met: Vec<bool> = explained.leaves.iter().map(|leaf| leaf.is_met).collect();
    assert_eq!(met, [true, false, true]);
    assert!(
        explained.leaves[0].parts.is_empty(),
        "it does not make the candidate a hit"
    );
    let sum: f32 = explained.leaves[2]
        .parts
        .iter()
        .map(|part| part.value)
        .sum();
    assert_eq!(sum, explained.score);
    assert_eq!(explained.score, bench.only_hit(condition).score);
    assert_eq!(explained.leaves[2].parts[0].kind, PartKind::Grade);
    assert_eq!(explained.together, None);
}

#[test]
fn the_first_of_all_and_the_nearest_of_any_is_the_cause() {
    let bench = index_of([Resume::new("a").job(&dwango())]);
    let scala = || stint(used("scala"));
    let too_long = || stint(used_for("erlang", 99));
    let first = explain(&bench, Condition::All(vec![scala(), too_long()]), "a");
    assert_eq!(first.failure.unwrap().0, Some(0));
    let nearest = explain(&bench, Condition::Any(vec![scala(), too_long()]), "a");
    let (leaf, failure) = nearest.failure.unwrap();
    assert_eq!(leaf, Some(1));
    assert_eq!(
        failure.reason,
        FailureReason::TooFewMonths {
            asked: AskedFor::Technology,
            months: 34,
            least: 99,
            are_stated: false
        }
    );
    let nobody = explain(&bench, Condition::Any(Vec::new()), "a");
    assert!(!nobody.is_met);
    assert_eq!(nobody.failure.unwrap().0, None);
}

#[test]
fn a_double_negation_fails_for_what_is_in_it() {
    let bench = index_of([Resume::new("a").job(&dwango())]);
    let twice = not(not(stint(used("scala"))));
    let absent = FailureReason::Absent(AskedFor::Technology);
    assert_eq!(reason(&bench, twice, "a"), absent);
    let excluded = reason(&bench, not(stint(used("erlang"))), "a");
    assert_eq!(excluded, FailureReason::Excluded);
}

#[test]
fn what_can_be_met_has_no_failure_and_what_cannot_has_one() {
    let resume = Resume::new("a")
        .name(&["湊 しおん"], None)
        .location("東京都")
        .certification("基本情報技術者")
        .job(&dwango())
        .skill("rust", Grade::Learning);
    let bench = index_of([resume]);
    for condition in [
        words("ドワンゴ"),
        words("ない言葉"),
        Condition::Name("湊".to_owned()),
        Condition::Name("榊".to_owned()),
        Condition::Certification("基本情報".to_owned()),
        Condition::Certification("応用情報".to_owned()),
        Condition::Location("東京".to_owned()),
        Condition::Location("大阪".to_owned()),
        stint(at("ドワンゴ")),
        stint(at("青空商事")),
        stint(used("rust")),
        weak("ない言葉"),
    ] {
        let is_hit = !bench.met(&condition).is_empty();
        let explained = explain(&bench, condition.clone(), "a");
        assert_eq!(explained.is_met, is_hit, "{condition:?}");
        assert_eq!(explained.failure.is_none(), is_hit, "{condition:?}");
        let leaf = &explained.leaves[0];
        assert_eq!(leaf.is_met, leaf.failure.is_none(), "{condition:?}");
    }
}
