//! What runs when: the calls of a route, what each waits for, how long the answer takes at worst, and how many requests it costs.
//!
//! [`route`] makes the plan, [`text::render`] writes it; the command line draws the picture from the same data.

mod manner;
pub mod text;

use crate::ir::expr::{Expr, ExprKind, NameRef};
use crate::ir::service::{Call, CallArm, OnKind, Request, Route, Service};
use crate::model::types::Setting;
use crate::source::Sources;

/// What a route keeps of its deadline for the answer itself: calls end this much earlier, milliseconds.
const RESERVE: u64 = 5;
/// Timeout of an attempt where neither operation nor upstream has one, milliseconds.
const DEFAULT_TIMEOUT: u64 = 1000;

/// The plan of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// `GET /mobile/home`.
    pub route: String,
    /// Its name, as generated code has it.
    pub name: String,
    /// File and line.
    pub at: (String, u32),
    /// Its deadline.
    pub deadline: Time,
    /// Guards, calls and replies: guards first, then calls, then replies, each in text order.
    pub nodes: Vec<Node>,
    /// The nodes that make the route as slow as it can be, in the order they run.
    pub critical: Vec<usize>,
    /// How long these take together at worst, milliseconds.
    pub worst_time: u64,
    /// At most so many requests to upstreams.
    pub worst_requests: u64,
    /// How many the client allows.
    pub max_requests: u64,
}

/// A time that is written, or read from the environment when the service starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Milliseconds; of a time from the environment its default, if it has one.
    pub millis: Option<u64>,
    /// The variable that decides it.
    pub variable: Option<String>,
}

/// A part of a route that waits for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Name of a call, message or condition of a guard, status of a reply.
    pub name: String,
    /// File and line.
    pub at: (String, u32),
    /// The nodes that must be done before it starts.
    pub waits_for: Vec<usize>,
    /// When it starts at the latest, milliseconds from the beginning.
    pub starts: u64,
    /// When it is done at the latest.
    pub ends: u64,
}

/// The kinds of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A `check` or `allow`.
    Guard,
    /// A call.
    Call(CallNode),
    /// A `respond`.
    Reply,
}

/// What there is to know of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallNode {
    /// `users.get_user`.
    pub operation: String,
    /// `GET /users/{id}`.
    pub target: String,
    /// How long it may take by itself, without its arms.
    pub timeout: Time,
    /// How it makes more than one request, if it does.
    pub manner: Option<String>,
    /// What happens when it fails, in the order it is tried; empty: the route fails.
    pub arms: Vec<String>,
    /// Its condition, if it has one.
    pub when: Option<String>,
    /// Requests at worst, those of its arms included.
    pub requests: u64,
    /// It changes something: runs after all reads that may fail, one at a time.
    pub effect: bool,
}

/// The plan of the route with this name, or this path (`/home`, `GET /home`).
pub fn route(service: &Service, sources: &Sources, wanted: &str) -> Option<Plan> {
    let found = service.routes.iter().find(|route| answers_to(route, service, wanted))?;
    Some(
        Planner {
            service,
            sources,
            route: found,
        }
        .plan(),
    )
}

/// The plans of all routes, in text order.
pub fn all(service: &Service, sources: &Sources) -> Vec<Plan> {
    service
        .routes
        .iter()
        .map(|route| {
            Planner {
                service,
                sources,
                route,
            }
            .plan()
        })
        .collect()
}

/// How the routes of a service may be called, for suggestions.
pub fn names(service: &Service) -> Vec<String> {
    service.routes.iter().map(|route| route.name.clone()).collect()
}

fn answers_to(route: &Route, service: &Service, wanted: &str) -> bool {
    let mounted = full_path(service, route);
    let paths = [route.path.text.clone(), mounted];
    route.name == wanted
        || paths
            .iter()
            .any(|path| path == wanted || format!("{} {path}", route.method) == wanted)
}

fn full_path(service: &Service, route: &Route) -> String {
    match (service.client.mount.as_str(), route.path.text.as_str()) {
        ("/", path) => path.to_owned(),
        (mount, "/") => mount.to_owned(),
        (mount, path) => format!("{mount}{path}"),
    }
}

struct Planner<'s> {
    service: &'s Service,
    sources: &'s Sources,
    route: &'s Route,
}

impl Planner<'_> {
    fn plan(&self) -> Plan {
        let route = self.route;
        let deadline = time(route.deadline.as_ref().unwrap_or(&self.service.client.deadline));
        let mut nodes: Vec<Node> = Vec::new();
        for guard in &route.guards {
            let waits_for = self.calls_in(&[&guard.condition]);
            nodes.push(self.node(NodeKind::Guard, self.short(&guard.condition), guard.span, waits_for));
        }
        for call in &route.calls {
            let node = self.call(call);
            nodes.push(node);
        }
        for reply in &route.replies {
            let exprs: Vec<&Expr> = reply
                .when
                .iter()
                .chain(reply.headers.iter().map(|(_, value)| value))
                .chain(&reply.body)
                .collect();
            let mut waits_for: Vec<usize> = (0..route.guards.len()).collect();
            waits_for.extend(self.calls_in(&exprs));
            waits_for.extend(self.effects());
            waits_for.sort_unstable();
            waits_for.dedup();
            nodes.push(self.node(NodeKind::Reply, reply.status.to_string(), reply.span, waits_for));
        }
        self.times(&mut nodes, deadline.millis);
        let critical = critical(&nodes);
        let worst_time = critical.last().map_or(0, |last| nodes[*last].ends);
        let worst_requests = nodes.iter().map(requests).sum();
        Plan {
            route: format!("{} {}", route.method, full_path(self.service, route)),
            name: route.name.clone(),
            at: self.at(route.span),
            deadline,
            critical,
            worst_time,
            worst_requests,
            max_requests: self.service.client.max_calls,
            nodes,
        }
    }

    fn call(&self, call: &Call) -> Node {
        let exprs = roots(call);
        let mut waits_for: Vec<usize> = self.calls_in(&exprs);
        let effect = !self.op(&call.request).safe;
        // The guards over the request alone hold before any call, all of them before an effect.
        let guards = self
            .route
            .guards
            .iter()
            .enumerate()
            .filter(|(_, guard)| effect || guard.request_only);
        waits_for.extend(guards.map(|(at, _)| at));
        if effect {
            waits_for.extend(self.required_reads_before(call));
        }
        waits_for.sort_unstable();
        waits_for.dedup();
        let op = self.op(&call.request);
        let upstream = &self.service.upstreams[op.upstream.0 as usize].name;
        let node = CallNode {
            operation: format!("{upstream}.{}", op.name),
            target: format!("{} {}", op.method, op.path.text),
            timeout: call
                .request
                .timeout
                .as_ref()
                .map_or_else(|| self.attempt(&call.request), time),
            manner: self.manner(call),
            arms: self.arms(call),
            when: call.when.as_ref().map(|when| self.short(when)),
            requests: call.worst_requests(),
            effect,
        };
        self.node(NodeKind::Call(node), call.name.clone(), call.span, waits_for)
    }

    /// An effect starts after every call that may fail the route, and after the effects above it.
    fn required_reads_before(&self, call: &Call) -> Vec<usize> {
        let first = self.route.guards.len();
        let own = self
            .route
            .calls
            .iter()
            .position(|other| std::ptr::eq(other, call))
            .unwrap_or_default();
        let before = |(at, other): (usize, &Call)| {
            let effect = !self.op(&other.request).safe;
            let waits = if effect {
                at < own
            } else {
                other.or.is_empty() && at != own && !self.reads_effect(other)
            };
            waits.then_some(first + at)
        };
        self.route.calls.iter().enumerate().filter_map(before).collect()
    }

    /// Whether a call waits for an effect, directly or not.
    fn reads_effect(&self, call: &Call) -> bool {
        self.calls_in(&roots(call)).iter().any(|at| {
            let read = &self.route.calls[at - self.route.guards.len()];
            !self.op(&read.request).safe || self.reads_effect(read)
        })
    }

    fn effects(&self) -> Vec<usize> {
        let first = self.route.guards.len();
        let calls = self.route.calls.iter().enumerate();
        calls
            .filter(|(_, call)| !self.op(&call.request).safe)
            .map(|(at, _)| first + at)
            .collect()
    }

    fn op(&self, request: &Request) -> &crate::model::types::Op {
        &self.service.ops[request.op.0 as usize]
    }

    /// The timeout of one attempt.
    fn attempt(&self, request: &Request) -> Time {
        let op = self.op(request);
        let upstream = &self.service.upstreams[op.upstream.0 as usize];
        let written = op.timeout.as_ref().or(upstream.timeout.as_ref());
        written.map_or(
            Time {
                millis: Some(DEFAULT_TIMEOUT),
                variable: None,
            },
            time,
        )
    }

    fn arms(&self, call: &Call) -> Vec<String> {
        let mut arms = Vec::new();
        for (kinds, arm) in &call.on {
            let kinds: Vec<String> = kinds.iter().map(kind_name).collect();
            arms.push(format!("on {} => {}", kinds.join(", "), self.arm(arm)));
        }
        arms.extend(call.undo.iter().map(|undo| {
            let op = self.op(&undo.request);
            let upstream = &self.service.upstreams[op.upstream.0 as usize].name;
            format!("undone by {upstream}.{}", op.name)
        }));
        arms.extend(call.or.iter().map(|arm| format!("else {}", self.arm(arm))));
        arms
    }

    fn arm(&self, arm: &CallArm) -> String {
        match arm {
            CallArm::Null => "null".to_owned(),
            CallArm::Json(json, _) => json.clone(),
            CallArm::Compute(value) => self.short(value),
            CallArm::Call(request, _) => format!("call {}", self.operation(request)),
            CallArm::Fail { status, code, .. } => format!("fail {status} {code:?}"),
        }
    }

    /// The nodes of the calls that expressions read, through `let`s too.
    fn calls_in(&self, exprs: &[&Expr]) -> Vec<usize> {
        let mut found = Vec::new();
        for expr in exprs {
            self.read(expr, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn read(&self, expr: &Expr, found: &mut Vec<usize>) {
        crate::ir::walk::all(expr, &mut |part| match &part.kind {
            ExprKind::Name(NameRef::Call(at)) => found.push(self.route.guards.len() + *at as usize),
            ExprKind::Known { after, .. } => {
                let calls = after
                    .iter()
                    .filter_map(|name| if let NameRef::Call(at) = name { Some(*at) } else { None });
                found.extend(calls.map(|at| self.route.guards.len() + at as usize));
            }
            ExprKind::Name(NameRef::Let(at)) => self.read(&self.route.lets[*at as usize].value, found),
            _ => {}
        });
    }

    fn node(&self, kind: NodeKind, name: String, span: crate::source::Span, waits_for: Vec<usize>) -> Node {
        Node {
            kind,
            name,
            at: self.at(span),
            waits_for,
            starts: 0,
            ends: 0,
        }
    }

    fn at(&self, span: crate::source::Span) -> (String, u32) {
        (self.sources.file(span.file).name.clone(), self.sources.line(span))
    }

    /// An expression as it is written, on one line and not too long.
    fn short(&self, expr: &Expr) -> String {
        let words: Vec<&str> = self.sources.text(expr.span).split_whitespace().collect();
        let text = words.join(" ");
        match text.char_indices().nth(48) {
            Some((cut, _)) => format!("{}…", &text[..cut]),
            None => text,
        }
    }

    /// Start and end of each node when every call takes as long as it may: its own time, then that of each arm that calls.
    fn times(&self, nodes: &mut [Node], deadline: Option<u64>) {
        let budget = deadline.map_or(u64::MAX, |deadline| deadline.saturating_sub(RESERVE));
        let first = self.route.guards.len();
        // What a node waits for stands above it, but for the guards, which may wait for calls: two rounds settle these.
        for _ in 0..2 {
            for at in 0..nodes.len() {
                let starts = nodes[at]
                    .waits_for
                    .iter()
                    .map(|before| nodes[*before].ends)
                    .max()
                    .unwrap_or(0)
                    .min(budget);
                let takes = match &nodes[at].kind {
                    NodeKind::Call(_) => {
                        let call = &self.route.calls[at - first];
                        let arms = call.arm_requests().map(|request| self.longest(call, request));
                        self.longest_race(call) + arms.sum::<u64>()
                    }
                    _ => 0,
                };
                nodes[at].starts = starts;
                nodes[at].ends = (starts + takes).min(budget);
            }
        }
    }
}

/// What a call reads before it begins.
fn roots(call: &Call) -> Vec<&Expr> {
    let mut roots = Vec::new();
    crate::ir::walk::call_roots(call, &mut |root| roots.push(root));
    roots
}

fn requests(node: &Node) -> u64 {
    match &node.kind {
        NodeKind::Call(call) => call.requests,
        _ => 0,
    }
}

/// From the reply that is ready last back over what it waited for longest.
fn critical(nodes: &[Node]) -> Vec<usize> {
    let replies = nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.kind == NodeKind::Reply);
    let Some((mut at, _)) = replies.max_by_key(|(at, node)| (node.ends, std::cmp::Reverse(*at))) else {
        return Vec::new();
    };
    let mut path = vec![at];
    while let Some(before) = nodes[at]
        .waits_for
        .iter()
        .copied()
        .max_by_key(|before| nodes[*before].ends)
    {
        if nodes[before].ends == 0 || path.contains(&before) {
            break;
        }
        path.push(before);
        at = before;
    }
    path.reverse();
    path
}

fn time(setting: &Setting<u64>) -> Time {
    match setting {
        Setting::Value(millis) => Time {
            millis: Some(*millis),
            variable: None,
        },
        Setting::Env { name, default, .. } => {
            let millis = default.as_deref().and_then(crate::generate::parse_millis);
            Time {
                millis,
                variable: Some(name.clone()),
            }
        }
    }
}

fn kind_name(kind: &OnKind) -> String {
    match kind {
        OnKind::Status(status) => status.to_string(),
        OnKind::Class(digit) => format!("{digit}xx"),
        OnKind::Kind(name) => name.clone(),
    }
}
