//! What a search finds: each test fixes one fact about conditions and their evidence.

use crate::support::*;
use shokureki_index::{Condition, Grade, StintCondition, Tenure};

fn dwango() -> Job<'static> {
    Job {
        employer: Some("株式会社ドワンゴ"),
        aliases: &["Dwango"],
        months: Some(months("2016-04", "2019-01")),
        roles: &["リードエンジニア"],
        lines: &["分散KVSを設計した"],
        worked: &["erlang"],
        ..Job::default()
    }
}

fn later_job() -> Job<'static> {
    Job {
        employer: Some("日東電工株式会社"),
        months: Some(months("2019-02", "2021-12")),
        is_current: true,
        roles: &["課長"],
        lines: &["帳票の刷新を率いた"],
        worked: &["rust"],
        ..Job::default()
    }
}

#[test]
fn an_empty_query_is_met_by_all_and_empty_lists_by_all_and_none() {
    let bench = index_of([Resume::new("a").job(&dwango()), Resume::new("b")]);
    assert_eq!(bench.search(&query(None)).hits.len(), 2);
    bench.check(Condition::All(vec![]), &["a", "b"]);
    bench.check(Condition::Any(vec![]), &[]);
    bench.check(not(Condition::Any(vec![])), &["a", "b"]);
    bench.check(not(Condition::All(vec![])), &[]);
}

#[test]
fn parts_of_one_condition_bind_to_one_stint() {
    let bench = index_of([Resume::new("a").job(&dwango()).job(&later_job())]);
    let mut condition = used("rust");
    condition.employer = Some(employer("ドワンゴ"));
    bench.check(stint(condition), &[]);
    let separate = Condition::All(vec![stint(used("rust")), stint(at("ドワンゴ"))]);
    bench.check(separate, &["a"]);
    let mut condition = used("erlang");
    condition.employer = Some(employer("ドワンゴ"));
    bench.check(stint(condition), &["a"]);
}

#[test]
fn words_of_different_stints_do_not_meet_one_condition() {
    let first = Job {
        lines: &["検索基盤を構築した", "課金"],
        ..dwango()
    };
    let second = Job {
        lines: &["課金基盤を構築した"],
        ..later_job()
    };
    let bench = index_of([Resume::new("a").job(&first).job(&second)]);
    let text_at = |text: &str, name: &str| {
        stint(StintCondition {
            text: vec![text.to_owned()],
            ..at(name)
        })
    };
    bench.check(text_at("検索基盤", "ドワンゴ"), &["a"]);
    bench.check(text_at("検索基盤", "日東電工"), &[]);
    bench.check(text_at("課金基盤", "ドワンゴ"), &[]);
    bench.check(text_at("課金基盤", "日東電工"), &["a"]);
}

#[test]
fn parallel_months_count_once() {
    let parallel = Job {
        months: Some(months("2018-01", "2020-12")),
        worked: &["erlang"],
        ..Job::default()
    };
    let bench = index_of([Resume::new("a").job(&dwango()).job(&parallel)]);
    bench.check(stint(used_for("erlang", 57)), &["a"]);
    bench.check(stint(used_for("erlang", 58)), &[]);
    let hit = bench.only_hit(stint(used("erlang")));
    assert_eq!(hit.matches[0].months, Some(57));
    assert!(!hit.matches[0].months_are_stated);
}

#[test]
fn least_months_are_clipped_to_the_window() {
    let bench = index_of([Resume::new("a").job(&dwango()).stated("erlang", 120)]);
    let mut condition = used_for("erlang", 24);
    condition.employer = Some(employer("ドワンゴ"));
    condition.period = overlapping("2016-01", "2018-12");
    bench.check(stint(condition.clone()), &["a"]);
    assert_eq!(
        bench.only_hit(stint(condition.clone())).matches[0].months,
        Some(33)
    );
    condition.period = overlapping("2018-01", "2018-12");
    bench.check(stint(condition), &[]);
}

#[test]
fn stated_months_count_without_window_and_employer() {
    let bench = index_of([Resume::new("a")
        .skill("python", Grade::Declared)
        .stated("python", 60)]);
    bench.check(stint(used_for("python", 60)), &["a"]);
    bench.check(stint(used_for("python", 61)), &[]);
    let hit = bench.only_hit(stint(used("python")));
    assert_eq!(hit.matches[0].months, Some(60));
    assert!(hit.matches[0].months_are_stated);
    assert_eq!(hit.matches[0].stint, None);
}

#[test]
fn mentions_outside_jobs_count_no_months() {
    let declared = Job {
        worked: &[],
        graded: &[("erlang", Grade::Declared)],
        ..dwango()
    };
    let bench = index_of([Resume::new("a").job(&declared)]);
    assert_eq!(
        bench.only_hit(stint(used("erlang"))).matches[0].months,
        Some(0)
    );
    bench.check(stint(used_for("erlang", 1)), &[]);
}

#[test]
fn wishes_and_denials_meet_only_what_asks_for_them() {
    let bench = index_of([
        Resume::new("learning").skill("rust", Grade::Learning),
        Resume::new("negated").skill("rust", Grade::Negated),
        Resume::new("worked").job(&later_job()),
    ]);
    bench.check(stint(used("rust")), &["worked"]);
    bench.check(technology_word("rust", "rust", true), &["worked"]);
    let graded = |grade: Grade| {
        let mut condition = used("rust");
        condition.technology.as_mut().unwrap().min_grade = grade;
        stint(condition)
    };
    bench.check(graded(Grade::Learning), &["learning", "worked"]);
    bench.check(graded(Grade::Negated), &["learning", "negated", "worked"]);
    bench.check(graded(Grade::Worked), &["worked"]);
}

#[test]
fn a_part_counts_as_its_whole_unless_told_not_to() {
    let lexicon = shokureki_index::lexicon::Lexicon::builtin();
    let some_part = lexicon
        .technologies()
        .find(|technology| technology.part_of.is_some())
        .unwrap();
    let (part, whole) = (some_part.key.clone(), some_part.part_of.clone().unwrap());
    let lambda = Job {
        worked: &[&part],
        ..Job::default()
    };
    let bench = index_of([Resume::new("a").job(&lambda)]);
    bench.check(stint(used(&whole)), &["a"]);
    bench.check(technology_word("whole", &whole, false), &["a"]);
    let mut condition = used(&whole);
    condition.technology.as_mut().unwrap().include_parts = false;
    bench.check(stint(condition), &[]);
}

#[test]
fn the_last_use_is_that_of_the_union() {
    let bench = index_of([Resume::new("a")
        .job(&dwango())
        .skill("perl", Grade::Declared)]);
    let since = |key: &str, since: &str| {
        let mut condition = used(key);
        condition.technology.as_mut().unwrap().last_used_since = Some(month(since));
        stint(condition)
    };
    bench.check(since("erlang", "2019-01"), &["a"]);
    bench.check(since("erlang", "2019-02"), &[]);
    bench.check(since("perl", "1990-01"), &[]);
}

#[test]
fn periods_overlap_or_contain_and_need_a_date() {
    let undated = Job {
        months: None,
        ..dwango()
    };
    let bench = index_of([
        Resume::new("dated").job(&dwango()),
        Resume::new("undated").job(&undated),
    ]);
    let in_period = |period| {
        stint(StintCondition {
            period,
            ..used("erlang")
        })
    };
    bench.check(stint(used("erlang")), &["dated", "undated"]);
    bench.check(in_period(overlapping("2019-01", "2022-01")), &["dated"]);
    bench.check(in_period(overlapping("2019-02", "2022-01")), &[]);
    bench.check(in_period(within("2016-04", "2019-01")), &["dated"]);
    bench.check(in_period(within("2016-05", "2019-01")), &[]);
}

#[test]
fn tenure_tells_jobs_that_go_on() {
    let finished_project = Job {
        months: Some(months("2020-01", "2020-06")),
        is_current: false,
        worked: &["scala"],
        ..later_job()
    };
    let bench = index_of([Resume::new("a")
        .job(&dwango())
        .job(&later_job())
        .job(&finished_project)]);
    let tenure = |name: &str, tenure: Tenure| {
        let mut condition = at(name);
        condition.employer.as_mut().unwrap().tenure = tenure;
        condition
    };
    bench.check(stint(tenure("日東電工", Tenure::Current)), &["a"]);
    bench.check(stint(tenure("日東電工", Tenure::Past)), &[]);
    bench.check(stint(tenure("ドワンゴ", Tenure::Past)), &["a"]);
    bench.check(stint(tenure("ドワンゴ", Tenure::Current)), &[]);
    let mut in_project = tenure("日東電工", Tenure::Current);
    in_project.technology = Some(technology("scala"));
    bench.check(stint(in_project), &["a"]);
}

#[test]
fn an_employer_is_found_by_key_beginning_alias_and_reading() {
    let bench = index_of([
        Resume::new("a").job(&dwango()),
        Resume::new("b").job(&later_job()),
    ]);
    bench.check(stint(at("ドワンゴ")), &["a"]);
    bench.check(stint(at("（株）ドワンゴ")), &["a"]);
    bench.check(stint(at("dwango")), &["a"]);
    bench.check(stint(at("どわんご")), &["a"]);
    bench.check(stint(at("日東")), &["b"]);
    bench.check(stint(at("日東電工")), &["b"]);
    bench.check(stint(at("日東電工株式会社")), &["b"]);
    bench.check(stint(at("電工")), &[]);
    bench.check(stint(at("ドワン")), &[]);
    let mut exact = at("日東");
    exact.employer.as_mut().unwrap().partial = false;
    bench.check(stint(exact), &[]);
}

#[test]
fn a_role_and_a_text_are_met_by_their_stint() {
    let bench = index_of([Resume::new("a").job(&dwango()).job(&later_job())]);
    let role_at = |role: &str, name: &str| {
        stint(StintCondition {
            role: Some(role.to_owned()),
            ..at(name)
        })
    };
    bench.check(role_at("リードエンジニア", "ドワンゴ"), &["a"]);
    bench.check(role_at("リードエンジニア", "日東電工"), &[]);
    bench.check(role_at("課長", "日東電工"), &["a"]);
    let text = |text: &str| {
        stint(StintCondition {
            text: vec![text.to_owned()],
            ..StintCondition::default()
        })
    };
    bench.check(text("分散 KVS"), &["a"]);
    bench.check(text("KVS 分散"), &[]);
}

#[test]
fn names_with_symbols_are_words_of_their_own() {
    let bench = index_of([
        Resume::new("c").prose("C言語で書いた"),
        Resume::new("cpp").prose("C++で書いた"),
        Resume::new("csharp").prose("C#で書いた"),
        Resume::new("go").prose("Goで書いた"),
        Resume::new("google").prose("Googleで書いた"),
        Resume::new("java").prose("Javaで書いた"),
        Resume::new("javascript").prose("JavaScriptで書いた"),
    ]);
    bench.check(words("C++"), &["cpp"]);
    bench.check(words("C#"), &["csharp"]);
    bench.check(words("C"), &["c"]);
    bench.check(words("Go"), &["go"]);
    bench.check(words("Java"), &["java"]);
    bench.check(words("ＪＡＶＡＳＣＲＩＰＴ"), &["javascript"]);
}

#[test]
fn a_word_is_not_found_inside_another() {
    let bench = index_of([
        Resume::new("kyoto").prose("京都で開発した"),
        Resume::new("nitto").prose("日東電工で開発した"),
        Resume::new("tokyo").prose("東京都で開発した"),
    ]);
    bench.check(words("京都"), &["kyoto"]);
    bench.check(words("東京"), &["tokyo"]);
    bench.check(words("日東"), &["nitto"]);
    bench.check(words("日東電工"), &["nitto"]);
}

#[test]
fn a_place_of_living_is_met_where_a_word_begins() {
    let bench = index_of([
        Resume::new("tokyo").location("東京都新宿区"),
        Resume::new("kyoto").location("京都府京都市"),
        Resume::new("none").prose("京都に憧れる"),
    ]);
    bench.check(Condition::Location("東京".to_owned()), &["tokyo"]);
    bench.check(Condition::Location("新宿".to_owned()), &["tokyo"]);
    bench.check(Condition::Location("京都".to_owned()), &["kyoto"]);
}

#[test]
fn a_certificate_is_met_in_part_and_shows_its_own_line() {
    let bench = index_of([Resume::new("a")
        .certification("普通自動車免許")
        .certification("AWS 認定ソリューションアーキテクト")]);
    let hit = bench.only_hit(Condition::Certification(
        "ソリューションアーキテクト".to_owned(),
    ));
    let range = hit.matches[0].spans[0].range.clone();
    let expected = Resume::new("a")
        .certification("普通自動車免許")
        .certification("AWS 認定ソリューションアーキテクト");
    assert_eq!(
        &expected.document.text[range],
        "AWS 認定ソリューションアーキテクト"
    );
    bench.check(Condition::Certification("基本情報".to_owned()), &[]);
}

#[test]
fn a_person_is_found_in_every_script() {
    let bench = index_of([
        Resume::new("iizumi").name(&["飯泉 菜緒"], Some("イイズミ ナオ")),
        Resume::new("unspaced").name(&["髙橋一郎"], None),
        Resume::new("other").name(&["鈴木 花子"], Some("すずき はなこ")),
    ]);
    let name = |text: &str| Condition::Name(text.to_owned());
    for text in [
        "飯泉",
        "イイズミ",
        "いいずみ",
        "iizumi",
        "Nao Iizumi",
        "飯泉菜緒",
        "ｲｲｽﾞﾐ",
    ] {
        bench.check(name(text), &["iizumi"]);
        bench.check(words(text), &["iizumi"]);
    }
    bench.check(name("高橋"), &["unspaced"]);
    bench.check(name("一郎"), &["unspaced"]);
    bench.check(name("タカハシ"), &["unspaced"]);
    bench.check(name("suzuki"), &["other"]);
    bench.check(name("suzuki nao"), &[]);
    bench.check(name(""), &[]);
}

#[test]
fn conditions_nest() {
    let bench = index_of([
        Resume::new("a").job(&dwango()),
        Resume::new("b").job(&later_job()),
        Resume::new("c").job(&dwango()).job(&later_job()),
    ]);
    let erlang = || stint(used("erlang"));
    let rust = || stint(used("rust"));
    bench.check(Condition::All(vec![erlang(), rust()]), &["c"]);
    bench.check(Condition::Any(vec![erlang(), rust()]), &["a", "b", "c"]);
    bench.check(Condition::All(vec![erlang(), not(rust())]), &["a"]);
    bench.check(not(erlang()), &["b"]);
    bench.check(not(Condition::All(vec![erlang(), rust()])), &["a", "b"]);
    let either = Condition::Any(vec![not(erlang()), Condition::All(vec![erlang(), rust()])]);
    bench.check(not(not(either)), &["b", "c"]);
}

#[test]
fn only_leaves_that_make_the_match_are_listed() {
    let bench = index_of([Resume::new("a").job(&dwango())]);
    let both = Condition::All(vec![stint(used("erlang")), stint(used("rust"))]);
    let condition = Condition::All(vec![
        Condition::Any(vec![both, stint(at("ドワンゴ"))]),
        not(stint(used("rust"))),
    ]);
    let leaves: Vec<usize> = bench
        .only_hit(condition)
        .matches
        .iter()
        .map(|found| found.leaf)
        .collect();
    assert_eq!(leaves, [2]);
}

#[test]
fn weak_words_move_the_rank_alone() {
    let bench = index_of([
        Resume::new("a").prose("実務の話").job(&dwango()),
        Resume::new("b").job(&dwango()),
    ]);
    let condition = Condition::All(vec![stint(used("erlang")), weak("実務")]);
    let answer = bench.search(&query(Some(condition)));
    let keys: Vec<&str> = answer.hits.iter().map(|hit| hit.key.as_str()).collect();
    assert_eq!(keys, ["a", "b"]);
    assert!(answer.hits[0].score > answer.hits[1].score);
    assert_eq!(answer.hits[0].matches.len(), 2);
    assert_eq!(answer.hits[1].matches.len(), 1);
    bench.check(not(weak("実務")), &["a", "b"]);
}

#[test]
fn evidence_is_the_bytes_of_the_match() {
    let resume = Resume::new("a").prose("趣味は散歩").job(&dwango());
    let text = resume.document.text.clone();
    let bench = index_of([resume]);
    let shown = |condition: Condition| -> Vec<String> {
        let hit = bench.only_hit(condition);
        assert_eq!(hit.resume, "resume-a");
        let spans = hit.matches[0].spans.iter();
        spans
            .map(|span| text[span.range.clone()].to_owned())
            .collect()
    };
    assert_eq!(shown(words("分散 ＫＶＳ")), ["分散KVS"]);
    assert_eq!(shown(stint(used("erlang"))), ["erlang"]);
    assert_eq!(shown(technology_word("Erlang", "erlang", true)), ["erlang"]);
    assert_eq!(shown(stint(at("ドワンゴ"))), ["株式会社ドワンゴ"]);
    let mut condition = used("erlang");
    condition.employer = Some(employer("ドワンゴ"));
    condition.text = vec!["設計".to_owned()];
    assert_eq!(
        shown(stint(condition)),
        ["erlang", "設計", "株式会社ドワンゴ"]
    );
    let period = StintCondition {
        period: overlapping("2016-01", "2016-12"),
        ..StintCondition::default()
    };
    assert_eq!(shown(stint(period)), ["## 株式会社ドワンゴ"]);
}

#[test]
fn the_stint_shown_is_the_best_one() {
    let brief = Job {
        months: Some(months("2010-01", "2010-03")),
        worked: &["erlang"],
        ..Job::default()
    };
    let bench = index_of([Resume::new("a")
        .skill("erlang", Grade::Declared)
        .job(&brief)
        .job(&dwango())]);
    let hit = bench.only_hit(stint(used("erlang")));
    assert_eq!(hit.matches[0].stint.as_deref(), Some("a-1"));
    let grades: Vec<Option<Grade>> = hit.matches[0].spans.iter().map(|span| span.grade).collect();
    assert_eq!(
        grades,
        [
            Some(Grade::Worked),
            Some(Grade::Worked),
            Some(Grade::Declared)
        ]
    );
}

#[test]
fn work_ranks_above_roles_above_prose_above_skill_tables() {
    let bench = index_of([
        Resume::new("declared").skill("erlang", Grade::Declared),
        Resume::new("prose").prose("erlangの話"),
        Resume::new("role").job(&Job {
            roles: &["erlangエンジニア"],
            ..Job::default()
        }),
        Resume::new("worked").job(&Job {
            worked: &["erlang"],
            ..Job::default()
        }),
    ]);
    let answer = bench.search(&query(Some(technology_word("erlang", "erlang", true))));
    let keys: Vec<&str> = answer.hits.iter().map(|hit| hit.key.as_str()).collect();
    assert_eq!(keys[..2], ["worked", "role"]);
}

#[test]
fn each_sentence_finds_itself_and_shows_its_own_bytes() {
    let sentences = [
        "Ｅｒｌａｎｇ／ＯＴＰで分散ＫＶＳを設計した",
        "月間１０億リクエストのAPIサーバーを運用",
        "㈱サンプルの基幹システム刷新",
        "ｻｰﾊﾞｰの監視とCI/CDの整備",
        "「職務要約」をまとめた",
        "Node.jsとC++とC#と.NETの経験",
    ];
    let mut resume = Resume::new("a");
    for sentence in sentences {
        resume = resume.prose("別の行").prose(sentence);
    }
    let text = resume.document.text.clone();
    let bench = index_of([resume, Resume::new("b").prose("別の行")]);
    for sentence in sentences {
        let hit = bench.only_hit(words(sentence));
        let shown = &text[hit.matches[0].spans[0].range.clone()];
        assert!(sentence.contains(shown), "{shown} is not of {sentence}");
        assert!(
            shown.chars().count() * 2 > sentence.chars().count(),
            "{shown}"
        );
    }
}

#[test]
fn a_word_of_which_nothing_is_left_is_met_by_nobody() {
    let bench = index_of([Resume::new("a").prose("の、を。!!").name(&["の"], None)]);
    for text in ["", " ", "!!", "、。", "\u{0}"] {
        bench.check(words(text), &[]);
        bench.check(Condition::Certification(text.to_owned()), &[]);
        bench.check(Condition::Location(text.to_owned()), &[]);
        bench.check(stint(at(text)), &[]);
    }
}

#[test]
fn years_in_a_job_rank_above_mentions() {
    let long = Job {
        months: Some(months("2010-01", "2019-12")),
        worked: &["erlang"],
        ..Job::default()
    };
    let short = Job {
        months: Some(months("2019-01", "2019-12")),
        worked: &["erlang"; 9],
        ..Job::default()
    };
    let bench = index_of([
        Resume::new("short").job(&short),
        Resume::new("very-long").job(&long),
    ]);
    let answer = bench.search(&query(Some(technology_word("erlang", "erlang", true))));
    assert_eq!(answer.hits[0].key, "very-long");
}
