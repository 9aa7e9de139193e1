//! What the pieces of a run belong to: amounts to technologies, tenure to employers, and so on.

use std::ops::Range;

use shokureki_index::lexicon::{Lexicon, NameAt, TechnologyKind, has_legal_form};
use shokureki_index::words;

use super::super::request::{PeriodFilter, Tenure, Window};
use super::super::syntax::{Node, Term};
use super::pieces::{Kind, Run};
use super::place;
use super::time::Amount;
use super::vocabulary::{self, Sense};
use crate::domain::Grade;

/// Returns the nodes that bare words side by side ask for.
pub(super) fn bind(terms: &[Term], lexicon: &Lexicon) -> Vec<Node> {
    if terms.is_empty() {
        return Vec::new();
    }
    let run = Run::new(terms.iter().collect());
    let mut binder = Binder::new(&run, lexicon);
    binder.bind();
    binder.nodes()
}

/// What a unit has been settled to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Whatever its words say.
    Open,
    Technology,
    Employer(Tenure),
    /// Employers whose names begin so.
    Employers(Tenure),
    Location,
    School,
    /// Certificates of what its words name.
    Certificates,
}

/// A name or unknown word, and what was found to belong to it.
#[derive(Clone, Debug)]
pub(super) struct Unit<'l> {
    pub(super) range: Range<usize>,
    pub(super) name: Option<NameAt<'l>>,
    /// The parts of a compound.
    pub(super) compound: Option<Vec<Range<usize>>>,
    pub(super) role: Role,
    pub(super) months: Option<u32>,
    pub(super) period: Option<PeriodFilter>,
    pub(super) grade: Option<Grade>,
    pub(super) score: Option<u32>,
    /// The unit that is the employer of its stint.
    pub(super) employer: Option<usize>,
    pub(super) is_negated: bool,
    /// Said by another unit.
    pub(super) is_taken: bool,
    /// The range with all that belongs to it.
    pub(super) covers: Range<usize>,
    /// Units named in one breath have the same: `ReactとTypeScript`.
    pub(super) list: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Item {
    Unit(usize),
    Sense(Sense),
    Amount(Amount),
}

pub(super) struct Binder<'r, 'l> {
    pub(super) run: &'r Run<'r>,
    pub(super) lexicon: &'l Lexicon,
    pub(super) items: Vec<(Item, Range<usize>)>,
    /// Whether the item belongs to a unit.
    pub(super) is_bound: Vec<bool>,
    pub(super) units: Vec<Unit<'l>>,
}

impl<'r, 'l> Binder<'r, 'l> {
    fn new(run: &'r Run<'r>, lexicon: &'l Lexicon) -> Self {
        let mut items = Vec::new();
        let mut units: Vec<Unit<'l>> = Vec::new();
        for piece in run.pieces(lexicon) {
            let item = match piece.kind {
                Kind::Amount(amount) => Item::Amount(amount),
                Kind::Sense(sense) => Item::Sense(sense),
                Kind::Name(_) | Kind::Word | Kind::Compound(_) => {
                    let is_joined =
                        matches!(items.last(), Some((Item::Sense(Sense::And | Sense::Or), _)))
                            && matches!(items.iter().rev().nth(1), Some((Item::Unit(_), _)));
                    let list = match units.last() {
                        Some(last) if is_joined => last.list,
                        _ => units.len(),
                    };
                    units.push(Unit {
                        covers: piece.range.clone(),
                        range: piece.range.clone(),
                        name: match &piece.kind {
                            Kind::Name(name) => Some(*name),
                            _ => None,
                        },
                        compound: match piece.kind {
                            Kind::Compound(parts) => Some(parts),
                            _ => None,
                        },
                        role: Role::Open,
                        months: None,
                        period: None,
                        grade: None,
                        score: None,
                        employer: None,
                        is_negated: false,
                        is_taken: false,
                        list,
                    });
                    Item::Unit(units.len() - 1)
                }
            };
            items.push((item, piece.range));
        }
        Self {
            run,
            lexicon,
            is_bound: vec![false; items.len()],
            items,
            units,
        }
    }

    pub(super) fn text(&self, range: &Range<usize>) -> &'r str {
        &self.run.normal()[range.clone()]
    }

    /// The nearest unit before the item.
    pub(super) fn left(&self, item: usize) -> Option<usize> {
        self.items[..item].iter().rev().find_map(as_unit)
    }

    /// The nearest unit behind the item.
    pub(super) fn right(&self, item: usize) -> Option<usize> {
        self.items[item + 1..].iter().find_map(as_unit)
    }

    /// Whether the unit's words may name a technology.
    pub(super) fn is_technology(&self, unit: usize) -> bool {
        let unit = &self.units[unit];
        match (&unit.name, unit.role) {
            (_, Role::Technology) => true,
            (
                _,
                Role::Employer(_)
                | Role::Employers(_)
                | Role::Location
                | Role::School
                | Role::Certificates,
            ) => false,
            (Some(name), Role::Open) => name.technology.is_some(),
            (None, Role::Open) => {
                unit.compound.is_none() && self.lexicon.resolve(self.text(&unit.range)).is_some()
            }
        }
    }

    pub(super) fn is_company(&self, unit: usize) -> bool {
        let unit = &self.units[unit];
        matches!(unit.role, Role::Employer(_) | Role::Employers(_))
            || unit.name.is_some_and(|name| name.company.is_some())
            || (unit.name.is_none() && {
                let text = self.text(&unit.range);
                has_legal_form(text) || self.lexicon.company(text).is_some()
            })
    }

    /// Whether the unit's words name a technology and a company alike.
    fn is_ambiguous(&self, unit: usize) -> bool {
        self.units[unit].role == Role::Open && self.is_technology(unit) && self.is_company(unit)
    }

    /// Whether the unit names a service or a product, whose makers often have the same name: Box.
    fn is_product_of_its_maker(&self, unit: usize) -> bool {
        let technology = self.units[unit].name.and_then(|name| name.technology);
        technology.is_some_and(|technology| {
            matches!(
                technology.kind,
                TechnologyKind::Service | TechnologyKind::Tool | TechnologyKind::Package
            )
        })
    }

    /// Whether words beside the unit may say that it is an employer.
    fn may_be_employer(&self, unit: usize) -> bool {
        let text = self.text(&self.units[unit].range);
        self.is_company(unit)
            || self.is_product_of_its_maker(unit)
            || (!self.is_technology(unit)
                && self.units[unit].name.is_none()
                && !place::is_place(text))
    }

    fn take(&mut self, item: usize, unit: usize) {
        self.is_bound[item] = true;
        let range = self.items[item].1.clone();
        let covers = &mut self.units[unit].covers;
        *covers = covers.start.min(range.start)..covers.end.max(range.end);
    }

    /// Takes a name and a word that companies have behind theirs for one employer: Box Japan 出身.
    fn join_employers(&mut self) {
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

    fn bind(&mut self) {
        self.join_employers();
        for item in 0..self.items.len() {
            if let Item::Sense(sense) = self.items[item].0 {
                self.bind_sense(item, sense);
            }
        }
        self.bind_places();
        for item in 0..self.items.len() {
            if let Item::Amount(amount) = self.items[item].0.clone() {
                self.bind_amount(item, &amount);
            }
        }
        self.settle_ambiguous();
    }

    fn bind_sense(&mut self, item: usize, sense: Sense) {
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
            Sense::Except => {
                let Some(unit) = left else { return };
                for unit in self.listed(unit) {
                    self.units[unit].is_negated = true;
                }
                self.take(item, unit);
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
            | Sense::Work
            | Sense::Activity
            | Sense::Glue
            | Sense::At
            | Sense::And
            | Sense::Or => {}
        }
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
    fn bind_places(&mut self) {
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

    /// The units that are named in one breath with `unit`, itself included.
    fn listed(&self, unit: usize) -> Vec<usize> {
        let list = self.units[unit].list;
        let all = 0..self.units.len();
        all.filter(|&other| self.units[other].list == list)
            .collect()
    }

    fn listed_technologies(&self, unit: usize) -> Vec<usize> {
        let mut listed = self.listed(unit);
        listed.retain(|&unit| self.is_technology(unit));
        listed
    }

    fn bind_amount(&mut self, item: usize, amount: &Amount) {
        match *amount {
            Amount::Months(months) => {
                let fits = |binder: &Self, unit: usize| {
                    binder.is_technology(unit) && binder.units[unit].months.is_none()
                };
                let Some(unit) = self.nearest(item, fits) else {
                    return;
                };
                for unit in self.listed_technologies(unit) {
                    let unit = &mut self.units[unit];
                    unit.role = Role::Technology;
                    unit.months = unit.months.or(Some(months));
                }
                self.take(item, unit);
            }
            Amount::Window(window) => self.bind_period(item, window),
            Amount::Score(score) => {
                let fits = |binder: &Self, unit: usize| {
                    let name = binder.units[unit].name;
                    name.is_some_and(|name| name.certificate.is_some())
                };
                if let Some(unit) = self.nearest(item, fits) {
                    self.units[unit].score = Some(score);
                    self.take(item, unit);
                }
            }
            Amount::Fewer => {}
        }
    }

    fn bind_period(&mut self, item: usize, window: Window) {
        let period = PeriodFilter {
            window,
            within: false,
        };
        let fits = |binder: &Self, unit: usize| {
            let unit = &binder.units[unit];
            unit.period.is_none()
                && unit.role != Role::Location
                && unit.compound.is_none()
                && unit.name.is_none_or(|name| name.certificate.is_none())
        };
        let Some(unit) = self.nearest(item, fits) else {
            return;
        };
        for unit in self.listed(unit) {
            self.units[unit].period = Some(period);
        }
        self.take(item, unit);
    }

    /// The unit that an amount belongs to: the one before it, or the one behind where it says so
    /// (`2年以上のRust`) or nothing before it fits.
    fn nearest(&self, item: usize, fits: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        let left = self.left(item).filter(|&unit| fits(self, unit));
        let right = self.right(item).filter(|&unit| fits(self, unit));
        let next = self.items.get(item + 1);
        let points_right = self.text(&self.items[item].1).ends_with('の')
            || next.is_some_and(|(_, range)| self.text(range) == "の");
        // Goを使った画面の開発を3年以上: what stands between is of the same clause.
        let further = self.items[..item]
            .iter()
            .rev()
            .take_while(|(item, _)| {
                !matches!(item, Item::Amount(_) | Item::Sense(Sense::And | Sense::Or))
            })
            .filter_map(as_unit)
            .find(|&unit| fits(self, unit));
        if points_right {
            right.or(left).or(further)
        } else {
            left.or(further).or(right)
        }
    }

    /// A name that is a company's and a technology's is the technology beside another one.
    fn settle_ambiguous(&mut self) {
        let is_clear = |binder: &Self, item: Option<&(Item, Range<usize>)>| {
            let unit = item.and_then(as_unit);
            unit.is_some_and(|unit| binder.is_technology(unit) && !binder.is_company(unit))
        };
        for item in 0..self.items.len() {
            let Item::Unit(unit) = self.items[item].0 else {
                continue;
            };
            let joins = |item: &&(Item, Range<usize>)| {
                !matches!(item.0, Item::Sense(Sense::And | Sense::Or))
            };
            let before = self.items[..item].iter().rev().find(joins);
            let behind = self.items[item + 1..].iter().find(joins);
            if self.is_ambiguous(unit) && (is_clear(self, before) || is_clear(self, behind)) {
                self.units[unit].role = Role::Technology;
            }
        }
    }
}

pub(super) fn as_unit((item, _): &(Item, Range<usize>)) -> Option<usize> {
    match item {
        Item::Unit(unit) => Some(*unit),
        _ => None,
    }
}
