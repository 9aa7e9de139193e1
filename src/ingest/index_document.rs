//! A stored career as the index sees it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use shokureki_index::lexicon::Lexicon;
use shokureki_index::months::MonthRange;
use shokureki_index::{
    CertificationEntry, Document, EducationEntry, EmployerEntry, Gazetteer, MentionEntry,
    StintEntry,
};

use super::head_count::counted_roles;
use crate::access::{Hidden, Mask};
use crate::domain::{Grade, Resume, Span, StintId, StintRef, only, without};
use crate::resume;
use crate::store::Career;

/// Returns the document of a candidate whose current résumé is `career`, of the text `text`. What a
/// reader of the rendered document does not see (comments, markup) cannot be found.
pub fn index_document(career: &Career, text: &str, lexicon: &Lexicon) -> Document {
    let resume = &career.resume;
    let identity = &resume.identity;
    let stints: Vec<StintRef> = resume.stints.all().collect();
    let positions: HashMap<StintRef, usize> = stints
        .iter()
        .enumerate()
        .map(|(position, &stint)| (stint, position))
        .collect();
    let text = only(text, &resume::shown(text, career.row.format));
    let text = without(&text, &counted_roles(&text, lexicon));
    let names = identity
        .name
        .iter()
        .chain(&identity.other_names)
        .cloned()
        .collect();
    Document {
        key: career.candidate.to_string(),
        resume: career.resume_id.to_string(),
        names_at: names_at(resume, &text),
        identity_at: Mask::of(identity, &resume.education, Hidden::ALL).places(&text),
        names,
        name_span: identity.name_span.map(bytes),
        name_kana: identity.name_kana.clone(),
        location: identity
            .location
            .as_deref()
            .map(location)
            .zip(identity.location_span.map(bytes)),
        prefectures: identity
            .location
            .as_deref()
            .into_iter()
            .flat_map(|place| Gazetteer::builtin().prefectures_in(place))
            .map(str::to_owned)
            .collect(),
        certifications: certifications(resume, lexicon),
        education: education(resume, &text),
        roles: roles(resume, lexicon),
        unlisted: resume
            .mentions
            .iter()
            .filter(|mention| !mention.technology.is_listed)
            .map(|mention| {
                let technology = &mention.technology;
                (technology.key.clone(), technology.name.clone())
            })
            .collect(),
        stints: stints
            .iter()
            .filter_map(|&stint| stint_entry(career, stint, &text, &positions, lexicon))
            .collect(),
        mentions: resume
            .mentions
            .iter()
            .map(|mention| MentionEntry {
                technology: mention.technology.key.clone(),
                grade: grade(mention.grade),
                stint: mention
                    .stint
                    .and_then(|stint| positions.get(&stint).copied()),
                span: bytes(mention.span),
            })
            .collect(),
        stated_months: resume
            .stated
            .iter()
            .map(|stated| (stated.technology.key.clone(), stated.months))
            .collect(),
        as_of: career.as_of.ordinal(),
        updated_at_us: career.updated_at.timestamp_micros(),
        text,
    }
}

/// Returns a place of living as written, and the names of all that it lies in.
fn location(written: &str) -> Vec<String> {
    let around = Gazetteer::builtin().names_in(written);
    std::iter::once(written.to_owned()).chain(around).collect()
}

/// Returns where the schools and employers of `resume` are named in `text`.
fn names_at(resume: &Resume, text: &str) -> Vec<Range<usize>> {
    let employers = resume
        .stints
        .employments
        .iter()
        .map(|employment| &employment.employer);
    let named = employers.filter(|employer| !employer.is_anonymous);
    let of_employers = named.flat_map(|employer| employer.aliases.iter().chain([&employer.name]));
    // Faculty and course follow the school's own name.
    let schools = resume.education.iter();
    let of_schools = schools.filter_map(|education| education.school.split_whitespace().next());
    let mut names: Vec<&str> = of_employers.map(String::as_str).chain(of_schools).collect();
    names.retain(|name| name.chars().count() > 1);
    names.sort_unstable();
    names.dedup();
    let places = names.into_iter().flat_map(|name| {
        text.match_indices(name)
            .map(|(at, found)| at..at + found.len())
    });
    places.collect()
}

/// Returns where `role` stands, in the first of `spans` that has it.
fn place_of(role: &str, text: &str, spans: &[Span]) -> Option<Range<usize>> {
    spans.iter().find_map(|&span| {
        let start = bytes(span).start;
        let at = start + text.get(bytes(span))?.find(role)?;
        Some(at..at + role.len())
    })
}

fn certifications(resume: &Resume, lexicon: &Lexicon) -> Vec<CertificationEntry> {
    let entry = |certification: &crate::domain::Certification| {
        let mut names = vec![certification.name.clone()];
        if let Some(known) = lexicon.certificate(&certification.name) {
            names.push(known.name.clone());
        }
        CertificationEntry {
            names,
            span: bytes(certification.span),
        }
    };
    resume.certifications.iter().map(entry).collect()
}

/// The roles that the person has had, each spelling by the one name of the lexicon.
fn roles(resume: &Resume, lexicon: &Lexicon) -> Vec<String> {
    let of_stints = resume
        .stints
        .all()
        .flat_map(|stint| listed_roles(resume, stint, lexicon));
    let names: BTreeSet<String> = of_stints.map(|(name, _)| name).collect();
    names.into_iter().collect()
}

/// The roles of a stint by the names of the lexicon, each with the text that names it: the roles of a
/// project and the title of the job.
fn listed_roles<'a>(
    resume: &'a Resume,
    stint: StintRef,
    lexicon: &Lexicon,
) -> BTreeMap<String, &'a String> {
    let titled = resume
        .stints
        .employment_of(stint)
        .and_then(|employment| employment.title.as_ref());
    let own = match stint {
        StintRef::Employment(_) => None,
        StintRef::Project(index) => resume.stints.projects.get(index),
    };
    let own = own.into_iter().flat_map(|project| &project.roles);
    let mut listed = BTreeMap::new();
    for text in own.chain(titled) {
        for role in lexicon.roles_in(text) {
            listed.entry(role.name.clone()).or_insert(text);
        }
    }
    listed
}

/// The schools, each at its line.
fn education(resume: &Resume, text: &str) -> Vec<EducationEntry> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.trim_end().len());
        at += line.len();
    }
    let entry = |education: &crate::domain::Education| {
        let line = (education.line as usize).checked_sub(1)?;
        Some(EducationEntry {
            school: education.school.clone(),
            degree: education.degree.clone(),
            span: lines.get(line)?.clone(),
        })
    };
    resume.education.iter().filter_map(entry).collect()
}

fn stint_entry(
    career: &Career,
    stint: StintRef,
    whole: &str,
    positions: &HashMap<StintRef, usize>,
    lexicon: &Lexicon,
) -> Option<StintEntry> {
    let resume = &career.resume;
    let employer = resume.stints.employment_of(stint).map(|employment| {
        let name = &employment.employer;
        let mut names = vec![name.name.clone()];
        names.extend(name.aliases.iter().cloned());
        if let Some(company) = lexicon.company(&name.name).filter(|_| !name.is_anonymous) {
            names.push(company.name.clone());
            names.extend(company.aliases.iter().cloned());
        }
        EmployerEntry {
            key: name.key.clone(),
            names,
            span: bytes(employment.span),
        }
    });
    let period = resume.stints.period_of(stint);
    let months = period
        .and_then(|period| period.bounds(career.as_of))
        .map(|bounds| MonthRange {
            first: bounds.estimate.0,
            last: bounds.estimate.1,
        });
    let (key, roles, span, text) = match stint {
        StintRef::Employment(index) => {
            let employment = resume.stints.employments.get(index)?;
            let roles = employment.title.iter().chain(&employment.department);
            let id = StintId::Employment(*career.employment_ids.get(index)?);
            (
                id,
                roles.cloned().collect(),
                employment.span,
                &employment.text,
            )
        }
        StintRef::Project(index) => {
            let project = resume.stints.projects.get(index)?;
            let above = resume.stints.employment_of(stint);
            let above = above
                .into_iter()
                .flat_map(|e| e.title.iter().chain(&e.department));
            let roles = project.title.iter().chain(&project.roles).chain(above);
            let id = StintId::Project(*career.project_ids.get(index)?);
            (id, roles.cloned().collect(), project.span, &project.text)
        }
    };
    // Where it is named first: its own text may tell of others.
    let mut own = vec![span];
    own.extend(text);
    if let Some(above) = resume.stints.employment_of(stint) {
        own.push(above.span);
        own.extend(&above.text);
    }
    let mut roles: Vec<String> = roles;
    let mut role_spans: Vec<Option<Range<usize>>> = roles
        .iter()
        .map(|role| place_of(role, whole, &own))
        .collect();
    // Every spelling of a role is found by its one name, too.
    for (name, spelled) in listed_roles(resume, stint, lexicon) {
        role_spans.push(place_of(spelled, whole, &own));
        roles.push(name);
    }
    let above = resume
        .stints
        .employment_index(stint)
        .map(StintRef::Employment);
    Some(StintEntry {
        part_of: above
            .filter(|&above| above != stint)
            .and_then(|above| positions.get(&above).copied()),
        key: key.to_string(),
        employer,
        months,
        is_current: period.is_some_and(crate::domain::Period::is_current),
        roles,
        role_spans,
        span: bytes(span),
        text: text.iter().copied().map(bytes).collect(),
    })
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

fn grade(grade: Grade) -> shokureki_index::Grade {
    match grade {
        Grade::Negated => shokureki_index::Grade::Negated,
        Grade::Learning => shokureki_index::Grade::Learning,
        Grade::Certified => shokureki_index::Grade::Certified,
        Grade::Personal => shokureki_index::Grade::Personal,
        Grade::Declared => shokureki_index::Grade::Declared,
        Grade::Worked => shokureki_index::Grade::Worked,
    }
}
