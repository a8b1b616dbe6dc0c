//! The settings of a call.

use super::Checker;
use super::deadline::Written;
use crate::model::types::{Meaning, Setting};
use crate::settings::{Policies, Reader, Scope, timeout};
use crate::syntax::ast;

impl Checker<'_> {
    /// `{ timeout: 250ms }` of a call; other settings are refused or unknown.
    pub(super) fn call_timeout(&mut self, block: &ast::Block, call: &str) -> Option<Setting<u64>> {
        let mut policies = Policies::new();
        for (name, policy) in &self.policies {
            if matches!(self.meaning(block.span.file, name), Some(Meaning::Policy)) {
                policies.insert(name, policy);
            }
        }
        let names = &self.model.scope(block.span.file).names;
        let lost: Vec<&str> = (names.iter())
            .filter(|(_, (meaning, _))| *meaning == Meaning::Broken)
            .map(|(name, _)| name.as_str())
            .collect();
        let mut reader = Reader {
            sources: self.sources,
            policies: &policies,
            lost: &lost,
            sink: self.sink,
        };
        let entries = reader.entries(&block.settings, Scope::Call);
        let entry = entries.get("timeout")?;
        let read = timeout::read(&mut reader, entry.value)?;
        if let Setting::Value(millis) = read {
            let written = Written {
                call: call.to_owned(),
                millis,
                span: entry.value.span,
            };
            self.timeouts.push(written);
        }
        Some(read)
    }
}
