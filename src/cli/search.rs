//! `shokureki search`: the same query that a client would send, printed with its evidence.

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::print::{self, Table};
use crate::app::App;
use crate::config::Config;

const DOCUMENT: &str =
    "query($query: String, $filter: CandidateFilter, $sort: CandidateSort, $first: Int) {
  searchCandidates(query: $query, filter: $filter, sort: $sort, first: $first) {
    totalCount
    edges {
      score
      node { id externalId name }
      matches {
        clause
        months
        stint {
          employer { name }
          period { text }
          ... on Project { title }
        }
        evidence { line excerpt grade }
      }
    }
  }
}";

/// Arguments of `search`.
#[derive(Args, Debug)]
pub(super) struct SearchArgs {
    /// Words and conditions in the search language; "…" is a phrase, -x excludes, {…} is of one job or
    /// project.
    #[arg(allow_hyphen_values = true, value_parser = query)]
    query: Option<String>,
    /// A technology, by any of its names.
    #[arg(long, short, value_name = "NAME")]
    technology: Option<String>,
    /// Least months of the technology.
    #[arg(long, value_name = "N", requires = "technology")]
    min_months: Option<u32>,
    /// Least grade of a mention of the technology [default: declared].
    #[arg(long, value_enum, requires = "technology")]
    min_grade: Option<MinGrade>,
    /// An employer, by any of its names.
    #[arg(long, short, value_name = "NAME")]
    employer: Option<String>,
    /// First month of the period, 2016-04 or 2016.
    #[arg(long, value_name = "MONTH")]
    from: Option<String>,
    /// Last month of the period.
    #[arg(long, value_name = "MONTH")]
    to: Option<String>,
    /// A role or title.
    #[arg(long, value_name = "WORDS")]
    role: Option<String>,
    /// Words of the same job or project.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// A certificate.
    #[arg(long, value_name = "NAME")]
    certification: Option<String>,
    /// Where the person lives.
    #[arg(long, value_name = "PLACE")]
    location: Option<String>,
    /// The order.
    #[arg(long, value_enum, default_value_t = Sort::Relevance)]
    sort: Sort,
    /// Most people to show, at most 100.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    first: u32,
    /// Say why this candidate is found or not: the score's parts, and the first condition that
    /// failed. An id, or the external id it was imported with.
    #[arg(long, value_name = "ID", conflicts_with_all = ["sort", "first"])]
    explain: Option<String>,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Takes a query that begins with `-`; an option that there is none of is no query.
fn query(text: &str) -> Result<String, &'static str> {
    if text.starts_with("--") {
        return Err("no such option; a query that begins with -- goes behind --");
    }
    Ok(text.to_owned())
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MinGrade {
    Worked,
    Declared,
    Personal,
    Certified,
    Learning,
    Negated,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    Relevance,
    MonthsDesc,
    LastUsedDesc,
    UpdatedDesc,
    NameAsc,
}

/// Returns the GraphQL name of a value of a clap enum.
fn enum_name(value: &impl ValueEnum) -> String {
    let name = value
        .to_possible_value()
        .map(|value| value.get_name().to_owned());
    name.unwrap_or_default().replace('-', "_").to_uppercase()
}

impl SearchArgs {
    /// Returns the filter as the contract words it, `null` when no part is given.
    fn filter(&self) -> Value {
        let mut filter = Map::new();
        if let Some(name) = &self.technology {
            let mut technology = Map::from_iter([("name".to_owned(), json!(name))]);
            if let Some(months) = self.min_months {
                technology.insert("minMonths".to_owned(), json!(months));
            }
            if let Some(grade) = &self.min_grade {
                technology.insert("minGrade".to_owned(), json!(enum_name(grade)));
            }
            filter.insert("technology".to_owned(), Value::Object(technology));
        }
        if let Some(name) = &self.employer {
            filter.insert("employer".to_owned(), json!({ "name": name }));
        }
        if self.from.is_some() || self.to.is_some() {
            filter.insert(
                "period".to_owned(),
                json!({ "from": self.from, "to": self.to }),
            );
        }
        let words = [
            ("role", &self.role),
            ("text", &self.text),
            ("certification", &self.certification),
            ("location", &self.location),
        ];
        for (key, value) in words {
            if let Some(value) = value {
                filter.insert(key.to_owned(), json!(value));
            }
        }
        if filter.is_empty() {
            Value::Null
        } else {
            Value::Object(filter)
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    total_count: u64,
    edges: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    node: Node,
    matches: Vec<Match>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: String,
    external_id: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Match {
    clause: String,
    months: Option<u32>,
    stint: Option<Stint>,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
struct Stint {
    employer: Option<Named>,
    period: Option<Period>,
    title: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Evidence {
    line: u32,
    excerpt: String,
    grade: Option<String>,
}

pub(super) async fn run(config: &Config, args: &SearchArgs) -> anyhow::Result<Outcome> {
    if args.explain.is_none() && args.query.is_none() && args.filter().is_null() && !args.json {
        eprintln!("no condition: everybody, last changed first");
    }
    let app = App::open_to_read(config)
        .await
        .context("cannot open the data directory")?;
    if let Some(id) = &args.explain {
        let query = args.query.as_deref();
        return super::explain::run(&app, id, query, args.filter(), args.json).await;
    }
    let variables = json!({
        "query": args.query,
        "filter": args.filter(),
        "sort": enum_name(&args.sort),
        "first": args.first,
    });
    let data = super::ask(&app, DOCUMENT, variables).await?;
    let answer = &data["searchCandidates"];
    if args.json {
        println!(
            "{}",
            serde_json::to_string_pretty(answer).context("cannot write JSON")?
        );
        return Ok(Outcome::Done);
    }
    let Ok(found) = Found::deserialize(answer) else {
        bail!("the answer has another form than asked for");
    };
    for edge in &found.edges {
        print_edge(edge);
    }
    println!("{} of {} candidates", found.edges.len(), found.total_count);
    Ok(Outcome::Done)
}

fn print_edge(edge: &Edge) {
    let name = edge.node.name.as_deref().unwrap_or("(no name)");
    let external = edge
        .node
        .external_id
        .as_deref()
        .map(|id| format!(" [{id}]"));
    println!("{name}{}  {}", external.unwrap_or_default(), edge.node.id);
    let mut table = Table::new(["clause", "months", "where and when", "line", "evidence"]);
    for found in &edge.matches {
        let months = found
            .months
            .map(|months| months.to_string())
            .unwrap_or_default();
        let stint = found.stint.as_ref().map(where_and_when).unwrap_or_default();
        for (index, evidence) in found.evidence.iter().enumerate() {
            let [clause, months, stint] = if index == 0 {
                [found.clause.as_str(), &months, &stint]
            } else {
                [""; 3]
            };
            let grade = evidence.grade.as_deref().map(|grade| format!(" ({grade})"));
            let excerpt = format!(
                "{}{}",
                print::one_line(&evidence.excerpt),
                grade.unwrap_or_default()
            );
            table.row([clause, months, stint, &evidence.line.to_string(), &excerpt]);
        }
    }
    print!("{table}");
    println!();
}

fn where_and_when(stint: &Stint) -> String {
    let employer = stint
        .employer
        .as_ref()
        .map(|employer| employer.name.as_str());
    let period = stint.period.as_ref().map(|period| period.text.as_str());
    let parts = [employer, stint.title.as_deref(), period];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
