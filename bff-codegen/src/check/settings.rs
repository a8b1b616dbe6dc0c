//! The settings of a call, and where they do nothing (E0413).

use super::Checker;
use super::deadline::Written;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::Expr;
use crate::model::types::{Meaning, Setting};
use crate::settings::{
    Policies, Reader, Scope, collect, concurrency, dedup, hedge, idempotent, max, overflow, timeout,
};
use crate::source::Span;
use crate::syntax::ast;

/// What the block of a call says, and where.
#[derive(Clone, Debug, Default)]
pub(super) struct CallSettings {
    pub timeout: Option<Setting<u64>>,
    pub hedge: Option<(Setting<u64>, Span)>,
    pub max: Option<(u64, Span)>,
    /// `truncate`
    pub overflow: Option<Span>,
    pub concurrency: Option<(u64, Span)>,
    pub collect: Option<(u64, Span)>,
    /// `dedup: false`
    pub alone: bool,
    /// The header and the key under which it is done once.
    pub idempotent: Option<(String, Expr)>,
}

impl Checker<'_> {
    /// `{ timeout: 250ms, … }` of a call.
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
        let entry = |name: &str| entries.get(name);
        let timeout = entry("timeout").and_then(|it| Some((timeout::read(&mut reader, it.value)?, it.value.span)));
        let hedge = entry("hedge").and_then(|it| Some((hedge::read(&mut reader, it.value)?, it.key.span)));
        let max = entry("max").and_then(|it| Some((max::read(&mut reader, it.value)?, it.key.span)));
        let overflow = entry("overflow").and_then(|it| overflow::read(&mut reader, it.value).map(|_| it.key.span));
        let concurrency =
            entry("concurrency").and_then(|it| Some((concurrency::read(&mut reader, it.value)?, it.key.span)));
        let collect = entry("collect").and_then(|it| Some((collect::read(&mut reader, it.value)?, it.key.span)));
        let alone = entry("dedup").and_then(|it| dedup::read(&mut reader, it.value)) == Some(false);
        let idempotent = entry("idempotent").and_then(|it| idempotent::read(&mut reader, it.value));
        if let Some((Setting::Value(millis), span)) = timeout {
            let written = Written {
                call: call.to_owned(),
                millis,
                span,
            };
            self.timeouts.push(written);
        }
        CallSettings {
            timeout: timeout.map(|(timeout, _)| timeout),
            hedge,
            max,
            overflow,
            concurrency,
            collect,
            alone,
            idempotent: idempotent.map(|declared| self.idempotent_key(&declared)),
        }
    }

    /// Settings of a per-item call where there is no list, and of several requests where there is one.
    pub(super) fn idle_settings(&mut self, settings: &CallSettings, each: bool, race: bool) {
        let no_list = "it bounds a call for each element, and this one has no `for`";
        let mut idle = |span: Option<Span>, name: &str, why: &str, help: &str| {
            if let Some(span) = span {
                let error = Diagnostic::error("E0413", span, format!("`{name}` does nothing here")).at(why);
                self.sink.push(error.help(help));
            }
        };
        let (max, concurrency) = (settings.max.map(|it| it.1), settings.concurrency.map(|it| it.1));
        let hedge = settings.hedge.as_ref().map(|it| it.1);
        if !each {
            idle(max, "max", no_list, "remove it");
            idle(concurrency, "concurrency", no_list, "remove it");
        }
        if !each && settings.collect.is_none() {
            let why = "it cuts keys above `max` or pages above `collect`, and there are none";
            idle(settings.overflow, "overflow", why, "remove it");
        }
        if each {
            idle(
                hedge,
                "hedge",
                "a call for each element is not hedged",
                "remove it, or give the call a `timeout`",
            );
        }
        if race {
            idle(
                hedge,
                "hedge",
                "the others of the race are its second requests",
                "use `stagger` of the race",
            );
        }
    }
}
