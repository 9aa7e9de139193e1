//! How an employer is titled, and what stands below the title.

use super::career::Job;
use super::choice::forms;
use super::nested::Layout;

forms! {
    /// Where the name, the period and the role of a job stand.
    JobForm {
        PeriodAfter,
        PeriodBefore,
        PeriodColon,
        Bar,
        RoleAndBar,
        Field,
        Fields,
        Line,
        ItalicLine,
        Quote,
        Table,
        PeriodHeadingBoldName,
        PeriodHeadingNameAndRole,
        PeriodHeadingFields,
        RoleHeading,
        RoleAtName,
        Bold,
        BoldAndLine,
        BoldPeriodAndName,
        Bullet,
        Link,
        Numbered,
        CountedCompany,
        SquareMark,
        DiamondMark,
        Details,
    }
}

impl Layout {
    /// Writes the job that stands at place `number`, with its projects.
    pub(crate) fn job(&self, number: usize, job: &Job) -> Vec<String> {
        let mut lines = vec![String::new()];
        lines.extend(self.job_title(number, job));
        if self.has_company && self.job != JobForm::Table {
            lines.push("- 事業内容：自社Webサービスの企画・開発".to_owned());
            lines.push("- 資本金：1億円　従業員数：85名".to_owned());
        }
        if self.has_summary && !job.summary.is_empty() {
            lines.extend(["", job.summary, ""].map(str::to_owned));
        }
        let is_bullet = self.job == JobForm::Bullet;
        if !job.projects.is_empty() {
            let indent = if is_bullet { "    " } else { "" };
            let projects = self.projects(&job.projects).into_iter();
            lines.extend(projects.map(|line| match line.as_str() {
                "" => line,
                _ => format!("{indent}{line}"),
            }));
        } else if self.has_job_technologies {
            let indent = if is_bullet { "  " } else { "" };
            let names = self.fields.technologies(&job.technologies);
            let label = self.fields.words.technologies;
            lines.push(format!("{indent}- {label}：{names}"));
        }
        if self.job == JobForm::Details {
            lines.extend(["", "</details>"].map(str::to_owned));
        }
        lines
    }

    fn job_title(&self, number: usize, job: &Job) -> Vec<String> {
        let marks = "#".repeat(self.level);
        let period = self.period.write(job.span);
        let label = self.fields.words.employed;
        let (name, role) = (&job.employer, job.role);
        let blank = String::new;
        let heading = |title: String| vec![format!("{marks} {title}"), blank()];
        let with = |title: String, below: &[String]| {
            let mut lines = heading(title);
            lines.extend_from_slice(below);
            lines
        };
        match self.job {
            JobForm::PeriodAfter => heading(format!("{name}（{period}）")),
            JobForm::PeriodBefore => heading(format!("{period} {name}")),
            JobForm::PeriodColon => heading(format!("{period}: {name}")),
            JobForm::Bar => heading(format!("{name} | {period}")),
            JobForm::RoleAndBar => heading(format!("{name} | {role} | {period}")),
            JobForm::Link => heading(format!("[{name}](https://example.com/) {period}")),
            JobForm::CountedCompany => heading(format!("{number}社目：{name}（{period}）")),
            JobForm::DiamondMark => heading(format!("◆{name} {period}")),
            JobForm::Field => with(name.clone(), &[format!("- {label}: {period}")]),
            JobForm::Fields => with(
                name.clone(),
                &[
                    format!("- {label}：{period}"),
                    format!("- 役職：{role}"),
                    "- 雇用形態：正社員".to_owned(),
                ],
            ),
            JobForm::Line => with(name.clone(), &[period, blank()]),
            JobForm::ItalicLine => with(name.clone(), &[format!("*{period}*"), blank()]),
            JobForm::Quote => with(name.clone(), &[format!("> {period}"), blank()]),
            JobForm::Table => with(
                name.clone(),
                &[
                    "| 項目 | 内容 |".to_owned(),
                    "|:--|:--|".to_owned(),
                    format!("| {label} | {period} |"),
                    "| 事業内容 | Webサービスの開発 |".to_owned(),
                    "| 従業員数 | 120名 |".to_owned(),
                    format!("| 役割 | {role} |"),
                ],
            ),
            JobForm::PeriodHeadingBoldName => with(period, &[format!("**{name}**"), blank()]),
            JobForm::PeriodHeadingNameAndRole => {
                with(period, &[format!("{name} / {role}"), blank()])
            }
            JobForm::PeriodHeadingFields => with(
                period,
                &[format!("- 所属: {name}"), format!("- 役割: {role}")],
            ),
            JobForm::RoleHeading => {
                with(role.to_owned(), &[format!("{name}（{period}）"), blank()])
            }
            JobForm::RoleAtName => with(format!("{role} @ {name}"), &[period, blank()]),
            JobForm::Numbered => with(
                format!("{number}. {name}"),
                &[format!("期間：{period}"), blank()],
            ),
            JobForm::Bold => vec![format!("**{name}**（{period}）"), blank()],
            JobForm::BoldAndLine => vec![format!("**{name}**  "), period, blank()],
            JobForm::BoldPeriodAndName => vec![format!("**{period}　{name}**"), blank()],
            JobForm::Bullet => vec![format!("- {name}（{period}）")],
            JobForm::SquareMark => vec![format!("■ {name}　{period}"), blank()],
            JobForm::Details => vec![
                "<details>".to_owned(),
                format!("<summary>{name}（{period}）</summary>"),
                blank(),
            ],
        }
    }
}
