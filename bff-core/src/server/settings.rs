//! The settings of every service, whatever its `.bff` file says: threads and logs, from the environment.
use std::num::NonZeroUsize;

use crate::observe::diagnostics;

/// Settings that come from the environment of the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// `BFF_THREADS`: how many cores serve, each with a runtime, listener and pools of its own. Default: all there are.
    pub threads: usize,
    /// `BFF_LOG`: which of the gateway's own events are logged: a level (`off error warn info debug trace`), or levels by
    /// module (`info,bff_core=debug`). Default `info`.
    pub log: String,
    /// `BFF_ACCESS_LOG`: `on` or `off`. Default on.
    pub access_log: bool,
}

/// More threads than this are a mistake.
const MAX_THREADS: usize = 1024;

impl Default for ServerSettings {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            threads,
            log: "info".into(),
            access_log: true,
        }
    }
}

impl ServerSettings {
    /// Reads the settings through `env`, which gives the value of a variable.
    ///
    /// # Errors
    /// One sentence for each variable that cannot be read.
    pub fn read(env: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        if let Some(text) = env("BFF_THREADS") {
            match text.parse() {
                Ok(threads @ 1..=MAX_THREADS) => settings.threads = threads,
                _ => problems.push(format!(
                    "BFF_THREADS is `{text}`, expected a number from 1 to {MAX_THREADS}"
                )),
            }
        }
        if let Some(text) = env("BFF_LOG") {
            match diagnostics::parse_filter(&text) {
                Some(_) => settings.log = text,
                None => problems.push(format!(
                    "BFF_LOG is `{text}`, expected a level like `info`, or `info,module=debug`"
                )),
            }
        }
        match env("BFF_ACCESS_LOG").as_deref() {
            None | Some("on") => {}
            Some("off") => settings.access_log = false,
            Some(text) => problems.push(format!("BFF_ACCESS_LOG is `{text}`, expected `on` or `off`")),
        }
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<ServerSettings, Vec<String>> {
        ServerSettings::read(|name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).into())
        })
    }

    #[test]
    fn everything_has_a_default() {
        assert_eq!(read(&[]).unwrap(), ServerSettings::default());
    }

    #[test]
    fn every_variable_is_read() {
        let settings = read(&[
            ("BFF_THREADS", "3"),
            ("BFF_LOG", "warn,bff_core=debug"),
            ("BFF_ACCESS_LOG", "off"),
        ]);
        let expected = ServerSettings {
            threads: 3,
            log: "warn,bff_core=debug".into(),
            access_log: false,
        };
        assert_eq!(settings.unwrap(), expected);
    }

    #[test]
    fn all_unreadable_variables_are_reported_at_once() {
        let problems = read(&[("BFF_THREADS", "0"), ("BFF_LOG", "loud"), ("BFF_ACCESS_LOG", "maybe")]).unwrap_err();
        assert_eq!(problems.len(), 3);
        assert_eq!(problems[0], "BFF_THREADS is `0`, expected a number from 1 to 1024");
    }
}
