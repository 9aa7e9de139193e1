//! Searches over generated careers, each with the result that it must have, beside bare tantivy on
//! the same index: `cargo bench --bench search -- [CANDIDATES…] [NAME]`, 1,000 and 10,000 by default;
//! with a name only the searches whose names contain it.
//!
//! One thread, in process. Ours and tantivy's runs take turns, so that a busy machine disturbs both;
//! of each the fastest round counts. The index is made at the first run and kept in the target
//! directory. What 100,000 gave stands in `docs/performance.md`.

mod bare;
mod pool;
mod shapes;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use shokureki_index::SuggestionKind;

use self::bare::Bare;
use self::pool::Pool;
use self::shapes::{Shape, shapes};

const BUDGET: Duration = Duration::from_secs(30);

/// Rounds of ours and of tantivy's in turn.
const ROUNDS: usize = 9;

/// How long the runs of one round last, at least one run.
const ROUND: Duration = Duration::from_millis(60);

fn main() {
    let (mut sizes, mut name) = (Vec::new(), String::new());
    for word in std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
    {
        match word.parse::<u64>() {
            Ok(size) => sizes.push(size),
            Err(_) => name = word,
        }
    }
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000]
    } else {
        sizes
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search");
    std::fs::create_dir_all(&folder).expect("a folder for the indexes");
    let shapes = shapes();
    for size in sizes {
        let pool = Pool::open(&folder, size, &shapes);
        report(&pool, &shapes, &name);
    }
}

fn report(pool: &Pool, shapes: &[Shape], name: &str) {
    let bare = Bare::open(&pool.directory);
    let state = pool.index.state();
    let share = state.size_bytes as f64 / pool.text_bytes as f64;
    println!(
        "\n{} candidates, {} MB of text, index {:.2} times that, {} segments\n",
        pool.size,
        pool.text_bytes / 1_000_000,
        share,
        bare.segments(),
    );
    println!("| search | hits | ours | bare tantivy | ratio | at most |");
    println!("|---|---:|---:|---:|---:|---:|");
    let expected = shapes.iter().zip(&pool.expected);
    for (shape, &expected) in expected.filter(|(shape, _)| shape.name.contains(name)) {
        let ours = || {
            pool.index
                .search(black_box(&shape.query), BUDGET)
                .expect("an answer")
        };
        assert_eq!(ours().total, Some(expected), "{}", shape.name);
        let query = bare.query(&shape.terms);
        let is_facet = shape.query.facets.technologies.is_some();
        let limit = shape.query.page.limit.max(1) as usize;
        let mut tantivy = || {
            if is_facet {
                black_box(bare.technologies(&*query));
            } else {
                black_box(bare.best(&*query, limit));
            }
        };
        let (ours, tantivy) = in_turn(|| drop(black_box(ours())), &mut tantivy);
        let tantivy = Some(tantivy).filter(|_| !shape.terms.is_empty());
        row(shape.name, expected, ours, tantivy, shape.most);
    }
    if "suggest".contains(name) {
        suggest(pool, &bare, shapes);
    }
}

/// Suggestions are answered from memory; they are held against a search for one term.
fn suggest(pool: &Pool, bare: &Bare, shapes: &[Shape]) {
    let kinds = [SuggestionKind::Technology, SuggestionKind::Employer];
    let ours = || {
        pool.index
            .suggest(black_box("ku"), &kinds, 10)
            .expect("suggestions")
    };
    let found = ours().list.len() as u64;
    assert!(found > 0, "nothing goes on from `ku`");
    let one_word = bare.query(&shapes[0].terms);
    let mut tantivy = || drop(black_box(bare.best(&*one_word, 20)));
    let (ours, tantivy) = in_turn(|| drop(black_box(ours())), &mut tantivy);
    row("suggest", found, ours, Some(tantivy), Some(1.0));
}

fn row(name: &str, hits: u64, ours: Duration, bare: Option<Duration>, most: Option<f64>) {
    let bare_text = bare.map_or_else(|| "–".to_owned(), |bare| format!("{bare:.1?}"));
    let ratio = bare.map(|bare| ours.as_secs_f64() / bare.as_secs_f64());
    let ratio = ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.1}"));
    let most = most.map_or_else(|| "–".to_owned(), |most| most.to_string());
    println!("| {name} | {hits} | {ours:.1?} | {bare_text} | {ratio} | {most} |");
}

/// The time of one run of each, of their fastest rounds.
fn in_turn(mut ours: impl FnMut(), mut other: impl FnMut()) -> (Duration, Duration) {
    let (mut best, mut best_other) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        best = best.min(time(&mut ours));
        best_other = best_other.min(time(&mut other));
    }
    (best, best_other)
}

fn time(run: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut runs = 0;
    while runs == 0 || start.elapsed() < ROUND {
        run();
        runs += 1;
    }
    start.elapsed() / runs
}
