//! Writes an invented career down, in the layouts that people use.

use std::fmt::Write as _;

use rand::Rng;

use super::career::{Career, Job, NOW, Ordinal, Project};

/// Writes `career` in a layout of chance.
pub(super) fn write(career: &Career, random: &mut impl Rng) -> String {
    let style = Style {
        date: [DateStyle::Slash, DateStyle::Kanji, DateStyle::Dot][random.random_range(0..3)],
        projects: [
            ProjectStyle::Bullets,
            ProjectStyle::Table,
            ProjectStyle::Labels,
        ][random.random_range(0..3)],
        period_in_heading: random.random_bool(0.5),
    };
    let mut out = String::with_capacity(4096);
    // Writing to a string cannot fail.
    let _ = style.document(&mut out, career);
    out
}

#[derive(Clone, Copy)]
enum DateStyle {
    Slash,
    Kanji,
    Dot,
}

#[derive(Clone, Copy)]
enum ProjectStyle {
    Bullets,
    Table,
    Labels,
}

#[derive(Clone, Copy)]
struct Style {
    date: DateStyle,
    projects: ProjectStyle,
    period_in_heading: bool,
}

impl Style {
    fn month(self, ordinal: Ordinal) -> String {
        let (year, month) = (ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1);
        match self.date {
            DateStyle::Slash => format!("{year}/{month:02}"),
            DateStyle::Kanji => format!("{year}年{month}月"),
            DateStyle::Dot => format!("{year}.{month}"),
        }
    }

    fn period(self, first: Ordinal, last: Option<Ordinal>) -> String {
        let last = last.map_or_else(|| "現在".to_owned(), |last| self.month(last));
        format!("{}〜{last}", self.month(first))
    }

    fn document(self, out: &mut String, career: &Career) -> std::fmt::Result {
        writeln!(out, "# 職務経歴書\n\n更新日: {}\n", self.month(NOW))?;
        writeln!(out, "- 氏名: {}（{}）", career.name, career.kana)?;
        writeln!(out, "- メール: {}", career.email)?;
        writeln!(out, "- 現住所: {}\n", career.place)?;
        writeln!(out, "## 職務経歴\n")?;
        for job in career.jobs.iter().rev() {
            self.job(out, job)?;
        }
        if !career.certificates.is_empty() {
            writeln!(out, "## 資格\n")?;
            for certificate in &career.certificates {
                writeln!(out, "- {certificate}")?;
            }
            writeln!(out)?;
        }
        writeln!(
            out,
            "## 学歴\n\n- {} {} 卒業\n",
            self.month(career.graduated),
            career.school
        )?;
        if !career.wishes.is_empty() {
            writeln!(out, "## 今後学びたい技術\n")?;
            for wish in &career.wishes {
                writeln!(out, "- {wish}")?;
            }
        }
        Ok(())
    }

    fn job(self, out: &mut String, job: &Job) -> std::fmt::Result {
        let period = self.period(job.first, job.last);
        if self.period_in_heading {
            writeln!(out, "### {}（{period}）\n", job.employer)?;
        } else {
            writeln!(out, "### {}\n\n- 在籍期間: {period}", job.employer)?;
        }
        writeln!(out, "- 所属: {}\n", job.department)?;
        for project in job.projects.iter().rev() {
            match self.projects {
                ProjectStyle::Bullets => self.bullets(out, project)?,
                ProjectStyle::Table => self.table(out, project)?,
                ProjectStyle::Labels => self.labels(out, project)?,
            }
        }
        Ok(())
    }

    fn bullets(self, out: &mut String, project: &Project) -> std::fmt::Result {
        writeln!(out, "#### {}\n", project.title)?;
        writeln!(out, "- 期間: {}", self.period(project.first, project.last))?;
        writeln!(
            out,
            "- チーム規模: {}人\n- 役割: {}\n- 使用技術",
            project.team, project.role
        )?;
        for technology in &project.technologies {
            writeln!(out, "  - {technology}")?;
        }
        writeln!(out, "- 概要\n  - {}\n", self.prose(project))
    }

    fn table(self, out: &mut String, project: &Project) -> std::fmt::Result {
        writeln!(
            out,
            "#### {}\n\n| 項目 | 内容 |\n| --- | --- |",
            project.title
        )?;
        writeln!(
            out,
            "| 期間 | {} |",
            self.period(project.first, project.last)
        )?;
        writeln!(
            out,
            "| 規模 | {}名 |\n| 役割 | {} |",
            project.team, project.role
        )?;
        writeln!(out, "| 使用技術 | {} |", project.technologies.join("、"))?;
        writeln!(out, "| 業務内容 | {} |\n", self.prose(project))
    }

    fn labels(self, out: &mut String, project: &Project) -> std::fmt::Result {
        writeln!(out, "#### {}\n", project.title)?;
        writeln!(out, "期間：{}  ", self.period(project.first, project.last))?;
        writeln!(out, "体制：{}名  \n役割：{}  ", project.team, project.role)?;
        writeln!(out, "技術：{}  \n", project.technologies.join(" / "))?;
        writeln!(out, "{}\n", self.prose(project))
    }

    fn prose(self, project: &Project) -> String {
        let main = project
            .technologies
            .first()
            .copied()
            .unwrap_or("既存の仕組み");
        format!(
            "{}を担当し、{main}を用いて設計から実装、試験までを行いました。\
             処理時間を{}%短縮し、問い合わせを月{}件減らしました。",
            project.title,
            20 + project.team % 60,
            3 + project.team
        )
    }
}
