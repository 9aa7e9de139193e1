//! Posts at schools and institutes of research, which employ as companies do.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use crate::resume::bracket::without_brackets;
use crate::resume::employer::JobTitle;

/// Returns whether a title names a school, an institute or a fund of research, and a post at it:
/// 「北湊大学 計算センター　特任助教」.
pub(super) fn is_of_post(job: &JobTitle) -> bool {
    const PLACES: &WordList = words![
        "大学",
        "大学院",
        "学部",
        "研究科",
        "研究院",
        "学府",
        "学環",
        "研究所",
        "研究室",
        "研究機構",
        "機構",
        "センター",
        "高専",
        "高等専門学校",
        "短期大学",
        "附属病院",
        "病院",
        "学術振興会",
        "振興会",
        "学会",
        "協会",
        "財団",
        "博物館",
        "天文台",
        "試験場",
        "学系",
        "学群",
        "学院",
        "University",
        "Institute",
        "Laboratory",
        "College",
        "Center",
        "Centre",
    ];
    const POSTS: &WordList = words![
        "助教",
        "助手",
        "講師",
        "准教授",
        "教授",
        "助教授",
        "研究員",
        "研究者",
        "学振",
        "ポスドク",
        "ポスト・ドクター",
        "フェロー",
        "技術補佐員",
        "研究補佐員",
        "研究補助員",
        "技術職員",
        "技術員",
        "技師",
        "研究支援員",
        "リサーチアシスタント",
        "RA",
        "TA",
        "PD",
        "主任研究員",
        "Postdoc",
        "Researcher",
        "Professor",
        "Fellow",
        "Lecturer",
        "Scientist",
        "Research Assistant",
        "Teaching Assistant",
    ];
    let names_place = |text: &str| {
        let text = text.trim();
        PLACES.end(text) || words!["University", "Institute", "Universit"].is_in(text)
    };
    let studies = |text: &str| words!["在学", "卒業", "修了", "入学", "課程", "専攻"].is_in(text);
    names_place(&job.name)
        && !studies(&job.name)
        && job.rest.iter().any(|rest| {
            let outside = without_brackets(rest);
            POSTS.end(outside.trim())
        })
        && !job.rest.iter().any(|rest| studies(rest))
}
