//! Random graphs of calls with random delays: every call starts exactly when its inputs are there, and the answer does
//! not depend on who was first.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bff_core::error::{Failure, FailureKind};
use bff_core::prelude::*;
use bff_core::upstream::{Custom, Inbound, Outbound, Transport};
use futures_util::future::BoxFuture;
use http::{HeaderMap, Request};
use proptest::prelude::*;
use std::sync::Mutex;
use tokio::time::Instant;
use tower::ServiceExt as _;

use crate::mocks::Answered;

const MOST: usize = 7;

/// A call: what it waits for, what becomes of it, and what it falls back to.
#[derive(Debug, Clone)]
struct Node {
    needs: u64,
    fails: bool,
    arm: usize,
}

static UPSTREAM: Upstream = Upstream {
    index: 0,
    name: "all",
    at: At("graph.bff", 1),
    base: Setting::Value("http://all"),
    timeout: Setting::Value(Duration::from_secs(100)),
    forward: &[],
    send: None,
};
static OP: Op = Op {
    name: "all.get",
    at: At("graph.bff", 2),
    upstream: &UPSTREAM,
    method: Method::GET,
    path: "/{n}",
    safe: true,
    reads_body: true,
    nullable: false,
    stream: None,
    rule: None,
    timeout: None,
    forward: &[],
};

fn args<const N: usize>(_: &Slots, q: &mut bff_core::prelude::Request) -> Eval<bool> {
    q.path("/").segment(N as i64);
    Ok(true)
}
fn spare(_: &Slots, q: &mut bff_core::prelude::Request) -> Eval<bool> {
    q.path("/spare");
    Ok(true)
}
type ArgsFn = fn(&Slots, &mut bff_core::prelude::Request) -> Eval<bool>;
const ARGS: [ArgsFn; MOST] = [
    args::<0>, args::<1>, args::<2>, args::<3>, args::<4>, args::<5>, args::<6>,
];
static NULL: [Arm; 1] = [Arm::Null];
static LITERAL: [Arm; 1] = [Arm::Json("-1")];
static SPARE: [Arm; 2] = [
    Arm::Call(Invoke::new(&OP, Gated::new(0, 0, spare as ArgsFn))),
    Arm::Json("-2"),
];

fn respond(slots: &Slots, o: &mut Out) -> Eval {
    o.array();
    for number in 0..MOST {
        o.value(slots.get(Var::<Option<i64>>::call(number as u32)));
    }
    o.array();
    for name in slots.frame().degraded() {
        o.value(name);
    }
    o.end_array();
    o.end_array();
    Ok(())
}

/// The tables of a graph. They live as long as the test process, as generated ones do.
fn service(nodes: &[Node]) -> &'static Service {
    const NAMES: [&str; MOST] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6"];
    let call = |(number, node): (usize, &Node)| {
        let var = Var::<Option<i64>>::call(number as u32);
        let call = Call::new(
            var,
            NAMES[number],
            At("graph.bff", 3),
            &OP,
            Gated::new(node.needs, 0, ARGS[number]),
        );
        match node.arm {
            0 => call.or(&NULL),
            1 => call.or(&LITERAL),
            2 => call.or(&SPARE),
            _ => call,
        }
    };
    let calls: Vec<Call> = nodes.iter().enumerate().map(call).collect();
    let body = Gated::new((1 << nodes.len()) - 1, 0, respond as fn(&Slots, &mut Out) -> Eval);
    let reply = Reply {
        at: At("graph.bff", 4),
        status: 200,
        when: None,
        headers: None,
        body: Some(body),
    };
    let route = Route {
        name: "graph",
        at: At("graph.bff", 2),
        verb: Verb::Get,
        path: "/",
        when: None,
        deadline: None,
        headers: RouteHeaders::NONE,
        inputs: Inputs::NONE,
        proxy: None,
        idempotency: None,
        guards: &[],
        calls: Vec::leak(calls),
        outputs: &[],
        replies: Vec::leak(vec![reply]),
        contract: Contract::NONE,
    };
    Box::leak(Box::new(Service {
        name: "graph",
        at: At("graph.bff", 1),
        mount: "/",
        listen: Setting::Value("127.0.0.1:0"),
        deadline: Setting::Value(Duration::from_secs(50)),
        errors: ErrorFormat::Problem,
        decimals_as_numbers: false,
        headers: ClientHeaders::NONE,
        versions: None,
        upstreams: Vec::leak(vec![&UPSTREAM]),
        routes: Vec::leak(vec![Box::leak(Box::new(route)) as &Route]),
    }))
}

struct World {
    begin: Instant,
    nodes: Vec<Node>,
    delays: Vec<u64>,
    started: Mutex<Vec<Option<u64>>>,
}

#[derive(Clone)]
struct All(Arc<World>);

impl Custom for All {
    fn send(&self, _: &'static str, request: Outbound) -> BoxFuture<'static, Result<Inbound, Failure>> {
        let world = Arc::clone(&self.0);
        Box::pin(async move {
            let number = request.target[1..].parse::<usize>().ok();
            if let Some(number) = number {
                world.started.lock().unwrap()[number] = Some(world.begin.elapsed().as_millis() as u64);
            }
            tokio::time::sleep(Duration::from_millis(number.map_or(3, |number| world.delays[number]))).await;
            match number {
                Some(number) if world.nodes[number].fails => Err(Failure::new(FailureKind::Connect, "mocked")),
                number => {
                    let body = number.map_or(99, |number| number as i64 * 10).to_string();
                    Ok(Inbound {
                        status: 200,
                        headers: HeaderMap::new(),
                        body: body.into(),
                    })
                }
            }
        })
    }
}

/// Runs a graph: status, body, `bff-partial`, and when each call started.
async fn run(nodes: &[Node], delays: &[u64]) -> (u16, String, Option<String>, Vec<Option<u64>>) {
    let world = World {
        begin: Instant::now(),
        nodes: nodes.to_vec(),
        delays: delays.to_vec(),
        started: Mutex::new(vec![None; nodes.len()]),
    };
    let all = All(Arc::new(world));
    let service = service(nodes);
    let gateway = Gateway::builder(service)
        .transport(Transport::Dyn(Arc::new(all.clone())))
        .build()
        .unwrap();
    let request = Request::get("/").body(Body::empty()).unwrap();
    let answer = Answered::read(gateway.router(service).oneshot(request).await.unwrap()).await;
    let partial = answer.header("bff-partial").map(str::to_owned);
    let started = all.0.started.lock().unwrap().clone();
    (answer.status, answer.body, partial, started)
}

fn paused<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

fn graph(with_failures: bool) -> impl Strategy<Value = Vec<Node>> {
    let node = (any::<u64>(), any::<bool>(), 0..4_usize);
    proptest::collection::vec(node, 1..=MOST).prop_map(move |nodes| {
        let node = |(number, (needs, fails, arm)): (usize, (u64, bool, usize))| Node {
            needs: needs & ((1 << number) - 1),
            fails: with_failures && fails,
            arm,
        };
        nodes.into_iter().enumerate().map(node).collect()
    })
}

fn delays() -> impl Strategy<Value = Vec<u64>> {
    // Few different delays, so that many calls end in the same instant.
    proptest::collection::vec(0..5_u64, MOST)
}

proptest! {
    #[test]
    fn every_call_starts_in_the_instant_in_which_its_inputs_are_there(nodes in graph(false), delays in delays()) {
        let (status, _, partial, started) = paused(run(&nodes, &delays));
        prop_assert_eq!((status, partial), (200, None));
        let mut ends = vec![0; nodes.len()];
        for (number, node) in nodes.iter().enumerate() {
            let inputs = (0..number).filter(|input| node.needs & (1 << input) != 0);
            let start = inputs.map(|input| ends[input]).max().unwrap_or(0);
            prop_assert_eq!(started[number], Some(start), "call {} of {:?}", number, &nodes);
            ends[number] = start + delays[number];
        }
    }

    #[test]
    fn an_answer_does_not_depend_on_who_was_first(nodes in graph(true), first in delays(), second in delays()) {
        let (status, body, partial, _) = paused(run(&nodes, &first));
        let again = paused(run(&nodes, &second));
        prop_assert_eq!(again.0, status);
        if status == 200 {
            prop_assert_eq!((again.1, again.2), (body, partial));
        }
    }
}
