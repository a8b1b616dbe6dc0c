//! Builds a gateway: resolves every setting, decodes every constant, and reports all that is wrong at once.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Gateway, Inner};
use http::Method;

use crate::background::Background;
use crate::engine::table::{Arm, Call, Invoke, Op, Proxy, Route, Service, Setting, Upstream};
use crate::engine::{ArmProgram, BatchProgram, CallProgram, Decimals, Doc, Limits, Program, ProxyProgram, Sending};
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::At;
use crate::observe::LogWriter;
use crate::route::Tree;
use crate::settings::{Environment, SettingType, StartProblem, resolve};
use crate::stack::{self, LargerBodies, Shared};
use crate::store::{IdempotencyStore, MemoryStore};
use crate::time::{Clock, SystemClock};
use crate::upstream::{Base, Counts, Remote, Transport};

/// What a gateway is made from. Everything has a default fit for production, but the access log, which is off.
pub struct GatewayBuilder {
    service: &'static Service,
    transport: Option<Transport>,
    transports: HashMap<String, Transport>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    environment: Arc<Environment>,
    ignores_environment: bool,
    log: LogWriter,
    limits: stack::Limits,
    store: Option<Arc<dyn IdempotencyStore>>,
}

impl fmt::Debug for GatewayBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayBuilder")
            .field("service", &self.service.name)
            .finish_non_exhaustive()
    }
}

impl GatewayBuilder {
    pub(super) fn new(service: &'static Service) -> Self {
        Self {
            service,
            transport: None,
            transports: HashMap::new(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            environment: Arc::new(|name| std::env::var(name).ok()),
            ignores_environment: false,
            log: LogWriter::off(),
            limits: stack::Limits::default(),
            store: None,
        }
    }

    /// The transport of every upstream that has none of its own; by default a pool of connections.
    #[must_use]
    pub fn transport(self, transport: Transport) -> Self {
        Self {
            transport: Some(transport),
            ..self
        }
    }

    /// The transport of one upstream.
    #[must_use]
    pub fn upstream(mut self, name: &str, transport: Transport) -> Self {
        self.transports.insert(name.to_owned(), transport);
        self
    }

    /// The clock; by default that of the machine.
    #[must_use]
    pub fn clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The source of request and span ids; by default the operating system.
    #[must_use]
    pub fn entropy(self, entropy: Arc<dyn Entropy>) -> Self {
        Self { entropy, ..self }
    }

    /// Where `env.NAME` is read; by default the environment of the process.
    #[must_use]
    pub fn env(self, environment: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self {
            environment: Arc::new(environment),
            ..self
        }
    }

    /// Settings have their defaults, and something that can be read where they have none: for tests of a spec.
    #[must_use]
    pub(crate) fn without_environment(self) -> Self {
        Self {
            ignores_environment: true,
            ..self
        }
    }

    /// Where the access log goes.
    #[must_use]
    pub fn log(self, log: LogWriter) -> Self {
        Self { log, ..self }
    }

    /// Sizes and times of one request.
    #[must_use]
    pub fn limits(self, limits: stack::Limits) -> Self {
        Self { limits, ..self }
    }

    /// Where the answers of routes with `idempotency` are kept; by default in the memory of this gateway alone. Gateways that
    /// serve the same clients share one.
    #[must_use]
    pub fn idempotency_store(self, store: Arc<dyn IdempotencyStore>) -> Self {
        Self {
            store: Some(store),
            ..self
        }
    }

    /// Builds the gateway.
    ///
    /// # Errors
    /// Every variable that is missing or cannot be read, and every constant that does not fit, with its line.
    pub fn build(self) -> Result<Gateway, Vec<StartProblem>> {
        let mut build = Build {
            builder: &self,
            remotes: Vec::new(),
            problems: Vec::new(),
        };
        let listen = build.setting(&self.service.listen);
        let deadline = build.setting(&self.service.deadline).unwrap_or_default();
        build.upstreams();
        let programs: Vec<_> = self
            .service
            .routes
            .iter()
            .filter_map(|route| build.program(route, deadline))
            .collect();
        let (problems, remotes) = (build.problems, build.remotes);
        if !problems.is_empty() {
            return Err(problems);
        }
        let service = self.service;
        let tree = Tree::new(
            service.mount,
            service.routes.iter().map(|route| (route.verb, route.path)),
        );
        let decimals = if service.decimals_as_numbers {
            Decimals::Number
        } else {
            Decimals::Text
        };
        let (tree, programs) = (Arc::new(tree), Arc::new(programs));
        let shared = Shared {
            larger_bodies: larger_bodies(&tree, &programs),
            clock: self.clock,
            entropy: self.entropy,
            log: self.log,
            limits: self.limits,
            background: Background::default(),
            rescue: Arc::new(move |error, context| super::endpoint::rescue_early(service, &error, context)),
        };
        let listen = listen.unwrap_or_default();
        Ok(Gateway {
            inner: Arc::new(Inner {
                service,
                listen,
                tree,
                programs,
                remotes: remotes.into_iter().flatten().collect(),
                decimals,
                shared,
                store: self.store.unwrap_or_else(|| Arc::new(MemoryStore::default())),
            }),
        })
    }
}

/// Says how large the body of a request may be, if some route takes larger ones than usual.
fn larger_bodies(tree: &Arc<Tree>, programs: &Arc<Vec<Arc<Program>>>) -> Option<LargerBodies> {
    let streams = programs.iter().any(|program| program.route.inputs.stream.is_some());
    let (tree, programs) = (Arc::clone(tree), Arc::clone(programs));
    let largest = move |method: &Method, path: &str| super::endpoint::largest_body(&tree, &programs, method, path);
    streams.then(|| Arc::new(largest) as LargerBodies)
}

/// A gateway that is being built, and what is wrong with it so far.
struct Build<'b> {
    builder: &'b GatewayBuilder,
    /// By [`Upstream::index`](crate::engine::table::Upstream::index); none where its settings are wrong.
    remotes: Vec<Option<Arc<Remote>>>,
    problems: Vec<StartProblem>,
}

impl Build<'_> {
    fn setting<T: SettingType>(&mut self, setting: &Setting<T>) -> Option<T::Value> {
        match setting {
            Setting::Env(env) if self.builder.ignores_environment => {
                Some(env.default.map_or_else(T::stand_in, T::literal))
            }
            setting => resolve(setting, &*self.builder.environment, &mut self.problems),
        }
    }

    fn problem(&mut self, at: At, message: impl Into<String>) {
        self.problems.push(StartProblem {
            at,
            message: message.into(),
        });
    }

    fn upstreams(&mut self) {
        for (index, upstream) in self.builder.service.upstreams.iter().enumerate() {
            if upstream.index != index {
                self.problem(
                    upstream.at,
                    format!("upstream `{}` is not numbered {index}", upstream.name),
                );
            }
            let base = self.setting(&upstream.base);
            let timeout = self.setting(&upstream.timeout);
            let remote = base.zip(timeout).and_then(|(base, timeout)| match Base::parse(&base) {
                Ok(base) => self.remote(upstream, base, timeout),
                Err(problem) => {
                    let at = if let Setting::Env(env) = &upstream.base {
                        env.at
                    } else {
                        upstream.at
                    };
                    self.problem(
                        at,
                        format!("the base of upstream `{}` cannot be read: {problem}", upstream.name),
                    );
                    None
                }
            });
            self.remotes.push(remote);
        }
    }

    fn remote(&mut self, upstream: &'static Upstream, base: Base, timeout: Duration) -> Option<Arc<Remote>> {
        let name = upstream.name;
        let own = self.builder.transports.get(name).or(self.builder.transport.as_ref());
        let transport = own.map_or_else(|| Transport::of(&base), |own| Ok(own.clone()));
        match transport {
            Ok(transport) => Some(Arc::new(Remote {
                name,
                base,
                timeout,
                transport,
                counts: Counts::default(),
            })),
            Err(message) => {
                self.problem(upstream.at, format!("upstream `{name}`: {message}"));
                None
            }
        }
    }

    fn program(&mut self, route: &'static Route, deadline: Duration) -> Option<Arc<Program>> {
        let own = route.deadline.as_ref().map(|own| self.setting(own));
        let deadline = own.map_or(Some(deadline), |own| own)?;
        let ops: Vec<_> = route.calls.iter().flat_map(ops_of).collect();
        let calls: Vec<_> = route.calls.iter().filter_map(|call| self.call(call, &ops)).collect();
        let ttl = route.idempotency.as_ref().map(|declared| self.setting(&declared.ttl));
        let ttl = ttl.map_or(Some(None), |ttl| ttl.map(Some))?;
        let proxy = match &route.proxy {
            Some(row) => Some(self.proxy(row)?),
            None => None,
        };
        (calls.len() == route.calls.len()).then(|| Arc::new(Program::new(route, deadline, ttl, calls, proxy)))
    }

    fn proxy(&mut self, row: &'static Proxy) -> Option<ProxyProgram> {
        let upstream = row.upstream;
        let listed = self.builder.service.upstreams.get(upstream.index);
        if !listed.is_some_and(|listed| std::ptr::eq(*listed, upstream)) {
            let message = format!("upstream `{}` is not one that the service lists", upstream.name);
            self.problem(row.at, message);
            return None;
        }
        let remote = self.remotes.get(upstream.index).cloned().flatten()?;
        Some(ProxyProgram { row, remote })
    }

    fn call(&mut self, call: &'static Call, ops: &[&'static Op]) -> Option<CallProgram> {
        let main = self.sending(&call.invoke, ops);
        let rivals: Vec<_> = call.rivals().iter().map(|rival| self.sending(rival, ops)).collect();
        let on: Vec<_> = call.on.iter().map(|(_, arm)| self.arm(call, arm, ops)).collect();
        let or: Vec<_> = call.or.iter().map(|arm| self.arm(call, arm, ops)).collect();
        let undo = call.undo.as_ref();
        let undo = undo.map(|undo| self.sending(&undo.invoke, &[]));
        Some(CallProgram {
            row: call,
            main: main?,
            rivals: rivals.into_iter().collect::<Option<_>>()?,
            on: on.into_iter().collect::<Option<_>>()?,
            or: or.into_iter().collect::<Option<_>>()?,
            undo: undo.map_or(Some(None), |undo| undo.map(Some))?,
        })
    }

    fn arm(&mut self, call: &'static Call, arm: &'static Arm, ops: &[&'static Op]) -> Option<ArmProgram> {
        match arm {
            Arm::Json(text) => match Doc::decode(text.as_bytes(), call.value_kind(), Limits::DEFAULT) {
                Ok(doc) => Some(ArmProgram::Value(Arc::new(doc))),
                Err(problem) => {
                    self.problem(call.at, format!("an arm of `{}` does not fit: {problem}", call.name));
                    None
                }
            },
            Arm::Call(invoke) => self.sending(invoke, ops).map(ArmProgram::Send),
            Arm::Null | Arm::Compute(_) | Arm::Fail(_) => Some(ArmProgram::Row(arm)),
        }
    }

    fn sending(&mut self, invoke: &Invoke, ops: &[&'static Op]) -> Option<Sending> {
        let op = invoke.op;
        let upstream = self.builder.service.upstreams.get(op.upstream.index);
        if !upstream.is_some_and(|upstream| std::ptr::eq(*upstream, op.upstream)) {
            self.problem(
                op.at,
                format!("`{}` belongs to an upstream that the service does not list", op.name),
            );
            return None;
        }
        let attempt = op.timeout.as_ref().map(|own| self.setting(own));
        let whole = self.optional(invoke.timeout.as_ref());
        let hedge = self.optional(invoke.hedge.as_ref());
        let batch = match invoke.batch {
            Some(row) => Some(Box::new(BatchProgram {
                row,
                to: self.sending(&Invoke::new(row.op, row.args), ops)?,
            })),
            None => None,
        };
        let remote = self.remotes.get(op.upstream.index).cloned().flatten()?;
        let attempt = attempt.map_or(Some(remote.timeout), |own| own)?;
        // Two equal effects are two.
        let shareable = op.safe
            && op.stream.is_none()
            && invoke.dedup
            && ops.iter().filter(|other| std::ptr::eq(**other, op)).count() > 1;
        Some(Sending {
            op,
            args: invoke.args,
            remote,
            attempt,
            whole: whole?,
            shareable,
            hedge: hedge?,
            collect: invoke.collect,
            batch,
        })
    }

    /// A setting that need not be written: the outer `None` says that its value is wrong.
    fn optional<T: SettingType>(&mut self, setting: Option<&Setting<T>>) -> Option<Option<T::Value>> {
        setting.map_or(Some(None), |setting| self.setting(setting).map(Some))
    }
}

/// The operations that a call may use, those of its arms included. What may be asked for twice within one call counts twice.
fn ops_of(call: &'static Call) -> impl Iterator<Item = &'static Op> {
    let arms = call.on.iter().map(|(_, arm)| arm).chain(call.or);
    let in_arms = arms.filter_map(|arm| {
        if let Arm::Call(invoke) = arm {
            Some(invoke)
        } else {
            None
        }
    });
    let invokes = std::iter::once(&call.invoke).chain(call.rivals()).chain(in_arms);
    let asked = invokes.flat_map(|invoke| [Some(invoke.op), invoke.batch.map(|batch| batch.op)]);
    // Elements with different keys may ask for the same.
    let again = call.has_own_keys().then_some(call.invoke.op);
    asked.chain([again]).flatten()
}
