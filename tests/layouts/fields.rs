//! What stands below the title of a project: lines with and without a label.

use super::career::Project;
use super::choice::{Picks, forms};

/// The words of one author for what a label says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// When the person worked for an employer.
    pub(crate) employed: &'static str,
    /// When a project was.
    pub(crate) period: &'static str,
    pub(crate) technologies: &'static str,
    pub(crate) role: &'static str,
    pub(crate) tasks: &'static str,
}

/// Makes the words of one author.
const fn words(words: [&'static str; 5]) -> Words {
    let [employed, period, technologies, role, tasks] = words;
    Words {
        employed,
        period,
        technologies,
        role,
        tasks,
    }
}

const WORDS: &[Words] = &[
    words(["在籍期間", "期間", "使用技術", "役割", "業務内容"]),
    words(["期間", "時期", "技術スタック", "ポジション", "概要"]),
    words(["在籍期間", "開発期間", "開発環境", "担当", "内容"]),
    words(["Period", "Period", "Tech", "Role", "Overview"]),
    words([
        "所属期間",
        "担当期間",
        "利用技術",
        "役割・体制",
        "プロジェクト概要",
    ]),
    words([
        "勤務期間",
        "プロジェクト期間",
        "言語・FW",
        "担当工程",
        "やったこと",
    ]),
    words(["就業期間", "参画期間", "環境", "役割", "業務概要"]),
];

forms! {
    /// How a label and its value are written.
    FieldForm { Colon, WideColon, Bold, Brackets, Nested, Plain }
}

/// Where the period of a project stands.
#[derive(Clone, Debug)]
pub(crate) enum PeriodLine {
    /// In a line with a label.
    Labelled(String),
    /// In a line of its own.
    Bare(String),
    /// Elsewhere, or nowhere.
    None,
}

/// How the lines of projects are written, throughout a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) words: Words,
    /// What stands between technologies.
    joint: &'static str,
    form: FieldForm,
    has_role: bool,
    has_technologies: bool,
    has_tasks_label: bool,
    is_brief: bool,
    begins_with_technologies: bool,
}

impl Fields {
    /// Chooses how lines are written, where every project has its technologies and they come last.
    pub(crate) fn pick(picks: &mut Picks, forms: &[FieldForm]) -> Self {
        let words = picks.part(WORDS);
        picks.record("words", words.period);
        Self {
            words,
            joint: picks.pick(
                "technologies joined by",
                &[", ", ",", "、", " / ", "/", "・"],
            ),
            form: picks.pick("field", forms),
            has_role: picks.flip("has role", 0.5),
            has_technologies: true,
            has_tasks_label: picks.flip("has tasks label", 0.6),
            is_brief: picks.flip("is brief", 0.4),
            begins_with_technologies: false,
        }
    }

    /// Chooses whether and where technologies stand.
    pub(crate) fn pick_technologies(&mut self, picks: &mut Picks) {
        self.has_technologies = picks.flip("has technologies", 0.8);
        self.begins_with_technologies =
            self.has_technologies && picks.flip("begins with technologies", 0.2);
    }

    /// Writes technologies in one line.
    pub(crate) fn technologies(&self, names: &[&str]) -> String {
        names.join(self.joint)
    }

    /// Writes the lines below a project's title.
    pub(crate) fn lines(&self, project: &Project, period: PeriodLine, indent: &str) -> Vec<String> {
        let mut items: Vec<(Option<&str>, String)> = Vec::new();
        match period {
            PeriodLine::Labelled(period) => items.push((Some(self.words.period), period)),
            PeriodLine::Bare(period) => items.push((None, period)),
            PeriodLine::None => {}
        }
        if self.has_role {
            items.push((Some(self.words.role), project.role.to_owned()));
        }
        let tasks = if self.is_brief { 1 } else { 3 };
        for (index, task) in project.tasks.iter().take(tasks).enumerate() {
            let label = Some(self.words.tasks).filter(|_| index == 0 && self.has_tasks_label);
            items.push((label, (*task).to_owned()));
        }
        if self.has_technologies {
            let item = (
                Some(self.words.technologies),
                self.technologies(&project.technologies),
            );
            let at = if self.begins_with_technologies {
                0
            } else {
                items.len()
            };
            items.insert(at, item);
        }
        items
            .iter()
            .flat_map(|(label, value)| self.item(*label, value))
            .map(|line| format!("{indent}{line}"))
            .collect()
    }

    fn item(&self, label: Option<&str>, value: &str) -> Vec<String> {
        let Some(label) = label else {
            return vec![format!("- {value}")];
        };
        match self.form {
            FieldForm::Colon => vec![format!("- {label}: {value}")],
            FieldForm::WideColon => vec![format!("- {label}：{value}")],
            FieldForm::Bold => vec![format!("- **{label}**: {value}")],
            FieldForm::Brackets => vec![format!("- 【{label}】{value}")],
            FieldForm::Nested => vec![format!("- {label}"), format!("  - {value}")],
            FieldForm::Plain => vec![format!("{label}：{value}  ")],
        }
    }
}
