//! Invented documents.

use chrono::NaiveDate;
use sha2::Digest as _;

use crate::domain::{
    Certification, DocumentFormat, Education, EmployerName, Employment, EmploymentKind, Grade,
    Heading, Identity, Link, LinkKind, Mention, Moment, Notice, NoticeKind, Period, PeriodEnd,
    Project, Resume, Sha256, Span, StatedMonths, StintRef, Stints, TechnologyName,
};
use crate::store::NewResume;

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

pub(super) fn span(start: u32, end: u32) -> Span {
    Span { start, end }
}

pub(super) fn technology(key: &str) -> TechnologyName {
    TechnologyName {
        key: key.to_owned(),
        name: key.to_uppercase(),
        is_listed: true,
    }
}

pub(super) fn mention(key: &str, grade: Grade) -> Mention {
    Mention {
        technology: technology(key),
        grade,
        stint: None,
        span: span(0, 4),
        line: 1,
        heading_path: Vec::new(),
    }
}

pub(super) fn employer(name: &str) -> EmployerName {
    EmployerName {
        name: name.to_owned(),
        key: name.to_lowercase(),
        aliases: Vec::new(),
        is_anonymous: false,
    }
}

pub(super) fn anonymous(label: &str) -> EmployerName {
    EmployerName {
        is_anonymous: true,
        ..employer(label)
    }
}

pub(super) fn job(employer: EmployerName) -> Employment {
    Employment {
        employer,
        period: None,
        title: None,
        department: None,
        kind: None,
        line: 1,
        span: span(0, 1),
        text: Vec::new(),
    }
}

/// A document with this text and nothing read from it.
pub(super) fn document(text: &str) -> NewResume {
    NewResume {
        external_id: None,
        file_name: None,
        format: DocumentFormat::Markdown,
        sha256: Sha256(sha2::Sha256::digest(text).into()),
        original: text.as_bytes().to_vec(),
        text: text.to_owned(),
        parser_version: 1,
        given_document_date: None,
        resume: Resume::default(),
        notices: Vec::new(),
    }
}

/// [`document`] with an external id.
pub(super) fn named(external_id: &str, text: &str) -> NewResume {
    NewResume {
        external_id: Some(external_id.to_owned()),
        ..document(text)
    }
}

/// A document with something in every field.
pub(super) fn full(text: &str) -> NewResume {
    NewResume {
        file_name: Some("経歴.md".to_owned()),
        original: [b"\xff\x00".as_slice(), text.as_bytes()].concat(),
        text: format!("{text}\0"),
        parser_version: 7,
        given_document_date: Some(date("2001-01-01")),
        resume: full_resume(),
        notices: vec![
            Notice {
                kind: NoticeKind::ImpossibleDate,
                line: Some(12),
                text: "2016/13".to_owned(),
            },
            Notice {
                kind: NoticeKind::EmployerNotStated,
                line: None,
                text: String::new(),
            },
        ],
        ..named("ats-1", text)
    }
}

fn full_resume() -> Resume {
    Resume {
        document_date: Some(date("2022-10-31")),
        identity: Identity {
            name: Some("山田 花子".to_owned()),
            name_kana: Some("ヤマダ ハナコ".to_owned()),
            other_names: vec!["Hanako Yamada".to_owned()],
            birth_date: Some(date("1990-02-28")),
            emails: vec!["Hanako@Example.com".to_owned(), "h@example.org".to_owned()],
            phones: vec!["090-0000-0000".to_owned()],
            location: Some("京都市".to_owned()),
            location_span: Some(span(40, 49)),
            name_span: Some(span(3, 16)),
            links: vec![
                Link {
                    kind: LinkKind::Code,
                    label: Some("GitHub".to_owned()),
                    url: "https://example.com/code".to_owned(),
                },
                Link {
                    kind: LinkKind::Other,
                    label: None,
                    url: "https://example.com".to_owned(),
                },
            ],
        },
        outline: vec![
            Heading {
                level: 1,
                title: "職務経歴書".to_owned(),
                span: span(0, 900),
                line: 1,
            },
            Heading {
                level: 2,
                title: "職務経歴".to_owned(),
                span: span(100, 900),
                line: 9,
            },
        ],
        stints: Stints {
            employments: full_employments(),
            projects: full_projects(),
        },
        mentions: full_mentions(),
        stated: vec![StatedMonths {
            technology: technology("python"),
            months: 60,
            span: span(700, 710),
            line: 70,
        }],
        certifications: vec![
            Certification {
                name: "AWS認定".to_owned(),
                acquired: Some(moment("2019")),
                technology: Some(technology("aws")),
                line: 80,
                span: span(720, 730),
            },
            Certification {
                name: "基本情報技術者".to_owned(),
                acquired: None,
                technology: None,
                line: 81,
                span: span(731, 740),
            },
        ],
        education: vec![Education {
            school: "架空大学 理学部".to_owned(),
            degree: Some("学士".to_owned()),
            period: Some(Period {
                from: None,
                to: PeriodEnd::At(moment("2012-03")),
                text: "2012年3月".to_owned(),
            }),
            line: 90,
        }],
    }
}

fn full_employments() -> Vec<Employment> {
    vec![
        Employment {
            employer: EmployerName {
                name: "株式会社架空商事".to_owned(),
                key: "架空商事".to_owned(),
                aliases: vec!["旧カクウ".to_owned()],
                is_anonymous: false,
            },
            period: Some(Period {
                from: Some(moment("2016-04")),
                to: PeriodEnd::Present,
                text: "2016/04〜現在".to_owned(),
            }),
            title: Some("主任".to_owned()),
            department: Some("開発部".to_owned()),
            kind: Some(EmploymentKind::Permanent),
            line: 10,
            span: span(110, 130),
            text: vec![span(130, 150), span(400, 420)],
        },
        Employment {
            period: Some(Period {
                from: Some(moment("2014")),
                to: PeriodEnd::Unstated,
                text: "2014".to_owned(),
            }),
            ..job(anonymous("A社"))
        },
    ]
}

fn full_projects() -> Vec<Project> {
    vec![
        Project {
            title: Some("配信基盤".to_owned()),
            employment: Some(0),
            period: Some(Period {
                from: Some(moment("2017-01")),
                to: PeriodEnd::At(moment("2018-12")),
                text: "2017/01〜2018/12".to_owned(),
            }),
            team_size: Some(u32::MAX),
            roles: vec!["設計".to_owned(), "実装".to_owned()],
            summary: Some("概要".to_owned()),
            line: 14,
            span: span(150, 170),
            text: vec![span(170, 400)],
        },
        Project {
            title: None,
            employment: None,
            period: None,
            team_size: None,
            roles: Vec::new(),
            summary: None,
            line: 60,
            span: span(600, 600),
            text: Vec::new(),
        },
    ]
}

fn full_mentions() -> Vec<Mention> {
    vec![
        Mention {
            stint: Some(StintRef::Project(0)),
            span: span(180, 186),
            line: 15,
            heading_path: vec!["職務経歴書".to_owned(), "職務経歴".to_owned()],
            ..mention("erlang", Grade::Worked)
        },
        Mention {
            stint: Some(StintRef::Employment(1)),
            ..mention("aws", Grade::Worked)
        },
        Mention {
            technology: TechnologyName {
                key: "社内fw".to_owned(),
                name: "社内FW".to_owned(),
                is_listed: false,
            },
            ..mention("", Grade::Personal)
        },
        mention("haskell", Grade::Learning),
        mention("cobol", Grade::Negated),
    ]
}
