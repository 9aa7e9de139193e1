//! Flags over environment over file, checked once.

mod oidc;
mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use crate::http::{AllowedOperations, AllowedOperationsError, HttpOptions, Origin, OriginError};
use crate::store::StoreOptions;
pub use oidc::{OidcSettings, OidcSettingsError};
pub use settings::{LogFormat, ServerSettings, Settings, Switch};

/// What happens, without the database library's account of each migration.
const DEFAULT_LOG: &str = "info,sea_orm_migration=warn,sqlx=warn";

/// The configuration file: the same keys at the top, those of the server under `[server]`, those of its
/// identity provider under `[oidc]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    server: ServerSettings,
    oidc: OidcSettings,
    #[serde(flatten)]
    settings: toml::Table,
}

/// Everything that the program is told, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Directory of the database and the index.
    pub data_dir: PathBuf,
    /// The store.
    pub store: StoreOptions,
    /// The server.
    pub http: HttpOptions,
    /// Most searches at once; `None` for as many as there are processors.
    pub max_searches: Option<usize>,
    /// Most searches that wait; `None` for the usual number.
    pub max_waiting_searches: Option<usize>,
    /// Form of the log.
    pub log_format: LogFormat,
    /// Log filter.
    pub log: String,
    /// Collector of traces.
    pub otlp_endpoint: Option<String>,
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The allowed operations cannot be used.
    #[error(transparent)]
    AllowedOperations(#[from] AllowedOperationsError),
    /// The origin of web pages is none.
    #[error(transparent)]
    Origin(#[from] OriginError),
    /// The identity provider cannot be used.
    #[error(transparent)]
    Oidc(#[from] OidcSettingsError),
    /// The file cannot be read.
    #[error("cannot read the configuration file {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no TOML of the known keys.
    #[error("the configuration file {path} is not valid: {message}")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong and where; the file's own lines are not repeated, for they may hold secrets.
        message: String,
    },
    /// The database URL names no database that is known.
    #[error("the database URL must begin with sqlite: or postgres:")]
    DatabaseUrl,
}

impl Config {
    /// Puts flags and environment (`settings`, `server`) over the file they name, and defaults under it.
    ///
    /// # Errors
    /// [`ConfigError`], each naming what to mend.
    pub fn assemble(settings: Settings, server: &ServerSettings) -> Result<Self, ConfigError> {
        let (file, file_server) = match &settings.config {
            Some(path) => read_file(path)?,
            None => (Settings::default(), ServerSettings::default()),
        };
        let data_dir = settings
            .data_dir
            .or(file.data_dir)
            .unwrap_or_else(|| PathBuf::from("data"));
        let url = match settings.database_url.or(file.database_url) {
            Some(url) => checked_url(url)?,
            None => sqlite_url(&data_dir),
        };
        let connections = settings.database_connections.or(file.database_connections);
        Ok(Self {
            store: StoreOptions {
                url,
                max_connections: connections.unwrap_or(10).max(1),
            },
            data_dir,
            http: http_options(server, &file_server)?,
            max_searches: server.max_searches.or(file_server.max_searches),
            max_waiting_searches: server
                .max_waiting_searches
                .or(file_server.max_waiting_searches),
            otlp_endpoint: server.otlp_endpoint.clone().or(file_server.otlp_endpoint),
            log_format: settings.log_format.or(file.log_format).unwrap_or_default(),
            log: settings
                .log
                .or(file.log)
                .unwrap_or_else(|| DEFAULT_LOG.to_owned()),
        })
    }

    /// Returns the directory that holds one index for each organization.
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

fn http_options(flags: &ServerSettings, file: &ServerSettings) -> Result<HttpOptions, ConfigError> {
    let default = HttpOptions::default();
    let milliseconds = |flag: Option<u64>, file: Option<u64>, default| {
        flag.or(file).map_or(default, Duration::from_millis)
    };
    let allowed = flags.allowed_operations.as_deref();
    let allowed = allowed.or(file.allowed_operations.as_deref());
    let origins = if flags.cors_origin.is_empty() {
        &file.cors_origin
    } else {
        &flags.cors_origin
    };
    let oidc = flags.oidc.over(&file.oidc).options()?;
    let insecure_no_auth = flags.insecure_no_auth || file.insecure_no_auth;
    if insecure_no_auth && oidc.is_some() {
        return Err(OidcSettingsError::NoAuth.into());
    }
    Ok(HttpOptions {
        listen: flags.listen.or(file.listen).unwrap_or(default.listen),
        request_timeout: milliseconds(
            flags.request_timeout_ms,
            file.request_timeout_ms,
            default.request_timeout,
        ),
        header_timeout: milliseconds(
            flags.header_timeout_ms,
            file.header_timeout_ms,
            default.header_timeout,
        ),
        body_timeout: milliseconds(
            flags.body_timeout_ms,
            file.body_timeout_ms,
            default.body_timeout,
        ),
        write_timeout: milliseconds(
            flags.write_timeout_ms,
            file.write_timeout_ms,
            default.write_timeout,
        ),
        drain_delay: milliseconds(
            flags.drain_delay_ms,
            file.drain_delay_ms,
            default.drain_delay,
        ),
        shutdown_grace: milliseconds(
            flags.shutdown_grace_ms,
            file.shutdown_grace_ms,
            default.shutdown_grace,
        ),
        max_connections: flags
            .max_connections
            .or(file.max_connections)
            .map_or(default.max_connections, |most| most.get() as usize),
        rate_limit_cost_per_minute: flags
            .rate_limit_cost_per_minute
            .or(file.rate_limit_cost_per_minute),
        allowed_operations: allowed
            .map(|path| AllowedOperations::read(path).map(Arc::new))
            .transpose()?,
        introspection: flags.introspection.or(file.introspection),
        playground: flags
            .playground
            .or(file.playground)
            .map(|switch| switch == Switch::On),
        cors_origins: origins
            .iter()
            .map(|origin| Origin::parse(origin))
            .collect::<Result<_, _>>()?,
        hsts_max_age_s: flags.hsts_max_age_s.or(file.hsts_max_age_s),
        oidc,
        insecure_no_auth,
        body_limit_bytes: default.body_limit_bytes,
        sockets: default.sockets,
    })
}

fn checked_url(url: String) -> Result<String, ConfigError> {
    let is_known = ["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|known| url.starts_with(known));
    if is_known {
        Ok(url)
    } else {
        Err(ConfigError::DatabaseUrl)
    }
}

fn sqlite_url(data_dir: &Path) -> String {
    format!(
        "sqlite://{}?mode=rwc",
        data_dir.join("shokureki.db").display()
    )
}

fn read_file(path: &Path) -> Result<(Settings, ServerSettings), ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let invalid = |error: toml::de::Error| ConfigError::Invalid {
        path: path.to_owned(),
        message: error.message().to_owned(),
    };
    let file: File = toml::from_str(&text).map_err(invalid)?;
    let settings = file.settings.try_into().map_err(invalid)?;
    let server = ServerSettings {
        oidc: file.oidc,
        ..file.server
    };
    Ok((settings, server))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn written(text: &str) -> (tempfile::TempDir, Settings) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("shokureki.toml");
        std::fs::write(&path, text).expect("written");
        (
            directory,
            Settings {
                config: Some(path),
                ..Settings::default()
            },
        )
    }

    #[test]
    fn nothing_given_is_sqlite_and_loopback_under_data() {
        let config = Config::assemble(Settings::default(), &ServerSettings::default());
        let config = config.expect("valid");
        assert_eq!(config.store.url, "sqlite://data/shokureki.db?mode=rwc");
        assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.index_dir(), Path::new("data/index"));
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let text =
            "data_dir = \"/from/file\"\nlog = \"warn\"\n[server]\nlisten = \"127.0.0.1:9\"\n";
        let (_directory, settings) = written(text);
        let flags = Settings {
            log: Some("debug".to_owned()),
            ..settings
        };
        let config = Config::assemble(flags, &ServerSettings::default()).expect("valid");
        assert_eq!(config.data_dir, Path::new("/from/file"));
        assert_eq!(config.log, "debug");
        assert_eq!(config.http.listen.to_string(), "127.0.0.1:9");
    }

    /// The keys that a table of the file may have, as its reader tells them.
    fn known_keys<T: serde::de::DeserializeOwned + std::fmt::Debug>() -> BTreeSet<String> {
        let error = toml::from_str::<T>("no_such_key = 1").expect_err("it is not known");
        let (_, known) = error.message().split_once("expected").expect("a list");
        let names = known.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect()
    }

    /// The keys of the reference's table below `heading`.
    fn written_keys(heading: &str) -> BTreeSet<String> {
        let text = include_str!("../docs/configuration.md");
        let (_, below) = text.split_once(heading).expect("a heading");
        let table = below.split("\n## ").next().unwrap_or_default();
        let rows = table.lines().filter(|line| line.starts_with("| `"));
        rows.filter_map(|row| row.split('|').nth(3)?.split('`').nth(1))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_reference_has_every_key_of_the_file() {
        assert_eq!(
            written_keys("## Every command"),
            known_keys::<Settings>(),
            "docs/configuration.md, then the file's keys"
        );
        assert_eq!(
            written_keys("## The server"),
            known_keys::<ServerSettings>(),
            "docs/configuration.md, then the file's keys under [server]"
        );
        assert_eq!(
            written_keys("## The identity provider"),
            known_keys::<OidcSettings>(),
            "docs/configuration.md, then the file's keys under [oidc]"
        );
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        for text in ["data_dirr = \"x\"", "[server]\nlissten = \"127.0.0.1:9\""] {
            let (_directory, settings) = written(text);
            let error =
                Config::assemble(settings, &ServerSettings::default()).expect_err("unknown");
            assert!(error.to_string().contains("unknown field"), "{error}");
        }
    }

    #[test]
    fn an_origin_that_is_a_wildcard_is_an_error() {
        let flags = ServerSettings {
            cors_origin: vec!["https://ats.example".to_owned(), "*".to_owned()],
            ..ServerSettings::default()
        };
        let error = Config::assemble(Settings::default(), &flags).expect_err("no wildcard");
        assert!(error.to_string().starts_with("\"*\""), "{error}");
    }

    #[test]
    fn an_identity_provider_is_told_by_the_file_and_excludes_letting_everybody_in() {
        let text = "[oidc]\nissuer = \"https://login.example\"\naudience = [\"shokureki\"]\n";
        let (_directory, settings) = written(text);
        let config = Config::assemble(settings.clone(), &ServerSettings::default());
        let oidc = config.expect("valid").http.oidc.expect("told");
        assert_eq!(oidc.issuer.as_str(), "https://login.example");
        let flags = ServerSettings {
            insecure_no_auth: true,
            ..ServerSettings::default()
        };
        let error = Config::assemble(settings, &flags).expect_err("both");
        assert!(error.to_string().contains("--insecure-no-auth"), "{error}");
    }

    #[test]
    fn another_kind_of_database_is_an_error_without_its_url() {
        let settings = Settings {
            database_url: Some("mysql://user:secret@host/db".to_owned()),
            ..Settings::default()
        };
        let error = Config::assemble(settings, &ServerSettings::default()).expect_err("unknown");
        assert!(!error.to_string().contains("secret"));
    }
}
