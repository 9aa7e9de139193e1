//! Employers, technologies and their counts.

use std::collections::{BTreeMap, BTreeSet};

use super::samples::{anonymous, document, employer, job, mention, named, technology};
use super::{DEFAULT, TestDatabase, career, employer_rows, import, import_one, technology_rows};
use crate::domain::{
    Actor, Certification, EmployerId, EmployerName, Grade, OrganizationId, StatedMonths,
    TechnologyName,
};
use crate::store::NewResume;

fn with_jobs(mut new: NewResume, employers: &[EmployerName]) -> NewResume {
    new.resume.stints.employments = employers.iter().cloned().map(job).collect();
    new
}

fn with_mentions(mut new: NewResume, mentions: &[(&str, Grade)]) -> NewResume {
    let mentions = mentions.iter().map(|&(key, grade)| mention(key, grade));
    new.resume.mentions = mentions.collect();
    new
}

async fn employer_counts(database: &TestDatabase) -> Vec<(String, u64)> {
    let rows = employer_rows(database).await.into_iter();
    rows.map(|row| (row.name, row.candidate_count)).collect()
}

async fn technology_counts(database: &TestDatabase) -> Vec<(String, u64)> {
    let rows = technology_rows(database).await.into_iter();
    rows.map(|row| (row.key, row.candidate_count)).collect()
}

#[track_caller]
fn check(actual: &[(String, u64)], expected: &[(&str, u64)]) {
    let actual: Vec<_> = actual
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect();
    assert_eq!(actual, expected);
}

pub(super) async fn counts_are_of_current_resumes_only(database: &TestDatabase) {
    let (x, y) = (employer("X"), employer("Y"));
    let both = with_jobs(named("a", "一"), &[x.clone(), y.clone(), x.clone()]);
    let both = with_mentions(both, &[("erlang", Grade::Worked), ("go", Grade::Worked)]);
    let one = with_jobs(named("b", "二"), std::slice::from_ref(&x));
    let one = with_mentions(one, &[("go", Grade::Worked), ("go", Grade::Learning)]);
    let imported = import(database, &[both, one]).await;
    check(&employer_counts(database).await, &[("X", 2), ("Y", 1)]);
    check(
        &technology_counts(database).await,
        &[("go", 2), ("erlang", 1)],
    );

    let newer = with_jobs(named("a", "三"), std::slice::from_ref(&y));
    import_one(database, &with_mentions(newer, &[("rust", Grade::Worked)])).await;
    check(&employer_counts(database).await, &[("X", 1), ("Y", 1)]);
    check(
        &technology_counts(database).await,
        &[("go", 1), ("rust", 1)],
    );

    let b = imported[1].candidate;
    database
        .store
        .erase(DEFAULT, &Actor::Local, b)
        .await
        .unwrap();
    check(&employer_counts(database).await, &[("Y", 1)]);
    check(&technology_counts(database).await, &[("rust", 1)]);
}

/// Compares every stored count with one made from the current careers.
async fn recount(database: &TestDatabase) {
    let ids = database
        .store
        .candidate_ids_page(DEFAULT, None, 1_000)
        .await;
    let careers = database.store.current_careers(DEFAULT, &ids.unwrap()).await;
    let mut employers: BTreeMap<EmployerId, u64> = BTreeMap::new();
    let mut technologies: BTreeMap<String, u64> = BTreeMap::new();
    for career in careers.unwrap().values() {
        for &employer in career.employer_ids.iter().collect::<BTreeSet<_>>() {
            *employers.entry(employer).or_default() += 1;
        }
        let mut strongest: BTreeMap<&str, Grade> = BTreeMap::new();
        for mention in &career.resume.mentions {
            let grade = strongest.entry(&mention.technology.key);
            let grade = grade.or_insert(mention.grade);
            *grade = mention.grade.max(*grade);
        }
        for (key, grade) in strongest {
            let count = technologies.entry(key.to_owned()).or_default();
            *count += u64::from(grade >= Grade::Declared);
        }
    }
    let stored = employer_rows(database).await.into_iter();
    let stored: BTreeMap<_, _> = stored.map(|row| (row.id, row.candidate_count)).collect();
    assert_eq!(stored, employers);
    let stored = technology_counts(database).await;
    assert_eq!(stored.into_iter().collect::<BTreeMap<_, _>>(), technologies);
}

pub(super) async fn counts_equal_a_recount_after_any_history(database: &TestDatabase) {
    // Knuth's multiplier: the same history in every run.
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let grades = [
        Grade::Negated,
        Grade::Certified,
        Grade::Declared,
        Grade::Worked,
    ];
    for step in 0..60 {
        let imports: Vec<NewResume> = (0..=random(3))
            .map(|place| {
                let new = named(&random(6).to_string(), &format!("{step} {place}"));
                let names = ["V", "W", "X", "Y", "Z"];
                let jobs: Vec<_> = (0..random(4))
                    .map(|_| match random(6) {
                        5 => anonymous("A社"),
                        name => employer(names[usize::try_from(name).unwrap()]),
                    })
                    .collect();
                let named: Vec<_> = (0..random(6))
                    .map(|_| {
                        let key = ["go", "rust", "c", "ada"][usize::try_from(random(4)).unwrap()];
                        (key, grades[usize::try_from(random(4)).unwrap()])
                    })
                    .collect();
                with_mentions(with_jobs(new, &jobs), &named)
            })
            .collect();
        let imported = import(database, &imports).await;
        if random(4) == 0 {
            let erased = database
                .store
                .erase(DEFAULT, &Actor::Local, imported[0].candidate)
                .await;
            assert!(erased.unwrap().is_some());
        }
        recount(database).await;
    }
}

pub(super) async fn pages_follow_count_then_name_and_go_on_behind_a_cursor(
    database: &TestDatabase,
) {
    let employers: Vec<EmployerName> = ["b", "a", "c", "Z"].map(employer).to_vec();
    let all = with_jobs(named("1", "一"), &employers);
    let all = with_mentions(all, &["b", "a", "c"].map(|key| (key, Grade::Worked)));
    let one = with_jobs(named("2", "二"), &employers[2..3]);
    let one = with_mentions(one, &[("c", Grade::Worked)]);
    import(database, &[all, one]).await;

    let expected = [("c", 2), ("Z", 1), ("a", 1), ("b", 1)];
    let mut after = None;
    for (name, count) in expected {
        let page = database
            .store
            .employers_page(DEFAULT, None, after.as_ref(), 1);
        let row = page.await.unwrap().remove(0);
        assert_eq!((row.name.as_str(), row.candidate_count), (name, count));
        after = Some(row.cursor());
    }
    let page = database
        .store
        .employers_page(DEFAULT, None, after.as_ref(), 1);
    assert_eq!(page.await.unwrap(), []);

    let mut after = None;
    for (key, count) in [("c", 2), ("a", 1), ("b", 1)] {
        let page = database
            .store
            .technologies_page(DEFAULT, None, after.as_ref(), 1);
        let row = page.await.unwrap().remove(0);
        assert_eq!((row.key.as_str(), row.candidate_count), (key, count));
        after = Some(row.cursor());
    }
    let keys = ["b".to_owned(), "none".to_owned()];
    let page = database
        .store
        .technologies_page(DEFAULT, Some(&keys), None, 9);
    assert_eq!(page.await.unwrap().len(), 1);
}

pub(super) async fn employers_are_found_by_part_of_any_name(database: &TestDatabase) {
    let mut first = employer("カクウ株式会社");
    first.aliases = vec!["Kaku_U 100%".to_owned()];
    let new = with_jobs(document("一"), &[first, employer("別会社")]);
    import_one(database, &new).await;
    for (query, expected) in [
        ("かくう", 1),
        ("ｶｸｳ", 1),
        ("KAKU_u", 1),
        ("kaku-u", 0),
        ("100%", 1),
        ("1%0", 0),
        ("会社", 2),
        ("", 2),
        ("\\", 0),
        ("' OR 1=1 --", 0),
        (&"%".repeat(100_000), 0),
    ] {
        let page = database.store.employers_page(DEFAULT, Some(query), None, 9);
        assert_eq!(page.await.unwrap().len(), expected, "{query}");
    }
}

pub(super) async fn technologies_count_from_declared_up(database: &TestDatabase) {
    let grades = [
        ("worked", Grade::Worked),
        ("declared", Grade::Declared),
        ("personal", Grade::Personal),
        ("learning", Grade::Learning),
        ("negated", Grade::Negated),
    ];
    let mut new = with_mentions(document("一"), &grades);
    new.resume.stated.push(StatedMonths {
        technology: technology("stated"),
        months: 6,
        span: super::samples::span(0, 1),
        line: 1,
    });
    new.resume.certifications.push(Certification {
        name: "資格".to_owned(),
        acquired: None,
        technology: Some(technology("certified")),
        line: 1,
        span: super::samples::span(0, 1),
    });
    import_one(database, &new).await;
    let keys: Vec<String> = technology_rows(database)
        .await
        .into_iter()
        .map(|row| row.key)
        .chain(["none".to_owned()])
        .collect();
    let counts = database.store.technology_counts(DEFAULT, &keys);
    let counts = counts.await.unwrap();
    assert_eq!(counts.len(), 7);
    for (key, row) in counts {
        let counted = matches!(key.as_str(), "worked" | "declared" | "stated");
        assert_eq!(row.candidate_count, u64::from(counted), "{key}");
    }
}

pub(super) async fn a_technology_becomes_listed_when_the_lexicon_learns_it(
    database: &TestDatabase,
) {
    let unlisted = TechnologyName {
        key: "new".to_owned(),
        name: "nEw".to_owned(),
        is_listed: false,
    };
    let mut old = with_mentions(named("a", "一"), &[("new", Grade::Worked)]);
    old.resume.mentions[0].technology = unlisted.clone();
    let imported = import_one(database, &old).await;
    let new = with_mentions(named("b", "二"), &[("new", Grade::Worked)]);
    import_one(database, &new).await;
    let rows = technology_rows(database).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].name.as_str(), rows[0].is_listed), ("NEW", true));
    assert_eq!(rows[0].candidate_count, 2);
    let read = career(database, imported.candidate).await;
    assert_eq!(read.resume.mentions[0].technology, unlisted);
}

pub(super) async fn organizations_see_nothing_of_one_another(database: &TestDatabase) {
    let store = &database.store;
    let other = OrganizationId::new();
    store.ensure_organization(other, "other").await.unwrap();
    store.ensure_organization(other, "again").await.unwrap();
    let new = super::samples::full("一");
    let ours = import_one(database, &new).await;
    let theirs = store
        .import(other, &Actor::Local, std::slice::from_ref(&new))
        .await
        .unwrap()[0];
    assert!(!theirs.unchanged);
    assert_eq!(theirs.sequence, 1);
    assert_ne!(theirs.candidate, ours.candidate);
    let career = career(database, ours.candidate).await;

    let (candidate, resume) = ([ours.candidate], [ours.resume]);
    assert!(
        store
            .candidates(other, &candidate)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .current_careers(other, &candidate)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .careers_of_resumes(other, &resume)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(store.resumes(other, &resume).await.unwrap().is_empty());
    assert!(store.resume_texts(other, &resume).await.unwrap().is_empty());
    assert!(store.original(other, ours.resume).await.unwrap().is_none());
    assert!(
        store
            .resume_ids_of(other, &candidate)
            .await
            .unwrap()
            .is_empty()
    );
    let owners = store.employment_owners(other, &career.employment_ids).await;
    assert!(owners.unwrap().is_empty());
    let owners = store.project_owners(other, &career.project_ids).await;
    assert!(owners.unwrap().is_empty());
    let employers = store.employers(other, &career.employer_ids).await;
    assert!(employers.unwrap().is_empty());
    let found = store.candidate_by_external_id(other, "ats-1").await;
    assert_eq!(found.unwrap(), Some(theirs.candidate));
    assert!(
        store
            .erase(other, &Actor::Local, ours.candidate)
            .await
            .unwrap()
            .is_none()
    );
    for row in employer_rows(database).await {
        assert_eq!(row.candidate_count, 1);
    }
    assert_eq!(store.candidate_count(other).await.unwrap(), 1);
    assert_eq!(store.changes_after(other, 0, 9).await.unwrap().len(), 1);
    assert_eq!(store.organizations().await.unwrap(), [DEFAULT, other]);
}

pub(super) async fn anonymous_employers_never_merge(database: &TestDatabase) {
    let hidden = [anonymous("A社"), anonymous("A社")];
    let imports = [
        with_jobs(named("a", "一"), &hidden),
        with_jobs(named("b", "二"), &hidden[..1]),
    ];
    let imported = import(database, &imports).await;
    check(&employer_counts(database).await, &[("A社", 1); 3]);
    let read = career(database, imported[0].candidate).await;
    assert_ne!(read.employer_ids[0], read.employer_ids[1]);
    assert_eq!(read.resume, imports[0].resume);
    assert!(
        employer_rows(database)
            .await
            .iter()
            .all(|row| row.is_anonymous)
    );
}

pub(super) async fn employers_of_one_key_gather_names(database: &TestDatabase) {
    let spelled = |name: &str, aliases: &[&str]| EmployerName {
        name: name.to_owned(),
        key: "架空".to_owned(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        is_anonymous: false,
    };
    let imports = [
        with_jobs(named("a", "一"), &[spelled("株式会社架空", &["カクウ"])]),
        with_jobs(named("b", "二"), &[spelled("㈱架空", &["カクウ"])]),
    ];
    import(database, &imports).await;
    let third = with_jobs(named("c", "三"), &[spelled("架空", &["株式会社架空"])]);
    let third = import_one(database, &third).await;
    let rows = employer_rows(database).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].name, "株式会社架空");
    assert_eq!(rows[0].aliases, ["カクウ", "㈱架空", "架空"]);
    assert_eq!(rows[0].candidate_count, 3);
    let read = career(database, third.candidate).await;
    assert_eq!(read.employer_ids, [rows[0].id]);
    assert_eq!(read.resume.stints.employments[0].employer.name, "架空");
}
