//! Where a web page comes from.

use std::fmt;

/// The origin of a web page, as browsers write it: `https://ats.example`, `http://localhost:3000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// It is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no origin such as https://ats.example (no path, no wildcard, no usual port)")]
pub struct OriginError(String);

impl Origin {
    /// Reads an origin.
    ///
    /// # Errors
    /// [`OriginError`] for what no browser would send: another scheme, a path, `*`, `null`, the port
    /// that the scheme has anyway.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let error = || OriginError(text.to_owned());
        let (host, usual_port) = match text.split_once("://") {
            Some(("https", host)) => (host, ":443"),
            Some(("http", host)) => (host, ":80"),
            _ => return Err(error()),
        };
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_host = !host.is_empty()
            && !host.ends_with(usual_port)
            && host
                .bytes()
                .all(|byte| is_plain(byte) || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
        if !is_host {
            return Err(error());
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the origin as it was written; visible ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_one: bool) {
        assert_eq!(Origin::parse(text).is_ok(), is_one, "{text}");
    }

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        check("https://ats.example", true);
        check("http://localhost:3000", true);
        check("http://[::1]:3000", true);
        check("http://ats.example:443", true);
        for text in [
            "*",
            "null",
            "",
            "https://",
            "ats.example",
            "https://*.example",
            "https://ats.example/",
            "https://ATS.example",
            "https://ats.example:443",
            "http://ats.example:80",
            "ftp://ats.example",
        ] {
            check(text, false);
        }
    }
}
