//! One suite, two engines.

#![allow(clippy::unwrap_used, reason = "a failed step fails its test")]

mod audit;
mod embed_tokens;
mod engines;
mod follow;
mod lists;
mod load;
mod plans;
mod reread;
mod samples;
mod schema;

use std::collections::HashSet;

use sea_orm::EntityTrait as _;

use super::{
    Career, Change, ChangeKind, EmployerRow, Erased, Imported, NewResume, TechnologyRow, entity,
};
use crate::domain::{Actor, CandidateId, OrganizationId, Resume, ResumeId, YearMonth};
use audit::{
    a_log_that_nobody_changed_verifies, an_entry_that_was_changed_is_seen,
    an_entry_that_was_taken_out_is_seen, entries_taken_out_of_the_beginning_are_seen,
    old_entries_go_and_what_is_left_verifies, words_that_were_changed_are_seen_and_words_may_go,
};
use embed_tokens::{
    an_embed_token_reads_back_and_ends_with_its_maker,
    embed_tokens_that_have_ended_go_with_the_next,
};
use engines::{TestDatabase, on_both_engines};
use follow::a_follower_skips_no_change_of_concurrent_processes;
use lists::{
    a_technology_becomes_listed_when_the_lexicon_learns_it, anonymous_employers_never_merge,
    counts_are_of_current_resumes_only, counts_equal_a_recount_after_any_history,
    employers_are_found_by_part_of_any_name, employers_of_one_key_gather_names,
    organizations_see_nothing_of_one_another,
    pages_follow_count_then_name_and_go_on_behind_a_cursor, technologies_count_from_declared_up,
};
use load::{
    a_cancelled_import_leaves_all_or_nothing, a_failed_import_leaves_nothing,
    an_unknown_organization_is_an_error, batches_above_the_bind_limit_are_stored,
    careers_take_the_same_number_of_statements_for_any_number,
    concurrent_imports_all_succeed_in_one_order,
    lists_are_those_of_the_career_however_often_they_are_asked_for, odd_texts_are_stored,
    the_schema_goes_up_down_and_up, two_first_imports_of_one_external_id_make_one_candidate,
    two_processes_may_migrate_at_once, what_was_acknowledged_is_there_after_reopening,
};
use reread::{
    a_newer_reader_replaces_what_was_read, an_older_document_read_again_stays_the_older_one,
};
use samples::{date, document, employer, full, named};
use schema::{
    a_newer_schema_is_used_unless_it_needs_a_newer_program, a_schema_of_another_history_is_refused,
    words_of_a_newer_program_are_no_errors,
};

const DEFAULT: OrganizationId = OrganizationId::DEFAULT;

on_both_engines! {
    a_career_reads_back_what_was_imported,
    the_same_bytes_again_change_nothing,
    a_newer_resume_becomes_current_and_the_older_stays,
    documents_of_one_call_follow_one_another,
    documents_meet_by_external_id_else_by_mail_address,
    an_open_period_ends_at_the_documents_date_else_the_given_else_the_receipt,
    a_newer_reader_replaces_what_was_read,
    an_older_document_read_again_stays_the_older_one,
    erasing_leaves_no_row,
    erasing_one_candidate_leaves_the_others,
    changes_come_in_the_order_of_commits,
    a_follower_skips_no_change_of_concurrent_processes,
    a_newer_schema_is_used_unless_it_needs_a_newer_program,
    a_schema_of_another_history_is_refused,
    words_of_a_newer_program_are_no_errors,
    counts_are_of_current_resumes_only,
    counts_equal_a_recount_after_any_history,
    pages_follow_count_then_name_and_go_on_behind_a_cursor,
    employers_are_found_by_part_of_any_name,
    technologies_count_from_declared_up,
    a_technology_becomes_listed_when_the_lexicon_learns_it,
    organizations_see_nothing_of_one_another,
    anonymous_employers_never_merge,
    employers_of_one_key_gather_names,
    the_schema_goes_up_down_and_up,
    concurrent_imports_all_succeed_in_one_order,
    two_first_imports_of_one_external_id_make_one_candidate,
    a_cancelled_import_leaves_all_or_nothing,
    two_processes_may_migrate_at_once,
    batches_above_the_bind_limit_are_stored,
    careers_take_the_same_number_of_statements_for_any_number,
    lists_are_those_of_the_career_however_often_they_are_asked_for,
    a_failed_import_leaves_nothing,
    odd_texts_are_stored,
    an_unknown_organization_is_an_error,
    what_was_acknowledged_is_there_after_reopening,
    a_log_that_nobody_changed_verifies,
    an_entry_that_was_changed_is_seen,
    an_entry_that_was_taken_out_is_seen,
    entries_taken_out_of_the_beginning_are_seen,
    words_that_were_changed_are_seen_and_words_may_go,
    old_entries_go_and_what_is_left_verifies,
    an_embed_token_reads_back_and_ends_with_its_maker,
    embed_tokens_that_have_ended_go_with_the_next,
}

async fn import(database: &TestDatabase, imports: &[NewResume]) -> Vec<Imported> {
    let imported = database.store.import(DEFAULT, &Actor::Local, imports).await;
    imported.expect("a stored document")
}

async fn import_one(database: &TestDatabase, new: &NewResume) -> Imported {
    import(database, std::slice::from_ref(new)).await[0]
}

async fn career(database: &TestDatabase, candidate: CandidateId) -> Career {
    let careers = database.store.current_careers(DEFAULT, &[candidate]).await;
    careers
        .expect("a database")
        .remove(&candidate)
        .expect("a career")
}

async fn employer_rows(database: &TestDatabase) -> Vec<EmployerRow> {
    let page = database.store.employers_page(DEFAULT, None, None, 1_000);
    page.await.expect("a database")
}

async fn technology_rows(database: &TestDatabase) -> Vec<TechnologyRow> {
    let page = database.store.technologies_page(DEFAULT, None, None, 1_000);
    page.await.expect("a database")
}

/// Every table with its number of rows, those of the migrations left out.
async fn row_counts(database: &TestDatabase) -> Vec<(&'static str, u64)> {
    macro_rules! counts {
        ($($table:ident),+ $(,)?) => {
            vec![$((stringify!($table), {
                use sea_orm::PaginatorTrait as _;
                let rows = entity::$table::Entity::find();
                rows.count(&database.store.readers).await.expect("a database")
            })),+]
        };
    }
    counts![
        organization,
        change,
        candidate,
        candidate_email,
        resume,
        document,
        employer,
        technology,
        resume_technology,
        employment,
        project,
        mention,
        stated_months,
        certification,
        education,
        link,
        notice,
    ]
}

async fn a_career_reads_back_what_was_imported(database: &TestDatabase) {
    let store = &database.store;
    let new = full("本文");
    let imported = import_one(database, &new).await;
    assert!(!imported.unchanged);
    let read = career(database, imported.candidate).await;
    assert_eq!(read.resume, new.resume);
    assert_eq!(read.notices, new.notices);
    assert_eq!(read.candidate, imported.candidate);
    assert_eq!(read.resume_id, imported.resume);
    assert_eq!(read.as_of, YearMonth::new(2022, 10).unwrap());
    assert_eq!(read.employment_ids.len(), 2);
    assert_eq!(read.project_ids.len(), 2);
    assert_eq!(read.employer_ids.len(), 2);

    let resumes = store.resumes(DEFAULT, &[imported.resume]).await.unwrap();
    let row = &resumes[&imported.resume];
    assert_eq!(row.candidate, imported.candidate);
    assert_eq!(row.file_name, new.file_name);
    assert_eq!(row.format, new.format);
    assert_eq!(row.document_date, new.resume.document_date);
    assert_eq!(row.sha256, new.sha256);
    assert_eq!(row.parser_version, new.parser_version);
    let candidates = store.candidates(DEFAULT, &[imported.candidate]).await;
    let candidate = &candidates.unwrap()[&imported.candidate];
    assert_eq!(candidate.external_id, new.external_id);
    assert_eq!(candidate.current_resume, imported.resume);
    assert_eq!(candidate.updated_at, row.received_at);
    assert_eq!(read.updated_at, row.received_at);

    let original = store.original(DEFAULT, imported.resume).await.unwrap();
    assert_eq!(original.as_ref(), Some(&new.original));
    let texts = store.resume_texts(DEFAULT, &[imported.resume]).await;
    assert_eq!(*texts.unwrap()[&imported.resume], *new.text);
    let employments = store.employment_owners(DEFAULT, &read.employment_ids).await;
    let employments = employments.unwrap();
    assert_eq!(employments[&read.employment_ids[1]], imported.resume);
    let projects = store.project_owners(DEFAULT, &read.project_ids).await;
    assert_eq!(projects.unwrap()[&read.project_ids[0]], imported.resume);
    let employers = store.employers(DEFAULT, &read.employer_ids).await.unwrap();
    assert_eq!(employers[&read.employer_ids[0]].name, "株式会社架空商事");
}

async fn the_same_bytes_again_change_nothing(database: &TestDatabase) {
    let (known, other) = (named("a", "一"), document("二"));
    let first = import(database, &[known.clone(), other.clone()]).await;
    let counts = row_counts(database).await;
    let nameless = NewResume {
        external_id: None,
        ..known.clone()
    };
    for (again, before) in [
        (known.clone(), first[0]),
        (other, first[1]),
        (nameless, first[0]),
    ] {
        let again = import_one(database, &again).await;
        assert_eq!(
            again,
            Imported {
                unchanged: true,
                ..before
            }
        );
    }
    assert_eq!(row_counts(database).await, counts);
    let somebody_else = import_one(database, &named("b", "一")).await;
    assert!(!somebody_else.unchanged);
    assert_ne!(somebody_else.candidate, first[0].candidate);
}

async fn a_newer_resume_becomes_current_and_the_older_stays(database: &TestDatabase) {
    let store = &database.store;
    let old = import_one(database, &full("古い")).await;
    let new = NewResume {
        resume: Resume::default(),
        ..full("新しい")
    };
    let new = import_one(database, &new).await;
    assert_eq!(new.candidate, old.candidate);
    let now = career(database, old.candidate).await;
    assert_eq!(now.resume_id, new.resume);
    let both = [old.resume, new.resume, ResumeId::new()];
    let careers = store.careers_of_resumes(DEFAULT, &both).await.unwrap();
    assert_eq!(careers.len(), 2);
    assert_eq!(careers[&old.resume].resume, full("").resume);
    assert_eq!(careers[&old.resume].updated_at, now.updated_at);
    let ids = store
        .resume_ids_of(DEFAULT, &[old.candidate])
        .await
        .unwrap();
    assert_eq!(ids[&old.candidate], [new.resume, old.resume]);
}

async fn documents_of_one_call_follow_one_another(database: &TestDatabase) {
    let imports = [
        named("a", "一"),
        named("a", "二"),
        named("b", "三"),
        named("a", "一"),
    ];
    let imported = import(database, &imports).await;
    assert_eq!(imported[0].candidate, imported[1].candidate);
    assert_ne!(imported[0].candidate, imported[2].candidate);
    let first = Imported {
        unchanged: true,
        ..imported[0]
    };
    assert_eq!(imported[3], first);
    let sequences: Vec<i64> = imported.iter().map(|imported| imported.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 1]);
    let current = career(database, imported[0].candidate).await;
    assert_eq!(current.resume_id, imported[1].resume);
}

async fn documents_meet_by_external_id_else_by_mail_address(database: &TestDatabase) {
    let with_email = |mut new: NewResume, email: &str| {
        new.resume.identity.emails = vec![email.to_owned()];
        new
    };
    let imports = [
        with_email(named("a", "一"), "One@Example.com"),
        with_email(document("二"), "oNE@example.com "),
        with_email(named("b", "三"), "one@example.com"),
        with_email(document("四"), "two@example.com"),
        document("五"),
        document("六"),
        named("a", "七"),
    ];
    let one_call = import(database, &imports).await;
    let late = import_one(database, &with_email(document("八"), "TWO@example.com")).await;
    let ids: Vec<CandidateId> = one_call.iter().map(|imported| imported.candidate).collect();
    assert_eq!(ids[1], ids[0]);
    assert_ne!(ids[2], ids[0]);
    assert_eq!(ids[6], ids[0]);
    assert_eq!(late.candidate, ids[3]);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 5);
    let found = database.store.candidate_by_external_id(DEFAULT, "b").await;
    assert_eq!(found.unwrap(), Some(ids[2]));
    let found = database.store.candidate_by_external_id(DEFAULT, "c").await;
    assert_eq!(found.unwrap(), None);
}

async fn an_open_period_ends_at_the_documents_date_else_the_given_else_the_receipt(
    database: &TestDatabase,
) {
    let given = NewResume {
        given_document_date: Some(date("2020-02-29")),
        ..document("一")
    };
    let mut stated = NewResume {
        given_document_date: Some(date("2020-02-29")),
        ..document("二")
    };
    stated.resume.document_date = Some(date("2021-03-31"));
    let imported = import(database, &[given, stated, document("三")]).await;
    let ids: Vec<ResumeId> = imported.iter().map(|imported| imported.resume).collect();
    let rows = database.store.resumes(DEFAULT, &ids).await.unwrap();
    assert_eq!(rows[&ids[0]].as_of.to_string(), "2020-02");
    assert_eq!(rows[&ids[0]].document_date, Some(date("2020-02-29")));
    assert_eq!(rows[&ids[1]].as_of.to_string(), "2021-03");
    let received = rows[&ids[2]].received_at.format("%Y-%m").to_string();
    assert_eq!(rows[&ids[2]].as_of.to_string(), received);
    assert_eq!(rows[&ids[2]].document_date, None);
    let given = career(database, imported[0].candidate).await;
    assert_eq!(given.resume.document_date, None);
}

async fn erasing_leaves_no_row(database: &TestDatabase) {
    let imported = import(database, &[full("一"), full("二")]).await;
    let candidate = imported[0].candidate;
    let erased = database
        .store
        .erase(DEFAULT, &Actor::Local, candidate)
        .await
        .unwrap();
    let expected = Erased {
        sequence: 3,
        resume_count: 2,
    };
    assert_eq!(erased, Some(expected));
    for (table, rows) in row_counts(database).await {
        let expected = match table {
            "organization" => 1,
            "change" => 3,
            _ => 0,
        };
        assert_eq!(rows, expected, "{table}");
    }
    let again = database
        .store
        .erase(DEFAULT, &Actor::Local, candidate)
        .await
        .unwrap();
    assert_eq!(again, None);
    assert_eq!(database.store.last_sequence(DEFAULT).await.unwrap(), 3);
}

async fn erasing_one_candidate_leaves_the_others(database: &TestDatabase) {
    let stays = full("一");
    let mut goes = NewResume {
        external_id: Some("ats-2".to_owned()),
        ..full("二")
    };
    goes.resume.stints.employments[0].employer.aliases = vec!["別名".to_owned()];
    goes.resume.stints.employments[1].employer = employer("去る会社");
    let imported = import(database, &[stays.clone(), goes]).await;
    let erased = database
        .store
        .erase(DEFAULT, &Actor::Local, imported[1].candidate)
        .await;
    assert!(erased.unwrap().is_some());
    let left = career(database, imported[0].candidate).await;
    assert_eq!(left.resume, stays.resume);
    let employers = employer_rows(database).await;
    let names: Vec<&str> = employers.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["A社", "株式会社架空商事"]);
    assert_eq!(employers[1].aliases, ["旧カクウ"]);
    assert!(employers.iter().all(|row| row.candidate_count == 1));
    let technologies = technology_rows(database).await;
    assert_eq!(technologies.len(), 6);
    assert!(technologies.iter().all(|row| row.candidate_count <= 1));
}

async fn changes_come_in_the_order_of_commits(database: &TestDatabase) {
    let store = &database.store;
    assert_eq!(store.last_sequence(DEFAULT).await.unwrap(), 0);
    let a = import_one(database, &named("a", "一")).await;
    let b = import_one(database, &named("b", "二")).await;
    import_one(database, &named("a", "三")).await;
    store
        .erase(DEFAULT, &Actor::Local, b.candidate)
        .await
        .unwrap();
    let change = |sequence, candidate, kind| Change {
        sequence,
        candidate,
        kind,
    };
    let expected = [
        change(1, a.candidate, ChangeKind::Upsert),
        change(2, b.candidate, ChangeKind::Upsert),
        change(3, a.candidate, ChangeKind::Upsert),
        change(4, b.candidate, ChangeKind::Delete),
    ];
    let all = store.changes_after(DEFAULT, 0, 100).await.unwrap();
    assert_eq!(all, expected);
    let some = store.changes_after(DEFAULT, 1, 2).await.unwrap();
    assert_eq!(some, expected[1..3]);
    assert_eq!(store.last_sequence(DEFAULT).await.unwrap(), 4);
    assert_eq!(store.organizations().await.unwrap(), [DEFAULT]);
    assert_eq!(store.candidate_count(DEFAULT).await.unwrap(), 1);
    let page = store.candidate_ids_page(DEFAULT, None, 10).await.unwrap();
    assert_eq!(page, [a.candidate]);
    let page = store
        .candidate_ids_page(DEFAULT, Some(a.candidate), 10)
        .await;
    assert_eq!(page.unwrap(), []);
}
