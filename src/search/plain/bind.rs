//! What the pieces of a run belong to: amounts to technologies, tenure to employers, and so on.

use std::ops::Range;

use shokureki_index::lexicon::{Lexicon, NameAt, TechnologyKind, has_legal_form};

use super::super::request::{PeriodFilter, Tenure, Window};
use super::super::syntax::{Node, Term};
use super::pieces::{Kind, Run};
use super::place;
use super::time::Amount;
use super::vocabulary::Sense;
use crate::domain::Grade;

/// Returns the nodes that bare words side by side ask for.
///
/// `is_wish`: whether what stands here is only welcome, because of what stands before it (【歓迎】); then
/// whether what stands behind is.
pub(super) fn bind(terms: &[Term], lexicon: &Lexicon, is_wish: &mut bool) -> Vec<Node> {
    if terms.is_empty() {
        return Vec::new();
    }
    let run = Run::new(terms.iter().collect());
    let mut binder = Binder::new(&run, lexicon);
    binder.bind();
    *is_wish = binder.bind_wishes(*is_wish);
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
    /// Certificates of a grade or higher.
    pub(super) certificates: Vec<String>,
    pub(super) role: Role,
    pub(super) months: Option<u32>,
    pub(super) period: Option<PeriodFilter>,
    pub(super) grade: Option<Grade>,
    pub(super) score: Option<u32>,
    /// The unit that is the employer of its stint.
    pub(super) employer: Option<usize>,
    pub(super) is_negated: bool,
    /// Excludes nobody who lacks it.
    pub(super) is_welcome: bool,
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
                Kind::Name(_) | Kind::Certificates(_) | Kind::Word | Kind::Compound(_) => {
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
                        certificates: match &piece.kind {
                            Kind::Certificates(names) => names.clone(),
                            _ => Vec::new(),
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
                        is_welcome: false,
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
                unit.compound.is_none()
                    && unit.certificates.is_empty()
                    && self.lexicon.resolve(self.text(&unit.range)).is_some()
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
    pub(super) fn is_ambiguous(&self, unit: usize) -> bool {
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
    pub(super) fn may_be_employer(&self, unit: usize) -> bool {
        let text = self.text(&self.units[unit].range);
        self.is_company(unit)
            || self.is_product_of_its_maker(unit)
            || (!self.is_technology(unit)
                && self.units[unit].name.is_none()
                && self.units[unit].certificates.is_empty()
                && !place::is_place(text)
                && !self.is_occupation(unit))
    }

    /// Whether the unit's words name a role: デザイナー.
    pub(super) fn is_role(&self, unit: usize) -> bool {
        let text = self.text(&self.units[unit].range);
        self.lexicon.role_named(text).is_some()
    }

    /// Whether the unit is what somebody was, and not where: デザイナー 出身, 営業 出身, 理系 出身.
    pub(super) fn is_occupation(&self, unit: usize) -> bool {
        let text = self.text(&self.units[unit].range);
        !place::is_kind_of_employer(text) && (self.is_role(unit) || place::is_occupation(text))
    }

    pub(super) fn take(&mut self, item: usize, unit: usize) {
        self.is_bound[item] = true;
        let range = self.items[item].1.clone();
        let covers = &mut self.units[unit].covers;
        *covers = covers.start.min(range.start)..covers.end.max(range.end);
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
        self.settle_companies();
    }

    /// The units that are named in one breath with `unit`, itself included.
    pub(super) fn listed(&self, unit: usize) -> Vec<usize> {
        let list = self.units[unit].list;
        let all = 0..self.units.len();
        all.filter(|&other| self.units[other].list == list)
            .collect()
    }

    pub(super) fn listed_technologies(&self, unit: usize) -> Vec<usize> {
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
            Amount::Fewer | Amount::Untold => {}
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

    /// A name with its legal form is an employer's, and no beginning of longer words.
    fn settle_companies(&mut self) {
        for unit in 0..self.units.len() {
            let is_open = self.units[unit].role == Role::Open && !self.is_technology(unit);
            let text = self.text(&self.units[unit].range);
            if is_open && has_legal_form(text) {
                self.units[unit].role = Role::Employer(Tenure::Any);
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
