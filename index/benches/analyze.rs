//! What a user waits for: the analysis of a résumé, and of a query.
//!
//! Each bench asserts its result, so that a fast wrong answer fails. The dictionary is unpacked once
//! a process; how long that takes is printed first.

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput};
use shokureki_index::analysis::{Analyzer, normalize, romaji_key};

/// A page of an invented résumé.
const PAGE: &str = "\
# 職務経歴書

氏名: 髙橋 花子（タカハシ ハナコ）

## 株式会社みどり商事（2016年4月〜2019年1月）

### 受発注システムの刷新（2017/04 ～ 2018/09、5名、サーバーサイドエンジニア）

- 技術: Java 11、Spring Boot、PostgreSQL、AWS (EC2, S3, RDS)、Docker、CI/CD
- 約300万件の受注データを扱うバッチ処理を並列化し、夜間の処理時間を6時間から50分に短縮しました。
- 障害時の再実行手順を整備し、運用チームへの引き継ぎまで一貫して担当しました。
- コードレビューとテストの自動化を導入し、リリース頻度を月1回から週2回に改善。
";

/// Bytes of a résumé of several pages.
const RESUME_BYTES: usize = 8 * 1024;

fn resume() -> String {
    PAGE.repeat(RESUME_BYTES / PAGE.len() + 1)
}

fn analyze(criterion: &mut Criterion) {
    let analyzer = Analyzer::builtin().expect("the dictionary is intact");
    let resume = resume();
    let pages = resume.len() / PAGE.len();
    let mut group = criterion.benchmark_group("analyze");
    group.throughput(Throughput::Bytes(resume.len() as u64));
    group.bench_function("resume", |bencher| {
        bencher.iter(|| {
            let analyzed = analyzer.analyze(black_box(&resume));
            let found = analyzed.words.iter().filter(|word| word.term == "ci/cd");
            assert_eq!(found.count(), pages);
            assert!(analyzed.grams.iter().any(|gram| gram.term == "^高橋"));
        });
    });
    group.bench_function("normalize", |bencher| {
        bencher.iter(|| {
            let normalized = normalize(black_box(&resume));
            assert!(normalized.as_str().starts_with("# 職務経歴書"));
        });
    });
    group.finish();

    criterion.bench_function("query", |bencher| {
        bencher.iter(|| {
            let words = analyzer.query_words(black_box("サーバーの並列処理 PostgreSQL"));
            assert_eq!(words.len(), 4);
        });
    });
    criterion.bench_function("romaji key", |bencher| {
        bencher.iter(|| {
            let key = romaji_key(black_box("タカハシ ハナコ"));
            assert_eq!(key.as_deref(), Some("takahasihanako"));
        });
    });
}

fn main() {
    let start = Instant::now();
    Analyzer::builtin().expect("the dictionary is intact");
    println!("first load of the dictionary: {:?}", start.elapsed());

    let mut criterion = Criterion::default().configure_from_args();
    analyze(&mut criterion);
    criterion.final_summary();
}
