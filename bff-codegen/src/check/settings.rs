//! The settings of a call.

use super::Checker;
use super::deadline::Written;
use crate::ir::expr::Expr;
use crate::model::types::{Meaning, Setting};
use crate::settings::{Policies, Reader, Scope, idempotent, timeout};
use crate::syntax::ast;

/// What a call says about itself.
#[derive(Default)]
pub(super) struct CallSettings {
    /// The time of the whole call, milliseconds.
    pub timeout: Option<Setting<u64>>,
    /// The header and the key under which it is done once.
    pub idempotent: Option<(String, Expr)>,
}

impl Checker<'_> {
    /// `{ timeout: 250ms, idempotent: key }` of a call; other settings are refused or unknown.
    pub(super) fn call_settings(&mut self, invoke: &ast::Invoke, call: &str) -> CallSettings {
        let Some(block) = &invoke.block else {
            return CallSettings::default();
        };
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
        let timeout = entries.get("timeout").and_then(|entry| {
            let read = timeout::read(&mut reader, entry.value)?;
            Some((read, entry.value.span))
        });
        let idempotent = entries.get("idempotent");
        let idempotent = idempotent.and_then(|entry| idempotent::read(&mut reader, entry.value));
        if let Some((Setting::Value(millis), span)) = timeout {
            let call = call.to_owned();
            self.timeouts.push(Written { call, millis, span });
        }
        CallSettings {
            timeout: timeout.map(|(timeout, _)| timeout),
            idempotent: idempotent.map(|declared| self.idempotent_key(&declared)),
        }
    }
}
