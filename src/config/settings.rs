//! What may be set: flags, variables of the environment and keys of the configuration file, one list of all.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::OidcSettings;

/// Settings as given on the command line or in the environment; each may be left out.
///
/// The same names, in `snake_case`, are the keys of the configuration file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Configuration file (TOML).
    #[arg(long, env = "SHOKUREKI_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// Directory of the database and the index [default: ./data].
    #[arg(long, env = "SHOKUREKI_DATA_DIR", value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// Database: sqlite:PATH or postgres://… [default: SQLite in the data directory].
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        value_name = "URL",
        global = true
    )]
    pub database_url: Option<String>,

    /// Most connections to the database at once [default: 10].
    #[arg(
        long,
        env = "SHOKUREKI_DATABASE_CONNECTIONS",
        value_name = "N",
        global = true
    )]
    pub database_connections: Option<u32>,

    /// Form of the log on standard error [default: text].
    #[arg(long, env = "SHOKUREKI_LOG_FORMAT", value_enum, global = true)]
    pub log_format: Option<LogFormat>,

    /// Log filter, such as `info` or `shokureki=debug` [default: info].
    #[arg(long, env = "SHOKUREKI_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
}

/// Settings of the server alone.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long, env = "SHOKUREKI_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,

    /// Longest time for one request, in milliseconds [default: 10000].
    #[arg(long, env = "SHOKUREKI_REQUEST_TIMEOUT_MS", value_name = "MS")]
    pub request_timeout_ms: Option<u64>,

    /// Most searches at once [default: as many as there are processors].
    #[arg(long, env = "SHOKUREKI_MAX_SEARCHES", value_name = "N")]
    pub max_searches: Option<usize>,

    /// Most searches that wait for their turn; more are refused at once, with HTTP status 503 and
    /// Retry-After [default: 64 for each processor].
    #[arg(long, env = "SHOKUREKI_MAX_WAITING_SEARCHES", value_name = "N")]
    pub max_waiting_searches: Option<usize>,

    /// Longest time for the head of a request, and between two of one connection, in milliseconds
    /// [default: 30000].
    #[arg(long, env = "SHOKUREKI_HEADER_TIMEOUT_MS", value_name = "MS")]
    pub header_timeout_ms: Option<u64>,

    /// Longest time for the body of a request, in milliseconds [default: 30000].
    #[arg(long, env = "SHOKUREKI_BODY_TIMEOUT_MS", value_name = "MS")]
    pub body_timeout_ms: Option<u64>,

    /// Longest time in which a client may take nothing of an answer, in milliseconds [default: 30000].
    #[arg(long, env = "SHOKUREKI_WRITE_TIMEOUT_MS", value_name = "MS")]
    pub write_timeout_ms: Option<u64>,

    /// Most connections at once; further ones wait to be accepted [default: 1024].
    #[arg(long, env = "SHOKUREKI_MAX_CONNECTIONS", value_name = "N")]
    pub max_connections: Option<NonZeroU32>,

    /// Cost that each caller may spend in a minute, as `extensions.cost` counts it; beyond it
    /// RATE_LIMITED [default: no limit].
    #[arg(
        long,
        env = "SHOKUREKI_RATE_LIMIT_COST_PER_MINUTE",
        value_name = "COST"
    )]
    pub rate_limit_cost_per_minute: Option<NonZeroU32>,

    /// The only GraphQL documents that run: a file (.graphql, .gql, or a .json manifest) or a folder of
    /// them [default: any runs].
    #[arg(long, env = "SHOKUREKI_ALLOWED_OPERATIONS", value_name = "FILE_OR_DIR")]
    pub allowed_operations: Option<PathBuf>,

    /// Whether clients may ask for the schema, and errors suggest names of it [default: true in local
    /// mode, else false].
    #[arg(
        long,
        env = "SHOKUREKI_INTROSPECTION",
        value_name = "BOOL",
        num_args = 0..=1,
        default_missing_value = "true"
    )]
    pub introspection: Option<bool>,

    /// Whether there is a GraphQL playground at /graphiql [default: on in local mode, else off].
    #[arg(
        long,
        env = "SHOKUREKI_PLAYGROUND",
        value_enum,
        value_name = "ON_OR_OFF"
    )]
    pub playground: Option<Switch>,

    /// Origin of web pages that may ask, such as `https://ats.example`; may be given several times
    /// [default: none].
    #[arg(
        long,
        env = "SHOKUREKI_CORS_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub cors_origin: Vec<String>,

    /// Tell browsers to come by TLS only for so many seconds; for servers behind TLS [default: not
    /// told].
    #[arg(long, env = "SHOKUREKI_HSTS_MAX_AGE_S", value_name = "SECONDS")]
    pub hsts_max_age_s: Option<u64>,

    /// Collector that traces are sent to by OTLP over HTTP, such as http://127.0.0.1:4318; the program
    /// must be built with the feature `otlp` [default: none].
    #[arg(long, env = "SHOKUREKI_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,

    /// How long to go on answering while /readyz refuses, once told to stop (SIGTERM), in milliseconds:
    /// longer than balancers take to notice [default: 0].
    #[arg(long, env = "SHOKUREKI_DRAIN_DELAY_MS", value_name = "MS")]
    pub drain_delay_ms: Option<u64>,

    /// How long requests in flight may take to finish at shutdown, in milliseconds [default: 15000].
    #[arg(long, env = "SHOKUREKI_SHUTDOWN_GRACE_MS", value_name = "MS")]
    pub shutdown_grace_ms: Option<u64>,

    /// Let requests without credentials act as the owner of the organization "default", on any address.
    #[arg(long, env = "SHOKUREKI_INSECURE_NO_AUTH")]
    #[serde(default)]
    pub insecure_no_auth: bool,

    /// The identity provider.
    #[command(flatten)]
    #[serde(skip)]
    pub oidc: OidcSettings,
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}
