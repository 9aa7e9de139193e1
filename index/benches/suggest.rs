//! Suggestions of an index with many technologies and employers, each with the names it must give.
#![allow(
    missing_docs,
    reason = "criterion's macro makes an undocumented function"
)]

use std::collections::BTreeSet;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use shokureki_index::lexicon::Lexicon;
use shokureki_index::months::MonthRange;
use shokureki_index::{
    Change, Document, EmployerEntry, Grade, MentionEntry, SkillIndex, StintEntry, SuggestionKind,
};

const KINDS: [SuggestionKind; 4] = [
    SuggestionKind::Technology,
    SuggestionKind::Employer,
    SuggestionKind::Role,
    SuggestionKind::Certification,
];

const LIMIT: usize = 10;

/// Parts that names of companies are put together from.
const FIRST: [&str; 24] = [
    "青葉",
    "若草",
    "北斗",
    "南風",
    "東雲",
    "西海",
    "高砂",
    "大和",
    "山吹",
    "川霧",
    "森羅",
    "空知",
    "アオバ",
    "カシワ",
    "クヌギ",
    "ケヤキ",
    "サクラ",
    "シラカバ",
    "タチバナ",
    "ツバキ",
    "ナズナ",
    "ヒイラギ",
    "ヤナギ",
    "ワカバ",
];
const SECOND: [&str; 20] = [
    "電子",
    "情報",
    "計算",
    "通信",
    "商事",
    "物流",
    "工業",
    "精機",
    "製作所",
    "銀行",
    "証券",
    "保険",
    "システムズ",
    "テクノ",
    "ソフト",
    "データ",
    "ネット",
    "ラボ",
    "ワークス",
    "ソリューションズ",
];

/// SplitMix64: the same careers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

fn career(number: usize, random: &mut Random) -> Document {
    let mut document = Document {
        key: format!("{number:06}"),
        resume: format!("resume {number}"),
        text: "業務システムの設計と開発を担当した。".to_owned(),
        ..Document::default()
    };
    for index in 0..3 {
        let (first, second) = (random.below(FIRST.len()), random.below(SECOND.len()));
        let name = format!(
            "{}{}{}株式会社",
            FIRST[first],
            SECOND[second],
            random.below(40)
        );
        document.stints.push(StintEntry {
            part_of: None,
            key: format!("{number}-{index}"),
            employer: Some(EmployerEntry {
                key: Lexicon::builtin().employer_key(&name),
                names: vec![name],
                span: 0..3,
            }),
            months: Some(MonthRange {
                first: 24_120 + 24 * index,
                last: 24_131 + 24 * index,
            }),
            is_current: false,
            roles: Vec::new(),
            role_spans: Vec::new(),
            span: 0..3,
            text: Vec::new(),
        });
    }
    document.roles = vec![["PM", "SE", "PG"][random.below(3)].to_owned()];
    let technologies: Vec<_> = Lexicon::builtin().technologies().collect();
    for _ in 0..12 {
        let most = random.below(technologies.len()) + 1;
        document.mentions.push(MentionEntry {
            technology: technologies[random.below(most)].key.clone(),
            grade: Grade::Worked,
            stint: Some(0),
            span: 0..3,
        });
    }
    document
}

/// Candidates with the technology, counted without the index.
fn count(documents: &[Document], key: &str) -> u64 {
    let named = documents.iter().filter(|document| {
        let keys = document.mentions.iter().map(|mention| &*mention.technology);
        keys.collect::<BTreeSet<_>>().contains(key)
    });
    named.count() as u64
}

fn suggestions(criterion: &mut Criterion) {
    let size = 20_000;
    let mut random = Random(size as u64);
    let documents: Vec<Document> = (0..size).map(|n| career(n, &mut random)).collect();
    let directory = tempfile::tempdir().expect("a directory for the index");
    let index = SkillIndex::open(directory.path()).expect("an empty index");
    let upserts = documents
        .iter()
        .map(|document| Change::Upsert(Box::new(document.clone())));
    index
        .apply(upserts.collect(), 1)
        .expect("an index of all careers");

    let mut group = criterion.benchmark_group("suggest");
    for (prefix, name) in [
        ("k", None),
        ("ア", None),
        ("amaz", None),
        ("kubern", Some("Kubernetes")),
        ("クーバ", Some("Kubernetes")),
        ("あおばでんし", None),
        ("kubrenetes", Some("Kubernetes")),
        ("qqqqqqqqqq", None),
    ] {
        let found = index.suggest(prefix, &KINDS, LIMIT).expect("suggestions");
        let is_none = prefix.starts_with('q');
        assert_eq!(found.list.is_empty(), is_none, "{prefix}");
        assert!(found.list.len() <= LIMIT);
        if let Some(name) = name {
            let is_named = found.list.iter().any(|of| of.name == name);
            assert!(is_named, "{prefix}: {found:?}");
        }
        for suggestion in &found.list {
            if suggestion.kind == SuggestionKind::Technology {
                let expected = count(&documents, &suggestion.key);
                assert_eq!(suggestion.count, expected, "{suggestion:?}");
            }
        }
        group.bench_with_input(
            BenchmarkId::from_parameter(prefix),
            prefix,
            |bench, prefix| {
                bench.iter(|| index.suggest(black_box(prefix), &KINDS, LIMIT));
            },
        );
    }
    group.finish();
}

criterion_group!(benches, suggestions);
criterion_main!(benches);
