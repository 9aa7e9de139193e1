//! What words say of the units beside them: 在籍 of an employer, 在住 of a place, 以外 of what is not wanted.

use shokureki_index::words;

use super::super::request::{PeriodFilter, Tenure, Window};
use super::bind::{Binder, Item, Role, as_unit};
use super::place;
use super::vocabulary::{self, Sense};

impl Binder<'_, '_> {
    /// Takes a name and a word that companies have behind theirs for one employer: Box Japan 出身.
    pub(super) fn join_employers(&mut self) {
        for item in 2..self.items.len() {
            let (Item::Sense(Sense::Tenure(_)), Item::Unit(last), Item::Unit(first)) = (
                &self.items[item].0,
                &self.items[item - 1].0,
                &self.items[item - 2].0,
            ) else {
                continue;
            };
            let (last, first) = (*last, *first);
            let is_corporate = words![
                "japan",
                "labs",
                "inc",
                "games",
                "systems",
                "technologies",
                "technology",
                "holdings",
                "group",
                "media",
                "works",
                "studio",
                "studios",
                "digital",
                "partners",
            ]
            .has(self.text(&self.units[last].range));
            let is_latin = self.text(&self.units[first].range).is_ascii();
            if is_corporate && is_latin && self.may_be_employer(first) {
                self.units[last].range.start = self.units[first].range.start;
                self.units[last].covers.start = self.units[first].covers.start;
                self.units[last].name = None;
                self.units[first].is_taken = true;
            }
        }
    }

    pub(super) fn bind_sense(&mut self, item: usize, sense: Sense) {
        let left = self.left(item);
        match sense {
            Sense::Tenure(Tenure::Past) if left.is_some_and(|unit| self.is_school(unit)) => {
                if let Some(unit) = left {
                    self.units[unit].role = Role::School;
                    self.take(item, unit);
                }
            }
            Sense::Tenure(tenure) => {
                self.lengthen_employer(item);
                if tenure == Tenure::Current && self.goes_on(item, self.told_of(item)) {
                    return;
                }
                let left = left.filter(|&unit| self.may_be_employer(unit));
                let right = self.right(item).filter(|&unit| self.is_company(unit));
                // 現職 ドワンゴ, but not 出身 ドワンゴ.
                let right = right.filter(|_| tenure == Tenure::Current);
                let Some(unit) = left.or(right) else { return };
                if self.units[unit].role == Role::Open {
                    self.units[unit].role = Role::Employer(tenure);
                    self.take(item, unit);
                } else if let Role::Employer(Tenure::Any) = self.units[unit].role {
                    self.units[unit].role = Role::Employer(tenure);
                    self.take(item, unit);
                }
            }
            Sense::TenureOf(tenure) => {
                let Some(unit) = self.right(item) else { return };
                let next = self.items.get(item + 1).and_then(as_unit);
                if tenure == Tenure::Current && self.goes_on(item, next) {
                    return;
                }
                if self.units[unit].role == Role::Open && self.may_be_employer(unit) {
                    self.units[unit].role = Role::Employer(tenure);
                    self.take(item, unit);
                }
            }
            Sense::Group => {
                let Some(unit) = left.filter(|&unit| self.begins_employers(unit)) else {
                    return;
                };
                self.units[unit].role = Role::Employers(Tenure::Any);
                self.take(item, unit);
            }
            Sense::Residence => {
                let Some(unit) = left else { return };
                if !self.is_technology(unit) {
                    self.units[unit].role = Role::Location;
                    self.take(item, unit);
                }
            }
            Sense::Grade(grade) => {
                let near = [left, self.right(item)];
                let unit = near
                    .into_iter()
                    .flatten()
                    .find(|&unit| self.is_technology(unit));
                let Some(unit) = unit else { return };
                for unit in self.listed_technologies(unit) {
                    self.units[unit].grade = Some(grade);
                }
                self.take(item, unit);
            }
            Sense::Except | Sense::Refused => {
                let is_wanted = |unit: &usize| self.is_technology(*unit) || self.is_company(*unit);
                let left = left.filter(|unit| sense == Sense::Except || is_wanted(unit));
                let Some(unit) = left else { return };
                for unit in self.listed(unit) {
                    self.units[unit].is_negated = true;
                }
                self.take(item, unit);
            }
            Sense::Denied => {
                let is_wanted = |unit: &usize| {
                    self.is_technology(*unit) || self.is_company(*unit) || self.is_role(*unit)
                };
                let left = self
                    .told_of(item)
                    .filter(|unit| is_wanted(unit) || self.is_remark(*unit));
                for unit in left.map(|unit| self.told_of_with(unit)).unwrap_or_default() {
                    self.units[unit].is_negated = true;
                    self.take(item, unit);
                }
            }
            Sense::Subject => {
                if let Some(unit) = left.filter(|&unit| self.is_ambiguous(unit)) {
                    self.units[unit].role = Role::Technology;
                }
            }
            Sense::Certificate => {
                let before = item.checked_sub(1).map(|before| &self.items[before]);
                let unit = before.and_then(as_unit);
                let is_name = |unit: &usize| self.is_technology(*unit) || self.is_company(*unit);
                let Some(unit) = unit.filter(is_name) else {
                    return;
                };
                if self.units[unit].role == Role::Open {
                    self.units[unit].role = Role::Certificates;
                    self.take(item, unit);
                }
            }
            Sense::School(_)
            | Sense::Generic
            | Sense::Welcome
            | Sense::Needless
            | Sense::Untold
            | Sense::Work
            | Sense::Activity
            | Sense::Glue
            | Sense::At
            | Sense::And
            | Sense::Or => {}
        }
    }

    /// Whether a bracket opens before the unit: （ゲームではなく） can only be said of what it stands behind.
    fn is_remark(&self, unit: usize) -> bool {
        let at = self
            .items
            .iter()
            .position(|item| as_unit(item) == Some(unit));
        let before = at.and_then(|at| self.items.get(at.checked_sub(1)?));
        before.is_some_and(|(_, range)| self.text(range) == "(")
    }

    /// 現在フリーランス, SRE 現職: what somebody is goes on in the month that the résumé is of.
    fn goes_on(&mut self, item: usize, unit: Option<usize>) -> bool {
        let fits = |unit: &usize| {
            let occupation = &self.units[*unit];
            occupation.role == Role::Open
                && occupation.period.is_none()
                && occupation.compound.is_none()
                && self.is_occupation(*unit)
        };
        let Some(unit) = unit.filter(fits) else {
            return false;
        };
        self.units[unit].period = Some(PeriodFilter {
            window: Window::Last { months: 1 },
            within: false,
        });
        self.take(item, unit);
        true
    }

    /// Takes a word that names end in for a part of the name: 架空技術 在籍, 架空開発 出身.
    fn lengthen_employer(&mut self, item: usize) {
        let Some([first, second]) = self.items[..item].last_chunk() else {
            return;
        };
        let (Some(unit), (Item::Sense(Sense::Generic | Sense::Activity), range)) =
            (as_unit(first), second)
        else {
            return;
        };
        let range = range.clone();
        let ends_names = words![
            "技術", "開発", "設計", "制作", "管理", "調査", "検証", "構築", "運用", "保守"
        ]
        .has(self.text(&range));
        let name = &self.units[unit];
        let is_unknown = name.name.is_none() && name.compound.is_none() && name.role == Role::Open;
        if ends_names && is_unknown && name.range.end == range.start {
            self.units[unit].range.end = range.end;
            self.take(item - 1, unit);
        }
    }

    /// Whether an unknown word names a school: 架空大学.
    fn is_school(&self, unit: usize) -> bool {
        let text = self.text(&self.units[unit].range);
        let is_unknown = self.units[unit].name.is_none() && self.units[unit].role == Role::Open;
        is_unknown && place::is_school(text)
    }

    /// Whether 系 beside the unit means employers.
    fn begins_employers(&self, unit: usize) -> bool {
        let is_open = self.units[unit].role == Role::Open;
        let text = self.text(&self.units[unit].range);
        let is_unknown_latin = self.units[unit].name.is_none()
            && !self.is_technology(unit)
            && text.len() > 1
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !vocabulary::is_genre(text);
        is_open && (self.is_company(unit) || is_unknown_latin)
    }

    /// ドワンゴで Erlang: the employer of the technologies' stint.
    pub(super) fn bind_places(&mut self) {
        for item in 0..self.items.len() {
            let is_place = matches!(self.items[item].0, Item::Sense(Sense::At));
            let (Some(employer), Some(unit)) = (self.left(item), self.right(item)) else {
                continue;
            };
            let is_beside = item > 0 && matches!(self.items[item - 1].0, Item::Unit(_));
            let is_open = matches!(
                self.units[employer].role,
                Role::Open | Role::Employer(_) | Role::Employers(_)
            );
            if is_place
                && is_beside
                && is_open
                && self.is_company(employer)
                && self.is_technology(unit)
                && !self.units[employer].is_taken
            {
                if self.units[employer].role == Role::Open {
                    self.units[employer].role = Role::Employer(Tenure::Any);
                }
                for unit in self.listed_technologies(unit) {
                    self.units[unit].employer = Some(employer);
                    self.units[unit].role = Role::Technology;
                }
                self.units[employer].is_taken = true;
                self.is_bound[item] = true;
            }
        }
    }
}
