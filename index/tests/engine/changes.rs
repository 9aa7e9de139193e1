//! What an index does over time: orders and pages, changes, rebuilds, starts and damage.

use std::fs;
use std::time::Duration;

use crate::support::*;
use shokureki_index::{
    Change, Cursor, FacetRequest, Filling, Grade, Hit, IndexError, Order, Query, SkillIndex,
    SortValue,
};

const ORDERS: [Order; 5] = [
    Order::Relevance,
    Order::MonthsDescending,
    Order::LastUsedDescending,
    Order::UpdatedDescending,
    Order::NameAscending,
];

/// Candidates of whom several share each sort value.
fn crowd() -> Vec<Resume> {
    (0..23)
        .map(|n| {
            let last = format!("20{:02}-12", 10 + n % 4);
            let job = Job {
                employer: Some("A社"),
                months: Some(months("2010-01", &last)),
                worked: &["erlang"],
                ..Job::default()
            };
            let name = ["佐藤", "鈴木", "田中"][n % 3];
            Resume::new(&format!("c{n:02}"))
                .name(&[name], None)
                .updated(n as i64 % 5)
                .job(&job)
        })
        .collect()
}

fn keys(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| hit.key.clone()).collect()
}

fn crowd_query(order: Order) -> Query {
    Query {
        order,
        ..query(Some(stint(used("erlang"))))
    }
}

#[test]
fn pages_forwards_are_a_partition_in_every_order() {
    let bench = index_of(crowd());
    for order in ORDERS {
        let mut asked = crowd_query(order);
        let whole = keys(&bench.search(&asked).hits);
        assert_eq!(whole.len(), 23);
        asked.page.limit = 4;
        let mut paged = Vec::new();
        loop {
            let answer = bench.search(&asked);
            assert_eq!(answer.total, Some(23));
            assert_eq!(answer.has_previous, !paged.is_empty());
            paged.extend(keys(&answer.hits));
            assert_eq!(answer.has_next, paged.len() < 23);
            asked.page.after = answer.hits.last().map(|hit| hit.cursor.clone());
            if !answer.has_next {
                break;
            }
        }
        assert_eq!(paged, whole, "{order:?}");
    }
}

#[test]
fn pages_backwards_are_a_partition_in_every_order() {
    let bench = index_of(crowd());
    for order in ORDERS {
        let mut asked = crowd_query(order);
        let whole = keys(&bench.search(&asked).hits);
        asked.page.limit = 5;
        asked.page.backward = true;
        let mut paged: Vec<String> = Vec::new();
        loop {
            let answer = bench.search(&asked);
            assert_eq!(answer.has_next, !paged.is_empty());
            let mut page = keys(&answer.hits);
            page.extend(paged);
            paged = page;
            assert_eq!(answer.has_previous, paged.len() < 23);
            asked.page.before = answer.hits.first().map(|hit| hit.cursor.clone());
            if !answer.has_previous {
                break;
            }
        }
        assert_eq!(paged, whole, "{order:?}");
    }
}

#[test]
fn a_page_of_nothing_tells_what_is_around_it() {
    let bench = index_of(crowd());
    let mut asked = crowd_query(Order::Relevance);
    asked.page.limit = 0;
    let answer = bench.search(&asked);
    assert!(answer.hits.is_empty());
    assert!(answer.has_next);
    assert_eq!(answer.total, Some(23));
}

#[test]
fn orders_are_what_they_say() {
    let job = |last: &str| Job {
        months: Some(months("2010-01", last)),
        worked: &["erlang"],
        ..Job::default()
    };
    let short_and_late = Job {
        months: Some(months("2020-01", "2020-03")),
        ..job("2010-01")
    };
    let bench = index_of([
        Resume::new("late")
            .name(&["阿部"], Some("アベ"))
            .updated(1)
            .job(&short_and_late),
        Resume::new("long")
            .name(&["渡辺"], Some("ワタナベ"))
            .updated(3)
            .job(&job("2016-12")),
        Resume::new("mid")
            .name(&["加藤"], Some("カトウ"))
            .updated(2)
            .job(&job("2012-12")),
    ]);
    let ordered = |order| keys(&bench.search(&crowd_query(order)).hits);
    assert_eq!(ordered(Order::MonthsDescending), ["long", "mid", "late"]);
    assert_eq!(ordered(Order::LastUsedDescending), ["late", "long", "mid"]);
    assert_eq!(ordered(Order::UpdatedDescending), ["long", "mid", "late"]);
    assert_eq!(ordered(Order::NameAscending), ["late", "mid", "long"]);
}

#[test]
fn cursors_of_another_generation_or_order_are_expired() {
    let bench = index_of(crowd());
    let mut asked = crowd_query(Order::Relevance);
    asked.page.limit = 2;
    let cursor = bench.search(&asked).hits[1].cursor.clone();
    bench.index.begin_rebuild().unwrap().finish(1).unwrap();
    asked.page.after = Some(cursor.clone());
    let expired = bench.index.search(&asked, BUDGET);
    assert!(matches!(expired, Err(IndexError::CursorExpired)));
    asked.page.after = Some(Cursor {
        generation: bench.index.state().generation,
        value: SortValue::Number(1),
        ..cursor
    });
    let expired = bench.index.search(&asked, BUDGET);
    assert!(matches!(expired, Err(IndexError::CursorExpired)));
}

#[test]
fn a_score_that_is_no_number_is_a_place_like_any_other() {
    let bench = index_of(crowd());
    let mut asked = crowd_query(Order::Relevance);
    asked.page.after = Some(Cursor {
        generation: bench.index.state().generation,
        value: SortValue::Score(f32::NAN),
        key: String::new(),
    });
    assert_eq!(bench.search(&asked).hits.len(), 23);
}

#[test]
fn no_time_is_too_long() {
    let bench = index_of(crowd());
    let answer = bench.index.search(&query(None), Duration::ZERO);
    assert!(matches!(answer, Err(IndexError::TimedOut)));
}

#[test]
fn changes_are_visible_at_once_and_in_order() {
    let bench = index_of([Resume::new("a").skill("rust", Grade::Declared)]);
    let changes = vec![
        Change::Delete("a".to_owned()),
        Change::Upsert(Box::new(Resume::new("b").document)),
        Change::Upsert(Box::new(
            Resume::new("b").skill("rust", Grade::Declared).document,
        )),
        Change::Upsert(Box::new(Resume::new("c").document)),
        Change::Delete("c".to_owned()),
        Change::Delete("unknown".to_owned()),
    ];
    bench.index.apply(changes, 7).unwrap();
    bench.check(stint(used("rust")), &["b"]);
    let state = bench.index.state();
    assert_eq!((state.documents, state.applied_sequence), (1, 7));
}

#[test]
fn an_index_opened_again_holds_what_was_applied() {
    let bench = index_of([Resume::new("a").skill("rust", Grade::Declared)]);
    bench.index.apply(vec![], 42).unwrap();
    let Bench { index, directory } = bench;
    drop(index);
    let index = SkillIndex::open(directory.path()).unwrap();
    let state = index.state();
    assert_eq!(
        (state.documents, state.applied_sequence, state.generation),
        (1, 42, 1)
    );
    assert!(state.is_current);
    assert!(state.size_bytes > 0);
    Bench { index, directory }.check(stint(used("rust")), &["a"]);
}

#[test]
fn only_one_opens_a_directory() {
    let bench = index_of([]);
    let second = SkillIndex::open(bench.directory.path());
    assert!(matches!(second, Err(IndexError::InUse)));
}

#[test]
fn the_old_generation_answers_until_the_next_is_finished() {
    let bench = index_of([Resume::new("old")]);
    let mut rebuild = bench.index.begin_rebuild().unwrap();
    rebuild
        .add(vec![Resume::new("x").document, Resume::new("y").document])
        .unwrap();
    bench
        .index
        .apply(upserts([Resume::new("meanwhile")]), 2)
        .unwrap();
    assert_eq!(keys(&bench.search(&query(None)).hits), ["meanwhile", "old"]);
    assert!(bench.index.begin_rebuild().is_err());
    rebuild.finish(9).unwrap();
    assert_eq!(keys(&bench.search(&query(None)).hits), ["x", "y"]);
    let state = bench.index.state();
    assert_eq!((state.generation, state.applied_sequence), (2, 9));
    assert!(!bench.directory.path().join("1").exists());
    bench.index.apply(upserts([Resume::new("z")]), 10).unwrap();
    assert_eq!(bench.index.state().documents, 3);
}

#[test]
fn an_unfinished_rebuild_leaves_nothing() {
    let bench = index_of([Resume::new("old")]);
    let mut rebuild = bench.index.begin_rebuild().unwrap();
    rebuild.add(vec![Resume::new("x").document]).unwrap();
    assert!(bench.directory.path().join("2").exists());
    drop(rebuild);
    assert!(!bench.directory.path().join("2").exists());
    assert_eq!(keys(&bench.search(&query(None)).hits), ["old"]);
    bench.index.begin_rebuild().unwrap().finish(3).unwrap();
    assert_eq!(bench.index.state().documents, 0);
}

#[test]
fn generations_that_nobody_names_are_deleted_at_the_start() {
    let Bench { index, directory } = index_of([Resume::new("a")]);
    drop(index);
    fs::create_dir(directory.path().join("7")).unwrap();
    fs::write(directory.path().join("7/half"), b"written").unwrap();
    let index = SkillIndex::open(directory.path()).unwrap();
    assert!(!directory.path().join("7").exists());
    assert_eq!(index.state().documents, 1);
}

#[test]
fn what_a_killed_process_leaves_behind_is_the_last_commit() {
    let bench = index_of([Resume::new("a")]);
    let mut rebuild = bench.index.begin_rebuild().unwrap();
    rebuild.add(vec![Resume::new("x").document]).unwrap();
    // The files as they lie on disk while the process still runs: locks, an unfinished generation.
    let copy = tempfile::tempdir().unwrap();
    copy_directory(bench.directory.path(), copy.path());
    fs::write(copy.path().join("CURRENT.next"), "").unwrap();
    let index = SkillIndex::open(copy.path()).unwrap();
    let state = index.state();
    assert_eq!(
        (state.documents, state.applied_sequence, state.generation),
        (1, 1, 1)
    );
    index.apply(upserts([Resume::new("b")]), 2).unwrap();
    assert_eq!(index.state().documents, 2);
    assert!(!copy.path().join("2").exists());
}

#[test]
fn files_that_a_killed_process_did_not_commit_do_not_hinder_the_next() {
    let bench = index_of([Resume::new("a"), Resume::new("b")]);
    let copy = tempfile::tempdir().unwrap();
    copy_directory(bench.directory.path(), copy.path());
    bench.index.apply(upserts([Resume::new("a")]), 2).unwrap();
    // What was written for the change and is not part of a commit yet: which documents are left.
    let mut left = 0;
    for entry in fs::read_dir(bench.directory.path().join("1")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.ends_with(".del") || name == ".managed.json" {
            fs::copy(&path, copy.path().join("1").join(name)).unwrap();
            left += 1;
        }
    }
    assert_eq!(left, 2);
    let index = SkillIndex::open(copy.path()).unwrap();
    assert_eq!(index.state().applied_sequence, 1);
    index.apply(upserts([Resume::new("a")]), 2).unwrap();
    assert_eq!(index.state().documents, 2);
}

#[test]
fn changes_that_cannot_be_written_are_an_error() {
    let bench = index_of([Resume::new("a")]);
    fs::remove_dir_all(bench.directory.path().join("1")).unwrap();
    let applied = bench.index.apply(upserts([Resume::new("b")]), 2);
    assert!(matches!(applied, Err(IndexError::Storage(_))));
    assert_eq!(bench.index.state().applied_sequence, 1);
    bench.check(words("b"), &[]);
}

/// An index whose commit says of itself what `change` makes of it is due for a rebuild.
fn check_due(change: impl Fn(&mut serde_json::Value)) {
    let Bench { index, directory } = index_of([Resume::new("a").skill("rust", Grade::Declared)]);
    drop(index);
    let meta = directory.path().join("1/meta.json");
    let mut text: serde_json::Value = serde_json::from_slice(&fs::read(&meta).unwrap()).unwrap();
    let mut payload: serde_json::Value =
        serde_json::from_str(text["payload"].as_str().unwrap()).unwrap();
    change(&mut payload);
    let sealed = format!(
        "{} {} {} {} {}",
        payload["sequence"],
        payload["analyzer_version"],
        payload["dictionary_checksum"].as_str().unwrap(),
        payload["families_checksum"],
        payload["generation"]
    );
    payload["check"] = murmurhash32::murmurhash2(sealed.as_bytes()).into();
    text["payload"] = payload.to_string().into();
    fs::write(&meta, text.to_string()).unwrap();
    let index = SkillIndex::open(directory.path()).unwrap();
    assert!(!index.state().is_current);
    index.apply(vec![], 5).unwrap();
    assert!(!index.state().is_current);
    index.begin_rebuild().unwrap().finish(5).unwrap();
    assert!(index.state().is_current);
}

#[test]
fn an_index_of_another_analyzer_answers_and_is_due_for_a_rebuild() {
    check_due(|payload| {
        let checksum = shokureki_index::analysis::DICTIONARY_CHECKSUM;
        assert_eq!(payload["dictionary_checksum"], checksum);
        payload["dictionary_checksum"] = "another".into();
    });
}

#[test]
fn an_index_of_other_families_of_technologies_is_due_for_a_rebuild() {
    check_due(|payload| payload["families_checksum"] = 1.into());
}

#[test]
fn an_index_of_another_layout_is_begun_anew() {
    let Bench { index, directory } = index_of([Resume::new("a")]);
    drop(index);
    fs::write(directory.path().join("1/format"), "0").unwrap();
    let index = SkillIndex::open(directory.path()).unwrap();
    let state = index.state();
    assert_eq!(
        (state.documents, state.generation, state.applied_sequence),
        (0, 2, 0)
    );
    assert_eq!(index.filling(), Some(Filling::OtherLayout));
    // Not before it was filled does the next start take it for whole.
    index.apply(upserts([Resume::new("a")]), 1).unwrap();
    drop(index);
    let index = SkillIndex::open(directory.path()).unwrap();
    assert_eq!(index.filling(), Some(Filling::OtherLayout));
    index.filled().unwrap();
    drop(index);
    let index = SkillIndex::open(directory.path()).unwrap();
    assert_eq!(index.filling(), None);
    assert_eq!(index.state().documents, 1);
}

#[test]
fn facets_count_the_whole_result() {
    let job = Job {
        employer: Some("株式会社ドワンゴ"),
        months: Some(months("2016-04", "2018-01")),
        worked: &["erlang"],
        ..Job::default()
    };
    let bench = index_of([
        Resume::new("a").job(&job).skill("erlang", Grade::Declared),
        Resume::new("b").job(&job).skill("rust", Grade::Declared),
        Resume::new("c")
            .skill("erlang", Grade::Declared)
            .skill("rust", Grade::Learning),
        Resume::new("d").skill("scala", Grade::Declared),
    ]);
    let mut asked = query(Some(stint(used("erlang"))));
    asked.page.limit = 1;
    asked.facets = FacetRequest {
        technologies: Some(2),
        employers: Some(10),
        years: Some(2),
        ..FacetRequest::default()
    };
    let facets = bench.search(&asked).facets;
    let counts = |facet: &[shokureki_index::FacetCount]| -> Vec<(String, u64)> {
        facet
            .iter()
            .map(|count| (count.key.clone(), count.count))
            .collect()
    };
    assert_eq!(
        counts(&facets.technologies),
        [("erlang".to_owned(), 3), ("rust".to_owned(), 1)]
    );
    assert_eq!(counts(&facets.employers), [("ドワンゴ".to_owned(), 2)]);
    assert_eq!(facets.years, [(2016, 2), (2017, 2)]);
    let grade = |key: &str, grade: Grade, count: u64| (key.to_owned(), grade, count);
    let expected = [
        grade("erlang", Grade::Worked, 2),
        grade("erlang", Grade::Declared, 1),
        grade("rust", Grade::Declared, 1),
        grade("rust", Grade::Learning, 1),
    ];
    assert_eq!(facets.grades, expected);
}

#[test]
fn a_timeline_of_many_chunks_is_read_whole() {
    let lines: Vec<String> = (0..400).map(|n| format!("作業 {n}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut resume = Resume::new("a");
    for n in 0..1_500 {
        let name = format!("第{n}開発株式会社");
        resume = resume.job(&Job {
            employer: Some(&name),
            aliases: &["名前の長い別名を持つ会社"],
            lines: &lines[n % 400..=n % 400],
            months: Some(months("2010-01", "2010-02")),
            worked: &["erlang"],
            ..Job::default()
        });
    }
    let bench = index_of([resume, Resume::new("b")]);
    let mut condition = used("erlang");
    condition.employer = Some(employer("第1499開発"));
    let hit = bench.only_hit(stint(condition));
    assert_eq!(hit.matches[0].stint.as_deref(), Some("a-1499"));
}

#[test]
fn many_small_changes_are_all_found() {
    let bench = index_of([]);
    for n in 0..40u64 {
        let job = Job {
            employer: Some("株式会社ドワンゴ"),
            months: Some(months("2016-04", "2018-01")),
            lines: &["分散KVSを設計した"],
            worked: &["erlang"],
            ..Job::default()
        };
        let resume = Resume::new(&format!("c{:02}", n % 30))
            .job(&job)
            .updated(n as i64);
        bench.index.apply(upserts([resume]), n + 2).unwrap();
    }
    let mut condition = used("erlang");
    condition.text = vec!["分散KVS".to_owned()];
    let answer = bench.search(&query(Some(stint(condition))));
    assert_eq!(answer.total, Some(30));
    for hit in &answer.hits {
        assert_eq!(hit.matches[0].spans.len(), 2);
        assert_eq!(hit.resume, format!("resume-{}", hit.key));
    }
    assert_eq!(bench.index.state().applied_sequence, 41);
}

#[test]
fn searches_never_see_half_of_a_change() {
    let bench = index_of([Resume::new("even").skill("rust", Grade::Declared)]);
    let index = bench.index.clone();
    let writer = std::thread::spawn(move || {
        for n in 0..30u64 {
            let (gone, come) = if n % 2 == 0 {
                ("even", "odd")
            } else {
                ("odd", "even")
            };
            let mut changes = vec![Change::Delete(gone.to_owned())];
            changes.extend(upserts([Resume::new(come).skill("rust", Grade::Declared)]));
            index.apply(changes, n + 2).unwrap();
        }
    });
    while !writer.is_finished() {
        assert_eq!(
            bench
                .index
                .search(&query(Some(stint(used("rust")))), BUDGET)
                .unwrap()
                .total,
            Some(1)
        );
    }
    writer.join().unwrap();
}
