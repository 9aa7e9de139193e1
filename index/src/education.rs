//! Levels of education, from how schools and degrees are written.

use crate::analysis::normalized_key;
use crate::words;

/// What somebody has finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EducationLevel {
    /// 高等学校.
    HighSchool,
    /// 専門学校.
    VocationalSchool,
    /// 高等専門学校, a college of technology of five years.
    CollegeOfTechnology,
    /// 短期大学.
    JuniorCollege,
    /// 大学, a bachelor.
    University,
    /// 大学院, a master or more.
    GraduateSchool,
    /// A doctor.
    Doctorate,
}

impl EducationLevel {
    const ALL: [Self; 7] = [
        Self::HighSchool,
        Self::VocationalSchool,
        Self::CollegeOfTechnology,
        Self::JuniorCollege,
        Self::University,
        Self::GraduateSchool,
        Self::Doctorate,
    ];

    /// The level that a word of a request asks for: 高専卒, 院卒, 修士.
    pub fn parse(word: &str) -> Option<Self> {
        let key = normalized_key(word);
        let bare = ["修了", "卒業", "卒", "号", "課程"]
            .iter()
            .fold(key.as_str(), |rest, ending| {
                rest.strip_suffix(ending).unwrap_or(rest)
            });
        Some(match bare {
            "高校" | "高等学校" | "高" => Self::HighSchool,
            "専門学校" | "専門" | "専修学校" => Self::VocationalSchool,
            "高専" | "高等専門学校" | "工業高等専門学校" => {
                Self::CollegeOfTechnology
            }
            "短大" | "短期大学" => Self::JuniorCollege,
            "大学" | "大" | "学士" | "四大" | "4大" | "四年制大学" | "4年制大学" => {
                Self::University
            }
            "大学院" | "院" | "修士" | "博士前期" => Self::GraduateSchool,
            "博士" | "博士後期" | "phd" | "ph.d" | "ph.d." => Self::Doctorate,
            _ => return None,
        })
    }

    /// The levels that a school and a degree as written prove; none where it was left unfinished.
    pub(crate) fn proven(school: &str, degree: Option<&str>) -> impl Iterator<Item = Self> {
        let text = normalized_key(&format!("{school} {}", degree.unwrap_or_default()));
        Self::ALL
            .into_iter()
            .filter(move |level| level.is_proven(&text))
    }

    fn is_proven(self, text: &str) -> bool {
        let is_doctor = words!["博士", "ph.d", "phd", "doctor", "満期退学", "単位取得退学"]
            .is_in(text)
            && !text.contains("博士前期");
        // Who leaves a doctor's course with all credits has been a master before.
        let is_left = words!["中退", "中途退学", "除籍"].is_in(text);
        let is_master = words![
            "修士",
            "博士前期",
            "大学院",
            "master",
            "m.sc",
            "msc",
            "m.s.",
            "m.eng",
            "mba",
            "graduate school"
        ]
        .is_in(text);
        let is_college =
            words!["高等専門学校", "高専", "kosen", "college of technology"].is_in(text);
        let is_junior = words!["短期大学", "短大", "junior college"].is_in(text);
        if is_left {
            return self == Self::University && is_master && !is_junior;
        }
        match self {
            Self::Doctorate => is_doctor && !text.contains("退学"),
            Self::GraduateSchool => is_master || is_doctor,
            Self::University => {
                is_master
                    || is_doctor
                    || (words![
                        "大学",
                        "学士",
                        "university",
                        "bachelor",
                        "b.sc",
                        "b.eng",
                        "b.s."
                    ]
                    .is_in(text)
                        && !is_junior
                        && !text.contains("大学校")
                        && !words!["大学附属", "大学付属"].is_in(text))
            }
            Self::JuniorCollege => is_junior,
            Self::CollegeOfTechnology => is_college,
            Self::VocationalSchool => {
                words!["専門学校", "専修学校", "vocational"].is_in(text) && !is_college
            }
            Self::HighSchool => words!["高等学校", "高校", "high school"].is_in(text),
        }
    }

    /// The term of the index.
    pub(crate) fn term(self) -> &'static str {
        match self {
            Self::HighSchool => "high-school",
            Self::VocationalSchool => "vocational-school",
            Self::CollegeOfTechnology => "college-of-technology",
            Self::JuniorCollege => "junior-college",
            Self::University => "university",
            Self::GraduateSchool => "graduate-school",
            Self::Doctorate => "doctorate",
        }
    }

    /// One bit for each level.
    pub(crate) fn bit(self) -> u64 {
        1 << (self as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EducationLevel::*;

    #[track_caller]
    fn check(school: &str, degree: Option<&str>, expected: &[EducationLevel]) {
        let proven: Vec<EducationLevel> = EducationLevel::proven(school, degree).collect();
        assert_eq!(proven, expected, "{school}");
    }

    #[test]
    fn schools_and_degrees_prove_levels() {
        check(
            "海峡工業高等専門学校 情報工学科",
            Some("卒業"),
            &[CollegeOfTechnology],
        );
        check("みなと電子専門学校", Some("卒業"), &[VocationalSchool]);
        check("架空大学 工学部", Some("学士"), &[University]);
        check(
            "架空大学大学院 工学研究科",
            Some("修士"),
            &[University, GraduateSchool],
        );
        check(
            "架空大学大学院",
            Some("博士（工学）"),
            &[University, GraduateSchool, Doctorate],
        );
        check(
            "架空大学大学院 博士前期課程",
            Some("修了"),
            &[University, GraduateSchool],
        );
        check(
            "架空大学大学院 博士後期課程",
            Some("単位取得退学"),
            &[University, GraduateSchool],
        );
        check("架空大学 文学部", Some("中退"), &[]);
        check("架空大学大学院", Some("中退"), &[University]);
        check("架空短期大学", Some("卒業"), &[JuniorCollege]);
        check("架空高等学校", Some("卒業"), &[HighSchool]);
        check("架空大学附属高等学校", None, &[HighSchool]);
        check(
            "University of Kaku",
            Some("M.Sc."),
            &[University, GraduateSchool],
        );
        check("", None, &[]);
    }

    #[test]
    fn words_of_requests_are_levels() {
        for (word, level) in [
            ("高専卒", Some(CollegeOfTechnology)),
            ("高専", Some(CollegeOfTechnology)),
            ("院卒", Some(GraduateSchool)),
            ("修士", Some(GraduateSchool)),
            ("修士課程修了", Some(GraduateSchool)),
            ("博士号", Some(Doctorate)),
            ("大卒", Some(University)),
            ("専門卒", Some(VocationalSchool)),
            ("高卒", Some(HighSchool)),
            ("架空大学", None),
            ("卒", None),
        ] {
            assert_eq!(EducationLevel::parse(word), level, "{word}");
        }
    }
}
