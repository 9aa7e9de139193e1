//! Parts of a score and reasons of failures in words, Japanese and English.

use shokureki_index::lexicon::Lexicon;
use shokureki_index::months::MonthRange;
use shokureki_index::{
    AskedFor, Condition, FailureReason, Grade, LeafExplanation, PartKind, TechnologyCondition,
};

use crate::domain::YearMonth;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// Japanese.
    pub japanese: String,
    /// English.
    pub english: String,
}

fn both(japanese: impl Into<String>, english: impl Into<String>) -> Bilingual {
    Bilingual {
        japanese: japanese.into(),
        english: english.into(),
    }
}

/// Says what a part of a leaf's score is given for.
pub(super) fn part(kind: PartKind, leaf: &LeafExplanation) -> Bilingual {
    let found = leaf.found.as_ref();
    match kind {
        PartKind::Grade => {
            let spans = found.map_or(&[][..], |found| &found.spans);
            let strongest = spans.iter().filter_map(|span| span.grade).max();
            match strongest {
                Some(Grade::Worked) => both("職務で使用", "used in a job"),
                Some(Grade::Declared) => both("スキル表などで申告", "declared"),
                Some(Grade::Personal) => both("個人開発で使用", "used in own projects"),
                Some(Grade::Certified) => both("資格のみ", "by certificate"),
                Some(Grade::Learning) => both("学習中・希望", "being learned"),
                Some(Grade::Negated) | None => both("記載あり", "named"),
            }
        }
        PartKind::Months => {
            let months = found.and_then(|found| found.months).unwrap_or(0);
            if found.is_some_and(|found| found.months_are_stated) {
                both(
                    format!("{months}か月（本人の申告）"),
                    format!("{} as stated", count_of_months(months)),
                )
            } else {
                both(format!("{months}か月"), count_of_months(months))
            }
        }
        PartKind::Recency => match leaf.last_used {
            Some(last) => both(
                format!("最終使用 {}", month(last)),
                format!("last used {}", month(last)),
            ),
            None => both("時期の新しさ", "how lately it was"),
        },
        PartKind::Role => both("肩書き・役割にある", "in a title or role"),
        PartKind::Name => both("氏名と一致", "the person's name"),
        PartKind::Employer => both("勤務先の名前と一致", "an employer's name"),
        PartKind::Prose => both("本文にある", "in the text"),
        PartKind::Frequency => both(
            "現れる回数と珍しさ",
            "how often it is named, and how rare it is",
        ),
        PartKind::Met => both("条件を満たす", "met"),
        PartKind::Together => both("同じ案件で満たす", "met in one stint"),
    }
}

/// Says that one stint meets `conditions`.
pub(super) fn together(conditions: usize) -> Bilingual {
    both(
        format!("{conditions}つの条件を同じ案件で満たす"),
        format!("one stint meets {conditions} of the conditions"),
    )
}

/// Says that the search index does not have the candidate yet.
pub(super) fn not_indexed() -> Bilingual {
    both("検索の索引にまだない", "not in the search index yet")
}

/// What a failure is told of.
pub(super) struct Subject<'a> {
    pub(super) clause: Option<&'a str>,
    pub(super) condition: Option<&'a Condition>,
    pub(super) lexicon: &'a Lexicon,
}

impl Subject<'_> {
    /// Says why the condition is not met.
    pub(super) fn tell(&self, reason: &FailureReason) -> Bilingual {
        let employer = || self.name(AskedFor::Employer).english;
        match reason {
            FailureReason::Absent(asked) => self.absent(*asked),
            FailureReason::GradeTooWeak(asked, grade) => {
                too_weak(&self.name(*asked).english, *grade)
            }
            FailureReason::OutsideStints(asked) => {
                let name = self.name(*asked).english;
                both(
                    format!("{name} は案件・職務の外（スキル表など）にのみ記載"),
                    format!("{name} is named outside jobs and projects only"),
                )
            }
            FailureReason::Beside(asked, without) => {
                let (asked, without) = (self.name(*asked), self.name(*without).english);
                both(
                    format!("{} の案件はどれも {without} を使用", asked.japanese),
                    format!("every stint of {} names {without} too", asked.english),
                )
            }
            FailureReason::OtherStint(asked, with) => {
                let (asked, with) = (self.name(*asked), self.name(*with));
                both(
                    format!("{} は {} とは別の案件で", asked.japanese, with.japanese),
                    format!("{} in another stint than {}", asked.english, with.english),
                )
            }
            FailureReason::OutsidePeriod {
                asked,
                months,
                window,
                within,
            } => self.outside(*asked, months, *window, *within),
            FailureReason::Undated(asked) => {
                let name = self.name(*asked);
                both(
                    format!("{} の時期が書かれていない", name.japanese),
                    format!("{} is not dated", name.english),
                )
            }
            FailureReason::TooFewMonths {
                asked,
                months,
                least,
                are_stated,
            } => {
                let (ja, en) = if *are_stated {
                    ("（本人の申告）", " as stated")
                } else {
                    ("", "")
                };
                let name = self.name(*asked).english;
                both(
                    format!("{name} は {months}か月{ja}、{least}か月に足りない"),
                    format!("{name} {}{en}, less than {least}", count_of_months(*months)),
                )
            }
            FailureReason::NotUsedSince {
                asked,
                last_used,
                since,
            } => {
                let (name, since) = (self.name(*asked).english, month(*since));
                match last_used.map(month) {
                    Some(last) => both(
                        format!("{name} は {last} が最後、{since} 以降の使用なし"),
                        format!("{name} last used {last}, not since {since}"),
                    ),
                    None => both(
                        format!("{name} を使った時期が書かれていない、{since} 以降の使用なし"),
                        format!("{name} is not dated, no use since {since}"),
                    ),
                }
            }
            FailureReason::JobIsOver => both(
                format!("{} には現在在籍していない", employer()),
                format!("no longer at {}", employer()),
            ),
            FailureReason::JobGoesOn => both(
                format!("{} に在籍中", employer()),
                format!("still at {}", employer()),
            ),
            FailureReason::Excluded => match self.clause {
                Some(clause) => both(
                    format!("除外条件「{clause}」に当てはまる"),
                    format!("meets “{clause}”, which is excluded"),
                ),
                None => both("すべての人を除く条件", "the condition excludes everybody"),
            },
            FailureReason::NotMet => match self.clause {
                Some(clause) => both(
                    format!("条件「{clause}」を満たさない"),
                    format!("does not meet “{clause}”"),
                ),
                None => both("条件を満たさない", "does not meet the conditions"),
            },
        }
    }

    fn absent(&self, asked: AskedFor) -> Bilingual {
        let Bilingual { japanese, english } = self.name(asked);
        match asked {
            AskedFor::Words => both(
                format!("「{japanese}」の記載がない"),
                format!("“{english}” is not in the résumé"),
            ),
            AskedFor::Technology | AskedFor::Also(_) | AskedFor::Without(_) => both(
                format!("{japanese} の記載がない"),
                format!("{english} is not named"),
            ),
            AskedFor::Employer => both(
                format!("{japanese} に在籍した記録がない"),
                format!("no record of working at {english}"),
            ),
            AskedFor::Role => both(
                format!("「{japanese}」という肩書き・役割がない"),
                format!("no title or role “{english}”"),
            ),
            AskedFor::Text => both(
                format!("「{japanese}」の記載が案件・職務にない"),
                format!("“{english}” is in no job or project"),
            ),
            AskedFor::Stint => both("職歴の記載がない", "no job or project"),
            AskedFor::Name => both(
                format!("氏名が「{japanese}」ではない"),
                format!("the name is not “{english}”"),
            ),
            AskedFor::Certification => both(
                format!("資格「{japanese}」の記載がない"),
                format!("no certificate “{english}”"),
            ),
            AskedFor::Education => both(
                format!("学歴に「{japanese}」の記載がない"),
                format!("“{english}” is not in the education"),
            ),
            AskedFor::Location => both(
                format!("居住地が「{japanese}」ではない"),
                format!("does not live in “{english}”"),
            ),
        }
    }

    fn outside(
        &self,
        asked: AskedFor,
        months: &[MonthRange],
        window: MonthRange,
        within: bool,
    ) -> Bilingual {
        let name = self.name(asked);
        let when = spans_of_time(months, window);
        let touches = |range: &MonthRange| !range.clip(window).is_empty();
        if within && months.iter().any(touches) {
            return both(
                format!("{} は {when}、期間内に収まらない", name.japanese),
                format!("{} {when}, not within the period", name.english),
            );
        }
        both(
            format!("{} は {when} のみ、期間外", name.japanese),
            format!("{} only {when}, outside the period", name.english),
        )
    }

    /// Returns what the condition calls a part of it.
    fn name(&self, asked: AskedFor) -> Bilingual {
        let same = |name: String| both(name.clone(), name);
        let technology = |key: &String| {
            let listed = self.lexicon.technology(key);
            listed.map_or_else(|| key.clone(), |listed| listed.name.clone())
        };
        let technologies = |part: &TechnologyCondition| {
            let names: Vec<String> = part.any_of.iter().map(technology).collect();
            names.join(" / ")
        };
        let name = match self.condition {
            Some(Condition::Words(words)) => match &words.technology {
                Some(key) => Some(technology(key)),
                None => Some(words.text.clone()),
            },
            Some(Condition::Stint(stint)) => match asked {
                AskedFor::Technology => stint.technology.as_ref().map(technologies),
                AskedFor::Also(index) => stint.also.get(index).map(technologies),
                AskedFor::Without(index) => stint.without.get(index).map(technologies),
                AskedFor::Employer => stint.employer.as_ref().map(|part| part.name.clone()),
                AskedFor::Role => stint.role.clone(),
                AskedFor::Text => Some(stint.text.join(" ")),
                _ => None,
            },
            Some(Condition::Score(score)) => {
                let name = &score.certification;
                return both(
                    format!("{name} {}点以上", score.least),
                    format!("{name} of {} points or more", score.least),
                );
            }
            Some(Condition::Education(name)) => Some(name.clone()),
            Some(Condition::Prefix(text)) => Some(format!("{text}*")),
            Some(
                Condition::Name(name) | Condition::Certification(name) | Condition::Location(name),
            ) => Some(name.clone()),
            _ => None,
        };
        match name {
            Some(name) => same(name),
            None if asked == AskedFor::Stint => both("職歴", "the career"),
            None => same(self.clause.unwrap_or_default().to_owned()),
        }
    }
}

fn too_weak(name: &str, grade: Grade) -> Bilingual {
    let (japanese, english) = match grade {
        Grade::Negated => ("未経験と記載", "said not to be known"),
        Grade::Learning => ("学習のみ", "only learned or wished for"),
        Grade::Certified => ("資格のみ", "only by certificate"),
        Grade::Personal => ("個人開発のみ", "only in own projects"),
        Grade::Declared => ("スキル表などの申告のみ", "only declared"),
        Grade::Worked => ("職務で使用", "used in a job"),
    };
    both(format!("{name} は{japanese}"), format!("{name} {english}"))
}

fn count_of_months(months: u32) -> String {
    match months {
        1 => "1 month".to_owned(),
        months => format!("{months} months"),
    }
}

/// Writes ranges as years (`2014–2015`), or as months where years would seem to meet the window.
fn spans_of_time(ranges: &[MonthRange], window: MonthRange) -> String {
    let year = |month: i32| month.div_euclid(12);
    let in_years = |range: &MonthRange| MonthRange {
        first: year(range.first),
        last: year(range.last),
    };
    let window_years = in_years(&window);
    let years_suffice = ranges
        .iter()
        .all(|range| in_years(range).clip(window_years).is_empty());
    let written = ranges.iter().map(|range| {
        let (first, last) = if years_suffice {
            (year(range.first).to_string(), year(range.last).to_string())
        } else {
            (month(range.first), month(range.last))
        };
        if first == last {
            first
        } else {
            format!("{first}–{last}")
        }
    });
    let mut written: Vec<String> = written.collect();
    written.dedup();
    written.join(", ")
}

fn month(ordinal: i32) -> String {
    let month = YearMonth::from_ordinal(ordinal);
    month.map(|month| month.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: (i32, i32), last: (i32, i32)) -> MonthRange {
        let ordinal = |(year, month): (i32, i32)| year * 12 + month - 1;
        MonthRange {
            first: ordinal(first),
            last: ordinal(last),
        }
    }

    #[track_caller]
    fn check(ranges: &[MonthRange], window: MonthRange, expected: &str) {
        assert_eq!(spans_of_time(ranges, window), expected);
    }

    #[test]
    fn years_are_written_unless_they_would_seem_to_meet_the_window() {
        let used = range((2014, 4), (2015, 3));
        check(&[used], range((2018, 1), (2019, 12)), "2014–2015");
        check(&[used], range((2015, 4), (2019, 12)), "2014-04–2015-03");
        let brief = range((2012, 2), (2012, 5));
        check(
            &[brief, used],
            range((2018, 1), (2018, 12)),
            "2012, 2014–2015",
        );
        check(
            &[range((2012, 2), (2012, 2))],
            range((2012, 3), (2012, 3)),
            "2012-02",
        );
    }
}
