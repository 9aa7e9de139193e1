//! The log on standard error, and traces to a collector beside it.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use tracing::Subscriber;
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Registry};

use crate::config::{Config, LogFormat};

/// Sends what is left of the traces when it goes.
pub(super) struct Telemetry {
    #[cfg(feature = "otlp")]
    traces: Option<opentelemetry_sdk::trace::SdkTracerProvider>,
}

/// Starts the log, and the traces where the configuration names a collector.
pub(super) fn start(config: &Config) -> anyhow::Result<Telemetry> {
    let filter = EnvFilter::try_new(&config.log).context("the log filter is not valid")?;
    let subscriber = Registry::default().with(lines(config.log_format).with_filter(filter));
    #[cfg(feature = "otlp")]
    {
        let endpoint = config.otlp_endpoint.as_deref();
        let traces = endpoint.map(traces::provider).transpose()?;
        let layer = traces.as_ref().map(traces::layer);
        subscriber.with(layer).init();
        Ok(Telemetry { traces })
    }
    #[cfg(not(feature = "otlp"))]
    {
        if config.otlp_endpoint.is_some() {
            anyhow::bail!(
                "this program was built without traces: build it with `--features otlp`, or leave \
                 --otlp-endpoint out"
            );
        }
        subscriber.init();
        Ok(Telemetry {})
    }
}

fn lines<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    }
}

#[cfg(feature = "otlp")]
impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(traces) = self.traces.take()
            && let Err(error) = traces.shutdown()
        {
            eprintln!("the last traces were not sent: {error}");
        }
    }
}

#[cfg(feature = "otlp")]
mod traces {
    //! Spans of this program to a collector, by OTLP over HTTP.

    use anyhow::{Context as _, bail};
    use opentelemetry::KeyValue;
    use opentelemetry::trace::TracerProvider as _;
    use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
    use opentelemetry_sdk::Resource;
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use tracing::{Level, Subscriber};
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::Layer;
    use tracing_subscriber::registry::LookupSpan;

    /// Returns what sends spans to the collector at `endpoint`, in batches, from a thread of its own.
    pub(super) fn provider(endpoint: &str) -> anyhow::Result<SdkTracerProvider> {
        let Some(rest) = endpoint.strip_prefix("http://") else {
            bail!("--otlp-endpoint is no http:// address; a collector on this machine speaks TLS");
        };
        let address = match rest.split_once('/') {
            Some((_, path)) if !path.is_empty() => endpoint.to_owned(),
            _ => format!("{}/v1/traces", endpoint.trim_end_matches('/')),
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(address)
            .build()
            .context("traces cannot be sent to --otlp-endpoint")?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder()
            .with_service_name("shokureki")
            .with_attribute(version);
        Ok(SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource.build())
            .build())
    }

    /// Turns spans of this program, and of nothing below it, into traces: libraries may tell of what
    /// they are given.
    pub(super) fn layer<S>(provider: &SdkTracerProvider) -> Box<dyn Layer<S> + Send + Sync>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let ours = Targets::new().with_target("shokureki", Level::DEBUG);
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("shokureki"))
            .with_location(false)
            .with_threads(false)
            .with_filter(ours)
            .boxed()
    }
}
