//! How long a person has used a technology, from the stints that name it.

use std::collections::HashMap;

use shokureki_index::months::{MonthRange, union, union_months};

use crate::domain::{
    Grade, Mention, MonthBounds, Resume, StatedMonths, StintRef, Stints, TechnologyName, YearMonth,
};

/// Where the months of an [`Experience`] come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonthsBasis {
    /// From dated stints.
    Dated,
    /// From a statement (「Python 5年」) alone.
    Stated,
    /// From neither: the technology is named, but nothing says for how long.
    Undated,
}

/// What one résumé shows of one technology.
///
/// Months are those of the union of the stints that name it with the grade [`Grade::Worked`]:
/// parallel stints do not count twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experience {
    /// The technology.
    pub technology: TechnologyName,
    /// The middle estimate for [`MonthsBasis::Dated`], the stated months for
    /// [`MonthsBasis::Stated`], else 0.
    pub months: u32,
    /// The longest statement, where there is one; given beside dated months too.
    pub stated_months: Option<u32>,
    /// What is certain: year-only ends taken as the shorter stint.
    pub lower_months: u32,
    /// What is possible: year-only ends taken as the longer stint.
    pub upper_months: u32,
    /// Where the months come from.
    pub basis: MonthsBasis,
    /// The union that `months` counts, in order; empty unless dated.
    pub intervals: Vec<MonthRange>,
    /// The last month of the intervals.
    pub last_used: Option<YearMonth>,
    /// The month that open periods end in.
    pub as_of: YearMonth,
    /// The strongest grade.
    pub grade: Grade,
    /// Its mentions as indexes into [`Told::mentions`]: strongest first, then in document order.
    pub mentions: Vec<usize>,
}

/// What a résumé says of technologies, and the stints that it names them in.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The jobs and projects.
    pub stints: &'a Stints,
    /// The technologies named, in document order.
    pub mentions: &'a [Mention],
    /// Lengths of experience in words or a table.
    pub stated: &'a [StatedMonths],
}

impl<'a> From<&'a Resume> for Told<'a> {
    fn from(resume: &'a Resume) -> Self {
        Self {
            stints: &resume.stints,
            mentions: &resume.mentions,
            stated: &resume.stated,
        }
    }
}

/// Returns what a résumé shows of each technology that it names, open periods closed at `as_of`:
/// strongest grade first, then most months, then by name.
pub fn experiences(told: Told<'_>, as_of: YearMonth) -> Vec<Experience> {
    let bounds = StintBounds::of(told.stints, as_of);
    let mut mentions_by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut keys: Vec<&TechnologyName> = Vec::new();
    for (index, mention) in told.mentions.iter().enumerate() {
        let mentions = mentions_by_key.entry(&mention.technology.key).or_default();
        if mentions.is_empty() {
            keys.push(&mention.technology);
        }
        mentions.push(index);
    }
    for stated in told.stated {
        if !mentions_by_key.contains_key(stated.technology.key.as_str()) {
            mentions_by_key.insert(&stated.technology.key, Vec::new());
            keys.push(&stated.technology);
        }
    }
    let mut experiences: Vec<Experience> = keys
        .into_iter()
        .map(|name| {
            let mentions = mentions_by_key
                .remove(name.key.as_str())
                .unwrap_or_default();
            let keys = std::slice::from_ref(&name.key);
            experience(told, as_of, &bounds, name, keys, mentions)
        })
        .collect();
    experiences.sort_by(|a, b| {
        (b.grade, b.months)
            .cmp(&(a.grade, a.months))
            .then_with(|| a.technology.name.cmp(&b.technology.name))
    });
    experiences
}

/// Returns what a résumé shows of each technology of `asked`, which is given with the keys that count
/// as it, its own among them; `None` where nothing.
pub fn experiences_of(
    told: Told<'_>,
    as_of: YearMonth,
    asked: &[(TechnologyName, Vec<String>)],
) -> Vec<Option<Experience>> {
    let bounds = StintBounds::of(told.stints, as_of);
    let of_one = |(name, keys): &(TechnologyName, Vec<String>)| {
        let mentions = told.mentions.iter().enumerate();
        let mentions: Vec<usize> = mentions
            .filter(|(_, mention)| keys.contains(&mention.technology.key))
            .map(|(index, _)| index)
            .collect();
        let mut stated = told.stated.iter();
        let is_known =
            !mentions.is_empty() || stated.any(|stated| keys.contains(&stated.technology.key));
        is_known.then(|| experience(told, as_of, &bounds, name, keys, mentions))
    };
    asked.iter().map(of_one).collect()
}

/// `keys` are those that count as `technology`, `mentions` all that name one of them.
fn experience(
    told: Told<'_>,
    as_of: YearMonth,
    bounds: &StintBounds,
    technology: &TechnologyName,
    keys: &[String],
    mut mentions: Vec<usize>,
) -> Experience {
    mentions.sort_by_key(|&index| std::cmp::Reverse(told.mentions[index].grade));
    let worked: Vec<MonthBounds> = mentions
        .iter()
        .map(|&index| &told.mentions[index])
        .filter(|mention| mention.grade == Grade::Worked)
        .filter_map(|mention| bounds.get(mention.stint?))
        .collect();
    let stated_months = told
        .stated
        .iter()
        .filter(|stated| keys.contains(&stated.technology.key))
        .map(|stated| stated.months)
        .max();
    let intervals = union(worked.iter().map(|bounds| range(bounds.estimate)));
    let basis = match (worked.is_empty(), stated_months) {
        (false, _) => MonthsBasis::Dated,
        (true, Some(_)) => MonthsBasis::Stated,
        (true, None) => MonthsBasis::Undated,
    };
    let (lower_months, months, upper_months) = match basis {
        MonthsBasis::Dated => (
            union_months(worked.iter().map(|bounds| range(bounds.lower))),
            intervals.iter().map(|interval| interval.len()).sum(),
            union_months(worked.iter().map(|bounds| range(bounds.upper))),
        ),
        MonthsBasis::Stated | MonthsBasis::Undated => {
            let months = stated_months.unwrap_or(0);
            (months, months, months)
        }
    };
    Experience {
        technology: technology.clone(),
        months,
        stated_months,
        lower_months,
        upper_months,
        basis,
        last_used: intervals
            .last()
            .and_then(|interval| YearMonth::from_ordinal(interval.last)),
        intervals,
        as_of,
        grade: mentions
            .first()
            .map_or(Grade::Declared, |&index| told.mentions[index].grade),
        mentions,
    }
}

fn range((first, last): (i32, i32)) -> MonthRange {
    MonthRange { first, last }
}

/// The months of each dated stint, its own or inherited.
struct StintBounds(HashMap<StintRef, MonthBounds>);

impl StintBounds {
    fn of(stints: &Stints, as_of: YearMonth) -> Self {
        let dated = stints
            .all()
            .filter_map(|stint| Some((stint, stints.period_of(stint)?.bounds(as_of)?)));
        Self(dated.collect())
    }

    fn get(&self, stint: StintRef) -> Option<MonthBounds> {
        self.0.get(&stint).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        EmployerName, Employment, Mention, Period, PeriodEnd, Project, Span, StatedMonths, Stints,
    };

    const NOWHERE: Span = Span { start: 0, end: 0 };

    fn technology(name: &str) -> TechnologyName {
        TechnologyName {
            key: name.to_lowercase(),
            name: name.to_owned(),
            is_listed: true,
        }
    }

    /// `"2016-04..2019-01"`, `"2022-01.."` (present), `"..2020"` or `""` (no period).
    fn period(text: &str) -> Option<Period> {
        let (from, to) = text.split_once("..")?;
        Some(Period {
            from: from.parse().ok(),
            to: match to {
                "" => PeriodEnd::Present,
                to => PeriodEnd::At(to.parse().expect("a moment")),
            },
            text: text.to_owned(),
        })
    }

    fn employment(text: &str) -> Employment {
        Employment {
            employer: EmployerName {
                name: "架空商会".to_owned(),
                key: "架空商会".to_owned(),
                aliases: Vec::new(),
                is_anonymous: false,
            },
            period: period(text),
            title: None,
            department: None,
            kind: None,
            line: 1,
            span: NOWHERE,
            text: Vec::new(),
        }
    }

    fn project(employment: Option<usize>, text: &str) -> Project {
        Project {
            title: None,
            employment,
            period: period(text),
            team_size: None,
            roles: Vec::new(),
            summary: None,
            line: 1,
            span: NOWHERE,
            text: Vec::new(),
        }
    }

    fn mention(name: &str, grade: Grade, stint: Option<StintRef>) -> Mention {
        Mention {
            technology: technology(name),
            grade,
            stint,
            span: NOWHERE,
            line: 1,
            heading_path: Vec::new(),
        }
    }

    fn as_of() -> YearMonth {
        YearMonth::new(2022, 10).expect("in range")
    }

    /// A résumé whose projects (on their own) have these periods and all name Rust.
    fn rust_in(periods: &[&str]) -> Resume {
        Resume {
            stints: Stints {
                employments: Vec::new(),
                projects: periods.iter().map(|text| project(None, text)).collect(),
            },
            mentions: (0..periods.len())
                .map(|index| mention("Rust", Grade::Worked, Some(StintRef::Project(index))))
                .collect(),
            ..Resume::default()
        }
    }

    /// `expected`: lower, estimated and upper months.
    #[track_caller]
    fn check(periods: &[&str], expected: (u32, u32, u32)) {
        let experiences = experiences((&rust_in(periods)).into(), as_of());
        let rust = &experiences[0];
        assert_eq!(
            (rust.lower_months, rust.months, rust.upper_months),
            expected
        );
        let counted: u32 = rust.intervals.iter().map(|interval| interval.len()).sum();
        assert_eq!(counted, rust.months);
    }

    #[test]
    fn months_are_those_of_the_union_both_ends_counted() {
        check(&["2016-04..2019-01"], (34, 34, 34));
        check(&["2016-04..2016-09", "2017-01..2017-03"], (9, 9, 9));
        check(&["2016-01..2016-12", "2016-07..2017-06"], (18, 18, 18));
        check(&["2016-01..2016-12", "2016-03..2016-05"], (12, 12, 12));
    }

    #[test]
    fn an_open_period_ends_in_the_month_of_the_document() {
        check(&["2022-01.."], (10, 10, 10));
    }

    #[test]
    fn year_only_ends_widen_the_bounds() {
        check(&["2016..2019"], (26, 36, 48));
        check(&["2016..2017", "2017..2018"], (4, 24, 36));
    }

    #[test]
    fn an_impossible_period_is_undated() {
        let experiences = experiences((&rust_in(&["2019-01..2016-04"])).into(), as_of());
        assert_eq!(experiences[0].basis, MonthsBasis::Undated);
        assert_eq!(experiences[0].months, 0);
        assert_eq!(experiences[0].last_used, None);
        assert_eq!(experiences[0].grade, Grade::Worked);
    }

    #[test]
    fn a_project_without_a_period_counts_its_employments() {
        let resume = Resume {
            stints: Stints {
                employments: vec![employment("2016-04..2019-01")],
                projects: vec![project(Some(0), "")],
            },
            mentions: vec![mention("Erlang", Grade::Worked, Some(StintRef::Project(0)))],
            ..Resume::default()
        };
        let experiences = experiences((&resume).into(), as_of());
        assert_eq!(experiences[0].months, 34);
        assert_eq!(experiences[0].last_used, YearMonth::new(2019, 1).ok());
    }

    #[test]
    fn a_project_with_its_own_period_does_not_count_its_employments() {
        let resume = Resume {
            stints: Stints {
                employments: vec![employment("2016-04..2019-01")],
                projects: vec![project(Some(0), "2016-04..2016-06")],
            },
            mentions: vec![mention("Erlang", Grade::Worked, Some(StintRef::Project(0)))],
            ..Resume::default()
        };
        assert_eq!(experiences((&resume).into(), as_of())[0].months, 3);
    }

    #[test]
    fn only_worked_mentions_count_months() {
        let mut resume = rust_in(&["2016-04..2019-01"]);
        for grade in [
            Grade::Negated,
            Grade::Learning,
            Grade::Certified,
            Grade::Personal,
            Grade::Declared,
        ] {
            resume.mentions[0].grade = grade;
            let experiences = experiences((&resume).into(), as_of());
            assert_eq!(experiences[0].months, 0, "{grade:?}");
            assert_eq!(experiences[0].basis, MonthsBasis::Undated);
            assert_eq!(experiences[0].grade, grade);
        }
    }

    #[test]
    fn stated_months_count_alone_and_stand_beside_dated_ones() {
        let stated = |months| StatedMonths {
            technology: technology("Rust"),
            months,
            span: NOWHERE,
            line: 1,
        };
        let alone = Resume {
            mentions: vec![mention("Rust", Grade::Declared, None)],
            stated: vec![stated(36), stated(60)],
            ..Resume::default()
        };
        let experience = experiences((&alone).into(), as_of()).remove(0);
        assert_eq!(experience.basis, MonthsBasis::Stated);
        assert_eq!(
            (experience.months, experience.stated_months),
            (60, Some(60))
        );
        assert!(experience.intervals.is_empty());

        let mut beside = rust_in(&["2016-04..2019-01"]);
        beside.stated = vec![stated(60)];
        let experience = experiences((&beside).into(), as_of()).remove(0);
        assert_eq!(experience.basis, MonthsBasis::Dated);
        assert_eq!(
            (experience.months, experience.stated_months),
            (34, Some(60))
        );
    }

    #[test]
    fn a_technology_that_is_only_stated_is_listed() {
        let resume = Resume {
            stated: vec![StatedMonths {
                technology: technology("COBOL"),
                months: 12,
                span: NOWHERE,
                line: 1,
            }],
            ..Resume::default()
        };
        let experience = experiences((&resume).into(), as_of()).remove(0);
        assert_eq!((experience.months, experience.grade), (12, Grade::Declared));
    }

    #[test]
    fn mentions_are_ordered_strongest_first() {
        let mut resume = rust_in(&["2016-04..2019-01"]);
        resume
            .mentions
            .insert(0, mention("Rust", Grade::Learning, None));
        resume.mentions.push(mention("Rust", Grade::Declared, None));
        resume.mentions[1].stint = Some(StintRef::Project(0));
        let experience = experiences((&resume).into(), as_of()).remove(0);
        assert_eq!(experience.mentions, [1, 2, 0]);
        assert_eq!(experience.grade, Grade::Worked);
    }

    #[test]
    fn technologies_are_ordered_by_grade_then_months_then_name() {
        let mut resume = rust_in(&["2016-04..2019-01", "2016-04..2016-05"]);
        resume.mentions[1].technology = technology("Go");
        resume.mentions.push(mention("Zig", Grade::Learning, None));
        resume.mentions.push(mention("Ada", Grade::Learning, None));
        let names: Vec<String> = experiences((&resume).into(), as_of())
            .into_iter()
            .map(|experience| experience.technology.name)
            .collect();
        assert_eq!(names, ["Rust", "Go", "Ada", "Zig"]);
    }
}
