//! Who comes before whom: each test fixes one order that a hiring team expects.

use crate::support::*;
use shokureki_index::{Condition, Grade, Query};

/// The keys in the order of their rank.
fn ranked(bench: &Bench, query: &Query) -> Vec<String> {
    let answer = bench.search(query);
    answer.hits.into_iter().map(|hit| hit.key).collect()
}

fn job<'a>(technologies: &'a [&'a str], first: &str, last: &str) -> Job<'a> {
    Job {
        months: Some(months(first, last)),
        worked: technologies,
        ..Job::default()
    }
}

/// Somebody whose résumé is new, so that it is known how old the others are.
fn somebody() -> Resume {
    Resume::new("somebody").job(&job(&["cobol"], "2023-01", "2023-12"))
}

#[test]
fn years_lately_come_before_months_long_ago_before_a_role_before_prose_before_a_table() {
    let bench = index_of([
        Resume::new("table").skill("erlang", Grade::Declared),
        Resume::new("prose").prose("erlangの話"),
        Resume::new("role").job(&Job {
            roles: &["erlangエンジニア"],
            ..Job::default()
        }),
        Resume::new("long-ago").job(&job(&["erlang"], "2013-01", "2013-03")),
        Resume::new("lately").job(&job(&["erlang"], "2021-01", "2023-12")),
        somebody(),
    ]);
    let query = query(Some(technology_word("erlang", "erlang", true)));
    assert_eq!(
        ranked(&bench, &query),
        ["lately", "long-ago", "role", "prose", "table"]
    );
}

#[test]
fn a_pair_is_as_rare_as_all_who_have_it_wherever_it_stands_in_their_words() {
    // Rarity goes in whole steps: it takes a few who have it, and more who do not.
    let score = |other: &str| {
        let others = (0..39).map(|number| {
            let line = if number < 9 { other } else { "設計" };
            Resume::new(&format!("other-{number}")).prose(line)
        });
        let bench = index_of(std::iter::once(Resume::new("a").prose("開発環境")).chain(others));
        let answer = bench.search(&query(Some(quoted("発環"))));
        let hit = answer.hits.iter().find(|hit| hit.key == "a");
        (answer.total, hit.unwrap().score)
    };
    let inside = score("開発環");
    assert_eq!(inside.0, Some(10));
    assert_eq!(score("発環"), inside);
    assert!(score("運用").1 > inside.1, "one is rarer than ten");
}

#[test]
fn the_same_length_ranks_higher_the_later_it_was() {
    let bench = index_of([
        Resume::new("a-2012").job(&job(&["erlang"], "2012-01", "2013-12")),
        Resume::new("b-2022").job(&job(&["erlang"], "2022-01", "2023-12")),
        Resume::new("c-2017").job(&job(&["erlang"], "2017-01", "2018-12")),
    ]);
    let asked = query(Some(stint(used("erlang"))));
    assert_eq!(ranked(&bench, &asked), ["b-2022", "c-2017", "a-2012"]);
}

#[test]
fn recency_does_not_drown_experience() {
    let bench = index_of([
        Resume::new("lately").job(&job(&["erlang"], "2023-07", "2023-12")),
        Resume::new("for-ten-years").job(&job(&["erlang"], "2009-01", "2018-12")),
    ]);
    let asked = query(Some(stint(used("erlang"))));
    assert_eq!(ranked(&bench, &asked), ["for-ten-years", "lately"]);
}

#[test]
fn a_wrong_date_in_the_far_future_does_not_make_the_others_old() {
    let people = [
        Resume::new("a").job(&job(&["erlang"], "2012-01", "2013-12")),
        Resume::new("b").job(&job(&["erlang"], "2022-01", "2023-12")),
    ];
    let wrong = Resume::new("wrong").job(&job(&["cobol"], "2090-01", "2099-12"));
    let bench = index_of(people.into_iter().chain([wrong]));
    let answer = bench.search(&query(Some(stint(used("erlang")))));
    assert_eq!(answer.hits[0].key, "b");
    assert!(answer.hits[0].score > answer.hits[1].score + 0.1);
}

#[test]
fn all_conditions_in_one_stint_come_before_the_same_apart() {
    let bench = index_of([
        Resume::new("apart")
            .job(&job(&["erlang"], "2014-01", "2018-12"))
            .job(&job(&["kubernetes"], "2019-01", "2023-12")),
        Resume::new("together").job(&job(&["erlang", "kubernetes"], "2022-01", "2023-12")),
    ]);
    let word = |key: &str| technology_word(key, key, false);
    for condition in [
        Condition::All(vec![stint(used("erlang")), stint(used("kubernetes"))]),
        Condition::All(vec![word("erlang"), word("kubernetes")]),
    ] {
        let asked = query(Some(condition));
        assert_eq!(ranked(&bench, &asked), ["together", "apart"]);
    }
}

#[test]
fn words_and_employers_count_as_met_in_one_stint() {
    let dwango = |lines| Job {
        employer: Some("株式会社ドワンゴ"),
        lines,
        ..job(&[], "2020-01", "2020-12")
    };
    let other = |lines| Job {
        employer: Some("青空商事"),
        lines,
        ..job(&[], "2022-01", "2022-12")
    };
    let bench = index_of([
        Resume::new("apart")
            .job(&dwango(&["課金処理の改善"]))
            .job(&other(&["検索基盤を構築した"])),
        Resume::new("together")
            .job(&dwango(&["検索基盤を構築した"]))
            .job(&other(&["課金処理の改善"])),
    ]);
    for condition in [
        Condition::All(vec![words("検索基盤"), stint(at("ドワンゴ"))]),
        Condition::All(vec![words("検索基盤"), words("ドワンゴ")]),
    ] {
        let asked = query(Some(condition));
        assert_eq!(ranked(&bench, &asked), ["together", "apart"]);
    }
}

#[test]
fn alternatives_that_one_stint_meets_add_nothing() {
    let bench = index_of([Resume::new("one").job(&job(&["erlang"], "2020-01", "2023-12"))]);
    let score = |condition| bench.only_hit(condition).score;
    let once = score(stint(used("erlang")));
    let twice = Condition::Any(vec![stint(used("erlang")), stint(used("rust"))]);
    assert_eq!(score(twice), once);
}

#[test]
fn a_wish_for_work_puts_work_before_long_claims() {
    let bench = index_of([
        Resume::new("claims")
            .skill("erlang", Grade::Declared)
            .stated("erlang", 12 * 40),
        Resume::new("worked").job(&job(&["erlang"], "2010-01", "2010-01")),
        somebody(),
    ]);
    let mut asked = query(Some(stint(used("erlang"))));
    let plain = bench.search(&asked);
    let gap = |answer: &shokureki_index::Answer| {
        let of = |key: &str| answer.hits.iter().find(|hit| hit.key == key).unwrap().score;
        of("worked") - of("claims")
    };
    asked.prefers_worked = true;
    let preferred = bench.search(&asked);
    assert_eq!(preferred.hits[0].key, "worked");
    assert!(gap(&preferred) > gap(&plain) + 1.0);
    assert_eq!(preferred.total, Some(2), "it excludes nobody");
}

#[test]
fn a_candidate_that_no_condition_scores_has_the_score_zero() {
    let bench = index_of([somebody()]);
    let hit = bench.only_hit(not(stint(used("erlang"))));
    assert_eq!(hit.score.to_bits(), 0.0f32.to_bits());
}

#[test]
fn a_word_named_often_ranks_above_one_named_once() {
    let bench = index_of([
        Resume::new("once").prose("検索基盤の話").prose("別の話"),
        Resume::new("often")
            .prose("検索基盤の話")
            .prose("検索基盤の改善"),
        Resume::new("never").prose("別の話"),
    ]);
    let asked = query(Some(words("検索基盤")));
    assert_eq!(ranked(&bench, &asked), ["often", "once"]);
}
